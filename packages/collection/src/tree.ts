import { CollectionError } from './errors.ts';
import type { Collection, Folder, Item, RequestItem } from './model.ts';

export interface WalkedItem {
  readonly item: Item;
  /** The folders around the item, from the outside in. */
  readonly folders: readonly Folder[];
}

/** Every folder and request of a collection in tree order, each folder before what it holds. */
export function* walkItems(root: Collection | Folder): Generator<WalkedItem> {
  yield* walk(root.items, []);
}

function* walk(items: readonly Item[], folders: readonly Folder[]): Generator<WalkedItem> {
  for (const item of items) {
    yield { item, folders };
    if (item.kind === 'folder') yield* walk(item.items, [...folders, item]);
  }
}

export interface FoundRequest {
  readonly item: RequestItem;
  readonly folders: readonly Folder[];
}

/**
 * Finds a request by its exact path (`Folder/Request`) or, without folders, by its name alone. A name may
 * itself hold a slash. Throws `request-not-found` with near names when there is none.
 */
export function findRequest(collection: Collection, path: string): FoundRequest {
  const requests: { path: string; found: FoundRequest }[] = [];
  for (const { item, folders } of walkItems(collection)) {
    if (item.kind !== 'request') continue;
    requests.push({ path: [...folders, item].map((one) => one.name).join('/'), found: { item, folders } });
  }
  const match =
    requests.find((one) => one.path === path) ?? requests.find((one) => one.found.item.name === path);
  if (match !== undefined) return match.found;
  const near = toNearNames(
    path,
    requests.map((one) => one.path),
  );
  const advice =
    near.length === 0
      ? 'the collection holds no requests'
      : `did you mean ${near.map((one) => `“${one}”`).join(', ')}`;
  throw new CollectionError('request-not-found', `“${path}” is not in “${collection.name}”; ${advice}`);
}

/** Up to three names that share the most letter pairs with the one asked for. */
function toNearNames(name: string, names: readonly string[]): string[] {
  const wanted = toPairs(name);
  const score = (one: string): number => {
    const pairs = toPairs(one);
    const shared = [...pairs].filter((pair) => wanted.has(pair)).length;
    return (2 * shared) / Math.max(1, wanted.size + pairs.size);
  };
  return names
    .map((one) => ({ one, score: score(one) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ one }) => one);
}

function toPairs(text: string): Set<string> {
  const lower = text.toLowerCase();
  return new Set(
    Array.from({ length: Math.max(0, lower.length - 1) }, (_, index) => lower.slice(index, index + 2)),
  );
}
