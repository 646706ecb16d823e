import { parseQuery, parseUrl, toUrlText } from '@castellan/collection';
import type {
  Auth,
  Body,
  Field,
  FormField,
  Json,
  RequestDefinition,
  Url,
  Variable,
} from '@castellan/collection';
import type { SandboxRequest } from '@castellan/sandbox';

type JsonObject = { [key: string]: Json };

/** A request in Postman's v2.1 JSON, as scripts see and change it. */
export function toSandboxRequest(request: RequestDefinition): SandboxRequest {
  return {
    method: request.method,
    url: toUrlJson(request.url),
    header: request.headers.map(toFieldJson),
    ...(request.description === undefined ? {} : { description: request.description.text }),
    ...(request.body === undefined ? {} : { body: toBodyJson(request.body) }),
    ...(request.auth === undefined ? {} : { auth: toAuthJson(request.auth) }),
  };
}

/** The request that a script left behind. What it cannot mean is read as absent, as Postman does. */
export function fromSandboxRequest(json: SandboxRequest, fallback?: RequestDefinition): RequestDefinition {
  const body = isObject(json['body']) ? fromBodyJson(json['body']) : undefined;
  const auth = isObject(json['auth']) ? fromAuthJson(json['auth']) : undefined;
  return {
    method:
      typeof json['method'] === 'string' && json['method'] !== '' ? json['method'].toUpperCase() : 'GET',
    url: fromUrlJson(json['url'] ?? fallback?.url.raw ?? ''),
    headers: fromHeaders(json['header'] ?? json['headers'] ?? []),
    ...(fallback?.description === undefined ? {} : { description: fallback.description }),
    ...(body === undefined ? {} : { body }),
    ...(auth === undefined ? {} : { auth }),
  };
}

function toUrlJson(url: Url): JsonObject {
  return {
    raw: toUrlText(url),
    ...(url.auth === undefined ? {} : { auth: { ...url.auth } }),
    ...(url.protocol === undefined ? {} : { protocol: url.protocol }),
    ...(url.host === undefined ? {} : { host: [...url.host] }),
    ...(url.port === undefined ? {} : { port: url.port }),
    ...(url.path === undefined ? {} : { path: [...url.path] }),
    query: url.query.map(toFieldJson),
    ...(url.hash === undefined ? {} : { hash: url.hash }),
    variable: url.pathVariables.map(({ key, value, type }) => ({
      key,
      value,
      ...(type === undefined ? {} : { type }),
    })),
  };
}

function fromUrlJson(json: Json): Url {
  if (!isObject(json)) return parseUrl(json === null ? '' : String(json));
  const { host, path, port, protocol, hash } = json;
  const raw = typeof json['raw'] === 'string' ? json['raw'] : '';
  if (host === undefined && path === undefined && raw !== '') return parseUrl(raw);
  return {
    raw,
    ...(typeof protocol === 'string' ? { protocol } : {}),
    ...(host === undefined ? {} : { host: toTexts(host, '.') }),
    ...(port === undefined || port === null ? {} : { port: String(port) }),
    ...(path === undefined ? {} : { path: toTexts(path, '/') }),
    query: toObjects(json['query']).map(fromFieldJson),
    ...(typeof hash === 'string' ? { hash } : {}),
    pathVariables: toObjects(json['variable']).map(fromVariableJson),
    ...(isObject(json['auth']) ? { auth: fromCredentials(json['auth']) } : {}),
  };
}

function fromCredentials({ user, password }: JsonObject): { user?: string; password?: string } {
  return {
    ...(typeof user === 'string' ? { user } : {}),
    ...(typeof password === 'string' ? { password } : {}),
  };
}

