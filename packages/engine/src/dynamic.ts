import { randomInt, randomUUID } from 'node:crypto';

const values: Readonly<Record<string, () => string>> = {
  $guid: () => randomUUID(),
  $randomUUID: () => randomUUID(),
  $timestamp: () => String(Math.floor(Date.now() / 1000)),
  $isoTimestamp: () => new Date().toISOString(),
  $randomInt: () => String(randomInt(0, 1001)),
};

/** What `postman-collection` keeps of its dynamic variables. */
type Generators = Readonly<Record<string, { readonly generator: () => unknown }>>;

let others: Generators = {};

/**
 * Loads Postman's names, addresses, words and so on, if anything in a plan may ask for them: the lists are large.
 * @param plan whatever is about to be run
 */
export async function loadDynamic(plan: unknown): Promise<void> {
  if (Object.keys(others).length > 0 || !JSON.stringify(plan).includes('$random')) return;
  // @ts-expect-error -- the package brings no types of its own
  const module: unknown = await import('postman-collection/lib/superstring/dynamic-variables.js');
  // A table of generators by name; what the version pinned in package.json exports.
  others = (module as { readonly default: Generators }).default;
}

/** Postman's dynamic variables, a new value at every use; those of `loadDynamic` once it has loaded them. */
export function readDynamic(name: string): string | undefined {
  if (Object.hasOwn(values, name)) return values[name]?.();
  return Object.hasOwn(others, name) ? String(others[name]?.generator()) : undefined;
}
