import type { Clock } from '../clock.ts';
import { verifyPassword } from '../passwords.ts';
import type { Ids } from '../ids.ts';
import type { Caller } from '../handling.ts';
import type { UserRecord } from '../store/records.ts';
import { type Store, toLoginKey } from '../store/store.ts';
import { asset, json, page, redirect, refuse } from './answers.ts';
import { createCall, Refusal } from './calls.ts';
import { readForm } from './form.ts';
import { type Notice, renderFrame, renderSignIn } from './layout.tsx';
import type { Visit } from './page.ts';
import { pages } from './pages/index.ts';
import { consoleScript } from './script.ts';
import { type AdminSession, createSessions, isOwnPage } from './sessions.ts';
import { consoleStyles } from './styles.ts';

/** What the admin console stands on. */
export interface ConsoleParts {
  readonly store: Store;
  readonly ids: Ids;
  readonly clock: Clock;
  /** The machine's time in epoch milliseconds. */
  readonly machineNow: () => number;
  /** Who may sign in. */
  readonly administratorId: () => string;
  /** Answers a request to the org's API as somebody who needs no token. */
  answerAs(caller: Caller, request: Request): Promise<Response>;
  createToken(name: string): Promise<{ readonly id: string; readonly value: string }>;
}

/** The org's own pages under `/admin`. */
export interface AdminConsole {
  /** The answer to a request under `/admin`, or `undefined` for any other path. */
  answer(request: Request): Promise<Response | undefined>;
}

const LONGEST_NAME = 255;

