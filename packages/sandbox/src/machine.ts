import releaseSync from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant, StaticLifetime } from 'quickjs-emscripten-core';
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';

const PAGE = 65_536;
const MAX_PAGES = 32_768;
const STACK_BYTES = 512 * 1024;
/** Bytes that a script may allocate before QuickJS first looks for garbage. */
const GARBAGE_BYTES = 24 * 1024 * 1024;
const ENTRIES = ['start', 'deliver', 'poll'] as const;

type Entry = (typeof ENTRIES)[number];

/** What a machine asks of its surroundings. */
export interface MachineHost {
  /** The one door out of the machine; the answer goes back to the script as text (UTF-8 where it is bytes). */
  say(message: string): string | Uint8Array;
  /** Asked now and then while a script computes; `true` stops it. */
  interrupts(): boolean;
}

/** The memory of a machine with its libraries loaded, and where its entries lie in it. */
export interface Image {
  /** The parts of the memory that are not zero, one after the other. */
  readonly bytes: Uint8Array;
  /** Where each part lies: its address and its length. */
  readonly parts: readonly (readonly [number, number])[];
  /** Pages of the whole memory, most of them untouched. */
  readonly pages: number;
  /** Where the memory begins that the next script allocates from. */
  readonly free: number;
  readonly entries: Readonly<Record<Entry, number>>;
  /** Address of the context: another one in a new machine means that the image does not fit it. */
  readonly context: number;
}

/** QuickJS with its libraries loaded, set back to its first state before each script. */
export interface Machine {
  restore(): void;
  /** @throws what the machine could not catch itself: an interrupt, no memory, no stack */
  call(entry: Entry, text: string): string;
  runJobs(): void;
}

/** Loads the bootstrap once and keeps the memory it leaves behind. */
export async function createImage(wasm: Uint8Array, bootstrap: string): Promise<Image> {
  const memory = new WebAssembly.Memory({ initial: 256, maximum: MAX_PAGES });
  const context = await createContext(wasm, memory, { say: () => '', interrupts: () => false });
  const keepSources = dropSources(context, memory);
  context.unwrapResult(context.evalCode(bootstrap, 'sandbox.js')).dispose();
  keepSources();
  const exported = context.getProp(context.global, '__entry');
  context.unwrapResult(context.evalCode('delete globalThis.__entry')).dispose();
  raiseGarbageThreshold(context);
  // A handle's value is the address of the JavaScript value in the memory that is kept.
  const entries = Object.fromEntries(
    ENTRIES.map((name) => [name, Number(context.getProp(exported, name).value)]),
  ) as Record<Entry, number>; // one address for each of ENTRIES
  const free = fillHoles(context, memory);
  const pages = memory.buffer.byteLength / PAGE;
  return { ...copyUsed(memory), pages, free, entries, context: addressOf(context) };
}

/**
 * QuickJS looks for garbage when its memory has grown by half since it last did. In the image that may be one
 * object away, and then every script would begin by walking through all libraries: so it is made to look while
 * there is much more in its memory than there will be.
 */
function raiseGarbageThreshold(context: QuickJSContext): void {
  const code = `{ const large = new ArrayBuffer(${GARBAGE_BYTES}); ({}); large.byteLength; }`;
  context.unwrapResult(context.evalCode(code)).dispose();
}

/** Where the runtime of QuickJS 2025-09-13 has its strip flags; no call of the library sets them. */
const STRIP_FLAGS = 228;
const STRIP_SOURCE_AND_DEBUG = 3;

/**
 * Has QuickJS forget the texts and line numbers of the functions it compiles, a third of what libraries take up.
 * @returns a function that ends this
 */
