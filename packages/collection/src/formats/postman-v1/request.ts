import { isObject, objectsOf, toText } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import type { Json } from '../../model.ts';
import { parseUrl, toUrlText } from '../../url.ts';
import { readUrl } from '../postman-v2/read.ts';
import type { RequestV1 } from './schema.ts';
import { toAuthV2 } from './shared.ts';

const MODES: Readonly<Record<string, string>> = {
  params: 'formdata',
  raw: 'raw',
  urlencoded: 'urlencoded',
  binary: 'file',
  graphql: 'graphql',
};

/** A v1 request (or the request that a saved response remembers) in the form of v2.1. */
export function toRequestV2(request: JsonObject): JsonObject {
  const auth = toAuthV2(request);
  const body = toBody(request);
  const description = request['description'];
  return {
    ...(auth !== undefined && { auth }),
    method: request['method'] ?? 'GET',
    header: toHeaders(request),
    ...(body !== undefined && { body }),
    url: toUrl(request),
    ...(typeof description === 'string' && description !== '' && { description }),
  };
}

function toUrl(request: JsonObject): Json {
  const parsed = parseUrl(typeof request['url'] === 'string' ? request['url'] : '');
  const explicit = objectsOf(request['queryParams']).map(toQueryParameter);
  const variables = toPathVariables(request);
  const isRewritten = objectsOf(request['queryParams']).some((one) => 'equals' in one);
  const url: JsonObject = {
    raw: parsed.raw,
    ...(parsed.protocol !== undefined && { protocol: parsed.protocol }),
    ...(parsed.auth !== undefined && { auth: { ...parsed.auth } }),
    ...(parsed.host !== undefined && { host: [...parsed.host] }),
    ...(parsed.port !== undefined && { port: parsed.port }),
    ...(parsed.path !== undefined && { path: [...parsed.path] }),
    query: explicit.length > 0 ? explicit : parsed.query.map(({ key, value }) => ({ key, value })),
    ...(parsed.hash !== undefined && { hash: parsed.hash }),
    variable: variables.length > 0 ? variables : parsed.pathVariables.map(({ key }) => ({ key })),
  };
  return isRewritten ? { ...url, raw: toUrlText(readUrl(url), { pathVariables: 'kept' }) } : url;
}

/** `equals: false` means that no `=` is written when the value is empty. */
function toQueryParameter(parameter: JsonObject): JsonObject {
  const { equals, enabled, ...rest } = parameter;
  const value = equals === undefined ? rest['value'] : equals ? (rest['value'] ?? '') : rest['value'] || null;
  return {
    ...withoutEmptyDescription(rest),
    value: value ?? null,
    ...(enabled === false && { disabled: true }),
  };
}

function toPathVariables(request: JsonObject): Json[] {
  const described = objectsOf(request['pathVariableData']).map(({ id: _id, ...rest }) =>
    withoutEmptyDescription(rest),
  );
  const keys = new Set(described.map((one) => one['key']));
  const plain = isObject(request['pathVariables']) ? Object.entries(request['pathVariables']) : [];
  return [...described, ...plain.filter(([key]) => !keys.has(key)).map(([key, value]) => ({ key, value }))];
}

/** Described headers first, then the lines of the text that they do not name; `//` in front switches one off. */
function toHeaders(request: JsonObject): Json[] {
  if (Array.isArray(request['headers'])) return request['headers'];
  const described = objectsOf(request['headerData']).map((header) => {
    const { enabled, ...rest } = header;
    const key = toText(rest['key'] ?? '');
    const isDisabled = enabled === false || key.startsWith('//');
    return {
      ...withoutEmptyDescription(rest),
      key: isDisabled ? withoutMark(key) : key,
      ...(isDisabled && { disabled: true }),
    };
  });
  const keys = new Set<Json | undefined>(described.map((one) => one['key']));
  const lines = typeof request['headers'] === 'string' ? readLines(request['headers']) : [];
  return [...described, ...lines.filter((header) => !keys.has(header['key']))];
}

function readLines(text: string): JsonObject[] {
  return text
    .replaceAll(/\r\n([ \t])/g, '$1')
    .split(/[\n\r\u2028\u2029]/)
    .flatMap((line) => {
      const match = /^((?:\/\/\s*)?\S+):(.*)$/.exec(line);
      const key = match?.[1];
      if (match === null || key === undefined) return [];
      const isDisabled = key.startsWith('//');
      return [
        {
          key: isDisabled ? withoutMark(key) : key,
          value: (match[2] ?? '').trim(),
          ...(isDisabled && { disabled: true }),
        },
      ];
    });
}

function withoutMark(key: string): string {
  return key.replace('//', '').trim();
}

