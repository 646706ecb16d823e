import { compact, isObject } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import { toCall } from '../../code/call.ts';
import type { Auth, Collection, Example, Field, Folder, Json, Note, RequestItem, Url } from '../../model.ts';
import { walkItems } from '../../tree.ts';

/** A request with the folders around it. */
interface Placed {
  readonly item: RequestItem;
  readonly folders: readonly Folder[];
}

interface Writing {
  readonly collection: Collection;
  readonly ids: Set<string>;
  readonly schemes: Map<string, JsonObject>;
}

/**
 * Writes a collection as an OpenAPI 3.1 document: an operation for each method and path, the requests that share
 * one as its named examples, saved answers as examples of its responses. What a document cannot say is noted.
 */
export function writeOpenApi(collection: Collection): { text: string; notes: Note[] } {
  const writing: Writing = { collection, ids: new Set(), schemes: new Map() };
  const placed = [...walkItems(collection)].flatMap(({ item, folders }) =>
    item.kind === 'request' ? [{ item, folders }] : [],
  );
  const { paths, servers } = toPaths(placed, writing);
  const document = {
    openapi: '3.1.0',
    info: {
      title: collection.name,
      version: '1.0.0',
      ...compact({ description: collection.description?.text }),
    },
    servers,
    tags: toTags(placed),
    paths,
    ...(writing.schemes.size > 0 && {
      components: { securitySchemes: Object.fromEntries(writing.schemes) },
    }),
  };
  return { text: `${JSON.stringify(document, null, 2)}\n`, notes: toNotes(placed, collection) };
}

function toTags(placed: readonly Placed[]): Json[] {
  const folders = new Map(
    placed.flatMap(({ folders: [top] }) => (top === undefined ? [] : [[top.name, top]])),
  );
  return [...folders.values()].map((folder) => ({
    name: folder.name,
    ...compact({ description: folder.description?.text }),
  }));
}