function dropSources(context: QuickJSContext, memory: WebAssembly.Memory): () => void {
  const address = insidesOf(context).rt.value + STRIP_FLAGS;
  new Uint8Array(memory.buffer)[address] = STRIP_SOURCE_AND_DEBUG;
  const seen = context.unwrapResult(context.evalCode('String(function () { return "kept"; })'));
  if (context.getString(seen).includes('kept'))
    throw new Error('This QuickJS has its strip flags elsewhere.');
  return () => {
    new Uint8Array(memory.buffer)[address] = 0;
  };
}

/**
 * Takes the holes that loading the libraries left between what is kept, for good and filled with zeros. Scripts
 * then allocate behind all of it, in one place, and so change little that has to be set back.
 * @returns where that place begins
 */
function fillHoles(context: QuickJSContext, memory: WebAssembly.Memory): number {
  const { module } = insidesOf(context);
  const allocate = (size: number): number => {
    const address = module._malloc(size);
    new Uint8Array(memory.buffer, address, size).fill(0);
    return address;
  };
  const end = module._malloc(GARBAGE_BYTES);
  module._free(end);
  for (let size = GARBAGE_BYTES; size >= 8; size = Math.floor(size * 0.9)) {
    let address = allocate(size);
    while (address < end) address = allocate(size);
    module._free(address);
  }
  // Trying out the sizes has left its traces there.
  module._free(allocate(GARBAGE_BYTES));
  return end;
}

/** A machine whose memory is the image and may grow by `memoryLimit` bytes. */
export async function createMachine(
  wasm: Uint8Array,
  image: Image,
  memoryLimit: number,
  host: MachineHost,
): Promise<Machine> {
  const wanted = Math.ceil((image.bytes.length + memoryLimit) / PAGE);
  const maximum = Math.min(MAX_PAGES, Math.max(image.pages, wanted));
  const memory = new WebAssembly.Memory({ initial: image.pages, maximum });
  // The same steps as for the image, so that the addresses kept outside of the memory are the same too.
  const context = await createContext(wasm, memory, host);
  if (addressOf(context) !== image.context)
    throw new Error('The sandbox image was built for another QuickJS.');
  const entries = new Map<Entry, QuickJSHandle>();
  for (const name of ENTRIES) {
    // The library brands addresses; these were read from such handles when the image was made.
    entries.set(name, new StaticLifetime(image.entries[name]) as unknown as QuickJSHandle);
  }
  const restore = createRestore(memory, image);
  restore();
  return {
    restore,
    call(entry, text) {
      const handle = entries.get(entry);
      if (handle === undefined) throw new Error(`The machine has no entry ${entry}.`);
      const argument = toMachineText(context, memory, text);
      const result = context.unwrapResult(context.callFunction(handle, context.undefined, argument));
      return context.typeof(result) === 'string' ? context.getString(result) : '';
    },
    runJobs() {
      const result = context.runtime.executePendingJobs();
      if (result.error !== undefined) throw context.dump(result.error);
    },
  };
}

/** The global object's handle is allocated last of all that a new context holds. */
function addressOf(context: QuickJSContext): number {
  return Number(context.global.value);
}

async function createContext(
  wasm: Uint8Array,
  memory: WebAssembly.Memory,
  host: MachineHost,
): Promise<QuickJSContext> {
  const wasmBinary = wasm.slice().buffer;
  const variant = newVariant(releaseSync, { wasmBinary, wasmMemory: memory });
  const module = await inFixedSurroundings(() => newQuickJSWASMModuleFromVariant(variant));
  const runtime = module.newRuntime();
  runtime.setMaxStackSize(STACK_BYTES);
  runtime.setInterruptHandler(() => host.interrupts());
  const context = runtime.newContext();
  const door = context.newFunction('host', (message) =>
    toMachineText(context, memory, host.say(context.getString(message))),
  );
  context.setProp(context.global, '__host', door);
  return context;
}

/** The parts of the library that know how to make a string of bytes that are already there. */
interface Insides {
  readonly rt: { readonly value: number };
  readonly ctx: { readonly value: number };
  readonly module: { _malloc(bytes: number): number; _free(address: number): void };
  readonly ffi: { QTS_NewString(context: number, address: number): number };
  readonly memory: { heapValueHandle(address: number): QuickJSHandle };
}

