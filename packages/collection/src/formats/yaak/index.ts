import { toPlaceId } from '../../ids.ts';
import { isObject, objectsOf, textOf, toText } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import type { Collection, Environment, Json, Note } from '../../model.ts';
import { toCollection, toLanguage } from '../draft.ts';
import type {
  DraftAuth,
  DraftBody,
  DraftField,
  DraftFolder,
  DraftFormField,
  DraftRequest,
} from '../draft.ts';
import type { Format } from '../format.ts';

interface Resources {
  readonly folders: readonly JsonObject[];
  readonly requests: readonly JsonObject[];
  readonly notes: Note[];
}

/** Yaak's exports: workspaces in flat lists, joined by ids. */
export const yaak: Format = {
  title: 'Yaak export',
  detect: ({ json }) => isObject(json) && json['yaakSchema'] !== undefined && isObject(json['resources']),
  read({ json }) {
    const all = isObject(json) && isObject(json['resources']) ? json['resources'] : {};
    const notes: Note[] = [];
    const resources: Resources = {
      folders: objectsOf(all['folders']),
      // The first schema called them `requests`.
      requests: [...objectsOf(all['httpRequests']), ...objectsOf(all['requests'])],
      notes,
    };
    const collections = objectsOf(all['workspaces']).map((one) => readWorkspace(one, resources));
    const others = [...objectsOf(all['grpcRequests']), ...objectsOf(all['websocketRequests'])];
    for (const one of others) {
      const place = toText(one['name'] ?? '');
      notes.push({ kind: 'lost', place, sentence: 'It is not a request over HTTP, and so it is left out.' });
    }
    const environments = objectsOf(all['environments']).flatMap(readEnvironment);
    return { collections, environments, notes };
  },
};

function readWorkspace(workspace: JsonObject, resources: Resources): Collection {
  const draft: DraftFolder = {
    name: toText(workspace['name'] ?? 'Yaak'),
    id: textOf(workspace['id']),
    description: textOf(workspace['description']),
    auth: toAuth(workspace),
    variables: objectsOf(workspace['variables']).map(toField),
    items: toItems(workspace['id'], undefined, { resources, headers: headersOf(workspace), seen: new Set() }),
  };
  const { collection, notes } = toCollection(draft);
  resources.notes.push(...notes);
  return collection;
}

interface Walk {
  readonly resources: Resources;
  /** Headers of the workspace and the folders around, which folders cannot hand down here. */
  readonly headers: readonly DraftField[];
  /** Folders that are open: a file may say that a folder lies in itself. */
  readonly seen: ReadonlySet<JsonObject>;
}

function toItems(
  workspace: Json | undefined,
  folder: Json | undefined,
  walk: Walk,
): (DraftFolder | DraftRequest)[] {
  const isHere = (one: JsonObject): boolean =>
    one['workspaceId'] === workspace && (one['folderId'] ?? undefined) === folder && !walk.seen.has(one);
  const children = [...walk.resources.folders, ...walk.resources.requests].filter(isHere);
  return children
    .sort((a, b) => Number(a['sortPriority'] ?? 0) - Number(b['sortPriority'] ?? 0))
    .map((one) =>
      walk.resources.folders.includes(one) ? toFolder(one, workspace, walk) : toRequest(one, walk),
    );
}

function toFolder(folder: JsonObject, workspace: Json | undefined, walk: Walk): DraftFolder {
  const headers = [...walk.headers, ...headersOf(folder)];
  return {
    name: toText(folder['name'] ?? ''),
    id: textOf(folder['id']),
    description: textOf(folder['description']),
    auth: toAuth(folder),
    items:
      typeof folder['id'] === 'string'
        ? toItems(workspace, folder['id'], { ...walk, headers, seen: new Set([...walk.seen, folder]) })
        : [],
  };
}

