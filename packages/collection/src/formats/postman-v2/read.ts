import { compact, isObject, isSameJson, toText, without } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import { createPlaces, toPlaceId } from '../../ids.ts';
import type {
  Auth,
  Body,
  Collection,
  Description,
  Example,
  Extra,
  Field,
  Folder,
  FormField,
  Item,
  Json,
  Note,
  RequestDefinition,
  RequestItem,
  RequestSettings,
  Script,
  Url,
  Variable,
} from '../../model.ts';
import { parseQuery, parseUrl, toUrlText } from '../../url.ts';
import { readWith } from '../format.ts';
import { PostmanItem, PostmanItems, PostmanV2 } from './schema.ts';
import { toExtra } from './kept-form.ts';

interface Context {
  readonly notes: Note[];
  readonly ids: Set<string>;
}

/** Where a thing is: for ids (unique) and for people (names). */
interface Place {
  readonly key: string;
  readonly names: string;
}

/**
 * Reads a Postman collection of the schemas v2.0 and v2.1, which differ in the form of auth parameters only.
 * Throws `malformed` with the place when the tree of items is not one.
 */
export function readPostmanV2(json: Json): { collection: Collection; notes: Note[] } {
  const root = readWith(PostmanV2, json, 'collection') satisfies JsonObject;
  const info = root.info;
  const name = typeof info['name'] === 'string' ? info['name'] : 'Untitled collection';
  const context: Context = { notes: [], ids: new Set() };
  const place = { key: name, names: name };
  const id = readId(info, place, context);
  const extra = toExtra(
    without(root, ['info', 'item', 'auth', 'variable', 'event', 'protocolProfileBehavior']),
    keep(
      'info',
      without(info, ['name', 'description', ...(info['_postman_id'] === id ? ['_postman_id'] : [])]),
    ),
    unread(root, 'auth', readAuth(root['auth'])),
    unreadList(root, 'variable'),
    unreadEvents(root),
    unreadSettings(root),
  );
  const description = readDescription(info['description']);
  const collection: Collection = {
    kind: 'collection',
    id,
    name,
    ...compact({
      description,
      auth: readAuth(root['auth']),
      settings: readSettings(root),
      extra: withNull(extra, info, 'description'),
    }),
    variables: readVariables(root['variable']),
    scripts: readScripts(root['event']),
    items: readItems(root['item'] ?? [], place, context),
  };
  return { collection, notes: context.notes };
}

function readItems(value: Json, parent: Place, context: Context): Item[] {
  const nextKey = createPlaces(parent.key);
  return readWith(PostmanItems, value, parent.names).map((one, index) => {
    const item = readWith(PostmanItem, one, `${parent.names} / item ${index + 1}`);
    const name = typeof item['name'] === 'string' ? item['name'] : '';
    const place = { key: nextKey(name), names: `${parent.names} / ${name || `item ${index + 1}`}` };
    return item['item']
      ? readFolder(item, name, place, context)
      : readRequestItem(item, name, place, context);
  });
}

function readFolder(item: JsonObject, name: string, place: Place, context: Context): Folder {
  const id = readId(item, place, context);
  const extra = toExtra(
    without(item, [
      ...(name === '' ? [] : ['name']),
      'item',
      'auth',
      'variable',
      'event',
      'protocolProfileBehavior',
      'description',
      ...ownId(item, id),
    ]),
    unread(item, 'auth', readAuth(item['auth'])),
    unread(item, 'description', readDescription(item['description'])),
    unreadList(item, 'variable'),
    unreadEvents(item),
    unreadSettings(item),
  );
  return {
    kind: 'folder',
    id,
    name,
    ...compact({
      description: readDescription(item['description']),
      auth: readAuth(item['auth']),
      settings: readSettings(item),
      extra,
    }),
    variables: readVariables(item['variable']),
    scripts: readScripts(item['event']),
    items: readItems(item['item'] ?? [], place, context),
  };
}