function toTexts(value: Json, separator: string): string[] {
  if (Array.isArray(value))
    return value.map((part) => (isObject(part) ? String(part['value'] ?? '') : String(part)));
  return String(value ?? '')
    .replace(separator === '/' ? /^\// : '', '')
    .split(separator);
}

function fromVariableJson(json: JsonObject): Variable {
  return { key: String(json['key'] ?? json['id'] ?? ''), value: json['value'] ?? null };
}

function toFieldJson(field: Field): JsonObject {
  return { key: field.key, value: field.value, ...(field.disabled === true ? { disabled: true } : {}) };
}

function fromFieldJson(json: JsonObject): Field {
  const { key, value } = json;
  return {
    key: key === undefined || key === null ? null : String(key),
    value: value === undefined || value === null ? null : toText(value),
    ...(json['disabled'] === true ? { disabled: true } : {}),
  };
}

function toText(value: Json): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function fromHeaders(json: Json): Field[] {
  if (typeof json === 'string') {
    const lines = json.split(/\r?\n/).filter((line) => line.trim() !== '');
    return lines.map((line) => {
      const [key = '', value = ''] = line.split(/:(.*)/s, 2);
      return { key: key.trim(), value: value.trim() };
    });
  }
  if (isObject(json)) return Object.entries(json).map(([key, value]) => ({ key, value: toText(value) }));
  return toObjects(json).map(fromFieldJson);
}

function toBodyJson(body: Body): JsonObject {
  const disabled = body.disabled === true ? { disabled: true } : {};
  switch (body.kind) {
    case 'raw': {
      const options = body.language === undefined ? {} : { options: { raw: { language: body.language } } };
      return { mode: 'raw', raw: body.text, ...options, ...disabled };
    }
    case 'urlencoded':
      return { mode: 'urlencoded', urlencoded: body.fields.map(toFieldJson), ...disabled };
    case 'formdata':
      return { mode: 'formdata', formdata: body.fields.map(toFormFieldJson), ...disabled };
    case 'file': {
      const source = body.source === undefined ? {} : { src: body.source };
      return {
        mode: 'file',
        file: { ...source, ...(body.content === undefined ? {} : { content: body.content }) },
        ...disabled,
      };
    }
    case 'graphql': {
      const variables = body.variables === undefined ? {} : { variables: body.variables };
      const name = body.operationName === undefined ? {} : { operationName: body.operationName };
      return { mode: 'graphql', graphql: { query: body.query, ...name, ...variables }, ...disabled };
    }
  }
}

function toFormFieldJson(field: FormField): JsonObject {
  return {
    ...toFieldJson(field),
    type: field.type,
    ...(field.source === undefined ? {} : { src: [...field.source] }),
    ...(field.contentType === undefined ? {} : { contentType: field.contentType }),
    ...(field.fileName === undefined ? {} : { fileName: field.fileName }),
  };
}

function fromBodyJson(json: JsonObject): Body | undefined {
  const disabled = json['disabled'] === true ? { disabled: true } : {};
  switch (json['mode']) {
    case 'raw': {
      const options =
        isObject(json['options']) && isObject(json['options']['raw']) ? json['options']['raw'] : {};
      const { language } = options;
      const text = json['raw'] === undefined || json['raw'] === null ? '' : toText(json['raw']);
      return { kind: 'raw', text, ...(typeof language === 'string' ? { language } : {}), ...disabled };
    }
    case 'urlencoded':
      return { kind: 'urlencoded', fields: toFields(json['urlencoded']), ...disabled };
    case 'formdata':
      return { kind: 'formdata', fields: toObjects(json['formdata']).map(fromFormFieldJson), ...disabled };
    case 'file': {
      const file = isObject(json['file']) ? json['file'] : { src: json['file'] ?? null };
      return {
        kind: 'file',
        ...(typeof file['src'] === 'string' ? { source: file['src'] } : {}),
        ...(typeof file['content'] === 'string' ? { content: file['content'] } : {}),
        ...disabled,
      };
    }
    case 'graphql': {
      const graphql = isObject(json['graphql']) ? json['graphql'] : {};
      const { query, variables, operationName } = graphql;
      return {
        kind: 'graphql',
        query: typeof query === 'string' ? query : '',
        ...(variables === undefined || variables === null ? {} : { variables: toText(variables) }),
        ...(typeof operationName === 'string' ? { operationName } : {}),
        ...disabled,
      };
    }
    default:
      return undefined;
  }
}

function toFields(json: Json | undefined): Field[] {
  if (typeof json === 'string') return parseQuery(json);
  if (isObject(json)) return Object.entries(json).map(([key, value]) => ({ key, value: toText(value) }));
  return toObjects(json).map(fromFieldJson);
}

function fromFormFieldJson(json: JsonObject): FormField {
  const { src, contentType, fileName } = json;
  const source = Array.isArray(src) ? src.map(String) : typeof src === 'string' ? [src] : undefined;
  return {
    ...fromFieldJson(json),
    type: json['type'] === 'file' ? 'file' : 'text',
    ...(source === undefined ? {} : { source }),
    ...(typeof contentType === 'string' ? { contentType } : {}),
    ...(typeof fileName === 'string' ? { fileName } : {}),
  };
}

function toAuthJson(auth: Auth): JsonObject {
  const parameters = Object.entries(auth.parameters).map(([key, value]) => ({ key, value }));
  return { type: auth.type, [auth.type]: parameters };
}

function fromAuthJson(json: JsonObject): Auth | undefined {
  const { type } = json;
  if (typeof type !== 'string') return undefined;
  const parameters = json[type] ?? [];
  if (isObject(parameters)) return { type, parameters };
  const entries = toObjects(parameters).map(({ key, value }): [string, Json] => [String(key), value ?? null]);
  return { type, parameters: Object.fromEntries(entries) };
}

function toObjects(json: Json | undefined): JsonObject[] {
  return Array.isArray(json) ? json.filter(isObject) : [];
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
