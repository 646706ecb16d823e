import sdk from 'postman-collection';
import { parse, say } from './door.ts';
import { ask } from './host-calls.ts';

// oxlint-disable promise/no-callback-in-promise -- Postman's jar takes callbacks; without one it gives promises
type Callback = (error: unknown, value?: unknown) => void;

/** `pm.cookies`, with the jar that every request of the run shares. */
export function readCookies(): sdk.CookieList {
  // Written by the worker.
  const cookies = parse(say('read', 'cookies')) as object[];
  return Object.assign(new sdk.CookieList(null, cookies), { jar: createJar });
}

function createJar() {
  return {
    get(url: unknown, name: unknown, callback?: Callback) {
      const asked = { url: readUrl('get', url), name: readName('get', name) };
      return call({ kind: 'get', ...asked }, callback);
    },
    getAll(url: unknown, options?: unknown, callback?: Callback) {
      const [chosen, done] =
        typeof options === 'function' ? [undefined, options as Callback] : [options, callback];
      return call({ kind: 'getAll', url: readUrl('getAll', url), options: chosen }, done, toList);
    },
    set(url: unknown, name: unknown, value?: unknown, callback?: Callback) {
      const [given, done] = typeof value === 'function' ? [undefined, value as Callback] : [value, callback];
      return call({ kind: 'set', url: readUrl('set', url), cookie: readCookie(name, given) }, done, toCookie);
    },
    unset(url: unknown, name: unknown, callback?: Callback) {
      const asked = { url: readUrl('unset', url), name: readName('unset', name) };
      return call({ kind: 'unset', ...asked }, callback);
    },
    clear: (url: unknown, callback?: Callback) =>
      call({ kind: 'clear', url: readUrl('clear', url) }, callback),
  };
}

function readUrl(called: string, url: unknown): string {
  if ((typeof url === 'string' && url !== '') || sdk.Url.isUrl(url)) return String(url);
  throw new TypeError(`CookieJar.${called}() requires a valid url`);
}

function readName(called: string, name: unknown): string {
  if (typeof name === 'string') return name;
  throw new TypeError(`CookieJar.${called}() requires cookie name to be a string`);
}

function readCookie(name: unknown, value: unknown): object {
  if (name !== null && typeof name === 'object') return name;
  if (typeof name !== 'string') throw new TypeError('CookieJar.set() requires a valid set cookie arguments');
  return value === undefined || value === null ? parseCookie(name) : { name, value: String(value) };
}

function call(
  message: object,
  callback: Callback | undefined,
  read: (answer: unknown) => unknown = (answer) => answer,
): Promise<unknown> | undefined {
  const answer = ask('jar', { call: message }).then(read);
  if (typeof callback !== 'function') return answer;
  answer.then(
    (value) => callback(null, value),
    (error) => callback(error),
  );
  return undefined;
}

function toCookie(json: unknown): unknown {
  // Written by the worker.
  return json === null ? null : new sdk.Cookie(json as object);
}

function toList(json: unknown): sdk.CookieList {
  // Written by the worker.
  return new sdk.CookieList(null, json as object[]);
}

function parseCookie(line: string): object {
  const { key, ...rest } = sdk.Cookie.parse(line) as { key?: string };
  return { ...rest, name: key };
}