function readRequestItem(item: JsonObject, name: string, place: Place, context: Context): RequestItem {
  const id = readId(item, place, context);
  const responses = Array.isArray(item['response']) ? item['response'].filter(isObject) : [];
  const extra = toExtra(
    without(item, [
      ...(name === '' ? [] : ['name']),
      'request',
      'response',
      'variable',
      'event',
      'protocolProfileBehavior',
      ...ownId(item, id),
    ]),
    isObject(item['request']) ? undefined : present(item, 'request'),
    responses.length > 0 ? undefined : present(item, 'response'),
    unreadList(item, 'variable'),
    unreadEvents(item),
    unreadSettings(item),
  );
  const nextKey = createPlaces(place.key);
  return {
    kind: 'request',
    id,
    name,
    request: readRequest(item['request']),
    ...compact({ settings: readSettings(item), extra }),
    variables: readVariables(item['variable']),
    scripts: readScripts(item['event']),
    examples: responses.map((one) => readExample(one, nextKey, place, context)),
  };
}

/** Reads a request; a text is the address of a GET. Postman: the method is written in capitals, GET when absent. */
function readRequest(value: Json | undefined): RequestDefinition {
  const request: JsonObject = isObject(value) ? value : { ...(typeof value === 'string' && { url: value }) };
  const method =
    request['method'] === undefined || request['method'] === null
      ? 'GET'
      : toText(request['method']).toUpperCase();
  const headers = readHeaders(request['header']);
  const body = readBody(request['body']);
  const description = readDescription(request['description']);
  const auth = readAuth(request['auth']);
  const extra = toExtra(
    without(request, ['method', 'header', 'body', 'description', 'auth', 'url']),
    request['method'] === method ? undefined : present(request, 'method'),
    Array.isArray(request['header']) && headers.length > 0 && request['header'].every(isObject)
      ? undefined
      : present(request, 'header'),
    isObject(request['body']) && body !== undefined ? undefined : present(request, 'body'),
    isObject(request['url']) ? undefined : present(request, 'url'),
    unread(request, 'auth', auth),
    unread(request, 'description', description),
  );
  return { method, url: readUrl(request['url']), headers, ...compact({ body, auth, description, extra }) };
}

/**
 * Reads an address: a text is parsed, of an object the parts count. Postman: `raw` is never looked at, so an
 * object with `raw` alone has no address.
 */
export function readUrl(value: Json | undefined): Url {
  if (!isObject(value)) return parseUrl(typeof value === 'string' ? value : '');
  const host = readParts(value['host'], /\.(?![^{]*\}{2})/);
  const path =
    typeof value['path'] === 'string' ? readPathText(value['path']) : readParts(value['path'], /\//);
  const query = readQuery(value['query']);
  const auth = readCredentials(value['auth']);
  const url: Url = {
    raw: typeof value['raw'] === 'string' ? value['raw'] : '',
    ...compact({
      protocol: typeof value['protocol'] === 'string' ? value['protocol'] : undefined,
      auth,
      host,
      port: value['port'] === undefined || value['port'] === null ? undefined : toText(value['port']),
      path,
      hash: typeof value['hash'] === 'string' ? value['hash'] : undefined,
    }),
    query,
    pathVariables: readVariables(value['variable']),
  };
  const extra = toExtra(
    without(value, ['raw', 'protocol', 'auth', 'host', 'port', 'path', 'query', 'hash', 'variable']),
    ...(['raw', 'protocol', 'port', 'hash'] as const).map((key) =>
      typeof value[key] === 'string' ? undefined : present(value, key),
    ),
    isTexts(value['host']) ? undefined : present(value, 'host'),
    isTexts(value['path']) ? undefined : present(value, 'path'),
    auth === undefined ? present(value, 'auth') : undefined,
    Array.isArray(value['query']) && query.length > 0 && value['query'].every(isObject)
      ? undefined
      : present(value, 'query'),
    unreadList(value, 'variable'),
  );
  const raw =
    url.raw === '' && typeof value['raw'] !== 'string' ? toUrlText(url, { pathVariables: 'kept' }) : url.raw;
  return { ...url, raw, ...compact({ extra }) };
}

function readPathText(path: string): string[] | undefined {
  const trimmed = path.length > 1 && path.startsWith('/') ? path.slice(1) : path;
  return trimmed === '' ? undefined : trimmed === '/' ? [''] : trimmed.split('/');
}

/** Segments may be objects with a `value` (v2 allows `{"type": "any", "value": ":id"}`). */
function readParts(value: Json | undefined, separator: RegExp): string[] | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value.split(separator);
  if (!Array.isArray(value)) return undefined;
  return value.map((one) => toText(isObject(one) ? (one['value'] ?? '') : one));
}

