import type { ChangeListener, Stored } from './table.ts';

/**
 * What a search finds while its index is late. Okta: searches read an index that follows writes with a delay
 * (users#list-users-with-search), which clients that write and search at once have to live with.
 */
export interface LateIndex {
  readonly listener: ChangeListener;
  /** The rows of a table as the index has them: those of now, but for changes that it has not seen yet. */
  rows<Item extends Stored>(table: string, now: Iterable<Item>): Item[];
}

interface Unseen {
  readonly at: number;
  readonly table: string;
  readonly id: string;
  readonly before: Stored | undefined;
}

/**
 * @param delay by how many milliseconds the index is late, as it is set now; 0 costs nothing
 * @param clock epoch milliseconds of the org
 */
export function createLateIndex(delay: () => number, clock: () => number): LateIndex {
  let unseen: Unseen[] = [];
  const prune = (): void => {
    const seenUntil = clock() - delay();
    if (unseen.some(({ at }) => at <= seenUntil)) unseen = unseen.filter(({ at }) => at > seenUntil);
  };
  return {
    listener(table, id, _record, before) {
      if (delay() > 0) unseen.push({ at: clock(), table, id, before });
    },
    rows<Item extends Stored>(table: string, now: Iterable<Item>): Item[] {
      if (unseen.length === 0) return [...now];
      prune();
      const rows = new Map([...now].map((item) => [item.id, item]));
      // From the latest change back, so that the version before the earliest one remains.
      for (const change of unseen.filter((one) => one.table === table).toReversed()) {
        // What was in the table before is of the table's kind.
        if (change.before) rows.set(change.id, change.before as Item);
        else rows.delete(change.id);
      }
      return [...rows.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    },
  };
}
