import { isObject, textOf, listOf, toText } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import type { Collection, Json, Note } from '../../model.ts';
import { toCollection, toLanguage } from '../draft.ts';
import type { DraftAuth, DraftBody, DraftExample, DraftField, DraftFolder, DraftRequest } from '../draft.ts';
import { resolve, toSample } from './document.ts';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

interface Operation {
  readonly root: JsonObject;
  readonly path: string;
  readonly method: string;
  readonly operation: JsonObject;
  /** Parameters of the path and the operation, the operation's last. */
  readonly parameters: readonly JsonObject[];
}

/**
 * Reads an API description: a folder for each tag, a request for each operation with its parameters, a body
 * from its example or schema, its answers as examples, servers as variables and security as auth.
 */
export function readOpenApi(root: JsonObject): { collection: Collection; notes: Note[] } {
  const info = isObject(root['info']) ? root['info'] : {};
  const title = typeof info['title'] === 'string' && info['title'] !== '' ? info['title'] : 'Untitled API';
  const operations = toOperations(root);
  const draft: DraftFolder = {
    name: title,
    description: textOf(info['description']),
    auth: toAuth(root, root['security']),
    variables: toServerVariables(root),
    items: toFolders(root, operations),
  };
  const { collection, notes } = toCollection(draft);
  return { collection, notes: [...noteUnread(root, title), ...notes] };
}

function toOperations(root: JsonObject): Operation[] {
  const paths = isObject(root['paths']) ? root['paths'] : {};
  return Object.entries(paths).flatMap(([path, value]) => {
    const item = resolve(root, value);
    return METHODS.filter((method) => isObject(item[method])).map((method) => {
      const operation = resolve(root, item[method]);
      const parameters = [...listOf(item['parameters']), ...listOf(operation['parameters'])].map((one) =>
        resolve(root, one),
      );
      return { root, path, method, operation, parameters };
    });
  });
}

/** Folders in the order of the document's own list of tags; operations without a tag stand at the end. */
function toFolders(root: JsonObject, operations: readonly Operation[]): (DraftFolder | DraftRequest)[] {
  const described = new Map(
    listOf(root['tags'])
      .filter(isObject)
      .map((tag) => [textOf(tag['name']) ?? '', textOf(tag['description'])]),
  );
  const byTag = new Map<string | undefined, DraftRequest[]>([...described.keys()].map((name) => [name, []]));
  for (const operation of operations) {
    const tag = textOf(listOf(operation.operation['tags'])[0]);
    byTag.set(tag, [...(byTag.get(tag) ?? []), toRequest(operation)]);
  }
  const folders = [...byTag].flatMap(([name, items]) =>
    name === undefined || items.length === 0 ? [] : [{ name, description: described.get(name), items }],
  );
  return [...folders, ...(byTag.get(undefined) ?? [])];
}

function toRequest(one: Operation): DraftRequest {
  const { root, path, method, operation, parameters } = one;
  const of = (place: string): DraftField[] =>
    parameters
      .filter((parameter) => parameter['in'] === place && typeof parameter['name'] === 'string')
      .map((parameter) => toField(root, parameter));
  const cookies = of('cookie').map((field) => `${field.key}=${field.value}`);
  const body = toBody(one);
  const contentType =
    body === undefined || body.mode === 'formdata' ? [] : [{ key: 'Content-Type', value: bodyType(one) }];
  const accept = acceptedType(one);
  return {
    name:
      textOf(operation['summary']) ?? textOf(operation['operationId']) ?? `${method.toUpperCase()} ${path}`,
    method,
    url: `{{baseUrl}}${path.replaceAll(/\{([^{}/]+)\}/g, ':$1')}`,
    query: of('query'),
    pathVariables: of('path'),
    headers: [
      ...(accept === undefined ? [] : [{ key: 'Accept', value: accept }]),
      ...contentType,
      ...of('header'),
      ...(cookies.length === 0 ? [] : [{ key: 'Cookie', value: cookies.join('; ') }]),
    ],
    body,
    auth:
      operation['security'] === undefined
        ? undefined
        : (toAuth(root, operation['security']) ?? { type: 'noauth', parameters: {} }),
    description: textOf(operation['description']),
    examples: toExamples(one),
  };
}