function isTexts(value: Json | undefined): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function readCredentials(value: Json | undefined): Url['auth'] {
  if (!isObject(value)) return undefined;
  const { user, password, ...rest } = value;
  if (Object.keys(rest).length > 0) return undefined;
  return compact({
    user: typeof user === 'string' ? user : undefined,
    password: typeof password === 'string' ? password : undefined,
  });
}

/** Postman: a query may also be a text or an object of names and values. */
function readQuery(value: Json | undefined): Field[] {
  if (typeof value === 'string') return value === '' ? [] : parseQuery(value);
  if (isObject(value))
    return Object.entries(value).map(([key, one]) => ({ key, value: typeof one === 'string' ? one : null }));
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) =>
    typeof one === 'string' ? parseQuery(one) : isObject(one) ? [readQueryField(one)] : [],
  );
}

/** Postman: a value that is not a text counts as none. */
function readQueryField(field: JsonObject): Field {
  const value = typeof field['value'] === 'string' ? field['value'] : null;
  return {
    key: typeof field['key'] === 'string' ? field['key'] : null,
    value,
    ...readFieldRest(field, value),
  };
}

/** Postman: headers may be a text of lines, a list of texts, or a list of fields. */
export function readHeaders(value: Json | undefined): Field[] {
  if (typeof value === 'string') return readHeaderLines(value);
  if (isObject(value)) return Object.entries(value).map(([key, one]) => ({ key, value: toText(one) }));
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) => {
    if (typeof one === 'string') return [readHeaderLine(one)];
    if (!isObject(one)) return [];
    const text = one['value'] === undefined ? '' : one['value'] === null ? null : toText(one['value']);
    return [{ key: toText(one['key'] || ''), value: text, ...readFieldRest(one, text) }];
  });
}

/** Reads `Name: value` lines; folded lines are joined, lines without a name are passed over. Postman: `Header.parse`. */
function readHeaderLines(text: string): Field[] {
  const lines = text.replaceAll(/\r\n([ \t])/g, '$1').split(/[\n\r\u2028\u2029]/);
  return lines.flatMap((line) => {
    const match = /^(\S+):(.*)$/.exec(line);
    return match === null ? [] : [{ key: match[1] ?? '', value: (match[2] ?? '').trim() }];
  });
}

function readHeaderLine(line: string): Field {
  const colon = line.indexOf(':');
  if (colon === -1) return { key: line.trim(), value: '' };
  return { key: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() };
}

function readFieldRest(
  field: JsonObject,
  value: string | null,
): Pick<Field, 'disabled' | 'description' | 'extra'> {
  const description = readDescription(field['description']);
  const disabled = typeof field['disabled'] === 'boolean' ? field['disabled'] : undefined;
  const extra = toExtra(
    without(field, ['key', 'value', 'disabled', 'description']),
    typeof field['key'] === 'string' || field['key'] === null ? undefined : present(field, 'key'),
    field['value'] === value ? undefined : present(field, 'value'),
    disabled === undefined ? present(field, 'disabled') : undefined,
    unread(field, 'description', description),
  );
  return compact({ disabled, description, extra });
}

const BODY_MODES = ['raw', 'urlencoded', 'formdata', 'file', 'graphql'] as const;
type BodyMode = (typeof BODY_MODES)[number];

