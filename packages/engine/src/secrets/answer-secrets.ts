import type { ApiFacts, SecretField } from '../api-facts.ts';
import type { HeaderLine } from '../events.ts';
import type { WireRequest, WireResponse } from '../transport.ts';
import { SHORTEST_LEARNED } from './mask.ts';
import { createTextFinder } from './text-finder.ts';

/**
 * Fields that hold a secret wherever an answer has them, written without `_`, `-` and capitals: OAuth (RFC 6749,
 * RFC 7591, RFC 8693), Okta's and other sign-in APIs, and what servers call their keys.
 */
const SECRET_FIELDS = new Set(
  [
    ['accesstoken', 'refreshtoken', 'idtoken', 'devicesecret', 'devicecode', 'clientsecret'],
    ['registrationaccesstoken', 'clientassertion', 'assertion', 'samlresponse', 'codeverifier'],
    ['sessiontoken', 'statetoken', 'statehandle', 'interactionhandle', 'recoverytoken', 'activationtoken'],
    ['onetimetoken', 'cookietoken', 'sessionid', 'sessionkey', 'sid', 'jwt', 'otp', 'passcode', 'passphrase'],
    ['token', 'apitoken', 'authtoken', 'bearertoken', 'csrftoken', 'xsrftoken', 'securitytoken', 'apikey'],
    ['secret', 'sharedsecret', 'totpsecret', 'secretkey', 'secretaccesskey', 'privatekey', 'accesskey'],
    ['password', 'passwd', 'temppassword', 'temporarypassword', 'newpassword'],
  ].flat(),
);

/** Cookies by which sessions go, at Okta and elsewhere. */
const SESSION_COOKIE = /^(sid|idx|dt|oktastatetoken|.*(sess|token|auth|csrf|xsrf)[\w.-]*)$/i;

/** How the names of these fields end, in the ways that names are written, with what comes before a value. */
const ENDS = createTextFinder(4);
const LAST_WORDS =
  'token secret code assertion response verifier handle key sid jwt otp password passwd phrase ionid ionId ion_id';
for (const word of LAST_WORDS.split(' '))
  for (const look of [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()])
    for (const mark of ['"', '=']) ENDS.add(look + mark);

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
  const found = headers.flatMap(findInHeader);
  if (body.length > 0) {
    const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
    found.push(...findByName(text));
    const path = request.address.path.replace(/[?#].*$/s, '');
    const marked = facts?.describe(request.method, path)?.secrets;
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

function findInHeader([name, value]: HeaderLine): string[] {
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
function findByName(text: string): string[] {
  const found: string[] = [];
  // What is part of a value is looked at once, however many names stand in it.
  let done = 0;
  for (const { end } of ENDS.find(text)) {
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
