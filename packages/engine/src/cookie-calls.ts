import type { Json } from '@castellan/collection';
import type { CookieJarCall, SandboxCookie } from '@castellan/sandbox';
import type { CookieJar } from 'tough-cookie';
import { toSandboxCookie } from './cookies.ts';

/** Carries out what a script asks of `pm.cookies.jar()`. Rejects with the reason as the script sees it. */
export async function callCookieJar(jar: CookieJar, call: CookieJarCall): Promise<Json> {
  const url = withProtocol(call.url);
  switch (call.kind) {
    case 'get': {
      const cookies = await jar.getCookies(url);
      return cookies.find(({ key }) => key === call.name)?.value ?? null;
    }
    case 'getAll': {
      const cookies = await jar.getCookies(url, toCookieOptions(call.options));
      return cookies.map((cookie) => ({ ...toSandboxCookie(cookie) }));
    }
    case 'set': {
      const cookie = await jar.setCookie(toCookieLine(call.cookie), url, { loose: true });
      return cookie === undefined ? null : { ...toSandboxCookie(cookie) };
    }
    case 'unset':
      await removeCookies(jar, url, call.name);
      return null;
    case 'clear':
      await removeCookies(jar, url);
      return null;
  }
}

/** Postman: an address without a protocol means http. */
function withProtocol(url: string): string {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(url) ? url : `http://${url}`;
}

/** Postman: cookies for HTTP alone count unless told, and secure ones by the address. */
function toCookieOptions(options: Json | undefined): { http: boolean; secure?: boolean } {
  const { http, secure } = Object(options) as { readonly http?: Json; readonly secure?: Json };
  return {
    http: http === undefined ? true : Boolean(http),
    ...(secure === undefined ? {} : { secure: Boolean(secure) }),
  };
}

async function removeCookies(jar: CookieJar, url: string, name?: string): Promise<void> {
  for (const { key, domain, path } of await jar.getCookies(url)) {
    if (name === undefined || key === name) await jar.store.removeCookie(domain ?? '', path ?? '/', key);
  }
}

function toCookieLine(cookie: SandboxCookie): string {
  return [
    `${cookie.name}=${cookie.value}`,
    ...(cookie.domain === undefined ? [] : [`Domain=${cookie.domain}`]),
    ...(cookie.path === undefined ? [] : [`Path=${cookie.path}`]),
    ...(cookie.expires ? [`Expires=${new Date(cookie.expires).toUTCString()}`] : []),
    ...(typeof cookie.maxAge === 'number' ? [`Max-Age=${cookie.maxAge}`] : []),
    ...(cookie.secure === true ? ['Secure'] : []),
    ...(cookie.httpOnly === true ? ['HttpOnly'] : []),
  ].join('; ');
}
