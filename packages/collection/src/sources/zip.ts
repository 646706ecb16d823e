import { Unzip, UnzipInflate } from 'fflate';
import { CollectionError } from '../errors.ts';
import type { SourceFile } from './source-file.ts';

/** Archives beyond these are refused: the exports of a whole team are a tenth of them. */
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;
const MAX_FILES = 20_000;

/** Fed to the unpacker at once, so that a bomb is noticed long before it is unpacked. */
const CHUNK_BYTES = 16 * 1024;

/** Whether bytes are a zip archive, by their first ones. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05);
}

/**
 * Unpacks an archive. Throws `too-large` when what is inside would be more than can be read, whatever the
 * archive says of itself, and `malformed` when it is damaged, encrypted, or packed in a way of its own.
 */
export function unzip(bytes: Uint8Array): SourceFile[] {
  const unpacking = createUnpacking();
  try {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      unpacking.push(bytes.subarray(at, at + CHUNK_BYTES), at + CHUNK_BYTES >= bytes.length);
    }
  } catch (cause) {
    if (cause instanceof CollectionError) throw cause;
    throw new CollectionError('malformed', 'the archive cannot be unpacked; make it again');
  }
  return unpacking.finish();
}

function createUnpacking() {
  const files: { path: string; parts: Uint8Array[]; isWhole: boolean }[] = [];
  let size = 0;
  const unpacker = new Unzip((entry) => {
    if (files.length >= MAX_FILES)
      throw new CollectionError('too-large', `the archive holds more than ${MAX_FILES} files`);
    const file = { path: entry.name, parts: [] as Uint8Array[], isWhole: false };
    files.push(file);
    entry.ondata = (error, part, isLast) => {
      if (error !== null) throw error;
      size += part.length;
      if (size > MAX_UNPACKED_BYTES) {
        const most = MAX_UNPACKED_BYTES / 1024 / 1024;
        throw new CollectionError('too-large', `the archive unpacks to more than ${most} MB`);
      }
      file.parts.push(part);
      file.isWhole = isLast;
    };
    entry.start();
  });
  unpacker.register(UnzipInflate);
  return {
    push: (chunk: Uint8Array, isLast: boolean) => unpacker.push(chunk, isLast),
    finish(): SourceFile[] {
      const broken = files.find((file) => !file.isWhole);
      if (broken !== undefined)
        throw new CollectionError('malformed', 'the archive ends too early; make it again');
      return files
        .filter(({ path }) => !path.endsWith('/'))
        .map(({ path, parts }) => ({ path, content: join(parts) }));
    },
  };
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
