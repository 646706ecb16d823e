import type { SandboxCookie } from '@castellan/sandbox';
import type { Cookie, CookieJar } from 'tough-cookie';
import type { HeaderLine } from './headers.ts';

/** The cookies of a run. The library behind it is loaded when the first cookie comes. */
export interface Cookies {
  /** The `Cookie` header for an address, empty without any. */
  header(url: string): string;
  /** Keeps what an answer sets. */
  store(headers: readonly HeaderLine[], url: string): Promise<void>;
  list(url: string): SandboxCookie[];
  /** The jar itself, for scripts and exports. */
  jar(): Promise<CookieJar>;
  /** The jar if there was ever a cookie in it. */
  opened(): CookieJar | undefined;
}

/** @param initial a jar that was saved before, in tough-cookie's JSON */
export function createCookies(initial?: CookieJar): Cookies {
  let open = initial;
  let opening: Promise<CookieJar> | undefined;
  return {
    header: (url) => open?.getCookieStringSync(url) ?? '',
    async store(headers, url) {
      const set = headers.filter(([name]) => name.toLowerCase() === 'set-cookie');
      if (set.length === 0) return;
      const jar = await this.jar();
      for (const [, line] of set) jar.setCookieSync(line, url, { ignoreError: true, loose: true });
    },
    list: (url) => open?.getCookiesSync(url).map(toSandboxCookie) ?? [],
    async jar() {
      if (open !== undefined) return open;
      // Several calls may ask for the first time at once; they get the same one.
      opening ??= createCookieJar();
      open = await opening;
      return open;
    },
    opened: () => open,
  };
}

/**
 * Makes a jar, empty or with the cookies that one was saved with.
 * @param saved tough-cookie's JSON as text
 */
export async function createCookieJar(saved?: string): Promise<CookieJar> {
  const { CookieJar } = await import('tough-cookie');
  if (saved !== undefined) return CookieJar.fromJSON(saved);
  return new CookieJar(undefined, { looseMode: true, rejectPublicSuffixes: false });
}

/** A cookie as `pm.cookies` shows it. */
export function toSandboxCookie(cookie: Cookie): SandboxCookie {
  const { expires, maxAge } = cookie;
  return {
    name: cookie.key,
    value: cookie.value,
    ...(cookie.domain === null ? {} : { domain: cookie.domain }),
    ...(cookie.path === null ? {} : { path: cookie.path }),
    // Postman: both are there, empty when the cookie lasts as long as the run.
    expires: expires instanceof Date ? expires.toISOString() : null,
    maxAge: typeof maxAge === 'number' ? maxAge : null,
    httpOnly: cookie.httpOnly,
    secure: cookie.secure,
    hostOnly: cookie.hostOnly ?? false,
  };
}