/** Reads a body. Postman: a text is a raw body, an unknown mode is taken as raw, no mode is no body. */
export function readBody(value: Json | undefined): Body | undefined {
  if (typeof value === 'string') return value === '' ? undefined : { kind: 'raw', text: value };
  if (!isObject(value) || !value['mode']) return undefined;
  const mode = toText(value['mode']).toLowerCase();
  const kind: BodyMode = BODY_MODES.find((one) => one === mode) ?? 'raw';
  const disabled = typeof value['disabled'] === 'boolean' ? value['disabled'] : undefined;
  const rest = toExtra(
    without(value, ['mode', kind, 'disabled']),
    value['mode'] === kind ? undefined : present(value, 'mode'),
    disabled === undefined ? present(value, 'disabled') : undefined,
  );
  const content = value[kind];
  switch (kind) {
    case 'raw': {
      const options =
        isObject(value['options']) && isObject(value['options']['raw']) ? value['options']['raw'] : {};
      const language = typeof options['language'] === 'string' ? options['language'] : undefined;
      const text = content ? toText(content) : '';
      return {
        kind,
        text,
        ...compact({
          language,
          disabled,
          extra: toExtra(rest, content === text ? undefined : present(value, 'raw')),
        }),
      };
    }
    case 'urlencoded': {
      const fields =
        typeof content === 'string' ? parseQuery(content) : readFormFields(content, readPlainField);
      return {
        kind,
        fields,
        ...compact({ disabled, extra: toExtra(rest, isObjects(content) ? undefined : present(value, kind)) }),
      };
    }
    case 'formdata': {
      const fields = readFormFields(content, readFormField);
      return {
        kind,
        fields,
        ...compact({ disabled, extra: toExtra(rest, isObjects(content) ? undefined : present(value, kind)) }),
      };
    }
    case 'file': {
      const file: JsonObject = isObject(content)
        ? content
        : typeof content === 'string'
          ? { src: content }
          : {};
      const source = typeof file['src'] === 'string' ? file['src'] : undefined;
      const body = typeof file['content'] === 'string' ? file['content'] : undefined;
      const left = without(file, [
        ...(source === undefined ? [] : ['src']),
        ...(body === undefined ? [] : ['content']),
      ]);
      return {
        kind,
        ...compact({
          source,
          content: body,
          disabled,
          extra: toExtra(rest, keep('file', isObject(content) ? left : content)),
        }),
      };
    }
    case 'graphql': {
      const graphql = isObject(content) ? content : {};
      const query = typeof graphql['query'] === 'string' ? graphql['query'] : '';
      const variables =
        graphql['variables'] === undefined || graphql['variables'] === null
          ? undefined
          : toText(graphql['variables']);
      const operationName =
        typeof graphql['operationName'] === 'string' ? graphql['operationName'] : undefined;
      const left = toExtra(
        without(graphql, ['query', 'variables', 'operationName']),
        graphql['query'] === query ? undefined : present(graphql, 'query'),
        graphql['variables'] === variables ? undefined : present(graphql, 'variables'),
        graphql['operationName'] === operationName ? undefined : present(graphql, 'operationName'),
      );
      const kept = isObject(content) ? keep('graphql', left) : present(value, 'graphql');
      return { kind, query, ...compact({ variables, operationName, disabled, extra: toExtra(rest, kept) }) };
    }
  }
}

function isObjects(value: Json | undefined): boolean {
  return Array.isArray(value) && value.every(isObject);
}

function readFormFields<T>(value: Json | undefined, read: (field: JsonObject) => T): T[] {
  const entries = isObject(value) ? Object.entries(value).map(([key, one]) => ({ key, value: one })) : [];
  const list: readonly Json[] = Array.isArray(value) ? value : entries;
  return list.filter(isObject).map(read);
}

function readPlainField(field: JsonObject): Field {
  const value = field['value'] === undefined || field['value'] === null ? null : toText(field['value']);
  return {
    key: field['key'] === undefined || field['key'] === null ? null : toText(field['key']),
    value,
    ...readFieldRest(field, value),
  };
}

/** Postman: a field of a multipart body without a name or a value has an empty one. */
function readFormField(field: JsonObject): FormField {
  const { extra: plainExtra, ...plain } = readPlainField({
    ...field,
    key: field['key'] || '',
    value: field['value'] || '',
  });
  const type = field['type'] === 'file' ? 'file' : 'text';
  const src = field['src'];
  const source =
    typeof src === 'string' ? [src] : isTexts(src) && Array.isArray(src) ? src.map(toText) : undefined;
  const contentType = typeof field['contentType'] === 'string' ? field['contentType'] : undefined;
  const fileName = typeof field['fileName'] === 'string' ? field['fileName'] : undefined;
  const extra = toExtra(
    plainExtra === undefined ? undefined : without(plainExtra, ['type', 'src', 'contentType', 'fileName']),
    field['type'] === type ? undefined : present(field, 'type'),
    typeof src === 'string' ? undefined : present(field, 'src'),
    contentType === undefined ? present(field, 'contentType') : undefined,
    fileName === undefined ? present(field, 'fileName') : undefined,
  );
  return { ...plain, type, ...compact({ source, contentType, fileName, extra }) };
}

