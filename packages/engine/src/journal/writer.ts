import { open } from 'node:fs/promises';
import { JournalError } from './errors.ts';
import { writeLine } from './lines.ts';
import type { JournalLine } from './lines.ts';

/** What a journal is written to. */
export interface JournalFile {
  /** Rejects when not every byte could be written. */
  append(bytes: Buffer): Promise<void>;
  /** Resolves when everything that was appended survives a crash of the machine. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Writes lines in the order of the calls; lines that come in while the disk is busy go out together. */
export interface JournalWriter {
  /** Resolves when the line is on disk. Rejects when it is not, as everything after it does. */
  write(line: JournalLine): Promise<void>;
  /** Resolves when everything is on disk. */
  close(): Promise<void>;
}

export function createJournalWriter(file: JournalFile): JournalWriter {
  let waiting: Buffer[] = [];
  /** The write that takes what is waiting now. */
  let next: Promise<void> | undefined;
  let current: Promise<void> = Promise.resolve();
  let broken: Error | undefined;
  return {
    write(line) {
      if (broken !== undefined) return Promise.reject(broken);
      waiting.push(Buffer.from(writeLine(line)));
      next ??= schedule();
      return next;
    },
    async close() {
      await (next ?? current).catch(() => undefined);
      await file.close();
    },
  };

  function schedule(): Promise<void> {
    const written = current.then(flush);
    current = written.catch(() => undefined);
    // Whoever does not wait for a line hears of the failure with the next one.
    written.catch(() => undefined);
    return written;
  }

  async function flush(): Promise<void> {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    next = undefined;
    try {
      if (broken !== undefined) throw broken;
      await file.append(bytes);
      await file.sync();
    } catch (cause) {
      broken ??= new JournalError(`The journal cannot be written: ${toText(cause)}.`, { cause });
      throw broken;
    }
  }
}

function toText(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOSPC') return 'the disk is full';
  return cause instanceof Error ? cause.message : String(cause);
}

/**
 * Opens a file to append to.
 * @param length bytes to keep of what is there; the rest is a line that a crash has torn
 */
export async function openJournalFile(path: string, length: number | undefined): Promise<JournalFile> {
  const handle = await open(path, length === undefined ? 'ax' : 'r+', 0o600);
  if (length !== undefined) await handle.truncate(length);
  let position = length ?? 0;
  return {
    async append(bytes) {
      let done = 0;
      while (done < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position);
        done += bytesWritten;
        position += bytesWritten;
      }
    },
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}
