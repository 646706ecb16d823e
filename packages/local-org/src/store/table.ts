/** Anything that is kept: an id and plain JSON data. Records are replaced, never changed in place. */
export interface Stored {
  readonly id: string;
}

/** Told about every change after it happened: what is there now and what was before, if anything. */
export type ChangeListener = (
  table: string,
  id: string,
  record: Stored | undefined,
  before: Stored | undefined,
) => void;

/** A typed map in insertion order with named indexes. */
export interface Table<Item extends Stored> {
  readonly size: number;
  get(id: string): Item | undefined;
  put(item: Item): Item;
  delete(id: string): boolean;
  values(): IterableIterator<Item>;
  keys(): IterableIterator<string>;
  /** The items whose `index` key is this one, in insertion order. */
  by(index: string, key: string): readonly Item[];
  /**
   * The items of a key of an index that is made when it is asked for first, and kept from then on: for what nobody
   * knows beforehand, as attributes that an administrator defines.
   */
  lookUp(index: string, keyOf: (item: Item) => string | undefined, key: string): readonly Item[];
  /** The ids of the items that `by` would give. */
  ids(index: string, key: string): readonly string[];
  /** How many items `by` would give. */
  count(index: string, key: string): number;
}

/** Each index says which key an item is found by; `undefined` leaves it out. */
export type Indexes<Item> = Readonly<Record<string, (item: Item) => string | undefined>>;

/** The items of one key: most keys have one alone, and a set for each of those would be most of the memory. */
type Ids = string | Set<string>;

interface Lookup<Item> {
  readonly index: string;
  readonly keyOf: (item: Item) => string | undefined;
  readonly ids: Map<string, Ids>;
}

/** An empty table. `name` is what its changes are announced under. */
export function createTable<Item extends Stored>(
  name: string,
  indexes: Indexes<Item>,
  changed: ChangeListener,
): Table<Item> {
  const items = new Map<string, Item>();
  const lookups: Lookup<Item>[] = Object.entries(indexes).map(([index, keyOf]) => ({
    index,
    keyOf,
    ids: new Map(),
  }));

  const addIndex = (index: string, keyOf: (item: Item) => string | undefined): void => {
    const lookup = { index, keyOf, ids: new Map<string, Ids>() };
    for (const item of items.values()) linkIn(lookup, item);
    lookups.push(lookup);
  };
  const unlink = (item: Item): void => {
    for (const { keyOf, ids } of lookups) {
      const key = keyOf(item);
      if (key === undefined) continue;
      const held = ids.get(key);
      if (typeof held === 'object') held.delete(item.id);
      if (held === item.id || (typeof held === 'object' && held.size === 0)) ids.delete(key);
    }
  };
  const linkIn = ({ keyOf, ids }: Lookup<Item>, item: Item): void => {
    const key = keyOf(item);
    if (key === undefined) return;
    const held = ids.get(key);
    if (held === undefined || held === item.id) ids.set(key, item.id);
    else if (typeof held === 'object') held.add(item.id);
    else ids.set(key, new Set([held, item.id]));
  };
  const link = (item: Item): void => {
    for (const lookup of lookups) linkIn(lookup, item);
  };
  const itemsOf = (index: string, key: string): Item[] => {
    const found: Item[] = [];
    for (const id of idsOf(index, key)) {
      const item = items.get(id);
      if (item) found.push(item);
    }
    return found;
  };

  const idsOf = (index: string, key: string): readonly string[] | Set<string> => {
    const held = lookups.find((lookup) => lookup.index === index)?.ids.get(key);
    if (typeof held === 'object') return held;
    return held === undefined ? [] : [held];
  };

  return {
    get size() {
      return items.size;
    },
    get: (id) => items.get(id),
    put(item) {
      const before = items.get(item.id);
      if (before) unlink(before);
      items.set(item.id, item);
      link(item);
      changed(name, item.id, item, before);
      return item;
    },
    delete(id) {
      const before = items.get(id);
      if (!before) return false;
      unlink(before);
      items.delete(id);
      changed(name, id, undefined, before);
      return true;
    },
    values: () => items.values(),
    keys: () => items.keys(),
    count(index, key) {
      const ids = idsOf(index, key);
      return 'size' in ids ? ids.size : ids.length;
    },
    ids: (index, key) => [...idsOf(index, key)],
    by: itemsOf,
    lookUp(index, keyOf, key) {
      if (!lookups.some((lookup) => lookup.index === index)) addIndex(index, keyOf);
      return itemsOf(index, key);
    },
  };
}
