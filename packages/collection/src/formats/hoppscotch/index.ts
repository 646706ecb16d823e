import { isObject, objectsOf, textOf, toText } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import type { Json, Note } from '../../model.ts';
import { toCollection, toLanguage } from '../draft.ts';
import type { DraftAuth, DraftBody, DraftField, DraftFolder, DraftRequest } from '../draft.ts';
import type { Format } from '../format.ts';

/** Hoppscotch's exports: one collection or a list of them. */
export const hoppscotch: Format = {
  title: 'Hoppscotch collection',
  detect: ({ json }) => {
    const first = Array.isArray(json) ? json[0] : json;
    return (
      isObject(first) &&
      Array.isArray(first['folders']) &&
      Array.isArray(first['requests']) &&
      (first['v'] !== undefined || Array.isArray(json))
    );
  },
  read: ({ json }) => {
    const notes: Note[] = [];
    const roots = (Array.isArray(json) ? json : [json ?? null]).filter(isObject);
    const collections = roots.map((root) => {
      const { collection, notes: more } = toCollection(toFolder(root, notes));
      notes.push(...more);
      return collection;
    });
    return { collections, environments: [], notes };
  },
};

function toFolder(folder: JsonObject, notes: Note[]): DraftFolder {
  const items = [
    ...objectsOf(folder['folders']).map((one) => toFolder(one, notes)),
    ...objectsOf(folder['requests']).map(toRequest),
  ];
  const headers = objectsOf(folder['headers']).length;
  const name = toText(folder['name'] ?? '');
  if (headers > 0)
    notes.push({
      kind: 'lost',
      place: name,
      sentence: `A folder cannot hand down headers here; ${headers} were left out.`,
    });
  return {
    name,
    id: textOf(folder['_ref_id']),
    description: textOf(folder['description']),
    auth: toAuth(folder['auth']),
    items,
  };
}

function toRequest(request: JsonObject): DraftRequest {
  return {
    name: toText(request['name'] ?? ''),
    id: textOf(request['_ref_id']),
    method: textOf(request['method']) ?? 'GET',
    url: toTemplate(textOf(request['endpoint']) ?? ''),
    query: objectsOf(request['params']).map(toField),
    headers: objectsOf(request['headers']).map(toField),
    body: toBody(request['body']),
    auth: toAuth(request['auth']),
    description: textOf(request['description']),
    preRequest: textOf(request['preRequestScript']),
    test: textOf(request['testScript']),
  };
}

function toBody(body: Json | undefined): DraftBody | undefined {
  if (!isObject(body) || body['contentType'] === null || body['body'] === null) return undefined;
  const type = textOf(body['contentType']) ?? '';
  if (type.includes('multipart/')) {
    return {
      mode: 'formdata',
      fields: objectsOf(body['body']).map((one) =>
        one['isFile'] === true ? { ...toField({ ...one, value: '' }), type: 'file' as const } : toField(one),
      ),
    };
  }
  const text = textOf(body['body']);
  if (text === undefined) return undefined;
  if (type.includes('x-www-form-urlencoded'))
    return { mode: 'urlencoded', fields: text.split('\n').flatMap(toLineField) };
  return { mode: 'raw', raw: toTemplate(text), language: toLanguage(type) };
}

/** `name: value`, with `#` in front of one that is switched off. */
function toLineField(line: string): DraftField[] {
  const match = /^\s*(#?)\s*([^:]*):\s?(.*)$/.exec(line);
  return match === null
    ? []
    : [{ key: toTemplate(match[2] ?? ''), value: toTemplate(match[3] ?? ''), disabled: match[1] === '#' }];
}

function toAuth(auth: Json | undefined): DraftAuth | undefined {
  if (!isObject(auth) || auth['authActive'] === false) return undefined;
  const text = (key: string): string => toTemplate(textOf(auth[key]) ?? '');
  switch (auth['authType']) {
    case 'none':
      return { type: 'noauth', parameters: {} };
    case 'basic':
    case 'digest':
      return {
        type: auth['authType'],
        parameters: { username: text('username'), password: text('password') },
      };
    case 'bearer':
      return { type: 'bearer', parameters: { token: text('token') } };
    case 'api-key':
      return {
        type: 'apikey',
        parameters: {
          key: text('key'),
          value: text('value'),
          in: auth['addTo'] === 'QUERY_PARAMS' ? 'query' : 'header',
        },
      };
    default:
      return undefined;
  }
}

function toField(one: JsonObject): DraftField {
  return {
    key: toTemplate(toText(one['key'] ?? '')),
    value: toTemplate(toText(one['value'] ?? '')),
    disabled: one['active'] === false,
    description: textOf(one['description']),
  };
}

/** Hoppscotch writes `<<name>>` where Postman writes `{{name}}`. */
function toTemplate(text: string): string {
  return text.replaceAll(/<<([^<>]+)>>/g, '{{$1}}');
}