/**
 * Reads the auth of v2.1 (a list of key and value) and of v2.0 (an object); values keep their JSON types. The
 * attributes of the list entries, without their values, stay in `extra` under the name of the scheme.
 */
function readAuth(value: Json | undefined): Auth | undefined {
  if (!isObject(value) || typeof value['type'] !== 'string' || value['type'] === '') return undefined;
  const type = value['type'];
  const content = value[type];
  const rest = without(value, ['type', type]);
  if (Array.isArray(content)) {
    const entries = content.filter(isObject).filter((one) => typeof one['key'] === 'string');
    const parameters = Object.fromEntries(
      entries.map((one) => [toText(one['key'] ?? ''), one['value'] ?? null]),
    );
    const attributes = entries.map((one) => without(one, ['value']) ?? {});
    return { type, parameters, ...compact({ extra: toExtra(rest, { [type]: attributes }) }) };
  }
  return {
    type,
    parameters: isObject(content) ? content : {},
    ...compact({ extra: toExtra(rest, isObject(content) ? undefined : present(value, type)) }),
  };
}

/** Reads variables; a name may stand in `id`, as older files have it. */
function readVariables(value: Json | undefined): Variable[] {
  if (isObject(value)) return Object.entries(value).map(([key, one]) => ({ key, value: one }));
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).map((variable) => {
    const key = toText(variable['key'] || variable['id'] || '');
    const type = typeof variable['type'] === 'string' ? variable['type'] : undefined;
    const disabled = typeof variable['disabled'] === 'boolean' ? variable['disabled'] : undefined;
    const description = readDescription(variable['description']);
    const extra = toExtra(
      without(variable, ['key', 'value', 'type', 'disabled', 'description']),
      variable['value'] === null ? { value: null } : undefined,
      type === undefined ? present(variable, 'type') : undefined,
      disabled === undefined ? present(variable, 'disabled') : undefined,
      unread(variable, 'description', description),
    );
    return { key, value: variable['value'] ?? null, ...compact({ type, disabled, description, extra }) };
  });
}

/** Reads pre-request and test scripts; `exec` may be a text or a list of lines, and the script one of them itself. */
function readScripts(value: Json | undefined): Script[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).flatMap((event) => (isScriptEvent(event) ? [readScript(event)] : []));
}

function isScriptEvent(event: JsonObject): event is JsonObject & { listen: Script['listen'] } {
  // Postman: an event without a script is none.
  return (event['listen'] === 'prerequest' || event['listen'] === 'test') && event['script'] !== undefined;
}

function readScript(event: JsonObject & { listen: Script['listen'] }): Script {
  const written = event['script'];
  const script: JsonObject = isObject(written)
    ? written
    : { ...(written !== undefined && { exec: written }) };
  const source = readLines(script['exec']);
  const id = typeof script['id'] === 'string' ? script['id'] : undefined;
  const disabled = typeof event['disabled'] === 'boolean' ? event['disabled'] : undefined;
  const left = toExtra(
    without(script, ['exec', 'id']),
    id === undefined ? present(script, 'id') : undefined,
    isSameJson(script['exec'], source.split('\n')) ? undefined : present(script, 'exec'),
  );
  const extra = toExtra(
    without(event, ['listen', 'script', 'disabled']),
    disabled === undefined ? present(event, 'disabled') : undefined,
    isObject(written) ? keep('script', left) : present(event, 'script'),
  );
  return { listen: event.listen, source, ...compact({ id, disabled, extra }) };
}

export function readLines(value: Json | undefined): string {
  return Array.isArray(value) ? value.map(toText).join('\n') : typeof value === 'string' ? value : '';
}