function toRequest(request: JsonObject, walk: Walk): DraftRequest {
  const own = headersOf(request);
  const names = new Set(own.map((one) => one.key.toLowerCase()));
  const parameters = objectsOf(request['urlParameters']).filter((one) => one['name'] !== '');
  const name = toText(request['name'] ?? '') || toText(request['url'] ?? '');
  if (/\$\{\[\s*[\w.]+\s*\(/.test(JSON.stringify(request))) {
    walk.resources.notes.push({
      kind: 'lost',
      place: name,
      sentence: 'Its template functions (${[ … ]}) have no counterpart here and stay as text.',
    });
  }
  return {
    name,
    id: textOf(request['id']),
    method: textOf(request['method']) ?? 'GET',
    url: toTemplate(toText(request['url'] ?? '')),
    // A name with a colon in front fills a part of the path.
    query: parameters.filter((one) => !toText(one['name'] ?? '').startsWith(':')).map(toField),
    pathVariables: parameters
      .filter((one) => toText(one['name'] ?? '').startsWith(':'))
      .map((one) => ({ ...toField(one), key: toField(one).key.slice(1) })),
    headers: [...walk.headers.filter((one) => !names.has(one.key.toLowerCase())), ...own],
    body: toBody(request),
    auth: toAuth(request),
    description: textOf(request['description']),
  };
}

function headersOf(one: JsonObject): DraftField[] {
  return objectsOf(one['headers'])
    .filter((header) => header['name'] !== '')
    .map(toField);
}

function toBody(request: JsonObject): DraftBody | undefined {
  const type = textOf(request['bodyType']);
  const body = isObject(request['body']) ? request['body'] : {};
  if (type === undefined) return undefined;
  const form = objectsOf(body['form']).filter((one) => one['name'] !== '');
  if (type === 'multipart/form-data') return { mode: 'formdata', fields: form.map(toFormField) };
  if (type === 'application/x-www-form-urlencoded') return { mode: 'urlencoded', fields: form.map(toField) };
  if (type === 'binary') return { mode: 'file', src: toText(body['filePath'] ?? '') };
  if (type === 'graphql') {
    const variables = textOf(body['variables']);
    return {
      mode: 'graphql',
      query: toTemplate(toText(body['query'] ?? '')),
      variables: variables === undefined ? undefined : toTemplate(variables),
    };
  }
  return { mode: 'raw', raw: toTemplate(toText(body['text'] ?? '')), language: toLanguage(type) };
}

function toFormField(one: JsonObject): DraftFormField {
  const file = textOf(one['file']);
  const contentType = textOf(one['contentType']);
  return file === undefined
    ? { ...toField(one), contentType }
    : { ...toField(one), value: '', type: 'file', src: file, contentType };
}

function toAuth(one: JsonObject): DraftAuth | undefined {
  const auth = isObject(one['authentication']) ? one['authentication'] : {};
  const type = textOf(one['authenticationType']);
  if (type === undefined || auth['disabled'] === true) return undefined;
  const text = (key: string): string => toTemplate(toText(auth[key] ?? ''));
  switch (type) {
    case 'none':
      return { type: 'noauth', parameters: {} };
    case 'basic':
    case 'digest':
    case 'ntlm':
      return { type, parameters: { username: text('username'), password: text('password') } };
    case 'bearer': {
      const prefix = textOf(auth['prefix']);
      if (prefix === undefined || prefix === 'Bearer')
        return { type: 'bearer', parameters: { token: text('token') } };
      const value = `${toTemplate(prefix)} ${text('token')}`;
      return { type: 'apikey', parameters: { key: 'Authorization', value, in: 'header' } };
    }
    case 'apikey':
      return {
        type: 'apikey',
        parameters: {
          key: text('key'),
          value: text('value'),
          in: auth['location'] === 'query' ? 'query' : 'header',
        },
      };
    case 'oauth2':
      return {
        type: 'oauth2',
        parameters: {
          grant_type: text('grantType'),
          accessTokenUrl: text('accessTokenUrl'),
          authUrl: text('authorizationUrl'),
          clientId: text('clientId'),
          clientSecret: text('clientSecret'),
          scope: text('scope'),
        },
      };
    default:
      return undefined;
  }
}

function readEnvironment(source: JsonObject): Environment[] {
  const variables = objectsOf(source['variables']).filter((one) => one['name'] !== '');
  if (variables.length === 0) return [];
  const name = toText(source['name'] ?? 'Yaak');
  return [
    {
      kind: 'environment',
      scope: 'environment',
      id: textOf(source['id']) ?? toPlaceId(name),
      name,
      values: variables.map((one) => ({
        key: toText(one['name'] ?? ''),
        value: toTemplate(toText(one['value'] ?? '')),
        type: 'default',
        enabled: one['enabled'] !== false,
      })),
    },
  ];
}

function toField(one: JsonObject): DraftField {
  return {
    key: toTemplate(toText(one['name'] ?? '')),
    value: toTemplate(toText(one['value'] ?? '')),
    disabled: one['enabled'] === false,
  };
}

/** Yaak writes `${[ name ]}` where Postman writes `{{name}}`; calls of its functions stay as they are. */
function toTemplate(text: string): string {
  return text.replaceAll(/\$\{\[\s*([\w.-]+)\s*\]\}/g, '{{$1}}');
}
