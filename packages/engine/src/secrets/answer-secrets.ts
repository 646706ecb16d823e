import type { ApiFacts, SecretField } from '../api-facts.ts';
import type { HeaderLine } from '../headers.ts';
import type { WireRequest, WireResponse } from '../transport.ts';
import { createTextFinder, readBytes } from './text-finder.ts';

/** What nobody has called a secret by hand is one only when it is long enough to be no word. */
export const SHORTEST_LEARNED = 8;

/**
 * Fields that hold a secret wherever an answer has them, by their words: OAuth (RFC 6749, RFC 7591, RFC 8693), Okta's and
 * other sign-in APIs, and what servers call their keys.
 */
const FIELDS = [
  ['access token', 'refresh token', 'id token', 'device secret', 'device code', 'client secret', 'assertion'],
  ['registration access token', 'client assertion', 'saml response', 'code verifier', 'session token'],
  ['state token', 'state handle', 'interaction handle', 'recovery token', 'activation token', 'cookie token'],
  [
    'one time token',
    'session id',
    'session key',
    'pass code',
    'passcode',
    'passphrase',
    'token',
    'api token',
  ],
  [
    'auth token',
    'bearer token',
    'csrf token',
    'xsrf token',
    'security token',
    'api key',
    'secret',
    'secret key',
  ],
  ['shared secret', 'totp secret', 'secret access key', 'private key', 'access key', 'password', 'passwd'],
  ['temp password', 'temporary password', 'new password', 'sid', 'jwt', 'otp'],
].flat();

/** Without `_`, `-` and capitals, as a field is compared. */
const SECRET_FIELDS = new Set(FIELDS.map((field) => field.replaceAll(' ', '')));

/** Cookies by which sessions go, at Okta and elsewhere. */
const SESSION_COOKIE = /^(sid|idx|dt|oktastatetoken|.*(sess|token|auth|csrf|xsrf)[\w.-]*)$/i;

/** Characters that the finder looks at; the more, the farther it leaps. */
const WIDTH = 7;
/** How the names of these fields end in the ways that names are written, with what comes before a value. */
const ENDS = createTextFinder(WIDTH);
for (const name of FIELDS.flatMap(toWritings)) {
  for (const end of [
    `"${name}":`,
    `"${name}" `,
    ...['?', '&', '#', ';'].map((opener) => `${opener}${name}=`),
  ]) {
    if (end.length >= WIDTH) ENDS.add(end.slice(-WIDTH));
    // A short name counts with the beginning of its value.
    else if (end.startsWith('"')) for (const next of ['"', ' ']) ENDS.add(end + next);
  }
}

/** @example toWritings('id token') // idToken, IdToken, idtoken, id_token, id-token, ID_TOKEN, … */
function toWritings(field: string): string[] {
  const words = field.split(' ');
  const capital = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const small = [[words[0], ...capital.slice(1)], capital].map((parts) => parts.join(''));
  const joined = ['', '_', '-'].flatMap((by) => [
    words.join(by),
    words.join(by).toUpperCase(),
    capital.join(by),
  ]);
  return [...new Set([...small, ...joined])];
}

/**
 * The secrets that an answer brings, as values: cookies of sessions, tokens in headers, links and bodies. By the marks
 * of the API's own definitions where the call is known, and by name everywhere. What the request carried itself the
 * answer does not bring: it came from the person's own files, which say what is secret in them.
 */
export function findAnswerSecrets(
  request: Pick<WireRequest, 'method' | 'address' | 'headers' | 'body'>,
  { headers, body }: Pick<WireResponse, 'headers' | 'body'>,
  facts: ApiFacts | undefined,
): string[] {
  const found: string[] = [];
  for (const header of headers) found.push(...findInHeader(header));
  if (body.length > 0) {
    found.push(...findByName(body));
    const [path = ''] = request.address.path.split(/[?#]/, 1);
    const marked = facts?.secretsOf?.(request.method, path);
    if (marked !== undefined) found.push(...findMarked(body, marked));
  }
  const brought = [...new Set(found.filter(isTelling))];
  return brought.length === 0 ? brought : withoutCarried(brought, request);
}

function withoutCarried(
  values: readonly string[],
  { address, headers, body }: Pick<WireRequest, 'address' | 'headers' | 'body'>,
): string[] {
  const carried = [
    address.href,
    ...headers.map(([, value]) => value),
    Buffer.from(body ?? '').toString('utf8'),
  ];
  const text = carried.flatMap(withDecoded).join('\n');
  return values.filter((value) => !text.includes(value));
}

/** Whether a value gives something away: texts that are words, or stand for nothing, hide more than they protect. */
function isTelling(value: string): boolean {
  if (value.length < SHORTEST_LEARNED || /[\s•]/.test(value) || value.startsWith('{{')) return false;
  if (!/[a-z0-9]/i.test(value) || SECRET_FIELDS.has(toPlain(value))) return false;
  const isWord =
    value.length < 16 && (/^[a-z]+$/.test(value) || /^[A-Z]+$/.test(value) || /^[A-Z]?[a-z]+$/.test(value));
  return !isWord && !/^https?:\/\//.test(value);
}

/** Most headers are neither links nor tokens, and every answer has a dozen of them. */
const TELLING_HEADER =
  /^(set-cookie|location|link|refresh)$|token|secret|key|pass|session|jwt|otp|sid|assertion/i;

function findInHeader([name, value]: HeaderLine): string[] {
  if (!TELLING_HEADER.test(name)) return [];
  const plain = toPlain(name.replace(/^x-/i, ''));
  if (plain === 'setcookie') return findInCookie(value);
  if (plain === 'location' || plain === 'link' || plain === 'refresh') return findInLink(value);
  return SECRET_FIELDS.has(plain) ? [value] : [];
}

function findInCookie(line: string): string[] {
  const [pair = '', ...attributes] = line.split(';');
  const [, name = '', value = ''] = /^\s*([^=]*)=\s*"?([^"]*)"?\s*$/.exec(pair) ?? [];
  const isHidden = attributes.some((one) => /^\s*httponly\s*$/i.test(one));
  return isHidden || SESSION_COOKIE.test(name) ? withDecoded(value) : [];
}

