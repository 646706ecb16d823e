/** A state of the org that it can go back to. */
export interface SnapshotNote {
  readonly name: string;
  /** Epoch milliseconds of the machine. */
  readonly taken: number;
  readonly bytes: number;
}

/** Snapshots by name. They live in memory; `castellan org snapshot` writes one to a file. */
export interface Snapshots {
  list(): readonly SnapshotNote[];
  take(name: string): Promise<SnapshotNote>;
  /** False when there is none of that name, here and below. */
  restore(name: string): Promise<boolean>;
  remove(name: string): boolean;
}

interface SnapshotParts {
  readonly now: () => number;
  readonly snapshot: () => Promise<Uint8Array>;
  readonly restore: (bytes: Uint8Array) => Promise<void>;
}

export function createSnapshots({ now, snapshot, restore }: SnapshotParts): Snapshots {
  const taken = new Map<string, { readonly note: SnapshotNote; readonly bytes: Uint8Array }>();
  return {
    list: () => [...taken.values()].map(({ note }) => note),
    async take(name) {
      const bytes = await snapshot();
      const note = { name, taken: now(), bytes: bytes.length };
      taken.set(name, { note, bytes });
      return note;
    },
    async restore(name) {
      const found = taken.get(name);
      if (found === undefined) return false;
      await restore(found.bytes);
      return true;
    },
    remove: (name) => taken.delete(name),
  };
}
