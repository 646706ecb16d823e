import { toUrlText } from '@castellan/collection';
import type { Auth, Body, Field, RequestDefinition, RequestSettings } from '@castellan/collection';
import type { HeaderLine } from './headers.ts';
import type { FilledRequest } from './send-context.ts';
import { fillJson, fillText, findUnresolved } from './variables.ts';
import type { Lookup } from './variables.ts';

/** Fills the variables of a request in, wherever they stand. Those without a value stay as text. */
export function fillRequest(
  request: RequestDefinition,
  auth: Auth | undefined,
  settings: RequestSettings,
  lookup: Lookup,
): FilledRequest {
  const body = request.body && fillBody(request.body, lookup);
  return {
    method: fillText(request.method, lookup),
    url: fillText(toUrlText(request.url), lookup),
    headers: fillHeaders(request.headers, lookup),
    ...(body === undefined ? {} : { body }),
    ...(auth === undefined ? {} : { auth: fillAuth(auth, lookup) }),
    settings,
  };
}

/** Where a filled request still holds variables, and which. */
export function findUnset(request: FilledRequest): { where: string; names: string[] } | undefined {
  const texts: readonly [string, string][] = [
    ['address', request.url],
    ['headers', request.headers.flat().join('\n')],
    ['authorization', JSON.stringify(request.auth?.parameters ?? {})],
    ['body', JSON.stringify(request.body ?? '')],
  ];
  for (const [where, text] of texts) {
    const names = findUnresolved(text).filter((name) => name !== '' && !/["\n]/.test(name));
    if (names.length > 0) return { where, names };
  }
  return undefined;
}

/** Postman: a header without a name is not sent. */
function fillHeaders(headers: readonly Field[], lookup: Lookup): HeaderLine[] {
  return headers
    .filter(({ key, disabled }) => disabled !== true && key)
    .map(({ key, value }): HeaderLine => [fillText(key ?? '', lookup), fillText(value ?? '', lookup)])
    .filter(([name]) => name !== '');
}

function fillAuth(auth: Auth, lookup: Lookup): Auth {
  const parameters = Object.entries(auth.parameters).map(
    ([key, value]) => [key, fillJson(value, lookup)] as const,
  );
  return { ...auth, parameters: Object.fromEntries(parameters) };
}

function fillField<T extends Field>(field: T, lookup: Lookup): T {
  if (field.disabled === true) return field;
  const key = field.key === null ? null : fillText(field.key, lookup);
  const value = field.value === null ? null : fillText(field.value, lookup);
  return { ...field, key, value };
}

function fillBody(body: Body, lookup: Lookup): Body {
  switch (body.kind) {
    case 'raw':
      return { ...body, text: fillText(body.text, lookup) };
    case 'urlencoded':
      return { ...body, fields: body.fields.map((field) => fillField(field, lookup)) };
    case 'formdata':
      return {
        ...body,
        fields: body.fields.map((field) => {
          const source = field.source?.map((path) => fillText(path, lookup));
          return { ...fillField(field, lookup), ...(source === undefined ? {} : { source }) };
        }),
      };
    case 'file':
      return { ...body, ...(body.source === undefined ? {} : { source: fillText(body.source, lookup) }) };
    case 'graphql':
      return {
        ...body,
        query: fillText(body.query, lookup),
        ...(body.variables === undefined ? {} : { variables: fillText(body.variables, lookup) }),
        ...(body.operationName === undefined ? {} : { operationName: fillText(body.operationName, lookup) }),
      };
  }
}
