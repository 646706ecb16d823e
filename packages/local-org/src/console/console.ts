import { timingSafeEqual } from 'node:crypto';
import { hashToken, readCookie, TOKEN_WINDOW } from '../authenticate.ts';
import type { Ids } from '../ids.ts';
import type { OrgHost } from '../org.ts';
import { verifyPassword } from '../passwords.ts';
import type { ApiTokenRecord, UserRecord } from '../store/records.ts';
import { type Store, toLoginKey } from '../store/store.ts';
import { consoleScript } from './script.ts';
import { renderSignIn, renderTokens, type TokenRow } from './pages.ts';
import { consoleStyles } from './styles.ts';

/** What the admin console stands on. */
export interface ConsoleParts {
  readonly store: Store;
  readonly ids: Ids;
  readonly host: OrgHost;
  /** Who may sign in. */
  readonly administratorId: () => string;
  createToken(name: string): Promise<{ readonly id: string; readonly value: string }>;
  /** Resolves when every change so far is kept. */
  settled(): Promise<void>;
}

/** The org's own pages under `/admin`: sign in, and Security › API › Tokens. */
export interface AdminConsole {
  /** The answer to a request under `/admin`, or `undefined` for any other path. */
  answer(request: Request): Promise<Response | undefined>;
}

const COOKIE = 'castellan_admin';
const SESSION_WINDOW = 8 * 3_600_000;
const LONGEST_NAME = 255;

interface AdminSession {
  readonly csrf: string;
  expires: number;
}

/** Makes the console. Its sessions live in memory: a restart of the org signs everyone out. */
export function createConsole(parts: ConsoleParts): AdminConsole {
  const sessions = new Map<string, AdminSession>();
  return {
    async answer(request) {
      const { pathname } = new URL(request.url);
      if (pathname !== '/admin' && !pathname.startsWith('/admin/')) return undefined;
      const route = `${request.method} ${pathname.replace(/\/$/, '')}`;
      if (route === 'GET /admin/console.css') return asset(consoleStyles, 'text/css');
      if (route === 'GET /admin/console.js') return asset(consoleScript, 'text/javascript');
      if (request.method !== 'GET' && !isSameOrigin(request))
        return refuse(403, 'This request came from another site.');
      if (route === 'POST /admin/sign-in') return signIn(request);
      const session = findSession(request);
      if (session === undefined)
        return request.method === 'GET' ? page(renderSignIn()) : refuse(401, 'Sign in again.');
      if (route === 'GET /admin') return redirect('/admin/tokens');
      if (route === 'GET /admin/tokens')
        return page(renderTokens(administrator(), session.csrf, listTokens()));
      if (request.method !== 'POST') return refuse(404, 'There is no such page in the admin console.');
      if (!isSame(request.headers.get('x-csrf-token') ?? '', session.csrf))
        return refuse(403, 'Load the page again, then repeat.');
      return change(request, pathname);
    },
  };

  async function signIn(request: Request): Promise<Response> {
    const form = await request.formData().catch(() => new FormData());
    const user = administrator();
    const password = user.password;
    const isKnown = toLoginKey(String(form.get('username'))) === toLoginKey(String(user.profile['login']));
    const isRight =
      password !== undefined &&
      password !== 'hook' &&
      (await verifyPassword(String(form.get('password')), password));
    if (!isKnown || !isRight) return page(renderSignIn('The username or the password is wrong.'), 401);
    const value = parts.ids.secret(40);
    sessions.set(hashToken(value), {
      csrf: parts.ids.secret(40),
      expires: parts.host.now() + SESSION_WINDOW,
    });
    return redirect('/admin/tokens', `${COOKIE}=${value}; Path=/admin; HttpOnly; SameSite=Strict`);
  }

  async function change(request: Request, pathname: string): Promise<Response> {
    if (pathname === '/admin/sign-out') {
      sessions.delete(hashToken(readCookie(request.headers.get('cookie'), COOKIE) ?? ''));
      return json({});
    }
    if (pathname === '/admin/tokens') return createToken(request);
    const id = /^\/admin\/tokens\/([^/]+)\/revoke$/.exec(pathname)?.[1];
    if (id === undefined) return refuse(404, 'There is no such action in the admin console.');
    if (!parts.store.apiTokens.delete(id)) return refuse(404, 'This token was revoked already.');
    await parts.settled();
    return json({});
  }

  async function createToken(request: Request): Promise<Response> {
    const body: unknown = await request.json().catch(() => undefined);
    const name = typeof body === 'object' && body !== null && 'name' in body ? String(body.name).trim() : '';
    if (name === '') return refuse(400, 'Give the token a name that says what it is for.');
    if (name.length > LONGEST_NAME) return refuse(400, `A name has ${LONGEST_NAME} characters at most.`);
    if (listTokens().some((token) => token.name === name))
      return refuse(400, `There is a token named “${name}” already.`);
    return json(await parts.createToken(name));
  }

  function findSession(request: Request): AdminSession | undefined {
    const value = readCookie(request.headers.get('cookie'), COOKIE);
    const session = value === undefined ? undefined : sessions.get(hashToken(value));
    if (session === undefined || session.expires <= parts.host.now()) return undefined;
    session.expires = parts.host.now() + SESSION_WINDOW;
    return session;
  }

  function administrator(): UserRecord {
    const user = parts.store.users.get(parts.administratorId());
    if (user === undefined) throw new Error('The administrator of the org is gone.');
    return user;
  }

  function listTokens(): TokenRow[] {
    return [...parts.store.apiTokens.values()].map((token) => toRow(token, parts.store, parts.host.now()));
  }
}

function toRow(token: ApiTokenRecord, store: Store, now: number): TokenRow {
  return {
    id: token.id,
    name: token.name,
    madeBy: String(store.users.get(token.userId)?.profile['login'] ?? token.userId),
    created: token.created,
    lastUsed: token.lastUsed,
    expires: token.lastUsed + TOKEN_WINDOW,
    now,
  };
}

/** Browsers send `Origin` with every POST; a page of another site cannot leave it out or make it up. */
function isSameOrigin(request: Request): boolean {
  return request.headers.get('origin') === new URL(request.url).origin;
}

function isSame(left: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(left)), Buffer.from(hashToken(right)));
}

const GUARDS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  // With `no-referrer` browsers send `Origin: null` with the sign-in form.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

function page(html: string, status = 200): Response {
  return new Response(html, { status, headers: { ...GUARDS, 'content-type': 'text/html; charset=utf-8' } });
}

function asset(text: string, type: string): Response {
  return new Response(text, { headers: { ...GUARDS, 'content-type': `${type}; charset=utf-8` } });
}

function json(value: unknown): Response {
  return Response.json(value, { headers: GUARDS });
}

function refuse(status: number, sentence: string): Response {
  return Response.json({ sentence }, { status, headers: GUARDS });
}

function redirect(location: string, cookie?: string): Response {
  const headers = new Headers({ ...GUARDS, location });
  if (cookie !== undefined) headers.set('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}
