import type { Auth, Collection, Folder, Item, RequestItem, Script, Variable } from '@castellan/collection';
import type { CollectionEdit, Level, OutlineItem } from '../api/collections.ts';
import { WorkbenchError } from '../errors.ts';

type Parent = Collection | Folder;

/** The tree without its contents. */
export function toOutline(items: readonly Item[]): OutlineItem[] {
  return items.map((item) =>
    item.kind === 'folder'
      ? { kind: 'folder', id: item.id, name: item.name, items: toOutline(item.items) }
      : {
          kind: 'request',
          id: item.id,
          name: item.name,
          method: item.request.method,
          url: item.request.url.raw,
        },
  );
}

export function countItems(items: readonly Item[]): { readonly requests: number; readonly folders: number } {
  let requests = 0;
  let folders = 0;
  for (const item of items) {
    if (item.kind === 'request') requests += 1;
    else {
      const inside = countItems(item.items);
      requests += inside.requests;
      folders += 1 + inside.folders;
    }
  }
  return { requests, folders };
}

/** An item and the collection and folders around it, from the outside in; `undefined` when it is not there. */
export function findItem(
  collection: Collection,
  id: string,
): { readonly item: Item; readonly parents: readonly Parent[] } | undefined {
  const search = (parents: readonly [Parent, ...Parent[]], within: Parent): ReturnType<typeof findItem> => {
    for (const item of within.items) {
      if (item.id === id) return { item, parents };
      if (item.kind !== 'folder') continue;
      const found = search([...parents, item], item);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search([collection], collection);
}

/** What a collection or folder hands down. */
export function toLevel(parent: Parent): Level {
  return {
    kind: parent.kind,
    id: parent.id,
    name: parent.name,
    ...(parent.auth === undefined ? {} : { auth: parent.auth as Level['auth'] & Auth }), // readonly on one side only
    variables: parent.variables as Variable[] as Level['variables'], // readonly on one side only
    scripts: parent.scripts as Script[] as Level['scripts'], // readonly on one side only
    ...(parent.description === undefined
      ? {}
      : { description: parent.description as NonNullable<Level['description']> }), // readonly on one side only
  };
}

/** Puts a request in the place of the one with its id. */
export function replaceRequest(collection: Collection, next: RequestItem): Collection {
  const found = findItem(collection, next.id);
  if (found?.item.kind !== 'request') throw absent();
  return mapItem(collection, next.id, () => [next]);
}

/**
 * Carries one change out and leaves the collection that it got as it was.
 * @param createId makes an id for each new item
 * @returns the changed collection, and the item that the change was about when there is one
 */
export function applyEdit(
  collection: Collection,
  edit: CollectionEdit,
  createId: () => string,
): { readonly collection: Collection; readonly itemId?: string } {
  switch (edit.kind) {
    case 'rename':
      if (edit.itemId === null) return { collection: { ...collection, name: edit.name } };
      return {
        collection: mapItem(collection, edit.itemId, (item) => [{ ...item, name: edit.name }]),
        itemId: edit.itemId,
      };
    case 'delete':
      return { collection: mapItem(collection, edit.itemId, () => []) };
    case 'duplicate': {
      let itemId = '';
      const changed = mapItem(collection, edit.itemId, (item) => {
        const copy = { ...copyItem(item, createId), name: `${item.name} copy` };
        itemId = copy.id;
        return [item, copy];
      });
      return { collection: changed, itemId };
    }
    case 'add-folder': {
      const folder: Folder = {
        kind: 'folder',
        id: createId(),
        name: edit.name,
        items: [],
        variables: [],
        scripts: [],
      };
      return { collection: insert(collection, edit.parentId, folder), itemId: folder.id };
    }
    case 'add-request': {
      const item = emptyRequest(createId(), edit.name);
      return { collection: insert(collection, edit.parentId, item), itemId: item.id };
    }
    case 'move':
      return { collection: move(collection, edit), itemId: edit.itemId };
    case 'settings':
      return { collection: changeSettings(collection, edit) };
  }
}

/** A copy with new ids all the way down. */
export function copyItem<Kind extends Item>(item: Kind, createId: () => string): Kind {
  if (item.kind === 'folder') {
    return { ...item, id: createId(), items: item.items.map((inner) => copyItem(inner, createId)) };
  }
  return { ...item, id: createId() };
}

function emptyRequest(id: string, name: string): RequestItem {
  return {
    kind: 'request',
    id,
    name,
    request: { method: 'GET', url: { raw: '{{url}}', query: [], pathVariables: [] }, headers: [] },
    variables: [],
    scripts: [],
    examples: [],
  };
}

function mapItem(collection: Collection, id: string, change: (item: Item) => readonly Item[]): Collection {
  let met = false;
  const within = (items: readonly Item[]): readonly Item[] =>
    items.flatMap((item): readonly Item[] => {
      if (item.id === id) {
        met = true;
        return change(item);
      }
      return item.kind === 'folder' ? [{ ...item, items: within(item.items) }] : [item];
    });
  const items = within(collection.items);
  if (!met) throw absent();
  return { ...collection, items };
}

function insert(collection: Collection, parentId: string | null, item: Item, index?: number): Collection {
  const place = (items: readonly Item[]) => items.toSpliced(index ?? items.length, 0, item);
  if (parentId === null) return { ...collection, items: place(collection.items) };
  return mapItem(collection, parentId, (parent) => {
    if (parent.kind !== 'folder') {
      throw new WorkbenchError(
        'bad-request',
        'A request holds no other items. Choose a folder or the collection.',
      );
    }
    return [{ ...parent, items: place(parent.items) }];
  });
}

function move(collection: Collection, edit: Extract<CollectionEdit, { kind: 'move' }>): Collection {
  const found = findItem(collection, edit.itemId);
  if (found === undefined) throw absent();
  const into = edit.parentId === null ? undefined : findItem(collection, edit.parentId);
  if (edit.parentId === edit.itemId || into?.parents.some((parent) => parent.id === edit.itemId)) {
    throw new WorkbenchError('bad-request', 'A folder cannot move into itself. Choose another place for it.');
  }
  const without = mapItem(collection, edit.itemId, () => []);
  return insert(without, edit.parentId, found.item, edit.index);
}

function changeSettings(
  collection: Collection,
  edit: Extract<CollectionEdit, { kind: 'settings' }>,
): Collection {
  const change = <Kind extends Parent>(parent: Kind): Kind => {
    const { auth: _auth, description, ...rest } = parent;
    const text =
      edit.description === ''
        ? undefined
        : { ...(description ?? { type: 'text/markdown', form: 'text' as const }), text: edit.description };
    return {
      // What is left out above is put back below.
      ...(rest as Kind),
      ...(edit.auth === null ? {} : { auth: edit.auth }),
      ...(text === undefined ? {} : { description: text }),
      variables: edit.variables,
      scripts: edit.scripts,
    };
  };
  if (edit.folderId === null) return change(collection);
  return mapItem(collection, edit.folderId, (item) => {
    if (item.kind !== 'folder')
      throw new WorkbenchError('bad-request', 'Only a folder or a collection has these settings.');
    return [change(item)];
  });
}

function absent(): WorkbenchError {
  return new WorkbenchError(
    'not-found',
    'This item is no longer in the collection; it was moved or deleted meanwhile. Look for it in the tree.',
  );
}