/** Optional parameters are there, but switched off. */
function toField(root: JsonObject, parameter: JsonObject): DraftField {
  const isRequired = parameter['required'] === true;
  const sample =
    parameter['example'] ??
    firstExample(root, parameter['examples']) ??
    toSample(root, parameter['schema'] ?? parameter);
  const value = Array.isArray(sample)
    ? sample.map((one) => toText(one ?? '')).join(',')
    : toText(sample ?? '');
  return {
    key: toText(parameter['name'] ?? ''),
    value: parameter['in'] === 'path' && value === 'string' ? '' : value,
    description: textOf(parameter['description']),
    disabled: !isRequired && parameter['in'] !== 'path',
  };
}

function toBody(one: Operation): DraftBody | undefined {
  const { root, operation, parameters } = one;
  const content = resolve(root, operation['requestBody'])['content'];
  if (isObject(content)) {
    const type = bodyType(one);
    const media = resolve(root, content[type]);
    const sample =
      media['example'] ?? firstExample(root, media['examples']) ?? toSample(root, media['schema']);
    return writeBody(type, sample);
  }
  const body = parameters.find((parameter) => parameter['in'] === 'body');
  if (body !== undefined) return writeBody(bodyType(one), toSample(root, body['schema']));
  const fields = parameters.filter((parameter) => parameter['in'] === 'formData');
  if (fields.length === 0) return undefined;
  const written = Object.fromEntries(
    fields.map((field) => [toText(field['name'] ?? ''), toSample(root, field)]),
  );
  return writeBody(bodyType(one), written);
}

function writeBody(type: string, sample: Json): DraftBody {
  const fields = Object.entries(isObject(sample) ? sample : {}).map(([key, value]) => ({
    key,
    value: toText(value ?? ''),
  }));
  if (type.includes('x-www-form-urlencoded')) return { mode: 'urlencoded', fields };
  if (type.includes('multipart/')) return { mode: 'formdata', fields };
  return {
    mode: 'raw',
    raw: typeof sample === 'string' && !type.includes('json') ? sample : JSON.stringify(sample, null, 2),
    language: toLanguage(type),
  };
}

/** JSON where there is a choice. */
function bodyType({ root, operation, parameters }: Operation): string {
  const content = resolve(root, operation['requestBody'])['content'];
  if (isObject(content)) return chooseType(Object.keys(content)) ?? 'application/json';
  const consumed = listOf(operation['consumes'] ?? root['consumes']).map((one) => toText(one));
  const fields = parameters.filter((parameter) => parameter['in'] === 'formData');
  if (fields.length === 0) return chooseType(consumed) ?? 'application/json';
  if (fields.some((parameter) => parameter['type'] === 'file')) return 'multipart/form-data';
  return consumed.find((one) => /form/.test(one)) ?? 'application/x-www-form-urlencoded';
}

function chooseType(types: readonly string[]): string | undefined {
  return types.find((one) => one.includes('json')) ?? types[0];
}

function acceptedType({ root, operation }: Operation): string | undefined {
  const responses = Object.values(isObject(operation['responses']) ? operation['responses'] : {}).map((one) =>
    resolve(root, one),
  );
  const types = responses.flatMap((one) => Object.keys(isObject(one['content']) ? one['content'] : {}));
  const produced = listOf(operation['produces'] ?? root['produces']).map((one) => toText(one));
  const all = [...types, ...produced];
  return all.find((one) => one.includes('json')) ?? all[0];
}

