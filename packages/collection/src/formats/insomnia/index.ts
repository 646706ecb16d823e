import { toPlaceId } from '../../ids.ts';
import { isObject, objectsOf, textOf, toText } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import type { Collection, Environment, Json, Note } from '../../model.ts';
import { toCollection, toLanguage } from '../draft.ts';
import type { DraftAuth, DraftBody, DraftField, DraftFolder, DraftRequest } from '../draft.ts';
import type { Format, ReadResult } from '../format.ts';

/** Insomnia's exports: version 4 (a flat list of resources) and version 5 (a tree in YAML). */
export const insomnia: Format = {
  title: 'Insomnia export v4 or v5',
  detect: ({ json }) => isObject(json) && (isV4(json) || isV5(json)),
  read: ({ json }) => (isObject(json) && isV5(json) ? readV5(json) : readV4(isObject(json) ? json : {})),
};

function isV4(json: JsonObject): boolean {
  return json['_type'] === 'export' && Array.isArray(json['resources']);
}

function isV5(json: JsonObject): boolean {
  return typeof json['type'] === 'string' && json['type'].startsWith('collection.insomnia.rest/');
}

function readV4(json: JsonObject): ReadResult {
  const resources = objectsOf(json['resources']);
  const notes: Note[] = [];
  const seen = new Set<JsonObject>();
  const childrenOf = (id: Json | undefined): JsonObject[] => {
    const children = resources.filter((one) => id !== undefined && one['parentId'] === id && !seen.has(one));
    for (const child of children) seen.add(child);
    return children.sort((a, b) => Number(a['metaSortKey'] ?? 0) - Number(b['metaSortKey'] ?? 0));
  };
  const withChildren = (one: JsonObject): JsonObject => {
    if (one['_type'] !== 'request_group' && one['_type'] !== 'workspace') return one;
    return {
      ...one,
      children: childrenOf(one['_id'])
        .filter((child) => child['_type'] !== 'environment')
        .map(withChildren),
    };
  };
  const collections: Collection[] = resources
    .filter((one) => one['_type'] === 'workspace')
    .map((workspace) => {
      const tree = withChildren(workspace);
      return finish(
        {
          name: toText(tree['name'] ?? 'Insomnia'),
          items: objectsOf(tree['children']).flatMap((one) => toItem(one, notes)),
        },
        notes,
      );
    });
  const environments = resources
    .filter(
      (one) => one['_type'] === 'environment' && isObject(one['data']) && Object.keys(one['data']).length > 0,
    )
    .map(toEnvironment);
  return { collections, environments, notes };
}

function readV5(json: JsonObject): ReadResult {
  const notes: Note[] = [];
  const draft = {
    name: toText(json['name'] ?? 'Insomnia'),
    items: objectsOf(json['collection']).flatMap((one) => toItem(one, notes)),
  };
  const base = isObject(json['environments']) ? json['environments'] : {};
  const all = [base, ...objectsOf(base['subEnvironments'])];
  const environments = all
    .filter((one) => isObject(one['data']) && Object.keys(one['data']).length > 0)
    .map(toEnvironment);
  return { collections: [finish(draft, notes)], environments, notes };
}

function finish(draft: DraftFolder, notes: Note[]): Collection {
  const { collection, notes: more } = toCollection(draft);
  notes.push(...more);
  return collection;
}

function toEnvironment(source: JsonObject): Environment {
  const name = toText(source['name'] ?? 'Insomnia');
  const data = isObject(source['data']) ? source['data'] : {};
  const values = Object.entries(data).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? toTemplate(value) : value,
    type: 'default',
    enabled: true,
  }));
  return { kind: 'environment', scope: 'environment', id: toPlaceId(name), name, values };
}

