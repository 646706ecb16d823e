import { compact, isObject, objectsOf, textOf, toText } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import { toPlaceId } from '../../ids.ts';
import type { Collection, Environment, Json, Note } from '../../model.ts';
import { toCollection, toLanguage } from '../draft.ts';
import type { DraftAuth, DraftBody, DraftExample, DraftField, DraftFolder, DraftRequest } from '../draft.ts';
import { toAssertion, translateScript } from './scripts.ts';

/** What an item inherits here that folders cannot hand down: its headers. */
interface Inherited {
  readonly headers: readonly DraftField[];
  readonly place: string;
  readonly notes: Note[];
}

/** Reads a collection in the form of Bruno's JSON export, into which its other formats are brought first. */
export function readBrunoCollection(root: JsonObject): { collection: Collection; notes: Note[] } {
  const name = toText(root['name'] ?? '') || 'Untitled collection';
  const notes: Note[] = [];
  const draft = toFolder({ ...root, name }, { headers: [], place: '', notes });
  const { collection, notes: more } = toCollection(draft);
  return { collection, notes: [...notes, ...more] };
}

/** Reads an environment of Bruno's JSON; secrets come without their values. */
export function readBrunoEnvironment(source: JsonObject, fallback: string): Environment {
  const name = toText(source['name'] ?? '') || fallback;
  return {
    kind: 'environment',
    scope: 'environment',
    id: toPlaceId(name),
    name,
    values: objectsOf(source['variables']).map((one) => ({
      key: toText(one['name'] ?? ''),
      value: one['value'] ?? '',
      type: one['secret'] === true ? 'secret' : 'default',
      enabled: isOn(one),
    })),
  };
}

function toItems(value: Json | undefined, inherited: Inherited): (DraftFolder | DraftRequest)[] {
  return objectsOf(value)
    .map((item, index) => ({ item, seq: Number(item['seq'] ?? 0) || Number.MAX_SAFE_INTEGER, index }))
    .sort((a, b) => a.seq - b.seq || a.index - b.index)
    .flatMap(({ item }) => toItem(item, inherited));
}

function toItem(item: JsonObject, inherited: Inherited): (DraftFolder | DraftRequest)[] {
  if (Array.isArray(item['items'])) return [toFolder(item, inherited)];
  const type = textOf(item['type']) ?? 'http';
  if (!['http', 'http-request', 'graphql', 'graphql-request'].includes(type) || !isObject(item['request'])) {
    inherited.notes.push({
      kind: 'lost',
      place: placeOf(item, inherited),
      sentence: 'It is not a request over HTTP, and so it is left out.',
    });
    return [];
  }
  return [toRequest(item, item['request'], inherited)];
}

function placeOf(item: JsonObject, { place }: Inherited): string {
  const name = toText(item['name'] ?? '');
  return place === '' ? name : `${place} / ${name}`;
}

/** Folders and the collection keep what they hand down in `root`. */
function toFolder(folder: JsonObject, inherited: Inherited): DraftFolder {
  const place = placeOf(folder, inherited);
  const root = isObject(folder['root']) ? folder['root'] : {};
  const request = isObject(root['request']) ? root['request'] : {};
  const own = objectsOf(request['headers']).map(toField);
  if (own.length > 0) {
    inherited.notes.push({
      kind: 'changed',
      place,
      sentence: `A folder cannot hand down headers here; ${own.map((one) => one.key).join(', ')} was written into each request below it.`,
    });
  }
  const headers = [...inherited.headers.filter((one) => !own.some(isNamed(one.key))), ...own];
  const vars = isObject(request['vars']) ? request['vars'] : {};
  return {
    name: toText(folder['name'] ?? ''),
    description: textOf(root['docs']),
    auth: toAuth(request['auth']),
    variables: objectsOf(vars['req']).map(toField),
    ...toScripts(request, place, inherited.notes),
    items: toItems(folder['items'], { ...inherited, headers, place }),
  };
}

