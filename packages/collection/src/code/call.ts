import { compact, toText } from '../json.ts';
import type { Auth, Body, Collection, Folder, Json, RequestItem, Variable } from '../model.ts';
import { toUrlText } from '../url.ts';

/** A request as it is sent, but for the values of variables. */
export interface Call {
  readonly method: string;
  /** Percent-encoded where it has to be, outside of `{{…}}` only. */
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: CallBody;
  readonly basic?: { readonly username: string; readonly password: string };
  /** What the code does not do, each in one sentence. */
  readonly notes: readonly string[];
}

type CallBody =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'multipart'; readonly parts: readonly Part[] };

export interface Part {
  readonly name: string;
  /** The value, or the path of the file that is sent. */
  readonly value: string;
  readonly isFile: boolean;
  readonly contentType?: string;
}

export interface CallOptions {
  /** What the request inherits from, the collection first. */
  readonly levels?: readonly (Collection | Folder)[];
  /** Values to fill in; a secret is left out, and so stays a variable. */
  readonly values?: ReadonlyMap<string, string>;
}

/** A variable whose value names another one is filled in again, this many times at most: they may run in circles. */
const MAX_ROUNDS = 10;

/** The request as it would be sent, with what it inherits. */
export function toCall(item: RequestItem, { levels = [], values = new Map() }: CallOptions = {}): Call {
  const fill = createFill(levels, values);
  const { request } = item;
  const auth = request.auth ?? levels.findLast((one) => one.auth !== undefined)?.auth;
  const signed = toAuth(auth, fill);
  const body = toBody(request.body, fill);
  const url = encodeUrl(fill(toUrlText(request.url)));
  const headers = request.headers
    .filter((one) => one.disabled !== true && one.key !== null && one.key !== '')
    .map((one): [string, string] => [fill(one.key ?? ''), fill(one.value ?? '')]);
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const added = [...signed.headers, ...body.headers].filter(([name]) => !names.has(name.toLowerCase()));
  return {
    method: fill(request.method),
    url: signed.query === undefined ? url : `${url}${url.includes('?') ? '&' : '?'}${signed.query}`,
    headers: joinTwins([...headers, ...added]),
    ...compact({ body: body.body, basic: names.has('authorization') ? undefined : signed.basic }),
    notes: signed.notes,
  };
}

/** Headers of one name as one: most languages keep them in a map. */
function joinTwins(headers: readonly (readonly [name: string, value: string])[]): [string, string][] {
  const joined = new Map<string, [string, string]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const twin = joined.get(key);
    if (twin === undefined) joined.set(key, [name, value]);
    else joined.set(key, [twin[0], `${twin[1]}${key === 'cookie' ? '; ' : ', '}${value}`]);
  }
  return [...joined.values()];
}

/** Whether the request says what its body is; without that a sender may add a type of its own. */
export function hasContentType({ headers }: Call): boolean {
  return headers.some(([name]) => name.toLowerCase() === 'content-type');
}

/** Collections and folders have variables of their own; what is given counts before them. */
function createFill(
  levels: readonly (Collection | Folder)[],
  values: ReadonlyMap<string, string>,
): (text: string) => string {
  const own = levels.flatMap((level) => level.variables).filter(isSet);
  const known = new Map([...own.map((one) => [one.key, toText(one.value)] as const), ...values]);
  return (text) => {
    let filled = text;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const next = filled.replaceAll(
        /\{\{([^{}]+)\}\}/g,
        (whole, name: string) => known.get(name.trim()) ?? whole,
      );
      if (next === filled) break;
      filled = next;
    }
    return filled;
  };
}

/** An empty value waits for a script to fill it, and a secret does not belong into code. */
function isSet({ value, disabled, type }: Variable): boolean {
  return disabled !== true && type !== 'secret' && value !== null && value !== '';
}

interface Signed {
  readonly headers: readonly (readonly [string, string])[];
  readonly query?: string;
  readonly basic?: Call['basic'];
  readonly notes: readonly string[];
}

