import { mkdir } from 'node:fs/promises';
import { type Change, HEADER, readChanges, StoreError, writeChange } from './changes.ts';
import { type Journal, openJournal } from './journal.ts';
import { lockData } from './lock.ts';
import { applyChange, createStore, rowsOf, type Store } from './store.ts';
import type { ChangeListener, Stored } from './table.ts';

/** An org's store and where it is kept. */
export interface Data {
  readonly store: Store;
  /** Tells of every change from now on; what `replace` does is none. */
  watch(listener: ChangeListener): void;
  /** Resolves when everything written so far is safe. */
  settled(): Promise<void>;
  /** Does the work whole or, when it throws, not at all. Nothing else may write meanwhile. */
  atomically<Result>(work: () => Promise<Result>): Promise<Result>;
  /** All rows as bytes that `replace` reads. */
  snapshot(): Buffer;
  /**
   * Puts the rows of a snapshot in the place of everything, or nothing at all.
   * @throws StoreError the bytes are no whole snapshot
   */
  replace(snapshot: Buffer): void;
  /** Frees what is kept of void changes, while everything goes on. */
  compact(): Promise<void>;
  /** Writes what is kept anew, after everything was replaced. */
  rewrite(): Promise<void>;
  close(): Promise<void>;
}

/** Fewer void changes than this are not worth a new file. */
const WORTH_COMPACTING = 10_000;

/**
 * Opens the data of a folder, or data in memory alone. A file that holds more void changes than rows is written anew,
 * also while the org runs.
 * @throws StoreError the folder cannot be used, is in use, or holds something else than the data of a local org
 */
export async function openData(folder: string | undefined): Promise<Data> {
  let journal: Journal | undefined;
  /** What was there before, while some work may still have to be taken back; the latest comes last. */
  let undo: Change[] | undefined;
  let isSilent = true;
  const listeners: ChangeListener[] = [];
  const store = createStore((table, id, row, before) => {
    if (isSilent) return;
    for (const listener of listeners) listener(table, id, row, before);
    journal?.append(toChange(table, id, row));
    undo?.push(toChange(table, id, before));
  });
  const unlock = folder === undefined ? undefined : await lock(folder);
  try {
    if (folder !== undefined) journal = await openJournal(folder, (change) => applyChange(store, change));
    if (journal && isWorthCompacting(journal, store)) await journal.rewrite(rowsOf(store));
  } catch (cause) {
    await unlock?.();
    throw cause;
  }
  isSilent = false;
  let nextLook = (journal?.count ?? 0) + WORTH_COMPACTING;
  return {
    store,
    watch: (listener) => void listeners.push(listener),
    async settled() {
      if (journal === undefined) return;
      await journal.settle();
      if (journal.count < nextLook) return;
      nextLook = journal.count + WORTH_COMPACTING;
      // The file stays whole when this fails; the disk then refuses the next change as well, and says so.
      if (isWorthCompacting(journal, store)) void journal.compact(rowsOf(store)).catch(() => {});
    },
    async atomically(work) {
      undo = [];
      try {
        return await work();
      } catch (cause) {
        const changes = undo.reverse();
        undo = undefined;
        for (const change of changes) applyChange(store, change);
        throw cause;
      } finally {
        undo = undefined;
      }
    },
    snapshot: () => Buffer.from([HEADER, ...[...rowsOf(store)].map(writeChange)].join('')),
    replace(snapshot) {
      const changes: Change[] = [];
      const { end } = readChanges(snapshot, 'The snapshot', (change) => changes.push(change));
      if (end < snapshot.length) throw new StoreError('The snapshot is cut off. Use a whole copy of it.');
      journal?.breakOff();
      isSilent = true;
      for (const { table, id } of rowsOf(store)) applyChange(store, { table, id });
      for (const change of changes) applyChange(store, change);
      isSilent = false;
    },
    compact: async () => journal?.compact(rowsOf(store)),
    rewrite: async () => journal?.rewrite(rowsOf(store)),
    async close() {
      await journal?.close();
      await unlock?.();
    },
  };
}

function isWorthCompacting({ count }: Journal, store: Store): boolean {
  const rows = sizeOf(store);
  return count - rows > Math.max(rows, WORTH_COMPACTING);
}

async function lock(folder: string): Promise<() => Promise<void>> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await lockData(folder);
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(
      `${folder} cannot be used as a folder for the org’s data. Choose another with --data.`,
      { cause },
    );
  }
}

function toChange(table: string, id: string, row: Stored | undefined): Change {
  return row === undefined ? { table, id } : { table, id, row };
}

function sizeOf(store: Store): number {
  return Object.values(store).reduce((sum, table) => sum + table.size, 0);
}