/** Only answers that the document gives an example of; none is made up. */
function toExamples({ root, operation }: Operation): DraftExample[] {
  const responses = isObject(operation['responses']) ? operation['responses'] : {};
  return Object.entries(responses).flatMap(([status, value]) => {
    const response = resolve(root, value);
    const content: JsonObject = isObject(response['content']) ? response['content'] : {};
    const old: JsonObject = isObject(response['examples']) ? response['examples'] : {};
    const media = Object.entries(content).flatMap(([type, one]) => {
      const { example, examples } = resolve(root, one);
      const named = isObject(examples)
        ? Object.entries(examples).map(([name, each]) => ({ type, name, body: resolve(root, each)['value'] }))
        : [];
      return example === undefined ? named : [{ type, name: '', body: example }];
    });
    const all = [...media, ...Object.entries(old).map(([type, body]) => ({ type, name: '', body }))];
    return all.flatMap(({ type, name, body }) =>
      body === undefined
        ? []
        : [
            {
              name: name || (textOf(response['description']) ?? status),
              code: Number.parseInt(status, 10) || 200,
              headers: [{ key: 'Content-Type', value: type }],
              body: typeof body === 'string' ? body : JSON.stringify(body, null, 2),
            },
          ],
    );
  });
}

function firstExample(root: JsonObject, examples: Json | undefined): Json | undefined {
  const first = isObject(examples) ? Object.values(examples)[0] : undefined;
  return first === undefined ? undefined : resolve(root, first)['value'];
}

function toServerVariables(root: JsonObject): DraftField[] {
  if (root['swagger'] !== undefined) return [{ key: 'baseUrl', value: toSwaggerServer(root) }];
  const server = listOf(root['servers']).find(isObject) ?? {};
  const variables = isObject(server['variables']) ? Object.entries(server['variables']) : [];
  const url = (textOf(server['url']) ?? '').replaceAll(/\{([^{}]+)\}/g, '{{$1}}').replace(/\/$/, '');
  const named = variables.map(([key, one]) => ({
    key,
    value: isObject(one) ? toText(one['default'] ?? '') : '',
    description: isObject(one) ? textOf(one['description']) : undefined,
  }));
  return [{ key: 'baseUrl', value: url }, ...named];
}

function toSwaggerServer(root: JsonObject): string {
  const scheme = textOf(listOf(root['schemes'])[0]) ?? 'https';
  const host = textOf(root['host']);
  return `${host === undefined ? '' : `${scheme}://${host}`}${(textOf(root['basePath']) ?? '').replace(/\/$/, '')}`;
}

/** The first way to sign in that the document names; its secrets become variables. */
function toAuth(root: JsonObject, security: Json | undefined): DraftAuth | undefined {
  const name = Object.keys(listOf(security).find(isObject) ?? {})[0];
  if (name === undefined) return undefined;
  const components = isObject(root['components']) ? root['components'] : {};
  const schemes = components['securitySchemes'] ?? root['securityDefinitions'];
  const scheme = resolve(root, isObject(schemes) && Object.hasOwn(schemes, name) ? schemes[name] : undefined);
  const kind = `${textOf(scheme['type']) ?? ''} ${(textOf(scheme['scheme']) ?? '').toLowerCase()}`.trim();
  if (kind === 'apiKey')
    return {
      type: 'apikey',
      parameters: {
        key: textOf(scheme['name']) ?? name,
        value: `{{${name}}}`,
        in: scheme['in'] === 'query' ? 'query' : 'header',
      },
    };
  if (kind === 'http basic' || kind === 'basic')
    return { type: 'basic', parameters: { username: '{{username}}', password: '{{password}}' } };
  if (kind === 'http bearer') return { type: 'bearer', parameters: { token: '{{bearerToken}}' } };
  if (kind === 'oauth2' || kind === 'openIdConnect')
    return { type: 'oauth2', parameters: { accessToken: '{{accessToken}}', addTokenTo: 'header' } };
  return undefined;
}

function noteUnread(root: JsonObject, title: string): Note[] {
  const notes: Note[] = [];
  const servers = listOf(root['servers']).length;
  if (servers > 1)
    notes.push({
      kind: 'changed',
      place: title,
      sentence: `The document names ${servers} servers; baseUrl holds the first.`,
    });
  if (isObject(root['webhooks']))
    notes.push({
      kind: 'lost',
      place: title,
      sentence: 'Webhooks are calls that the server makes; they have no counterpart here.',
    });
  return notes;
}