function isNamed(key: string): (field: DraftField) => boolean {
  return (field) => field.key.toLowerCase() === key.toLowerCase();
}

function toRequest(item: JsonObject, request: JsonObject, inherited: Inherited): DraftRequest {
  const params = objectsOf(request['params']);
  const url = toText(request['url'] ?? '');
  const isInUrl = url.includes('?');
  const query = params.filter((one) => one['type'] !== 'path').map(toField);
  const own = objectsOf(request['headers']).map(toField);
  const vars = isObject(request['vars']) ? request['vars'] : {};
  const sets = objectsOf(vars['req'])
    .filter(isOn)
    .map((one) => `pm.variables.set(${quote(one['name'])}, ${quote(one['value'])});`);
  const scripts = toScripts(request, placeOf(item, inherited), inherited.notes);
  return {
    name: toText(item['name'] ?? ''),
    method: textOf(request['method']) ?? 'GET',
    // Bruno writes the parameters that are on into the address as well.
    url: isInUrl && query.length > 0 ? url.slice(0, url.indexOf('?')) : url,
    query,
    pathVariables: params.filter((one) => one['type'] === 'path').map(toField),
    headers: [...inherited.headers.filter((one) => !own.some(isNamed(one.key))), ...own],
    body: toBody(request['body']),
    auth: toAuth(request['auth']),
    description: textOf(request['docs']),
    preRequest: joinScripts([...sets, scripts.preRequest]),
    test: scripts.test,
    examples: objectsOf(item['examples']).map(toExample),
  };
}

function toScripts(
  request: JsonObject,
  place: string,
  notes: Note[],
): { preRequest: string | undefined; test: string | undefined } {
  const script = isObject(request['script']) ? request['script'] : {};
  const vars = isObject(request['vars']) ? request['vars'] : {};
  const translate = (value: Json | undefined): string | undefined => {
    const source = textOf(value);
    if (source === undefined) return undefined;
    const { source: translated, left } = translateScript(source);
    if (left.length > 0) {
      const sentence = `Its script calls ${left.join(', ')} of Bruno, which has no counterpart here.`;
      notes.push({ kind: 'lost', place, sentence });
    }
    return translated;
  };
  const asserts = objectsOf(request['assertions'])
    .filter(isOn)
    .map((one) => {
      const [name, value] = [toText(one['name'] ?? ''), toText(one['value'] ?? '')];
      const assertion = toAssertion(name, value);
      if (assertion === undefined)
        notes.push({
          kind: 'lost',
          place,
          sentence: `Its assertion ${name} ${value} has no counterpart here.`,
        });
      return assertion;
    });
  const saves = objectsOf(vars['res'])
    .filter(isOn)
    .map((one) => {
      const expression = toText(one['value'] ?? '').replace(/^\$/, '');
      return `pm.collectionVariables.set(${quote(one['name'])}, ${translateScript(expression).source});`;
    });
  return {
    preRequest: translate(script['req']),
    test: joinScripts([translate(script['res']), ...saves, ...asserts, translate(request['tests'])]),
  };
}

function joinScripts(parts: readonly (string | undefined)[]): string | undefined {
  return parts.filter((one) => one !== undefined).join('\n') || undefined;
}

function quote(value: Json | undefined): string {
  return JSON.stringify(toText(value ?? ''));
}

