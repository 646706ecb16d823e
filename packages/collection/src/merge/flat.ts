import type { Collection, Folder, Item } from '../model.ts';
import type { Node } from './parts.ts';

/** The id under which the collection itself stands; no item has it. */
export const ROOT = '';

/** A collection as a table: each node by its id, with its parent and the order of its children. */
export interface Flat {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly parents: ReadonlyMap<string, string>;
  readonly children: ReadonlyMap<string, readonly string[]>;
}

export function flatten(collection: Collection): Flat {
  const nodes = new Map<string, Node>([[ROOT, collection]]);
  const parents = new Map<string, string>();
  const children = new Map<string, readonly string[]>();
  const visit = (id: string, items: readonly Item[]): void => {
    children.set(
      id,
      items.map((item) => item.id),
    );
    for (const item of items) {
      nodes.set(item.id, item);
      parents.set(item.id, id);
      if (item.kind === 'folder') visit(item.id, item.items);
    }
  };
  visit(ROOT, collection.items);
  return { nodes, parents, children };
}

/** The collection that a table describes. */
export function unflatten({ nodes, children }: Pick<Flat, 'nodes' | 'children'>): Collection {
  const root = nodes.get(ROOT);
  if (root?.kind !== 'collection') throw new Error('A table of a collection holds its root.');
  const itemsOf = (id: string): Item[] =>
    (children.get(id) ?? []).flatMap((child): Item[] => {
      const node = nodes.get(child);
      if (node === undefined || node.kind === 'collection') return [];
      return [node.kind === 'folder' ? ({ ...node, items: itemsOf(child) } satisfies Folder) : node];
    });
  return { ...root, items: itemsOf(ROOT) };
}

/** Where a node is, in names from the outside in. */
export function toPlace(flat: Flat, id: string): string {
  const names: string[] = [];
  for (let at: string | undefined = id; at !== undefined; at = flat.parents.get(at)) {
    const node = flat.nodes.get(at);
    if (node !== undefined) names.unshift(node.name);
  }
  return names.join(' / ');
}