function toBody(request: JsonObject): JsonObject | undefined {
  const { data, graphqlModeData, dataMode, dataOptions } = request;
  const raw = toRawText(request['rawModeData']);
  const mode = typeof dataMode === 'string' ? MODES[dataMode] : undefined;
  const isEmpty = isEmptyJson(data) && isEmptyJson(request['rawModeData']) && isEmptyJson(graphqlModeData);
  if (dataMode === null || (mode === undefined && isEmpty)) return undefined;
  const graphql = isEmptyJson(graphqlModeData) ? undefined : graphqlModeData;
  const chosen =
    mode ??
    (raw
      ? 'raw'
      : Array.isArray(data ?? request['rawModeData'])
        ? 'formdata'
        : graphql === undefined
          ? 'raw'
          : 'graphql');
  const options = toOptions(dataOptions);
  return {
    mode: chosen,
    [chosen]: toContent(chosen, { raw, graphql, data, list: data || request['rawModeData'] }),
    ...(options !== undefined && { options }),
    ...(request['dataDisabled'] === true && { disabled: true }),
  };
}

interface Contents {
  readonly raw: string | undefined;
  readonly graphql: Json | undefined;
  readonly data: Json | undefined;
  readonly list: Json | undefined;
}

function toContent(mode: string, { raw, graphql, data, list }: Contents): Json {
  if (mode === 'raw') return raw || (typeof data === 'string' ? data : '');
  if (mode === 'graphql') return graphql ?? {};
  if (mode === 'file') return raw === undefined ? {} : { src: raw };
  return objectsOf(list)
    .filter((field) => field['key'] !== undefined && field['key'] !== null)
    .map(toFormField);
}

function toFormField(field: JsonObject): JsonObject {
  const { enabled, ...rest } = withoutEmptyDescription(field);
  const disabled = enabled === false ? { disabled: true } : {};
  if (rest['type'] !== 'file' || rest['src'] || !rest['value']) return { ...rest, ...disabled };
  const { value, ...file } = rest;
  return { ...file, src: typeof value === 'string' || Array.isArray(value) ? value : null, ...disabled };
}

function toRawText(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.length === 1 && typeof value[0] === 'string' ? value[0] : undefined;
}

function toOptions(options: Json | undefined): JsonObject | undefined {
  if (!isObject(options)) return undefined;
  const renamed = Object.entries(options).flatMap(([mode, value]) =>
    MODES[mode] === undefined || isEmptyJson(value) ? [] : [[MODES[mode], value] as const],
  );
  return renamed.length === 0 ? undefined : Object.fromEntries(renamed);
}

/** The saved responses in the order that the request gives them; one may remember its request, or name it by id. */
export function toResponsesV2(request: RequestV1, requests: ReadonlyMap<string, RequestV1>): Json[] {
  const responses = objectsOf(request['responses']);
  const order =
    Array.isArray(request['responses_order']) && request['responses_order'].length > 0
      ? request['responses_order']
      : undefined;
  const chosen =
    order === undefined
      ? responses
      : order.flatMap((id) => responses.filter((one) => one['id'] === id).slice(0, 1));
  const left = responses.filter((one) => !chosen.includes(one));
  return [...chosen, ...left].map((response) => toResponse(response, requests));
}

function toResponse(response: JsonObject, requests: ReadonlyMap<string, RequestV1>): Json {
  const {
    requestObject,
    request,
    responseCode,
    text,
    time,
    headers,
    cookies,
    name,
    id,
    language,
    previewType,
  } = response;
  const original = toSavedRequest(requestObject, requests) ?? toSavedRequest(request, requests);
  const code = isObject(responseCode) ? responseCode : {};
  const status = Number(code['code']);
  return {
    ...(typeof id === 'string' && { id }),
    name: typeof name === 'string' && name !== '' ? name : 'response',
    ...(original !== undefined && { originalRequest: toRequestV2(original) }),
    ...(typeof code['name'] === 'string' && code['name'] !== '' && { status: code['name'] }),
    ...(Number.isFinite(status) && status !== 0 && { code: status }),
    ...(language !== undefined && { _postman_previewlanguage: language }),
    ...(previewType !== undefined && { _postman_previewtype: previewType }),
    ...(headers !== undefined && { header: headers }),
    cookie: objectsOf(cookies).map(toCookie),
    ...(time !== undefined && { responseTime: time }),
    ...(text !== undefined && { body: text }),
  };
}

function toSavedRequest(
  value: Json | undefined,
  requests: ReadonlyMap<string, RequestV1>,
): JsonObject | undefined {
  if (isObject(value)) return value;
  if (typeof value !== 'string' || value === '') return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    // An object that JSON.parse gives is JSON.
    return isObject(parsed) ? (parsed as JsonObject) : undefined;
  } catch {
    return requests.get(value);
  }
}

function toCookie({ name, expirationDate, ...cookie }: JsonObject): Json {
  const seconds = Number(expirationDate);
  const isDated = expirationDate !== undefined && expirationDate !== null && Math.abs(seconds) <= 8.64e12;
  return { ...cookie, key: name ?? '', ...(isDated && { expires: new Date(seconds * 1000).toISOString() }) };
}

function isEmptyJson(value: Json | undefined): boolean {
  if (value === undefined || value === null || typeof value === 'number' || typeof value === 'boolean')
    return true;
  return typeof value === 'string' ? value === '' : Object.keys(value).length === 0;
}

function withoutEmptyDescription(object: JsonObject): JsonObject {
  if (object['description']) return object;
  const { description: _empty, ...rest } = object;
  return rest;
}