function toBody(body: Json | undefined): DraftBody | undefined {
  if (!isObject(body)) return undefined;
  const mode = textOf(body['mode']) ?? 'none';
  switch (mode) {
    case 'none':
      return undefined;
    case 'formUrlEncoded':
      return { mode: 'urlencoded', fields: objectsOf(body['formUrlEncoded']).map(toField) };
    case 'multipartForm':
      return { mode: 'formdata', fields: objectsOf(body['multipartForm']).flatMap(toFormFields) };
    case 'graphql': {
      const graphql = isObject(body['graphql']) ? body['graphql'] : {};
      return { mode, query: toText(graphql['query'] ?? ''), variables: textOf(graphql['variables']) };
    }
    case 'file': {
      const files = objectsOf(body['file']);
      const chosen = files.find((one) => one['selected'] === true) ?? files[0];
      return { mode, src: toText(chosen?.['filePath'] ?? '') };
    }
    default: {
      const raw = body[mode];
      return { mode: 'raw', raw: typeof raw === 'string' ? raw : '', language: toLanguage(mode) };
    }
  }
}

function toFormFields(part: JsonObject) {
  const contentType = textOf(part['contentType']);
  if (part['type'] !== 'file') return [{ ...toField(part), contentType }];
  const paths = Array.isArray(part['value']) ? part['value'] : [part['value'] ?? ''];
  return paths.map((path) => ({
    ...toField({ ...part, value: '' }),
    type: 'file' as const,
    src: toText(path),
    contentType,
  }));
}

/** The names that Bruno has for OAuth 2 and AWS, and Postman's. */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  awsv4: {
    accessKeyId: 'accessKey',
    secretAccessKey: 'secretKey',
    sessionToken: 'sessionToken',
    service: 'service',
    region: 'region',
  },
  oauth2: {
    grantType: 'grant_type',
    grant_type: 'grant_type',
    callbackUrl: 'redirect_uri',
    callback_url: 'redirect_uri',
    authorizationUrl: 'authUrl',
    authorization_url: 'authUrl',
    accessTokenUrl: 'accessTokenUrl',
    access_token_url: 'accessTokenUrl',
    clientId: 'clientId',
    client_id: 'clientId',
    clientSecret: 'clientSecret',
    client_secret: 'clientSecret',
    scope: 'scope',
    state: 'state',
  },
};

function toAuth(auth: Json | undefined): DraftAuth | undefined {
  if (!isObject(auth)) return undefined;
  const mode = textOf(auth['mode']) ?? 'inherit';
  if (mode === 'inherit') return undefined;
  const own = isObject(auth[mode]) ? auth[mode] : {};
  const text = (key: string): string => toText(own[key] ?? '');
  switch (mode) {
    case 'none':
      return { type: 'noauth', parameters: {} };
    case 'basic':
    case 'digest':
    case 'ntlm':
      return { type: mode, parameters: { username: text('username'), password: text('password') } };
    case 'bearer':
      return { type: 'bearer', parameters: { token: text('token') } };
    case 'apikey': {
      const place = text('placement') === 'queryparams' || text('placement') === 'query' ? 'query' : 'header';
      return { type: 'apikey', parameters: { key: text('key'), value: text('value'), in: place } };
    }
    default: {
      const names = RENAMED[mode];
      if (names === undefined) return undefined;
      const parameters = Object.entries(own).flatMap(([key, value]) =>
        names[key] === undefined ? [] : [[names[key], value] as const],
      );
      return { type: mode, parameters: Object.fromEntries(parameters) };
    }
  }
}

function toExample(example: JsonObject): DraftExample {
  const response = isObject(example['response']) ? example['response'] : {};
  const body = isObject(response['body']) ? response['body']['content'] : response['body'];
  return {
    name: toText(example['name'] ?? ''),
    code: Number(response['status'] ?? 200) || 200,
    status: textOf(response['statusText']),
    headers: objectsOf(response['headers']).map(toField),
    ...compact({ body: body === undefined || body === null ? undefined : toText(body) }),
  };
}

function toField(one: JsonObject): DraftField {
  return {
    key: toText(one['name'] ?? ''),
    value: toText(one['value'] ?? ''),
    disabled: !isOn(one),
    description: textOf(one['description']),
  };
}

function isOn(one: JsonObject): boolean {
  return one['enabled'] !== false && one['disabled'] !== true;
}
