import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from './crc32.ts';
import type { Stored } from './table.ts';

/** One row that was put (or, without a row, deleted). */
export interface Change {
  readonly table: string;
  readonly id: string;
  readonly row?: Stored;
}

/** Every change of the store on disk, one line each. */
export interface Journal {
  /** What was there when the journal was opened: the last state of every row, in the order the rows came. */
  readonly rows: readonly Change[];
  append(change: Change): void;
  /** Resolves when everything appended so far has reached the disk. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** The folder of an org's data cannot be used; the message says why and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

const VERSION = 1;
const HEADER = `castellan-org ${VERSION}`;

/**
 * Opens the journal of a folder and writes it anew with only what still counts. A last line that was cut off
 * by a crash is dropped: it was never acknowledged.
 * @throws StoreError the folder cannot be used, or holds a file of another program, a newer version or damage
 */
export async function openJournal(folder: string): Promise<Journal> {
  const path = join(folder, 'org.journal');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new StoreError(
      `${folder} cannot be used as a folder for the org’s data. Choose another with --data.`,
      { cause },
    );
  }
  const rows = readJournal(path, await readIfThere(path));
  await writeCompacted(path, rows);
  return createJournal(rows, await open(path, 'a', 0o600));
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return '';
    throw new StoreError(
      `${path} cannot be read. Mend its permissions, or choose another folder with --data.`,
      { cause },
    );
  }
}

/** The last change of every row, in the order the rows first came. */
function readJournal(path: string, text: string): Change[] {
  if (text === '') return [];
  const [header = '', ...lines] = text.split('\n');
  if (header !== HEADER) throw new StoreError(foreign(path, header));
  const last = new Map<string, Change>();
  const end = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  for (let index = 0; index < end; index += 1) {
    const change = readLine(lines[index] ?? '');
    if (change === undefined) {
      if (index === end - 1) break;
      throw new StoreError(
        `Line ${index + 2} of ${path} is damaged. Put a copy of the folder back, or choose another with --data.`,
      );
    }
    const key = `${change.table}/${change.id}`;
    if (change.row === undefined) last.delete(key);
    else last.set(key, change);
  }
  return [...last.values()];
}

function foreign(path: string, header: string): string {
  return header.startsWith('castellan-org ')
    ? `${path} was written by a newer Castellan. Use that one, or choose another folder with --data.`
    : `${path} is not the data of a local org. Choose another folder with --data.`;
}

function readLine(line: string): Change | undefined {
  const checksum = line.slice(0, 8);
  const text = line.slice(9);
  if (crc32(text) !== checksum) return undefined;
  // The checksum says that this program wrote the line.
  return JSON.parse(text) as Change;
}

function writeLine(change: Change): string {
  const text = JSON.stringify(change);
  return `${crc32(text)} ${text}\n`;
}

/** Written beside the journal and moved over it, so that a crash leaves one or the other whole. */
async function writeCompacted(path: string, changes: readonly Change[]): Promise<void> {
  const next = `${path}.next`;
  const file = await open(next, 'w', 0o600);
  try {
    await file.writeFile(`${HEADER}\n${changes.map(writeLine).join('')}`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}

/** Group commit: what comes in while the disk is busy goes out together in the next write. */
function createJournal(rows: readonly Change[], file: FileHandle): Journal {
  let waiting: string[] = [];
  let writing: Promise<void> | undefined;
  return {
    rows,
    append(change) {
      waiting.push(writeLine(change));
    },
    settle: flush,
    async close() {
      await flush();
      await file.close();
    },
  };

  async function flush(): Promise<void> {
    if (writing !== undefined) {
      await writing;
      return flush();
    }
    if (waiting.length === 0) return;
    const lines = waiting.join('');
    waiting = [];
    writing = write(lines).finally(() => {
      writing = undefined;
    });
    await writing;
  }

  async function write(lines: string): Promise<void> {
    await file.appendFile(lines);
    await file.datasync();
  }
}