function toItem(one: JsonObject, notes: Note[]): (DraftFolder | DraftRequest)[] {
  const name = toText(one['name'] ?? '');
  if (Array.isArray(one['children'])) {
    return [
      {
        name,
        description: textOf(one['description']),
        auth: toAuth(one['authentication']),
        items: objectsOf(one['children']).flatMap((child) => toItem(child, notes)),
      },
    ];
  }
  if (typeof one['url'] !== 'string' || (one['_type'] !== undefined && one['_type'] !== 'request')) {
    notes.push({
      kind: 'lost',
      place: name,
      sentence: 'It is not a request over HTTP, and so it is left out.',
    });
    return [];
  }
  const scripts = isObject(one['scripts']) ? one['scripts'] : {};
  const preRequest = textOf(one['preRequestScript'] ?? scripts['preRequest']);
  const test = textOf(one['afterResponseScript'] ?? scripts['afterResponse']);
  if (/\{%/.test(JSON.stringify(one))) {
    notes.push({
      kind: 'lost',
      place: name,
      sentence: 'Its template tags ({% … %}) have no counterpart here and stay as text.',
    });
  }
  return [
    {
      name,
      method: textOf(one['method']) ?? 'GET',
      url: toTemplate(one['url']),
      query: objectsOf(one['parameters']).map(toField),
      pathVariables: objectsOf(one['pathParameters']).map(toField),
      headers: objectsOf(one['headers']).map(toField),
      body: toBody(one['body']),
      auth: toAuth(one['authentication']),
      description: textOf(one['description']),
      preRequest: preRequest === undefined ? undefined : toPostmanScript(preRequest),
      test: test === undefined ? undefined : toPostmanScript(test),
    },
  ];
}

function toBody(body: Json | undefined): DraftBody | undefined {
  if (!isObject(body)) return undefined;
  const type = textOf(body['mimeType']) ?? '';
  if (type.includes('multipart/')) {
    const fields = objectsOf(body['params']).map((one) =>
      one['type'] === 'file'
        ? { ...toField(one), value: '', type: 'file' as const, src: textOf(one['fileName']) }
        : toField(one),
    );
    return { mode: 'formdata', fields };
  }
  if (type.includes('x-www-form-urlencoded'))
    return { mode: 'urlencoded', fields: objectsOf(body['params']).map(toField) };
  if (typeof body['fileName'] === 'string') return { mode: 'file', src: body['fileName'] };
  return typeof body['text'] === 'string'
    ? { mode: 'raw', raw: toTemplate(body['text']), language: toLanguage(type) }
    : undefined;
}

function toAuth(value: Json | undefined): DraftAuth | undefined {
  if (!isObject(value) || value['disabled'] === true) return undefined;
  const text = (key: string): string => toTemplate(textOf(value[key]) ?? '');
  switch (value['type']) {
    case 'none':
      return { type: 'noauth', parameters: {} };
    case 'basic':
    case 'digest':
    case 'ntlm':
      return { type: value['type'], parameters: { username: text('username'), password: text('password') } };
    case 'bearer':
      if (value['prefix'])
        return {
          type: 'apikey',
          parameters: { key: 'Authorization', value: `${text('prefix')} ${text('token')}`, in: 'header' },
        };
      return { type: 'bearer', parameters: { token: text('token') } };
    case 'apikey':
      return {
        type: 'apikey',
        parameters: {
          key: text('key'),
          value: text('value'),
          in: value['addTo'] === 'queryParams' ? 'query' : 'header',
        },
      };
    case 'oauth2':
      return {
        type: 'oauth2',
        parameters: {
          accessTokenUrl: text('accessTokenUrl'),
          authUrl: text('authorizationUrl'),
          clientId: text('clientId'),
          clientSecret: text('clientSecret'),
          scope: text('scope'),
          grant_type: text('grantType'),
        },
      };
    default:
      return undefined;
  }
}

function toField(one: JsonObject): DraftField {
  return {
    key: toTemplate(toText(one['name'] ?? '')),
    value: toTemplate(toText(one['value'] ?? '')),
    disabled: one['disabled'] === true,
    description: textOf(one['description']),
  };
}

/** Insomnia writes `{{ _.name }}` where Postman writes `{{name}}`. */
function toTemplate(text: string): string {
  return text.replaceAll(/\{\{\s*(?:_\.)?([^{}\s|]+)\s*\}\}/g, '{{$1}}');
}

/** Insomnia's scripts speak `insomnia.*`, whose functions are those of `pm.*`. */
function toPostmanScript(source: string): string {
  return source.replaceAll(/\binsomnia\./g, 'pm.');
}
