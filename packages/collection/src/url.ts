import type { Field, Url, Variable } from './model.ts';

/** A variable is never cut, even when its name holds a separator. */
const VARIABLE = /\{\{[^{}]*\}\}/g;
const CUTTING_IN_PARAMETER = /\{\{[^{}]*[&#=][^{}]*\}\}/g;
const MASK_START = '\uE000';
const MASK_END = '\uE001';
const MASK = /\uE000(\d+)\uE001/g;

/**
 * Reads an address as a person types it into its parts, `{{variables}}` and `:path` variables included; a
 * query parameter without `=` has the value `null`. Nothing is decoded and nothing is refused.
 * Postman: `Url.parse` of postman-collection 5.
 */
export function parseUrl(text: string): Url {
  const raw = text.trimStart();
  const variables: string[] = [];
  const masked = raw.replace(VARIABLE, (name) => {
    variables.push(name);
    return `${MASK_START}${variables.length - 1}${MASK_END}`;
  });
  const unmask = (part: string): string =>
    part.replace(MASK, (whole, index: string) => variables[Number(index)] ?? whole);

  const [beforeHash, hash] = cut(masked, '#');
  const [beforeQuery, query] = cut(beforeHash, '?');
  const { protocol, rest } = cutProtocol(beforeQuery.replaceAll('\\', '/'));
  const [authority, path] = cut(rest, '/');
  const at = authority.lastIndexOf('@');
  const { host, port } = cutPort(authority.slice(at + 1));
  const segments = path?.split('/').map(unmask);
  return {
    raw,
    ...(protocol !== undefined && { protocol: unmask(protocol) }),
    ...(at !== -1 && { auth: readCredentials(authority.slice(0, at), unmask) }),
    ...(host !== '' && { host: host.split('.').map(unmask) }),
    ...(port !== undefined && { port: unmask(port) }),
    ...(segments !== undefined && { path: segments }),
    query:
      query === undefined
        ? []
        : query.split('&').map((one, index, all) => readParameter(unmask(one), index === all.length - 1)),
    ...(hash !== undefined && { hash: unmask(hash) }),
    pathVariables: findPathVariables(segments ?? []),
  };
}

/** Reads `a=b&c` into fields. Postman: `QueryParam.parse`. */
export function parseQuery(text: string): Field[] {
  return text.split('&').map((one, index, all) => readParameter(one, index === all.length - 1));
}

function cut(text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator);
  return index === -1 ? [text, undefined] : [text.slice(0, index), text.slice(index + separator.length)];
}

/** Postman: slashes too many after `://` are dropped; of a file's address one stays. */
function cutProtocol(text: string): { protocol?: string; rest: string } {
  const [protocol, rest] = cut(text, '://');
  if (rest === undefined) return { rest: text };
  return { protocol, rest: rest.replace(/^\/+/, protocol.toLowerCase() === 'file' ? '/' : '') };
}

/** A colon before `]` belongs to an IPv6 address. */
function cutPort(text: string): { host: string; port?: string } {
  const index = text.lastIndexOf(':');
  if (index === -1 || text.includes(']', index)) return { host: text };
  return { host: text.slice(0, index), port: text.slice(index + 1) };
}

function readCredentials(
  text: string,
  unmask: (part: string) => string,
): { user: string; password?: string } {
  const [user, password] = cut(text, ':');
  return { user: unmask(user), ...(password !== undefined && { password: unmask(password) }) };
}

/** Postman: an empty parameter between two `&` has no name; a last empty one has the empty name. */
function readParameter(text: string, isLast: boolean): Field {
  if (text === '' && !isLast) return { key: null, value: null };
  const [key, value] = cut(text, '=');
  return { key, value: value ?? null };
}

function findPathVariables(segments: readonly string[]): Variable[] {
  const names = segments.map(toPathVariableName).filter((name) => name !== undefined);
  return [...new Set(names)].map((key) => ({ key, value: null }));
}

/** The name in a path segment such as `:id` or `:id.json`. Postman: the name ends at the first dot. */
export function toPathVariableName(segment: string): string | undefined {
  if (!segment.startsWith(':')) return undefined;
  return segment.slice(1).split('.', 1)[0] || undefined;
}

export interface UrlTextOptions {
  /** `filled` (default): `:id` gives way to its value, as Postman sends it. `kept`: as a person typed it. */
  readonly pathVariables?: 'filled' | 'kept';
}

/**
 * Writes the parts of an address as one text; `raw` is not looked at, as in Postman. Parameters that are
 * switched off are left out, and `&`, `#` and `=` inside a parameter are percent-encoded, outside `{{…}}` only.
 * Postman: `Url.toString` of postman-collection 5.
 */
export function toUrlText(url: Url, options: UrlTextOptions = {}): string {
  const protocol = url.protocol ? (url.protocol.endsWith('://') ? url.protocol : `${url.protocol}://`) : '';
  const { user, password } = url.auth ?? {};
  const credentials =
    user === undefined && password === undefined
      ? ''
      : `${user ?? ''}${password === undefined ? '' : `:${password}`}@`;
  const host = url.host?.join('.') ?? '';
  const port = url.port === undefined ? '' : `:${url.port}`;
  const path = url.path === undefined ? '' : `/${writeSegments(url, options).join('/')}`;
  const query = toQueryText(url.query);
  const hash = url.hash === undefined ? '' : `#${url.hash}`;
  return `${protocol}${credentials}${host}${port}${path}${query === undefined ? '' : `?${query}`}${hash}`;
}

function writeSegments(url: Url, options: UrlTextOptions): readonly string[] {
  const segments = url.path ?? [];
  if (options.pathVariables === 'kept') return segments;
  return segments.map((segment) => {
    const name = toPathVariableName(segment);
    const value =
      name === undefined ? undefined : url.pathVariables.findLast((one) => one.key === name)?.value;
    if (name === undefined || typeof value !== 'string' || value === '') return segment;
    return value + segment.slice(name.length + 1);
  });
}

/** The enabled parameters as `a=b&c`; `undefined` when none is enabled, so that no `?` is written. */
export function toQueryText(query: readonly Field[]): string | undefined {
  const enabled = query.filter((field) => field.disabled !== true);
  if (enabled.length === 0) return undefined;
  return enabled
    .map(
      (field) =>
        `${encodeReserved(field.key ?? '', true)}${field.value === null ? '' : `=${encodeReserved(field.value, false)}`}`,
    )
    .join('&');
}

function encodeReserved(text: string, encodesEquals: boolean): string {
  const encode = (part: string): string => {
    const encoded = part.replaceAll('&', '%26').replaceAll('#', '%23');
    return encodesEquals ? encoded.replaceAll('=', '%3D') : encoded;
  };
  let written = '';
  let end = 0;
  for (const variable of text.matchAll(CUTTING_IN_PARAMETER)) {
    written += encode(text.slice(end, variable.index)) + variable[0];
    end = variable.index + variable[0].length;
  }
  return written + encode(text.slice(end));
}
