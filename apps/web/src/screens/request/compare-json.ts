/** One place at which two values of JSON differ. */
export interface JsonDifference {
  /** JSONPath (RFC 9535) of the place, in the value that has it. */
  readonly path: string;
  /** JSON on one line; absent where the other side has nothing. */
  readonly before?: string;
  readonly now?: string;
}

/**
 * Where two values of JSON differ. The order of members says nothing; entries of lists are the same one when their `id`
 * is, or else their `name`, so that one that came in between does not make all behind it differ.
 */
export function compareJson(before: unknown, now: unknown): JsonDifference[] {
  const differences: JsonDifference[] = [];
  compare(before, now, '$');
  return differences;

  function compare(old: unknown, fresh: unknown, path: string): void {
    if (isObject(old) && isObject(fresh)) {
      for (const name of new Set([...Object.keys(old), ...Object.keys(fresh)]))
        compare(old[name], fresh[name], path + toStep(name));
    } else if (Array.isArray(old) && Array.isArray(fresh)) compareLists(old, fresh, path);
    else if (JSON.stringify(old) !== JSON.stringify(fresh)) differences.push(toDifference(path, old, fresh));
  }

  function compareLists(old: readonly unknown[], fresh: readonly unknown[], path: string): void {
    const key = ['id', 'name'].find((name) => isKey(old, name) && isKey(fresh, name));
    if (key === undefined) {
      if (![...old, ...fresh].some((entry) => typeof entry === 'object' && entry !== null))
        comparePlain(old, fresh, path);
      else {
        for (let index = 0; index < Math.max(old.length, fresh.length); index += 1)
          compare(old[index], fresh[index], `${path}[${index}]`);
      }
      return;
    }
    const others = new Map(fresh.map((entry) => [readKey(entry, key), entry]));
    for (const entry of old) {
      const id = readKey(entry, key);
      compare(entry, others.get(id), `${path}[?@.${key}==${JSON.stringify(id)}]`);
      others.delete(id);
    }
    for (const [id, entry] of others) compare(undefined, entry, `${path}[?@.${key}==${JSON.stringify(id)}]`);
  }

  /** Texts and numbers are told by what they are: those that only one of the lists has. */
  function comparePlain(old: readonly unknown[], fresh: readonly unknown[], path: string): void {
    const left = [...fresh];
    old.forEach((entry, index) => {
      const at = left.indexOf(entry);
      if (at === -1) differences.push(toDifference(`${path}[${index}]`, entry, undefined));
      else left.splice(at, 1);
    });
    for (const entry of left)
      differences.push(toDifference(`${path}[${fresh.indexOf(entry)}]`, undefined, entry));
  }
}

function toDifference(path: string, before: unknown, now: unknown): JsonDifference {
  return {
    path,
    ...(before === undefined ? {} : { before: JSON.stringify(before) }),
    ...(now === undefined ? {} : { now: JSON.stringify(now) }),
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readKey = (entry: unknown, key: string): unknown => (isObject(entry) ? entry[key] : undefined);

/** Whether each entry has this member, as a text of its own. */
function isKey(list: readonly unknown[], name: string): boolean {
  const keys = list.map((entry) => readKey(entry, name));
  return keys.every((key) => typeof key === 'string') && new Set(keys).size === keys.length;
}

const toStep = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