function insidesOf(context: QuickJSContext): Insides {
  // Its types keep these private.
  return context as unknown as Insides;
}

/** The library writes text character by character, which takes seconds for a large body; bytes are copied. */
function toMachineText(
  context: QuickJSContext,
  memory: WebAssembly.Memory,
  text: string | Uint8Array,
): QuickJSHandle {
  if (typeof text === 'string' && text.length < 4096) return context.newString(text);
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
  const { ctx, module, ffi, memory: handles } = insidesOf(context);
  const address = module._malloc(bytes.length + 1);
  if (address === 0) throw new Error('out of memory');
  const target = new Uint8Array(memory.buffer, address, bytes.length + 1);
  target.set(bytes);
  target[bytes.length] = 0;
  const value = ffi.QTS_NewString(ctx.value, address);
  module._free(address);
  return handles.heapValueHandle(value);
}

/**
 * Emscripten copies the program's name and the language into the machine's memory when it starts; another length
 * shifts every address after them, and an image made elsewhere would no longer fit.
 */
async function inFixedSurroundings<T>(start: () => Promise<T>): Promise<T> {
  const { argv } = process;
  const navigator = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  process.argv = ['node', 'sandbox'];
  Object.defineProperty(globalThis, 'navigator', { value: { language: 'en-US' }, configurable: true });
  try {
    return await start();
  } finally {
    process.argv = argv;
    if (navigator === undefined) Reflect.deleteProperty(globalThis, 'navigator');
    else Object.defineProperty(globalThis, 'navigator', navigator);
  }
}

/** Bytes that are left out of an image together when all are zero. */
const BLOCK = 4096;
/** Bytes that are cleared together after a script when some are not zero. */
const CLEARED = 65_536;
const ZEROS = new Uint8Array(CLEARED);

function copyUsed(memory: WebAssembly.Memory): Pick<Image, 'bytes' | 'parts'> {
  const bytes = new Uint8Array(memory.buffer);
  const parts: [number, number][] = [];
  for (let start = 0; start < bytes.length; start += BLOCK) {
    if (isZero(bytes.subarray(start, start + BLOCK))) continue;
    const last = parts.at(-1);
    if (last !== undefined && last[0] + last[1] === start) last[1] += BLOCK;
    else parts.push([start, BLOCK]);
  }
  return {
    bytes: Buffer.concat(parts.map(([start, length]) => bytes.subarray(start, start + length))),
    parts,
  };
}

function isZero(bytes: Uint8Array): boolean {
  return Buffer.compare(bytes, ZEROS.subarray(0, bytes.length)) === 0;
}

function createRestore(memory: WebAssembly.Memory, { parts, bytes: whole, free }: Image): () => void {
  const copies: { readonly start: number; readonly bytes: Uint8Array }[] = [];
  let offset = 0;
  for (const [start, length] of parts) {
    copies.push({ start, bytes: whole.subarray(offset, offset + length) });
    offset += length;
  }
  return () => {
    const bytes = new Uint8Array(memory.buffer);
    clear(bytes, free);
    for (const part of copies) bytes.set(part.bytes, part.start);
  };
}

/** Blocks in a row that nothing was ever written to, after which a script has written no further. */
const UNTOUCHED = 4;

/**
 * Leaves nothing of the last script in the free part of the memory. QuickJS never reads what it has not written,
 * so this keeps the next script from nothing it could reach; that is why some blocks of zeros are reason to stop.
 */
function clear(bytes: Uint8Array, from: number): void {
  let untouched = 0;
  for (let start = from; start < bytes.length && untouched < UNTOUCHED; start += CLEARED) {
    const block = bytes.subarray(start, start + CLEARED);
    if (isZero(block)) untouched += 1;
    else {
      block.fill(0);
      untouched = 0;
    }
  }
}
