import { compact, isObject, objectsOf, textOf } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import type { Json } from '../../model.ts';

/**
 * An item of the YAML format that Bruno writes since version 3 (OpenCollection), in the form of Bruno's JSON
 * export.
 */
export function toBrunoItem(file: JsonObject): JsonObject {
  const info = isObject(file['info']) ? file['info'] : {};
  const call = isObject(file['http'])
    ? file['http']
    : isObject(file['graphql'])
      ? file['graphql']
      : undefined;
  const runtime = isObject(file['runtime']) ? file['runtime'] : {};
  const shared = isObject(file['request']) ? file['request'] : {};
  const type = textOf(info['type']);
  const request = toBrunoRequest({ ...shared, ...call }, runtime, file);
  return {
    name: info['name'] ?? '',
    ...(info['seq'] !== undefined && { seq: info['seq'] }),
    type: call === undefined ? (type ?? 'folder') : 'http',
    ...(Array.isArray(file['items'])
      ? {
          items: objectsOf(file['items']).map(toBrunoItem),
          root: { request, ...compact({ docs: textOf(file['docs']) }) },
        }
      : { request }),
    examples: objectsOf(file['examples']),
  };
}

/** What a folder or collection file hands down, as Bruno's JSON keeps it. */
export function toBrunoRoot(file: JsonObject): JsonObject {
  const { request } = toBrunoItem({ ...file, items: null });
  return { request: request ?? {}, ...compact({ docs: textOf(file['docs']) }) };
}

/** An environment file: its secrets come without values. */
export function toBrunoEnvironment(file: JsonObject): JsonObject {
  return { ...compact({ name: file['name'] }), variables: objectsOf(file['variables']) };
}

function toBrunoRequest(call: JsonObject, runtime: JsonObject, file: JsonObject): JsonObject {
  const scripts = [...objectsOf(runtime['scripts']), ...objectsOf(call['scripts'])];
  const script = (...types: string[]): string | undefined =>
    scripts
      .filter((one) => types.includes(textOf(one['type']) ?? ''))
      .map((one) => textOf(one['code']) ?? '')
      .join('\n') || undefined;
  return {
    method: call['method'] ?? 'GET',
    url: call['url'] ?? '',
    headers: objectsOf(call['headers']),
    params: toParams(call['params']),
    body: toBrunoBody(call['body']),
    auth: toBrunoAuth(call['auth'] ?? runtime['auth']),
    script: compact({ req: script('before-request'), res: script('after-response') }),
    vars: { req: [...objectsOf(runtime['variables']), ...objectsOf(call['variables'])] },
    assertions: objectsOf(runtime['assertions']).map((one) => ({
      ...one,
      name: one['expression'] ?? '',
      value: `${textOf(one['operator']) ?? 'eq'} ${textOf(one['value']) ?? ''}`.trim(),
    })),
    ...compact({ tests: script('tests', 'test'), docs: textOf(file['docs']) }),
  };
}

/** A list with a type each, or a list for each type. */
function toParams(value: Json | undefined): JsonObject[] {
  if (!isObject(value)) return objectsOf(value);
  return ['query', 'path'].flatMap((type) => objectsOf(value[type]).map((one) => ({ ...one, type })));
}

const FORMS: Readonly<Record<string, string>> = {
  'form-urlencoded': 'formUrlEncoded',
  'multipart-form': 'multipartForm',
  file: 'file',
};

function toBrunoBody(body: Json | undefined): JsonObject {
  if (!isObject(body)) return { mode: 'none' };
  if (typeof body['query'] === 'string') return { mode: 'graphql', graphql: body };
  const type = textOf(body['type']) ?? 'none';
  const mode = FORMS[type] ?? type;
  return { mode, [mode]: body['data'] ?? '' };
}

/** `inherit`, `none`, or a scheme with its parameters beside its name. */
function toBrunoAuth(auth: Json | undefined): JsonObject {
  if (!isObject(auth)) return { mode: textOf(auth) ?? 'inherit' };
  const type = textOf(auth['type']) ?? 'inherit';
  return { mode: type, [type]: isObject(auth[type]) ? auth[type] : auth };
}