/** Makes the console: pages over the org's own API, for the one administrator who may sign in. */
export function createConsole(parts: ConsoleParts): AdminConsole {
  const sessions = createSessions(parts.ids, parts.machineNow);
  const routes = pages.map((one) => ({ one, pattern: toPattern(one.path) }));
  return {
    async answer(request) {
      const { pathname } = new URL(request.url);
      if (pathname !== '/admin' && !pathname.startsWith('/admin/')) return undefined;
      const path = pathname.slice('/admin'.length).replace(/\/$/, '') || '/';
      if (request.method === 'GET') return look(request, path);
      if (request.method !== 'POST') return refuse(405, 'The admin console knows GET and POST only.');
      if (!isSameOrigin(request)) return refuse(403, 'This request came from another site.');
      return path === '/sign-in' ? signIn(request) : act(request, path);
    },
  };

  async function look(request: Request, path: string): Promise<Response> {
    if (path === '/console.css') return asset(consoleStyles, 'text/css');
    if (path === '/console.js') return asset(consoleScript, 'text/javascript');
    const session = sessions.find(request);
    if (session === undefined) return page(await renderSignIn(path));
    const [place = '/', action] = path.split('/-/');
    // Whoever loads the address of an action again wants its page.
    if (action !== undefined) return redirect(`/admin${place}`);
    const { notice } = session;
    session.notice = undefined;
    return show(place, toVisit(request, session, place), notice);
  }

  async function signIn(request: Request): Promise<Response> {
    const form = await request.formData().catch(() => new FormData());
    const user = administrator();
    const password = user.password;
    const isKnown = toLoginKey(String(form.get('username'))) === toLoginKey(String(user.profile['login']));
    const isRight =
      password !== undefined &&
      password !== 'hook' &&
      (await verifyPassword(String(form.get('password')), password));
    const place = String(form.get('place') ?? '/');
    if (!isKnown || !isRight)
      return page(await renderSignIn(place, 'The username or the password is wrong.'), 401);
    // Only a page of the console: a form could hold any address.
    const to = place !== '/' && find(place) !== undefined ? `/admin${place}` : '/admin';
    return redirect(to, sessions.open());
  }

  async function act(request: Request, path: string): Promise<Response> {
    const session = sessions.find(request);
    if (session === undefined) return refuse(401, 'Sign in again.');
    const isForm = request.headers.get('content-type')?.startsWith('application/json') !== true;
    const form = isForm ? readForm(await request.formData().catch(() => undefined)) : readForm();
    const secret = isForm ? form.text('csrf') : (request.headers.get('x-csrf-token') ?? '');
    if (!isOwnPage(session, secret)) return refuse(403, 'Load the page again, then repeat.');
    if (path === '/sign-out') {
      sessions.close(request);
      return json({});
    }
    if (path === '/tokens') return createToken(request);
    const [place = '/', action = ''] = path.split('/-/');
    return perform(action, { ...toVisit(request, session, place), form }, session);
  }

  /** Carries out an action of a page; a refusal shows the page again with the form as it was filled in. */
  async function perform(action: string, visit: Visit, session: AdminSession): Promise<Response> {
    const place = visit.path.slice('/admin'.length) || '/';
    const found = find(place);
    const run = found?.one.actions?.[action];
    if (run === undefined) return refuse(404, 'There is no such action in the admin console.');
    try {
      const { done, to } = await run({ ...visit, params: found?.params ?? {} });
      session.notice = { kind: 'done', text: done };
      return redirect(`/admin${to ?? (place === '/' ? '' : place)}`);
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      return show(place, visit, { kind: 'problem', text: thrown.message }, 400);
    }
  }

  async function show(place: string, visit: Visit, notice?: Notice, status = 200): Promise<Response> {
    const { login, csrf } = visit;
    const clock = { offset: parts.clock.offset(), frozen: parts.clock.isFrozen() };
    const frame = { login, csrf, path: place, clock };
    const found = find(place);
    if (found === undefined) {
      const text = 'There is no such page in the admin console.';
      const missing = { ...frame, title: 'Not found', notice: { kind: 'problem', text } } as const;
      return page(await renderFrame(missing, undefined), 404);
    }
    const { title } = found.one;
    try {
      const content = await found.one.show({ ...visit, params: found.params });
      return page(await renderFrame({ ...frame, title, notice }, content), status);
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      const problem = { kind: 'problem', text: thrown.message } as const;
      return page(await renderFrame({ ...frame, title, notice: problem }, undefined), 404);
    }
  }

  function find(place: string) {
    for (const { one, pattern } of routes) {
      const match = pattern.exec(place);
      if (match !== null) return { one, params: { ...match.groups } };
    }
    return undefined;
  }

  function toVisit(request: Request, session: AdminSession, place: string): Visit {
    const { origin, searchParams } = new URL(request.url);
    const user = administrator();
    const caller: Caller = { user, ip: '127.0.0.1', userAgent: request.headers.get('user-agent') ?? '' };
    return {
      path: place === '/' ? '/admin' : `/admin${place}`,
      params: {},
      query: searchParams,
      form: readForm(),
      call: createCall(origin, (inner) => parts.answerAs(caller, inner)),
      now: parts.clock.now(),
      csrf: session.csrf,
      login: String(user.profile['login']),
    };
  }

  async function createToken(request: Request): Promise<Response> {
    const body: unknown = await request.json().catch(() => undefined);
    const name = typeof body === 'object' && body !== null && 'name' in body ? String(body.name).trim() : '';
    if (name === '') return refuse(400, 'Give the token a name that says what it is for.');
    if (name.length > LONGEST_NAME) return refuse(400, `A name has ${LONGEST_NAME} characters at most.`);
    if ([...parts.store.apiTokens.values()].some((token) => token.name === name))
      return refuse(400, `There is a token named “${name}” already.`);
    return json(await parts.createToken(name));
  }

  function administrator(): UserRecord {
    const user = parts.store.users.get(parts.administratorId());
    if (user === undefined) throw new Error('The administrator of the org is gone.');
    return user;
  }
}

/** `/people/:id` as a pattern with a group for each name. */
function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
}

/** Browsers send `Origin` with every POST; a page of another site cannot leave it out or make it up. */
function isSameOrigin(request: Request): boolean {
  return request.headers.get('origin') === new URL(request.url).origin;
}