function toPaths(placed: readonly Placed[], writing: Writing): { paths: JsonObject; servers: Json[] } {
  const groups = new Map<string, Placed[]>();
  const servers = new Map<string, Json>();
  for (const one of placed) {
    const { url, method } = one.item.request;
    const server = toServer(url, writing.collection);
    servers.set(server.url, { ...server });
    const key = `${method.toLowerCase()} ${toPath(url)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const paths: JsonObject = {};
  for (const [key, requests] of groups) {
    const [method = '', path = ''] = key.split(/ (.*)/s);
    const there = paths[path];
    paths[path] = { ...(isObject(there) && there), [method]: toOperation(requests, writing) };
  }
  return { paths, servers: [...servers.values()] };
}

/** `{{url}}` is a variable of the server; its value is the collection's, where it has one. */
function toServer(url: Url, collection: Collection): { url: string; variables?: JsonObject } {
  const { protocol, host, port } = url;
  const text = `${protocol === undefined ? '' : `${protocol}://`}${(host ?? []).join('.')}${port === undefined ? '' : `:${port}`}`;
  const names = [...text.matchAll(/\{\{([^{}]+)\}\}/g)].map(([, name = '']) => name);
  const variables = names.map((name) => {
    const value = collection.variables.find((one) => one.key === name)?.value;
    return [
      name,
      { default: typeof value === 'string' && value !== '' ? value : 'https://example.com' },
    ] as const;
  });
  return {
    url: text.replaceAll(/\{\{([^{}]+)\}\}/g, '{$1}') || '/',
    ...(variables.length > 0 && { variables: Object.fromEntries(variables) }),
  };
}

/** `:id` and `{{id}}` are both parameters of the path. */
function toPath(url: Url): string {
  const segments = (url.path ?? []).map((segment) =>
    segment.replace(/^:([^.]+)/, '{$1}').replaceAll(/\{\{([^{}]+)\}\}/g, '{$1}'),
  );
  return `/${segments.join('/')}`;
}

function toOperation(
  requests: readonly [Placed, ...Placed[]] | readonly Placed[],
  writing: Writing,
): JsonObject {
  const [first] = requests;
  if (first === undefined) return {};
  const { item, folders } = first;
  const auth = item.request.auth ?? [writing.collection, ...folders].findLast((one) => one.auth)?.auth;
  const [top] = folders;
  return {
    operationId: toId(item.name, writing.ids),
    summary: item.name,
    ...compact({ description: item.request.description?.text }),
    ...(top !== undefined && { tags: [top.name] }),
    parameters: toParameters(requests),
    ...compact({ requestBody: toRequestBody(requests) }),
    responses: toResponses(requests.flatMap((one) => one.item.examples)),
    ...compact({ security: toSecurity(auth, writing.schemes) }),
  };
}

function toId(name: string, taken: Set<string>): string {
  const words = name.split(/[^a-zA-Z\d]+/).filter((word) => word !== '');
  const stem =
    words
      .map(
        (word, index) =>
          (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1),
      )
      .join('') || 'operation';
  let id = stem;
  for (let count = 2; taken.has(id); count += 1) id = `${stem}${count}`;
  taken.add(id);
  return id;
}

/** Headers that a document says in other ways. */
const IMPLIED = new Set(['accept', 'content-type', 'authorization']);

function toParameters(requests: readonly Placed[]): Json[] {
  const found = new Map<string, Json>();
  const add = (place: string, field: Pick<Field, 'key' | 'value' | 'disabled' | 'description'>): void => {
    const name = field.key ?? '';
    const key = `${place} ${name}`;
    if (name === '' || found.has(key)) return;
    found.set(key, {
      name,
      in: place,
      required: place === 'path',
      ...compact({ description: field.description?.text }),
      schema: { type: 'string' },
      ...(field.value !== null && field.value !== '' && { example: field.value }),
    });
  };
  for (const { item } of requests) {
    const { url, headers } = item.request;
    for (const [, name = ''] of toPath(url).matchAll(/\{([^{}]+)\}/g)) {
      const value = url.pathVariables.find((one) => one.key === name)?.value;
      add('path', { key: name, value: typeof value === 'string' ? value : null });
    }
    for (const field of url.query) add('query', field);
    for (const field of headers) if (!IMPLIED.has((field.key ?? '').toLowerCase())) add('header', field);
  }
  return [...found.values()];
}

function toRequestBody(requests: readonly Placed[]): Json | undefined {
  const content: Record<string, { examples: JsonObject }> = {};
  for (const { item } of requests) {
    const body = toMedia(item);
    if (body === undefined) continue;
    const media = (content[body.type] ??= { examples: {} });
    media.examples[freeKey(item.name, media.examples)] = { summary: item.name, value: body.value };
  }
  return Object.keys(content).length === 0 ? undefined : { content };
}

function freeKey(name: string, taken: JsonObject): string {
  const stem = name.replaceAll(/[^\w.-]+/g, '-') || 'example';
  let key = stem;
  for (let count = 2; Object.hasOwn(taken, key); count += 1) key = `${stem}-${count}`;
  return key;
}

function toMedia(item: RequestItem): { type: string; value: Json } | undefined {
  const { body } = item.request;
  if (body === undefined) return undefined;
  if (body.kind === 'urlencoded' || body.kind === 'formdata') {
    const type = body.kind === 'formdata' ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
    const on = body.fields.filter((one) => one.disabled !== true);
    return { type, value: Object.fromEntries(on.map((one) => [one.key ?? '', one.value ?? ''])) };
  }
  const call = toCall(item);
  const type = call.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  if (body.kind === 'file') return { type: type ?? 'application/octet-stream', value: '' };
  if (call.body?.kind !== 'text') return undefined;
  return { type: type ?? 'application/json', value: parse(call.body.text) };
}

function parse(text: string): Json {
  try {
    // JSON.parse gives JSON.
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function toResponses(examples: readonly Example[]): JsonObject {
  const responses: JsonObject = {};
  for (const example of examples) {
    const status = `${example.code ?? 200}`;
    const type =
      example.headers.find(({ key }) => key?.toLowerCase() === 'content-type')?.value ?? 'application/json';
    const there = isObject(responses[status])
      ? responses[status]
      : { description: example.status ?? example.name };
    const content = isObject(there['content']) ? there['content'] : {};
    const media = isObject(content[type]) ? content[type] : {};
    const named = isObject(media['examples']) ? media['examples'] : {};
    responses[status] =
      example.body === undefined
        ? there
        : {
            ...there,
            content: {
              ...content,
              [type]: {
                examples: {
                  ...named,
                  [freeKey(example.name, named)]: { summary: example.name, value: parse(example.body) },
                },
              },
            },
          };
  }
  return Object.keys(responses).length === 0 ? { default: { description: 'The answer' } } : responses;
}

function toSecurity(auth: Auth | undefined, schemes: Map<string, JsonObject>): Json | undefined {
  const scheme = toScheme(auth);
  if (scheme === undefined) return auth?.type === 'noauth' ? [] : undefined;
  const name = auth?.type ?? '';
  schemes.set(name, scheme);
  return [{ [name]: [] }];
}

function toScheme(auth: Auth | undefined): JsonObject | undefined {
  switch (auth?.type) {
    case 'basic':
    case 'bearer':
    case 'digest':
      return { type: 'http', scheme: auth.type };
    case 'apikey':
      return {
        type: 'apiKey',
        name: typeof auth.parameters['key'] === 'string' ? auth.parameters['key'] : 'Authorization',
        in: auth.parameters['in'] === 'query' ? 'query' : 'header',
      };
    case 'oauth2':
      return { type: 'http', scheme: 'bearer', description: 'An OAuth 2.0 access token' };
    default:
      return undefined;
  }
}

function toNotes(placed: readonly Placed[], collection: Collection): Note[] {
  const withScripts = placed.filter(({ item }) => item.scripts.length > 0).length;
  return withScripts + collection.scripts.length === 0
    ? []
    : [
        {
          kind: 'lost',
          place: collection.name,
          sentence: `An OpenAPI document has no place for scripts; those of ${withScripts} requests are not in it.`,
        },
      ];
}
