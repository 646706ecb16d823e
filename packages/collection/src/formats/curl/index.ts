import type { Note } from '../../model.ts';
import { parseUrl } from '../../url.ts';
import { toCollection, toLanguage } from '../draft.ts';
import type { DraftAuth, DraftBody, DraftField, DraftFormField, DraftRequest } from '../draft.ts';
import { toFileTitle } from '../format.ts';
import type { Format } from '../format.ts';
import { tokenize } from './tokenize.ts';
import type { Command } from './tokenize.ts';

/** Command lines as documentation and browsers' “copy as cURL” give them, several in one text. */
export const curl: Format = {
  title: 'curl commands',
  detect: ({ json, text }) =>
    json === undefined && /^\s*(?:#.*\n\s*)*(?:[$>%]\s+)?curl(?:\.exe)?\s/.test(text),
  read: ({ text, name }) => {
    const notes: Note[] = [];
    const items = tokenize(text).flatMap((command) => readCommand(command, notes));
    const { collection } = toCollection({ name: toFileTitle(name) ?? 'curl', items });
    return { collections: [collection], environments: [], notes };
  },
};

/** Short options that take a value. */
const SHORT_WITH_VALUE: Readonly<Record<string, string>> = {
  X: 'request',
  H: 'header',
  d: 'data',
  F: 'form',
  u: 'user',
  A: 'user-agent',
  e: 'referer',
  b: 'cookie',
  T: 'upload-file',
  o: 'output',
  m: 'max-time',
  x: 'proxy',
  w: 'write-out',
  c: 'cookie-jar',
  E: 'cert',
  K: 'config',
  r: 'range',
  U: 'proxy-user',
  D: 'dump-header',
};
const SHORT_FLAGS: Readonly<Record<string, string>> = {
  G: 'get',
  I: 'head',
  k: 'insecure',
  L: 'location',
  s: 'silent',
  S: 'show-error',
  v: 'verbose',
  i: 'include',
  f: 'fail',
  j: 'junk-session-cookies',
  g: 'globoff',
  N: 'no-buffer',
  O: 'remote-name',
  '#': 'progress-bar',
};
const LONG_FLAGS = new Set([
  ...Object.values(SHORT_FLAGS),
  'compressed',
  'digest',
  'basic',
  'ntlm',
  'http1.1',
  'http2',
  'http1.0',
  'http3',
  'path-as-is',
  'fail-with-body',
  'post301',
  'post302',
  'no-keepalive',
  'tlsv1.2',
  'tlsv1.3',
  'anyauth',
  'location-trusted',
]);
const IGNORED = new Set([
  'silent',
  'show-error',
  'verbose',
  'include',
  'fail',
  'compressed',
  'output',
  'no-buffer',
  'globoff',
  'progress-bar',
  'write-out',
  'http1.1',
  'http2',
  'remote-name',
  'basic',
  'path-as-is',
  'fail-with-body',
  'url',
  'location',
  'junk-session-cookies',
]);
const READ = new Set([
  'request',
  'header',
  'data',
  'data-raw',
  'data-ascii',
  'data-binary',
  'data-urlencode',
  'json',
  'form',
  'form-string',
  'user',
  'user-agent',
  'referer',
  'cookie',
  'upload-file',
  'get',
  'head',
  'insecure',
  'digest',
  'ntlm',
  'oauth2-bearer',
]);

interface Options {
  readonly urls: string[];
  readonly given: [name: string, value: string][];
}

function readCommand(command: Command, notes: Note[]): DraftRequest[] {
  const start = command.findIndex((word) => /^(?:.*[\\/])?curl(?:\.exe)?$/.test(word));
  if (start === -1) return [];
  const options = readOptions(command.slice(start + 1));
  return options.urls.map((url) => toRequest(url, options, notes));
}

function readOptions(words: readonly string[]): Options {
  const options: Options = { urls: [], given: [] };
  const pending = [...words];
  for (let word = pending.shift(); word !== undefined; word = pending.shift()) {
    if (word.startsWith('--') && word.length > 2) {
      const [name = '', inline] = word.slice(2).split(/=(.*)/s);
      const value = LONG_FLAGS.has(name) ? '' : (inline ?? pending.shift() ?? '');
      if (name === 'url') options.urls.push(value);
      else options.given.push([name, value]);
    } else if (word.startsWith('-') && word.length > 1) readShort(word.slice(1), pending, options);
    else options.urls.push(word);
  }
  return options;
}

/** `-sSXPOST` is `-s -S -X POST`. */
function readShort(letters: string, pending: string[], options: Options): void {
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? '';
    const name = SHORT_WITH_VALUE[letter];
    if (name !== undefined) {
      options.given.push([name, letters.slice(at + 1) || (pending.shift() ?? '')]);
      return;
    }
    options.given.push([SHORT_FLAGS[letter] ?? letter, '']);
  }
}