function readExample(
  response: JsonObject,
  nextKey: (name: string) => string,
  parent: Place,
  context: Context,
): Example {
  const name = typeof response['name'] === 'string' ? response['name'] : '';
  const place = { key: nextKey(name), names: `${parent.names} / ${name}` };
  const id = readId(response, place, context);
  const request = isObject(response['originalRequest'])
    ? readRequest(response['originalRequest'])
    : undefined;
  const headers = readHeaders(response['header']);
  const status = typeof response['status'] === 'string' ? response['status'] : undefined;
  const code = typeof response['code'] === 'number' ? response['code'] : undefined;
  const body = typeof response['body'] === 'string' ? response['body'] : undefined;
  const extra = toExtra(
    without(response, [
      ...(name === '' ? [] : ['name']),
      'originalRequest',
      'status',
      'code',
      'header',
      'body',
      ...ownId(response, id),
    ]),
    request === undefined ? present(response, 'originalRequest') : undefined,
    status === undefined ? present(response, 'status') : undefined,
    code === undefined ? present(response, 'code') : undefined,
    body === undefined ? present(response, 'body') : undefined,
    isObjects(response['header']) && headers.length > 0 ? undefined : present(response, 'header'),
  );
  return { id, name, headers, ...compact({ request, status, code, body, extra }) };
}

/** Reads a description; one that is neither a text nor an object with a content stays in `extra`. */
function readDescription(value: Json | undefined): Description | undefined {
  if (typeof value === 'string') return { text: value, type: 'text/markdown', form: 'text' };
  if (!isObject(value) || value['content'] === undefined) return undefined;
  const extra = toExtra(
    without(value, ['content', 'type']),
    typeof value['content'] === 'string' ? undefined : present(value, 'content'),
  );
  return {
    text: value['content'] === undefined || value['content'] === null ? '' : toText(value['content']),
    type: typeof value['type'] === 'string' ? value['type'] : 'text/plain',
    form: 'object',
    ...compact({ extra }),
  };
}

function readSettings(entity: JsonObject): RequestSettings | undefined {
  return isObject(entity['protocolProfileBehavior']) ? entity['protocolProfileBehavior'] : undefined;
}

/** An id that another thing has already is given up: everything past the reader may rely on ids. */
function readId(entity: JsonObject, place: Place, context: Context): string {
  const own = [entity['id'], entity['_postman_id']].find((one) => typeof one === 'string' && one !== '');
  if (typeof own === 'string' && !context.ids.has(own)) {
    context.ids.add(own);
    return own;
  }
  if (own !== undefined) {
    context.notes.push({
      kind: 'repaired',
      place: place.names,
      sentence: 'Its id was used twice in the file, so it has a new one.',
    });
  }
  const id = toPlaceId(place.key);
  context.ids.add(id);
  return id;
}

/** The keys that hold the id itself, or one that was given up. */
function ownId(entity: JsonObject, id: string): string[] {
  if (entity['id'] === id) return ['id'];
  return entity['_postman_id'] === id ? [] : ['id', '_postman_id'];
}

function present(source: Extra, key: string): Extra | undefined {
  const value = source[key];
  return value === undefined ? undefined : { [key]: value };
}

function keep(key: string, value: Json | undefined): Extra | undefined {
  return value === undefined ? undefined : { [key]: value };
}

function unread(source: Extra, key: string, read: object | undefined): Extra | undefined {
  return read === undefined ? present(source, key) : undefined;
}

function unreadList(source: Extra, key: string): Extra | undefined {
  return isObjects(source[key]) && Array.isArray(source[key]) && source[key].length > 0
    ? undefined
    : present(source, key);
}

/** Events other than pre-request and test scripts (of other protocols) are carried along. */
function unreadEvents(source: Extra): Extra | undefined {
  const events = source['event'];
  if (!Array.isArray(events)) return present(source, 'event');
  const others = events.filter((one) => !isObject(one) || !isScriptEvent(one));
  return others.length > 0 || events.length === 0 ? { event: others } : undefined;
}

function unreadSettings(source: JsonObject): Extra | undefined {
  return readSettings(source) === undefined ? present(source, 'protocolProfileBehavior') : undefined;
}

function withNull(extra: Extra | undefined, info: JsonObject, key: string): Extra | undefined {
  if (info[key] !== null) return extra;
  const kept = isObject(extra?.['info']) ? extra['info'] : {};
  return { ...extra, info: { ...kept, [key]: null } };
}
