import { randomUUID } from 'node:crypto';
import type { Collection, RequestItem } from '@castellan/collection';
import type {
  CollectionEdit,
  CollectionOutline,
  Level,
  OpenedRequest,
  TrustView,
} from '../api/collections.ts';
import { WorkbenchError } from '../errors.ts';
import { applyEdit, copyItem, countItems, findItem, replaceRequest, toLevel, toOutline } from './tree.ts';
import type { Trust } from '../trust/trust.ts';
import type { Workspace } from './workspace.ts';

interface Changed {
  collectionId: string;
  itemId?: string | undefined;
}

/** What the page does with collections, each step written to disk before it answers. */
export interface Collections {
  list(): Promise<CollectionOutline[]>;
  create(name: string): Promise<Changed>;
  remove(id: string): Promise<Changed>;
  duplicate(id: string): Promise<Changed>;
  edit(id: string, edit: CollectionEdit): Promise<Changed>;
  undo(id: string): Promise<Changed>;
  open(id: string, itemId: string): OpenedRequest;
  openLevel(id: string, levelId: string): { collectionId: string; level: Level; levels: Level[] };
  save(id: string, item: RequestItem): Promise<Changed>;
  get(id: string): Collection;
  /** A person lets the scripts of a collection run; `digest` is of what they saw. */
  agree(id: string, digest: string): Promise<TrustView>;
}

const MOST_UNDO = 50;

export function createCollections(workspace: Workspace, trust: Trust): Collections {
  /** Collections as they were before each change of shape, the newest last. */
  const past: Collection[] = [];
  const shelf = workspace.collections;
  return {
    list: () =>
      Promise.all(
        shelf.list().map(async ({ thing, file }) => ({
          id: thing.id,
          name: thing.name,
          file,
          requests: countItems(thing.items).requests,
          items: toOutline(thing.items),
          trust: await trust.look(thing),
        })),
      ),
    get,
    async agree(id, digest) {
      await trust.agree(get(id), digest);
      workspace.changed({ kind: 'collections' });
      return trust.look(get(id));
    },
    create: (name) =>
      put({ kind: 'collection', id: randomUUID(), name, items: [], variables: [], scripts: [] }),
    async remove(id) {
      remember(get(id));
      await shelf.remove(id);
      workspace.changed({ kind: 'collections' });
      return { collectionId: id };
    },
    duplicate(id) {
      const collection = get(id);
      const items = collection.items.map((item) => copyItem(item, randomUUID));
      const copy = { ...collection, id: randomUUID(), name: `${collection.name} copy`, items };
      return put(copy, collection);
    },
    async edit(id, edit) {
      const before = get(id);
      const { collection, itemId } = applyEdit(before, edit, randomUUID);
      await put(collection, before);
      remember(before);
      return { collectionId: id, itemId };
    },
    async undo(id) {
      const index = past.findLastIndex((collection) => collection.id === id);
      const before = past[index];
      if (before === undefined) throw new WorkbenchError('not-found', 'There is nothing left to take back.');
      await put(before, before);
      past.splice(index, 1);
      return { collectionId: id };
    },
    open(id, itemId) {
      const found = findItem(get(id), itemId);
      if (found?.item.kind !== 'request') {
        throw new WorkbenchError(
          'not-found',
          'This request is no longer in the collection. Look for it in the tree.',
        );
      }
      // The page gets JSON: `readonly` ends here.
      return { collectionId: id, item: found.item, levels: found.parents.map(toLevel) } as OpenedRequest;
    },
    openLevel(id, levelId) {
      const collection = get(id);
      if (levelId === id) return { collectionId: id, level: toLevel(collection), levels: [] };
      const found = findItem(collection, levelId);
      if (found?.item.kind !== 'folder')
        throw new WorkbenchError('not-found', 'This folder is no longer in the collection.');
      return { collectionId: id, level: toLevel(found.item), levels: found.parents.map(toLevel) };
    },
    save: (id, item) => put(replaceRequest(get(id), item), get(id)),
  };

  function get(id: string): Collection {
    const found = shelf.find(id)?.thing;
    if (found !== undefined) return found;
    throw new WorkbenchError('not-found', 'This collection is no longer in the workspace.');
  }

  /** @param before what it was made of */
  async function put(collection: Collection, before?: Collection): Promise<Changed> {
    await trust.wrote(collection, before);
    await shelf.put(collection);
    workspace.changed({ kind: 'collections' });
    return { collectionId: collection.id };
  }

  function remember(collection: Collection): void {
    past.push(collection);
    if (past.length > MOST_UNDO) past.shift();
  }
}