function toRequest(url: string, { given }: Options, notes: Note[]): DraftRequest {
  const all = (name: string): string[] => given.filter(([one]) => one === name).map(([, value]) => value);
  const has = (name: string): boolean => given.some(([one]) => one === name);
  const headers = readHeaders(all('header'));
  const extra: [string, string[]][] = [
    ['User-Agent', all('user-agent')],
    ['Referer', all('referer')],
    ['Cookie', all('cookie').filter((one) => one.includes('='))],
  ];
  for (const [key, values] of extra) headers.push(...values.map((value) => ({ key, value })));
  const hasHeader = (name: string): boolean => headers.some((one) => one.key.toLowerCase() === name);
  const data = readData(given);
  if (has('json')) {
    if (!hasHeader('content-type')) headers.push({ key: 'Content-Type', value: 'application/json' });
    if (!hasHeader('accept')) headers.push({ key: 'Accept', value: 'application/json' });
  }
  const isGet = has('get');
  const body = isGet ? undefined : toBody(given, data, headers);
  const isUrlencoded = data.length > 0 && !isGet && !hasHeader('content-type');
  if (isUrlencoded && body?.mode === 'raw')
    headers.push({ key: 'Content-Type', value: 'application/x-www-form-urlencoded' });
  const address = isGet && data.length > 0 ? `${url}${url.includes('?') ? '&' : '?'}${data.join('&')}` : url;
  const method =
    all('request').at(-1) ??
    (has('head') ? 'HEAD' : has('upload-file') ? 'PUT' : body === undefined ? 'GET' : 'POST');
  const name = toName(method, address);
  noteUnread(given, name, notes);
  return {
    name,
    method,
    url: address,
    headers,
    body,
    auth: toAuth(all('user').at(-1), all('oauth2-bearer').at(-1), has),
    settings: has('insecure') ? { strictSSL: false } : undefined,
  };
}

function toName(method: string, address: string): string {
  const { path } = parseUrl(address);
  return `${method} /${(path ?? []).join('/')}`;
}

/** `Name: value` sends it, `Name;` sends it empty, `Name:` leaves curl's own out. */
function readHeaders(lines: readonly string[]): DraftField[] {
  return lines.flatMap((line) => {
    const colon = line.indexOf(':');
    if (colon > 0) {
      const value = line.slice(colon + 1).trim();
      return [{ key: line.slice(0, colon).trim(), value, disabled: value === '' }];
    }
    return line.endsWith(';') ? [{ key: line.slice(0, -1), value: '' }] : [];
  });
}

const DATA = new Set(['data', 'data-raw', 'data-ascii', 'data-binary', 'data-urlencode', 'json']);

function readData(given: Options['given']): string[] {
  return given
    .filter(([name]) => DATA.has(name))
    .map(([name, value]) => (name === 'data-urlencode' ? encodeData(value) : value));
}

/** curl: `name=content` encodes the content, `=content` and `content` all of it. */
function encodeData(value: string): string {
  const equals = value.indexOf('=');
  if (equals === -1) return encode(value);
  const name = value.slice(0, equals);
  const content = encode(value.slice(equals + 1));
  return name === '' ? content : `${name}=${content}`;
}

function toBody(
  given: Options['given'],
  data: readonly string[],
  headers: readonly DraftField[],
): DraftBody | undefined {
  const forms = given.filter(([name]) => name === 'form' || name === 'form-string');
  if (forms.length > 0)
    return { mode: 'formdata', fields: forms.map(([name, value]) => toFormField(value, name === 'form')) };
  const upload = given.find(([name]) => name === 'upload-file')?.[1];
  if (upload !== undefined) return { mode: 'file', src: upload };
  if (data.length === 0) return undefined;
  const first = data[0] ?? '';
  const isFile = data.length === 1 && first.startsWith('@') && !given.some(([name]) => name === 'data-raw');
  if (isFile) return { mode: 'file', src: first.slice(1) };
  const isJson = given.some(([name]) => name === 'json');
  const raw = data.join(isJson ? '' : '&');
  const contentType = headers.find((one) => one.key.toLowerCase() === 'content-type')?.value ?? '';
  return { mode: 'raw', raw, language: toLanguage(contentType) };
}

function toFormField(text: string, mayBeFile: boolean): DraftFormField {
  const equals = text.indexOf('=');
  const key = equals === -1 ? text : text.slice(0, equals);
  const value = equals === -1 ? '' : text.slice(equals + 1);
  if (!mayBeFile) return { key, value };
  const { content, attributes, isText } = cutFormValue(value);
  const contentType = attributes.find((one) => one.startsWith('type='))?.slice(5);
  if (!isText) return { key, value: '', type: 'file', src: content.slice(1), contentType };
  return contentType === undefined ? { key, value: content } : { key, value: content, contentType };
}

/** curl: a value that holds a semicolon stands between double quotes, behind `@` for a file. */
function cutFormValue(value: string): { content: string; attributes: readonly string[]; isText: boolean } {
  const quoted = /^([@<]?)"((?:[^"\\]|\\.)*)"/s.exec(value);
  if (quoted === null) {
    const [content = '', ...attributes] = value.split(';');
    return { content, attributes, isText: !/^[@<]/.test(content) };
  }
  const content = (quoted[1] ?? '') + (quoted[2] ?? '').replaceAll(/\\(.)/gs, '$1');
  return { content, attributes: value.slice(quoted[0].length).split(';'), isText: quoted[1] === '' };
}

function toAuth(
  user: string | undefined,
  bearer: string | undefined,
  has: (name: string) => boolean,
): DraftAuth | undefined {
  if (bearer !== undefined) return { type: 'bearer', parameters: { token: bearer } };
  if (user === undefined) return undefined;
  const colon = user.indexOf(':');
  const username = colon === -1 ? user : user.slice(0, colon);
  const password = colon === -1 ? '' : user.slice(colon + 1);
  return {
    type: has('digest') ? 'digest' : has('ntlm') ? 'ntlm' : 'basic',
    parameters: { username, password },
  };
}

function noteUnread(given: Options['given'], place: string, notes: Note[]): void {
  const unread = new Set(given.map(([name]) => name).filter((name) => !READ.has(name) && !IGNORED.has(name)));
  for (const name of unread) {
    notes.push({
      kind: 'lost',
      place,
      sentence: `The option ${name.length === 1 ? '-' : '--'}${name} has no counterpart here and is left out.`,
    });
  }
}

/** Half of a surrogate pair has no encoding; it becomes the replacement character, as in UTF-8. */
function encode(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
}
