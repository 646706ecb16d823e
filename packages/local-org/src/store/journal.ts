import { type FileHandle, open, readFile, rename, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { type Change, HEADER, readChanges, StoreError, writeChange } from './changes.ts';

/** Every change of the store on disk, one line each. */
export interface Journal {
  /** How many changes the file holds, those that a later one made void among them. */
  readonly count: number;
  append(change: Change): void;
  /** Resolves when everything appended so far has reached the disk. */
  settle(): Promise<void>;
  /** Writes the file anew with these rows only: nothing is settled before it is done. */
  rewrite(rows: Iterable<Change>): Promise<void>;
  /**
   * Writes the file anew without its void changes, while changes go on being appended and settled. At every moment
   * the file holds what was settled. A rewrite and the end of the journal break it off.
   * @param rows those of the store as it is, read bit by bit
   */
  compact(rows: Iterable<Change>): Promise<void>;
  /** Breaks a compaction off: the rows that it reads are no longer those that the journal tells of. */
  breakOff(): void;
  close(): Promise<void>;
}

/**
 * Opens the journal of a folder and tells every change that it holds, in order. A last line that was cut off by a
 * crash is taken away: it was never acknowledged.
 * @param folder exists
 * @throws StoreError the file cannot be read, or is of another program, of a newer version or damaged
 */
export async function openJournal(folder: string, tell: (change: Change) => void): Promise<Journal> {
  const path = join(folder, 'org.journal');
  const bytes = await readIfThere(path);
  if (bytes === undefined) {
    await replaceFile(folder, path, []);
    return createJournal(folder, path, 0, await open(path, 'a', 0o600));
  }
  await rm(compacted(path), { force: true });
  const { count, end } = readChanges(bytes, path, tell);
  if (end < bytes.length) await truncate(path, end);
  return createJournal(folder, path, count, await open(path, 'a', 0o600));
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new StoreError(
      `${path} cannot be read. Mend its permissions, or choose another folder with --data.`,
      { cause },
    );
  }
}

const LINES_AT_ONCE = 2000;

/** What a compaction writes; a crash leaves it there, unfinished and unused. */
function compacted(path: string): string {
  return `${path}.compacted`;
}

/** Written beside the journal and moved over it, so that a crash leaves one or the other whole. */
async function replaceFile(folder: string, path: string, rows: Iterable<Change>): Promise<void> {
  const next = `${path}.next`;
  const file = await open(next, 'w', 0o600);
  try {
    await file.appendFile(HEADER);
    for (const lines of linesOf(rows)) await file.appendFile(lines.join(''));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
  await syncFolder(folder);
}

/** Rows as lines, so many at once. */
function* linesOf(rows: Iterable<Change>): Generator<readonly string[]> {
  let lines: string[] = [];
  for (const row of rows) {
    lines.push(writeChange(row));
    if (lines.length < LINES_AT_ONCE) continue;
    yield lines;
    lines = [];
  }
  yield lines;
}

/** So that the new name outlives a power cut as well. Windows cannot do it and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

interface Compaction {
  lines: string[];
}

/** Group commit: what comes in while the disk is busy goes out together in the next write. */
function createJournal(folder: string, path: string, counted: number, opened: FileHandle): Journal {
  let file = opened;
  let count = counted;
  let waiting: string[] = [];
  /** How many changes were appended, and how many of these, the first ones, have reached the disk. */
  let appended = 0;
  let safe = 0;
  let busy: Promise<void> | undefined;
  /** Rewrites that are under way or wait for the file: changes that are appended now belong behind their rows. */
  let rewrites = 0;
  /** The compaction under way: the changes that were appended since it began, as lines. */
  let compaction: Compaction | undefined;
  let compacting: Promise<void> = Promise.resolve();
  return {
    get count() {
      return count;
    },
    append(change) {
      const line = writeChange(change);
      waiting.push(line);
      compaction?.lines.push(line);
      count += 1;
      appended += 1;
    },
    settle: () => settle(),
    rewrite(rows) {
      const all = [...rows];
      compaction = undefined;
      // What waits is in those rows.
      waiting = [];
      count = all.length;
      const told = appended;
      rewrites += 1;
      return useFile(async () => {
        await file.close();
        await replaceFile(folder, path, all);
        file = await open(path, 'a', 0o600);
        safe = told;
      }).finally(() => {
        rewrites -= 1;
      });
    },
    compact(rows) {
      if (compaction === undefined) {
        compaction = { lines: [] };
        compacting = compactInto(compaction, rows);
      }
      return compacting;
    },
    breakOff() {
      compaction = undefined;
    },
    async close() {
      compaction = undefined;
      await compacting.catch(() => {});
      await settle();
      await file.close();
    },
  };

  /** Whose changes are safe waits no longer: the next write is another's. */
  async function settle(told = appended): Promise<void> {
    if (safe >= told) return;
    await (busy ?? useFile(write));
    return settle(told);
  }

  /** One after the other: what is under way is waited for. */
  function useFile(work: () => Promise<void>): Promise<void> {
    const before = busy;
    const own = (async () => {
      await before?.catch(() => {});
      await work();
    })().finally(() => {
      if (busy === own) busy = undefined;
    });
    busy = own;
    return own;
  }

  /** Writes the rows, then what was appended meanwhile, and puts that in the place of the file. */
  async function compactInto(own: Compaction, rows: Iterable<Change>): Promise<void> {
    const next = await open(compacted(path), 'w', 0o600);
    let written = 0;
    try {
      await next.appendFile(HEADER);
      for (const lines of linesOf(rows)) {
        if (compaction !== own) return;
        await next.appendFile(lines.join(''));
        written += lines.length;
      }
      // Most of what came meanwhile goes out before the file is held up.
      const early = own.lines;
      own.lines = [];
      await next.appendFile(early.join(''));
      await next.sync();
      written += early.length;
      await useFile(() => takeOver(own, next, written));
    } finally {
      if (compaction === own) compaction = undefined;
      await next.close();
      await rm(compacted(path), { force: true });
    }
  }

  /** The last changes go into the new file, which then is the journal. Nothing else is written meanwhile. */
  async function takeOver(own: Compaction, next: FileHandle, written: number): Promise<void> {
    if (compaction !== own) return;
    compaction = undefined;
    // What waits is among the lines.
    const told = appended;
    const held = waiting;
    waiting = [];
    try {
      await next.appendFile(own.lines.join(''));
      await next.sync();
      await file.close();
      try {
        await rename(compacted(path), path);
      } finally {
        file = await open(path, 'a', 0o600);
      }
    } catch (cause) {
      waiting = [...held, ...waiting];
      throw cause;
    }
    count = written + own.lines.length + waiting.length;
    await syncFolder(folder);
    safe = told;
  }

  async function write(): Promise<void> {
    // The file is about to be replaced, and what waits would go with it.
    if (rewrites > 0) return;
    const told = appended;
    const lines = waiting.join('');
    waiting = [];
    const { size } = await file.stat();
    try {
      await file.appendFile(lines);
      await file.datasync();
    } catch (cause) {
      // A full disk may have taken half a line: nothing may follow on that.
      waiting.unshift(lines);
      await file.truncate(size);
      throw cause;
    }
    safe = told;
  }
}
