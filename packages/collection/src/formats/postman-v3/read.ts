import { toPlaceId } from '../../ids.ts';
import { compact, isObject, objectsOf, textOf, toText } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import type { Environment, Json } from '../../model.ts';
import { toLanguage } from '../draft.ts';
import type { DraftAuth, DraftBody, DraftExample, DraftField, DraftFolder, DraftRequest } from '../draft.ts';

/** What a folder's definition hands down. */
export function toDraftFolder(definition: JsonObject, name: string): Omit<DraftFolder, 'items'> {
  return {
    name: textOf(definition['name']) ?? name,
    id: textOf(definition['id']),
    description: textOf(definition['description']),
    auth: toAuth(definition['auth']),
    variables: toFields(definition['variables']),
    ...toScripts(definition['scripts']),
  };
}

/** A request file; its name is the file's unless it says another. */
export function toDraftRequest(
  file: JsonObject,
  name: string,
  examples: readonly DraftExample[],
): DraftRequest {
  const url = toText(file['url'] ?? '');
  const query = toFields(file['queryParams']);
  return {
    name: textOf(file['name']) ?? name,
    id: textOf(file['id']),
    method: textOf(file['method']) ?? 'GET',
    // The address may repeat the parameters that have a list of their own.
    url: query.length > 0 ? url.replace(/\?[^#]*/, '') : url,
    query,
    pathVariables: toFields(file['pathVariables']),
    headers: toFields(file['headers']),
    body: toBody(file['body']),
    auth: toAuth(file['auth']),
    description: textOf(file['description']),
    settings: isObject(file['settings']) ? file['settings'] : undefined,
    ...toScripts(file['scripts']),
    examples,
  };
}

/** A saved answer; older files have its parts at the top. */
export function toDraftExample(file: JsonObject, name: string): DraftExample {
  const response = isObject(file['response']) ? file['response'] : file;
  const request = isObject(file['request']) ? file['request'] : file['originalRequest'];
  const body = isObject(response['body']) ? response['body']['content'] : response['body'];
  return {
    name: textOf(file['name']) ?? name,
    code: Number(response['statusCode'] ?? response['code'] ?? 200) || 200,
    status: textOf(response['statusText'] ?? response['status']),
    headers: toFields(response['headers']),
    ...compact({
      request: isObject(request) ? toDraftRequest(request, name, []) : undefined,
      body: body === undefined || body === null ? undefined : toText(body),
    }),
  };
}

/** An environment or the globals. */
export function readEnvironmentFile(file: JsonObject, fileName: string | undefined): Environment {
  const stem = (fileName ?? 'Environment')
    .replace(/^.*[\\/]/, '')
    .replace(/\.(?:environment|globals)?\.?ya?ml$/, '');
  const name = textOf(file['name']) ?? stem;
  const rows = file['values'] ?? file['variables'];
  return {
    kind: 'environment',
    scope:
      /\.globals\.ya?ml$/.test(fileName ?? '') || file['$kind'] === 'globals' ? 'globals' : 'environment',
    id: textOf(file['id']) ?? toPlaceId(name),
    name,
    values: toRows(rows).map(({ key, value, ...row }) => ({
      key: toText(key ?? ''),
      value: value ?? '',
      type: row['type'] === 'secret' || row['secret'] === true ? 'secret' : 'default',
      enabled: row['enabled'] !== false && row['disabled'] !== true,
    })),
  };
}

/** A list of rows, or an object of names and values. */
function toRows(value: Json | undefined): JsonObject[] {
  if (!isObject(value)) return objectsOf(value);
  return Object.entries(value).map(([key, one]) => (isObject(one) ? { key, ...one } : { key, value: one }));
}

function toFields(value: Json | undefined): DraftField[] {
  return toRows(value).map((row) => ({
    key: toText(row['key'] ?? row['name'] ?? ''),
    value: toText(row['value'] ?? ''),
    disabled: row['disabled'] === true || row['enabled'] === false,
    description: textOf(row['description']),
  }));
}

function toScripts(value: Json | undefined): { preRequest: string | undefined; test: string | undefined } {
  const scripts = objectsOf(value);
  const join = (pattern: RegExp): string | undefined =>
    scripts
      .filter((one) => pattern.test(textOf(one['type']) ?? ''))
      .map((one) => textOf(one['code']) ?? '')
      .join('\n') || undefined;
  return {
    preRequest: join(/(?:^|:)beforeRequest$|^prerequest$/),
    test: join(/(?:^|:)afterResponse$|^test$/),
  };
}

function toAuth(value: Json | undefined): DraftAuth | undefined {
  if (!isObject(value)) return undefined;
  const type = textOf(value['type']);
  if (type === undefined || type === 'inherit') return undefined;
  const { type: _type, credentials, ...beside } = value;
  const rows = toRows(credentials ?? beside[type]);
  return {
    type: type === 'none' ? 'noauth' : type,
    parameters: Object.fromEntries(rows.map((row) => [toText(row['key'] ?? ''), row['value'] ?? ''])),
  };
}

function toBody(value: Json | undefined): DraftBody | undefined {
  if (!isObject(value)) return undefined;
  const type = textOf(value['type']) ?? 'text';
  const content = value['content'];
  switch (type) {
    case 'none':
      return undefined;
    case 'urlencoded':
      return { mode: 'urlencoded', fields: toFields(content) };
    case 'formdata':
      return {
        mode: 'formdata',
        fields: toRows(content).map((row, index) => ({
          ...(toFields(content)[index] ?? { key: '', value: '' }),
          type: row['type'] === 'file' ? 'file' : 'text',
          src: textOf(row['src']),
          contentType: textOf(row['contentType']),
        })),
      };
    case 'graphql': {
      const graphql = isObject(content) ? content : {};
      const variables = graphql['variables'];
      return {
        mode: 'graphql',
        query: toText(graphql['query'] ?? ''),
        variables: variables === undefined || variables === null ? undefined : toText(variables),
      };
    }
    case 'file':
    case 'binary':
      return { mode: 'file', src: toText((isObject(content) ? content['src'] : content) ?? '') };
    default:
      return {
        mode: 'raw',
        raw: toText(content ?? ''),
        language: type === 'text' ? undefined : toLanguage(type),
      };
  }
}
