import { timingSafeEqual } from 'node:crypto';
import { WorkbenchError } from '../errors.ts';

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * Refuses what a page of another origin could send. A name that resolves to loopback (DNS rebinding) fails by
 * its Host; a foreign page by its Origin or Sec-Fetch-Site.
 * @throws WorkbenchError `foreign-host`, `foreign-origin`
 */
export function checkOrigin(request: Request): void {
  const host = request.headers.get('host') ?? new URL(request.url).host;
  if (!LOOPBACK.test(host)) {
    throw new WorkbenchError(
      'foreign-host',
      'The workbench answers on this machine only, at 127.0.0.1 or localhost.',
    );
  }
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  const isOwn = origin === null || origin === `http://${host}`;
  const isNavigation = request.method === 'GET' && request.headers.get('sec-fetch-mode') === 'navigate';
  const isOwnSite = site === null || site === 'same-origin' || site === 'none';
  if (!isOwn || (!isOwnSite && !isNavigation)) {
    throw new WorkbenchError(
      'foreign-origin',
      'Another web page asked the workbench for something. Only its own page may.',
    );
  }
}

/** One secret per start, in a cookie that scripts cannot read and other sites do not send. */
export interface Session {
  readonly setCookie: string;
  /** @throws WorkbenchError `no-session` */
  check(request: Request): void;
}

/**
 * @param secret random text, new at every start
 * @param port part of the cookie's name: cookies do not know ports, and two workbenches may run
 */
export function createSession(secret: string, port: number): Session {
  const name = `castellan-${port}`;
  return {
    setCookie: `${name}=${secret}; Path=/; HttpOnly; SameSite=Strict`,
    check(request) {
      const cookies = (request.headers.get('cookie') ?? '').split(/;\s*/);
      const value = cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
      if (value !== undefined && isSame(value, secret)) return;
      throw new WorkbenchError(
        'no-session',
        'The workbench was started anew since this page was opened. Reload the page.',
      );
    },
  };
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * What the browser lets the page do: nothing but its own files and its own server.
 * @param nonce allows the style elements that the editor makes
 */
export function toSecurityHeaders(nonce: string): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "worker-src 'self'",
      "frame-src 'self' blob:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}
