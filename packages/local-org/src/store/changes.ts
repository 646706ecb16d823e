import { crc32 } from 'node:zlib';
import type { Stored } from './table.ts';

/** One row that was put (or, without a row, deleted). */
export interface Change {
  readonly table: string;
  readonly id: string;
  readonly row?: Stored;
}

/** What an org kept cannot be used; the message says why and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

const VERSION = 1;

/** The first line of everything that holds an org's rows: its journal and its snapshots. */
export const HEADER = `castellan-org ${VERSION}\n`;

/** One change as a line with its checksum in front. */
export function writeChange(change: Change): string {
  const text = JSON.stringify(change);
  return `${toHex(crc32(text))} ${text}\n`;
}

export interface ReadChanges {
  /** How many changes there were. */
  readonly count: number;
  /** How many of the bytes hold whole changes; what follows was cut off while it was written. */
  readonly end: number;
}

/**
 * Tells every change in order. A last line that was cut off ends the reading: a crash left it, and it was never
 * acknowledged.
 * @param place what the bytes are called in messages
 * @throws StoreError the bytes are of another program or a newer version, or damaged before the last line
 */
export function readChanges(bytes: Buffer, place: string, tell: (change: Change) => void): ReadChanges {
  if (bytes.length < HEADER.length || bytes.toString('utf8', 0, HEADER.length) !== HEADER)
    throw new StoreError(foreign(bytes, place));
  let at = HEADER.length;
  let count = 0;
  while (at < bytes.length) {
    const lineEnd = bytes.indexOf(NEWLINE, at);
    const end = lineEnd < 0 ? bytes.length : lineEnd;
    const change = lineEnd < 0 ? undefined : readChange(bytes, at, end);
    if (change === undefined) {
      if (end + 1 >= bytes.length) break;
      throw new StoreError(
        `Line ${count + 2} of ${place} is damaged. Use a copy of it, or choose another place.`,
      );
    }
    tell(change);
    count += 1;
    at = end + 1;
  }
  return { count, end: at };
}

const NEWLINE = 0x0a;
const CHECKSUM_LENGTH = 8;

function readChange(bytes: Buffer, start: number, end: number): Change | undefined {
  const from = start + CHECKSUM_LENGTH + 1;
  if (from >= end) return undefined;
  const checksum = bytes.toString('latin1', start, start + CHECKSUM_LENGTH);
  if (toHex(crc32(bytes.subarray(from, end))) !== checksum) return undefined;
  // The checksum says that this program wrote the line.
  return JSON.parse(bytes.toString('utf8', from, end)) as Change;
}

function toHex(checksum: number): string {
  return checksum.toString(16).padStart(CHECKSUM_LENGTH, '0');
}

function foreign(bytes: Buffer, place: string): string {
  return /^castellan-org \d+\n/.test(bytes.toString('utf8', 0, 30))
    ? `${place} was written by a newer Castellan. Use that one, or choose another place.`
    : `${place} is not the data of a local org. Choose another place.`;
}
