import { isObject } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import type { Collection, Json, Note } from '../../model.ts';
import { readWith } from '../format.ts';
import { readPostmanV2 } from '../postman-v2/read.ts';
import { PostmanV1 } from './schema.ts';
import type { FolderV1, RequestV1 } from './schema.ts';
import { toRequestV2, toResponsesV2 } from './request.ts';
import { toAuthV2, toEventsV2, toVariablesV2 } from './shared.ts';

/** What becomes of requests that no list of the file names; Postman leaves them out. */
export type Unlisted = 'left-out' | 'kept';

interface Tree {
  readonly folders: ReadonlyMap<string, FolderV1>;
  readonly requests: ReadonlyMap<string, RequestV1>;
  /** What has its place already; a thing that is listed again stays where it was first. */
  readonly placed: Set<string>;
  readonly notes: Note[];
}

/**
 * Reads Postman's v1 schema by upgrading it to v2.1. Facts of the upgrade follow postman-collection-transformer
 * 4.1 (Newman's importer). Throws `malformed` with the place.
 */
export function readPostmanV1(
  json: Json,
  unlisted: Unlisted = 'left-out',
): { collection: Collection; notes: Note[] } {
  const source = readWith(PostmanV1, json, 'collection');
  const tree: Tree = {
    folders: new Map((source.folders ?? []).map((folder) => [folder.id, folder])),
    requests: new Map(source.requests.map((request) => [request.id, request])),
    placed: new Set(),
    notes: [],
  };
  const listed = [...tree.folders.values()].flatMap((folder) => folder.folders_order ?? []);
  const roots = new Set(source.folders_order ?? [...tree.folders.keys()]);
  const topFolders = [...roots].filter((id) => !listed.includes(id));
  // Folders that hold one another have no top; the first that is named becomes it.
  const folders = [...toFolders(topFolders, tree), ...toFolders([...roots], tree)];
  const items = [...folders, ...toRequests(source.order ?? [], tree)];
  const extra = unlisted === 'kept' ? tree.requests.keys() : [];
  noteUnlisted(source, tree, unlisted);
  const upgraded = {
    info: {
      ...(source.id !== undefined && { _postman_id: source.id }),
      name: source.name,
      ...toDescription(source),
    },
    item: [...items, ...toRequests([...extra], tree)],
    ...toShared(source, { isRoot: true }),
  };
  const { collection, notes } = readPostmanV2(upgraded);
  return { collection, notes: [...tree.notes, ...notes] };
}

/** Postman: a request that no list names was deleted, and stayed in the file by oversight. */
function noteUnlisted(source: PostmanV1, tree: Tree, unlisted: Unlisted): void {
  for (const request of source.requests) {
    if (tree.placed.has(request.id)) continue;
    const name = typeof request['name'] === 'string' ? request['name'] : request.id;
    const end = unlisted === 'kept' ? 'it stands at the end' : 'so it is left out';
    const sentence = `“${name}” stands in the file, but in none of its lists; Postman takes it for deleted, ${end}.`;
    tree.notes.push({ kind: unlisted === 'kept' ? 'repaired' : 'lost', place: source.name, sentence });
  }
}

function toFolders(ids: readonly string[], tree: Tree): JsonObject[] {
  return ids.flatMap((id) => {
    const folder = tree.folders.get(id);
    if (folder === undefined || tree.placed.has(id)) return [];
    tree.placed.add(id);
    const name = typeof folder['name'] === 'string' ? folder['name'] : '';
    const item = [...toFolders(folder.folders_order ?? [], tree), ...toRequests(folder.order ?? [], tree)];
    return [{ id, name, ...toDescription(folder), item, ...toShared(folder, { isRoot: false }) }];
  });
}

function toRequests(ids: readonly string[], tree: Tree): JsonObject[] {
  return ids.flatMap((id) => {
    const request = tree.requests.get(id);
    if (request === undefined || tree.placed.has(id)) return [];
    tree.placed.add(id);
    const name = typeof request['name'] === 'string' ? request['name'] : '';
    const events = toEventsV2(request);
    const variables = toVariablesV2(request);
    return [
      {
        id,
        name,
        ...(events.length > 0 && { event: events }),
        request: toRequestV2(request),
        response: toResponsesV2(request, tree.requests),
        ...(variables.length > 0 && { variable: variables }),
        ...(isObject(request['protocolProfileBehavior']) && {
          protocolProfileBehavior: request['protocolProfileBehavior'],
        }),
      },
    ];
  });
}

function toShared(entity: JsonObject | FolderV1 | PostmanV1, { isRoot }: { isRoot: boolean }): JsonObject {
  const object: JsonObject = Object.fromEntries(
    Object.entries(entity).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
  const auth = toAuthV2(object);
  const events = toEventsV2(object);
  const variables = toVariablesV2(object);
  // Postman: a collection with “no auth” inherits nothing anyway, so the importer leaves it out.
  const isAuthSaid = auth !== undefined && !(isRoot && auth['type'] === 'noauth');
  return {
    ...(isAuthSaid && { auth }),
    ...(events.length > 0 && { event: events }),
    ...(variables.length > 0 && { variable: variables }),
    ...(isObject(object['protocolProfileBehavior']) && {
      protocolProfileBehavior: object['protocolProfileBehavior'],
    }),
  };
}

function toDescription(entity: Readonly<Record<string, unknown>>): JsonObject {
  const description = entity['description'];
  return typeof description === 'string' && description !== '' ? { description } : {};
}
