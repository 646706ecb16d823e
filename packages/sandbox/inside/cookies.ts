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
    get: (url: unknown, name: unknown, callback?: Callback) =>
      call({ kind: 'get', url: String(url), name }, callback),
    getAll: (url: unknown, options?: unknown, callback?: Callback) =>
      typeof options === 'function'
        ? call({ kind: 'getAll', url: String(url) }, options as Callback)
        : call({ kind: 'getAll', url: String(url), options: options ?? {} }, callback),
    set(url: unknown, name: unknown, value?: unknown, callback?: Callback) {
      if (typeof value === 'function' || value === undefined) {
        const cookie = typeof name === 'string' ? parseCookie(name) : name;
        return call({ kind: 'set', url: String(url), cookie }, value as Callback | undefined);
      }
      return call({ kind: 'set', url: String(url), cookie: { name, value: String(value) } }, callback);
    },
    unset: (url: unknown, name: unknown, callback?: Callback) =>
      call({ kind: 'unset', url: String(url), name }, callback),
    clear: (url: unknown, callback?: Callback) => call({ kind: 'clear', url: String(url) }, callback),
  };
}

function call(message: object, callback: Callback | undefined): Promise<unknown> | undefined {
  const answer = ask('jar', { call: message });
  if (typeof callback !== 'function') return answer;
  answer.then(
    (value) => callback(null, value),
    (error) => callback(error),
  );
  return undefined;
}

function parseCookie(line: string): object {
  const { key, ...rest } = sdk.Cookie.parse(line) as { key?: string };
  return { ...rest, name: key };
}
