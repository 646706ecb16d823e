import releaseSync from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant, StaticLifetime } from 'quickjs-emscripten-core';
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';

const PAGE = 65_536;
const INITIAL_PAGES = 256;
const STACK_BYTES = 512 * 1024;
const ENTRIES = ['start', 'deliver', 'poll'] as const;

type Entry = (typeof ENTRIES)[number];

/** What a machine asks of its surroundings. */
export interface MachineHost {
  /** The one door out of the machine; the answer goes back to the script as text. */
  say(json: string): string;
  /** Asked now and then while a script computes; `true` stops it. */
  interrupts(): boolean;
}

/** The whole memory of a machine with its libraries loaded, and where its entries lie in it. */
export interface Image {
  readonly bytes: Uint8Array;
  readonly entries: Readonly<Record<Entry, number>>;
  /** Address of the context: another one in a new machine means that the image does not fit it. */
  readonly context: number;
}

/** QuickJS with its libraries loaded, set back to its first state before each script. */
export interface Machine {
  restore(): void;
  /** @throws what the machine could not catch itself: an interrupt, no memory, no stack */
  call(entry: Entry, json: string): string;
  runJobs(): void;
}

/** Loads the bootstrap once and keeps the memory it leaves behind. */
export async function createImage(wasm: Uint8Array, bootstrap: string): Promise<Image> {
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: 8192 });
  const context = await createContext(wasm, memory, { say: () => '', interrupts: () => false });
  context.unwrapResult(context.evalCode(bootstrap, 'sandbox.js')).dispose();
  const exported = context.getProp(context.global, '__entry');
  context.unwrapResult(context.evalCode('delete globalThis.__entry')).dispose();
  // A handle's value is the address of the JavaScript value in the memory that is kept.
  const entries = Object.fromEntries(
    ENTRIES.map((name) => [name, Number(context.getProp(exported, name).value)]),
  ) as Record<Entry, number>; // one address for each of ENTRIES
  return { bytes: copyUsed(memory), entries, context: addressOf(context) };
}

/** A machine whose memory is the image and may grow by `memoryLimit` bytes. */
export async function createMachine(
  wasm: Uint8Array,
  image: Image,
  memoryLimit: number,
  host: MachineHost,
): Promise<Machine> {
  const initial = Math.max(INITIAL_PAGES, Math.ceil(image.bytes.length / PAGE));
  const maximum = Math.min(32_768, initial + Math.ceil(memoryLimit / PAGE));
  const memory = new WebAssembly.Memory({ initial, maximum });
  // The same steps as for the image, so that the addresses kept outside of the memory are the same too.
  const context = await createContext(wasm, memory, host);
  if (addressOf(context) !== image.context)
    throw new Error('The sandbox image was built for another QuickJS.');
  const entries = new Map<Entry, QuickJSHandle>();
  for (const name of ENTRIES) {
    // The library brands addresses; these were read from such handles when the image was made.
    entries.set(name, new StaticLifetime(image.entries[name]) as unknown as QuickJSHandle);
  }
  return {
    restore() {
      const bytes = new Uint8Array(memory.buffer);
      bytes.set(image.bytes);
      bytes.fill(0, image.bytes.length);
    },
    call(entry, json) {
      const handle = entries.get(entry);
      if (handle === undefined) throw new Error(`The machine has no entry ${entry}.`);
      const argument = context.newString(json);
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
  const door = context.newFunction('host', (json) => context.newString(host.say(context.getString(json))));
  context.setProp(context.global, '__host', door);
  return context;
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

function copyUsed(memory: WebAssembly.Memory): Uint8Array {
  const bytes = new Uint8Array(memory.buffer);
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.slice(0, end);
}
