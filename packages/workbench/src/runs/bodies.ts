import { randomUUID } from 'node:crypto';
import { WorkbenchError } from '../errors.ts';

/** Bodies that are too large to travel within an event, masked already, until their page has fetched them. */
export interface Bodies {
  /** @returns the id by which `read` finds it; what is older gives way to it */
  keep(bytes: Uint8Array): string;
  /** @throws WorkbenchError `not-found` it was there too long, or too much came after it */
  read(id: string): Uint8Array;
}

interface BodiesOptions {
  /** Bytes of all bodies together; the newest is kept even when it alone is larger. */
  readonly mostBytes?: number;
  /** Milliseconds. */
  readonly lifetime?: number;
}

/** A page fetches a body at once; this leaves it time for a second try. */
const LIFETIME = 5 * 60_000;
const MOST_BYTES = 256 * 1024 * 1024;

export function createBodies({ mostBytes = MOST_BYTES, lifetime = LIFETIME }: BodiesOptions = {}): Bodies {
  // A Map keeps the order in which bodies came.
  const kept = new Map<string, Uint8Array>();
  let size = 0;
  const drop = (id: string) => {
    size -= kept.get(id)?.byteLength ?? 0;
    kept.delete(id);
  };
  return {
    keep(bytes) {
      const id = randomUUID();
      kept.set(id, bytes);
      size += bytes.byteLength;
      for (const older of kept.keys()) {
        if (size <= mostBytes || older === id) break;
        drop(older);
      }
      setTimeout(() => drop(id), lifetime).unref();
      return id;
    },
    read(id) {
      const bytes = kept.get(id);
      if (bytes !== undefined) return bytes;
      throw new WorkbenchError(
        'not-found',
        'The workbench no longer has the body of this answer. Send the request again.',
      );
    },
  };
}