function toAuth(auth: Auth | undefined, fill: (text: string) => string): Signed {
  const text = (key: string): string => {
    const value: Json | undefined = auth?.parameters[key];
    return value === undefined || value === null ? '' : fill(toText(value));
  };
  if (auth === undefined) return { headers: [], notes: [] };
  switch (auth.type) {
    case 'noauth':
      return { headers: [], notes: [] };
    case 'bearer':
      return { headers: [['Authorization', `Bearer ${text('token')}`]], notes: [] };
    case 'basic':
      return { headers: [], basic: { username: text('username'), password: text('password') }, notes: [] };
    case 'apikey':
      return text('in') === 'query'
        ? { headers: [], query: `${encode(text('key'))}=${encode(text('value'))}`, notes: [] }
        : { headers: [[text('key'), text('value')]], notes: [] };
    case 'oauth2': {
      const token = text('accessToken') || '{{accessToken}}';
      return {
        headers: [['Authorization', `${text('headerPrefix') || 'Bearer'} ${token}`]],
        notes: ['The access token has to be fetched before.'],
      };
    }
    default:
      return { headers: [], notes: [`The authorization “${auth.type}” is not part of this code.`] };
  }
}

function toBody(
  body: Body | undefined,
  fill: (text: string) => string,
): { readonly body?: CallBody; readonly headers: readonly (readonly [string, string])[] } {
  if (body === undefined || body.disabled === true) return { headers: [] };
  switch (body.kind) {
    case 'raw': {
      const type = body.language === undefined ? undefined : CONTENT_TYPES[body.language];
      const headers: [string, string][] = type === undefined ? [] : [['Content-Type', type]];
      return body.text === '' ? { headers } : { body: { kind: 'text', text: fill(body.text) }, headers };
    }
    case 'urlencoded': {
      const pairs = body.fields
        .filter((one) => one.disabled !== true)
        .map((one) => `${encode(fill(one.key ?? ''))}=${encode(fill(one.value ?? ''))}`);
      return {
        body: { kind: 'text', text: pairs.join('&') },
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
      };
    }
    case 'formdata': {
      const parts = body.fields
        .filter((one) => one.disabled !== true)
        .flatMap((one): Part[] => {
          const isFile = one.type === 'file';
          const sources = isFile ? (one.source ?? ['']) : [one.value ?? ''];
          return sources.map((value) => ({
            name: fill(one.key ?? ''),
            value: fill(value),
            isFile,
            ...compact({ contentType: one.contentType || undefined }),
          }));
        });
      return { body: { kind: 'multipart', parts }, headers: [] };
    }
    case 'file':
      return { body: { kind: 'file', path: fill(body.source ?? '') }, headers: [] };
    case 'graphql':
      return {
        body: { kind: 'text', text: fill(toGraphqlText(body)) },
        headers: [['Content-Type', 'application/json']],
      };
  }
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  javascript: 'application/javascript',
};

function toGraphqlText({ query, variables, operationName }: Extract<Body, { kind: 'graphql' }>): string {
  let parsed: unknown = {};
  try {
    parsed = JSON.parse(variables || '{}');
  } catch {
    parsed = variables;
  }
  return JSON.stringify({ query, ...compact({ operationName }), variables: parsed });
}

/** Encodes what an address may not hold, and leaves what is encoded already and every variable alone. */
function encodeUrl(url: string): string {
  return outsideVariables(url, (text) =>
    // oxlint-disable-next-line no-control-regex -- control characters may not stand in an address either
    text.replaceAll(/[\u0000-\u0020"<>\\^`{|}\u007F-\uFFFF]+/g, (part) => encode(part)),
  );
}

function encode(text: string): string {
  return outsideVariables(text, (part) => encodeURIComponent(part.replaceAll(/\p{Surrogate}/gu, '\uFFFD')));
}

function outsideVariables(text: string, change: (part: string) => string): string {
  return text
    .split(/(\{\{[^{}]+\}\})/)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');
}
