/** Another org in this process, made from a snapshot, at an address of its own. */
interface CopyNote {
  readonly id: string;
  readonly url: string;
}

/** The copies that stand beside an org. They go with it. */
export interface Copies {
  list(): readonly CopyNote[];
  open(): Promise<CopyNote>;
  /** False when there is none of that id. */
  close(id: string): Promise<boolean>;
  closeAll(): Promise<void>;
}

/** An org that was put on a port. */
export interface OpenedCopy {
  readonly url: string;
  close(): Promise<void>;
}

/** @param open serves an org that begins with what this one holds now */
export function createCopies(open: () => Promise<OpenedCopy>): Copies {
  const copies = new Map<string, OpenedCopy>();
  let made = 0;
  const toNote = ([id, { url }]: readonly [string, OpenedCopy]): CopyNote => ({ id, url });
  return {
    list: () => [...copies].map(toNote),
    async open() {
      const id = `copy${++made}`;
      const copy = await open();
      copies.set(id, copy);
      return toNote([id, copy]);
    },
    async close(id) {
      const copy = copies.get(id);
      copies.delete(id);
      await copy?.close();
      return copy !== undefined;
    },
    async closeAll() {
      for (const copy of copies.values()) await copy.close();
      copies.clear();
    },
  };
}
