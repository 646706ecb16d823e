import { holdBody, type BodyFacts, type HeldBody, type View } from './held-body.ts';
import type { Sight } from './held-body.ts';
import { askWorker, forgetInWorker, nextBodyId } from './worker-door.ts';

/** The body of one answer: its lines at once, and what takes longer as promises. */
export interface OpenBody extends BodyFacts {
  /** Bytes. */
  readonly size: number;
  see(view: View): Promise<Sight>;
  find(view: View, wanted: string): Promise<Int32Array>;
  text(): Promise<string>;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Bytes up to which a body is read in the page: a word to the worker and back would take longer. */
const MOST_HERE = 128 * 1024;

/** A body that is there as bytes. */
export async function openBytes(bytes: Uint8Array): Promise<OpenBody> {
  if (bytes.byteLength <= MOST_HERE) return openHere(bytes);
  const id = nextBodyId();
  const facts = await askWorker({ kind: 'open', id, bytes }, [bytes.buffer]);
  return toRemote(id, bytes.byteLength, facts);
}

/** A small body, at once. */
export function openHere(bytes: Uint8Array): OpenBody {
  const held: HeldBody = holdBody(bytes);
  return {
    ...held.open(),
    size: bytes.byteLength,
    see: held.see,
    find: held.find,
    text: async () => held.text(),
    bytes: async () => new Uint8Array(held.bytes()),
  };
}

/**
 * A body that the workbench keeps: a worker fetches it and lays it out, and the page never stands still.
 * @param signal ends the wait, and the fetch with it
 */
export async function openKept(bodyId: string, signal: AbortSignal): Promise<OpenBody> {
  const id = nextBodyId();
  const stop = () => forgetInWorker(id);
  signal.addEventListener('abort', stop);
  try {
    const { size, ...facts } = await askWorker({ kind: 'fetch', id, bodyId });
    signal.throwIfAborted();
    return toRemote(id, size, facts);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The worker forgets a body when the page has. */
const unused = new FinalizationRegistry<number>(forgetInWorker);

function toRemote(id: number, size: number, facts: BodyFacts): OpenBody {
  const body: OpenBody = {
    ...facts,
    size,
    see: (view) => askWorker({ kind: 'see', id, view }),
    find: (view, wanted) => askWorker({ kind: 'find', id, view, wanted }),
    text: () => askWorker({ kind: 'text', id }),
    bytes: () => askWorker({ kind: 'bytes', id }),
  };
  unused.register(body, id);
  return body;
}