/** Values of a link's query and fragment; a `code` too, which an OAuth server hands out there. */
function findInLink(link: string): string[] {
  return [...link.matchAll(/[?&#;]([\w.-]+)=([^&#\s"<>;,]+)/g)].flatMap(([, name = '', value = '']) =>
    name === 'code' || SECRET_FIELDS.has(toPlain(name)) ? withDecoded(value) : [],
  );
}

const JSON_VALUE = /\s{0,100}:\s{0,100}"((?:[^"\\]|\\.){0,65536})"/y;
const MARKUP_VALUE = /[^<>]{0,200}?\svalue="([^"]{0,65536})"/y;
const LINK_VALUE = /([^\s"<>&#\\;,]{1,65536})/y;

/** Looks at a body of any kind, read byte by byte: for `"name": "value"`, `name="…" value="…"` and `name=value`. */
function findByName(body: Uint8Array): string[] {
  const ends = ENDS.find(body);
  if (ends.length === 0) return [];
  const text = readBytes(body);
  const found: string[] = [];
  // What is part of a value is looked at once, however many names stand in it.
  let done = 0;
  for (const { end: foundEnd } of ends) {
    const end = findNameEnd(text, foundEnd) + 1;
    if (end <= done) continue;
    const start = findNameStart(text, end - 1);
    if (!SECRET_FIELDS.has(toPlain(text.slice(start, end - 1)))) continue;
    if (text.charAt(end - 1) === '=') {
      const value = matchAt(LINK_VALUE, text, end) ?? '';
      done = end + value.length;
      // A quote may be part of the value, or the end of an attribute in HTML.
      found.push(...[value, value.replace(/'.*/s, '')].map(toUtf8).flatMap(withDecoded));
    } else if (text.charAt(start - 1) === '"') {
      const isMarkup = text.startsWith('name="', start - 6);
      const value = matchAt(isMarkup ? MARKUP_VALUE : JSON_VALUE, text, end);
      if (value === undefined) continue;
      done = end + value.length;
      const written = toUtf8(value);
      found.push(isMarkup ? written : readJsonText(written), written);
    }
  }
  return found;
}

/** The quote or sign that closes a name, looked for backwards. */
function findNameEnd(text: string, from: number): number {
  let end = from - 1;
  while (end > 0 && !(/["=]/.test(text.charAt(end)) && /\w/.test(text.charAt(end - 1)))) end -= 1;
  return end;
}

function findNameStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < 40 && /[\w-]/.test(text.charAt(start - 1))) start -= 1;
  return start;
}

function matchAt(pattern: RegExp, text: string, index: number): string | undefined {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[1];
}

function readJsonText(escaped: string): string {
  try {
    return String(JSON.parse(`"${escaped}"`));
  } catch {
    return escaped;
  }
}

function toUtf8(latin: string): string {
  return Buffer.from(latin, 'latin1').toString('utf8');
}

function withDecoded(value: string): string[] {
  try {
    return [value, decodeURIComponent(value)];
  } catch {
    return [value];
  }
}

/** What the definitions mark: the value itself, or the last part of a link. */
function findMarked(body: Uint8Array, marked: readonly SecretField[]): string[] {
  const answer = readJson(body);
  return marked.flatMap(({ path, kind }) =>
    pick(answer, path).flatMap((value) => (kind === 'link' ? [value.split(/[/?#]/).at(-1) ?? ''] : [value])),
  );
}

function pick(value: unknown, path: readonly string[]): string[] {
  const [name, ...rest] = path;
  if (name === undefined) return typeof value === 'string' ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (name === '*') return Object.values(value).flatMap((item) => pick(item, rest));
  return Object.hasOwn(value, name) ? pick((value as Readonly<Record<string, unknown>>)[name], rest) : [];
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

function toPlain(name: string): string {
  return name.replace(/[_-]/g, '').toLowerCase();
}
