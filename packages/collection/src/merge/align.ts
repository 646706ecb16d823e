import { toPlaceId } from '../ids.ts';
import type { Collection, Item } from '../model.ts';

/**
 * The collection of a file with the ids that the workspace has for the same things: the same id, else the same
 * names and method from the root down. Exports of another vintage or tool have ids of their own.
 */
export function alignIds(theirs: Collection, reference: Collection): Collection {
  const known = new Map<string, Item['kind']>();
  const byPath = new Map<string, string[]>();
  walk(reference.items, '', (item, path) => {
    known.set(item.id, item.kind);
    byPath.set(path, [...(byPath.get(path) ?? []), item.id]);
  });
  const taken = new Set<string>();
  walk(theirs.items, '', (item) => {
    if (known.get(item.id) === item.kind) taken.add(item.id);
  });
  const rename = (items: readonly Item[], parent: string): Item[] =>
    items.map((item) => {
      const path = pathOf(item, parent);
      const id =
        known.get(item.id) === item.kind
          ? item.id
          : (takeFree(byPath.get(path), taken) ?? freeId(item.id, known, taken));
      return item.kind === 'folder' ? { ...item, id, items: rename(item.items, path) } : { ...item, id };
    });
  return { ...theirs, id: reference.id, items: rename(theirs.items, '') };
}

function takeFree(ids: readonly string[] | undefined, taken: Set<string>): string | undefined {
  const free = ids?.find((id) => !taken.has(id));
  if (free !== undefined) taken.add(free);
  return free;
}

function freeId(id: string, known: ReadonlyMap<string, unknown>, taken: Set<string>): string {
  let free = id;
  while (known.has(free) || taken.has(free)) free = toPlaceId(`\u0002${free}`);
  taken.add(free);
  return free;
}

function walk(items: readonly Item[], parent: string, visit: (item: Item, path: string) => void): void {
  for (const item of items) {
    const path = pathOf(item, parent);
    visit(item, path);
    if (item.kind === 'folder') walk(item.items, path, visit);
  }
}

function pathOf(item: Item, parent: string): string {
  return `${parent}\u0000${item.kind === 'request' ? item.request.method : ''}\u0001${item.name}`;
}
