import type { operations } from '@castellan/okta-api';
import { type Answer, type Context, type HandlersOf, reply } from '../handling.ts';
import { invalid, notFound, OktaError } from '../okta-error.ts';
import {
  close,
  cookieOf,
  findSession,
  issueSessionToken,
  type OpenSession,
  openSession,
  refresh,
  toSessionView,
} from '../sessions.ts';

export const sessions = {
  createSession({ query, body }, context) {
    // Okta: passwords were taken here until 2017; now only a session token counts.
    if (body.sessionToken === undefined)
      throw invalid('sessionToken', 'sessionToken: The field cannot be left blank');
    const open = openSession(context, body.sessionToken);
    if (!open) throw new OktaError('E0000004');
    return { ...toSessionView(context, open, 'me'), ...retiredFields(context, open, query.additionalFields) };
  },

  getSession: ({ params }, context) => toSessionView(context, get(context, params.sessionId), 'id'),

  extendSession: ({ params }, context) =>
    toSessionView(context, refresh(context, get(context, params.sessionId)), 'id'),

  refreshSession: ({ params }, context) =>
    minimal(context, toSessionView(context, refresh(context, get(context, params.sessionId)), 'id')),

  closeSession: ({ params }, context) => close(context, get(context, params.sessionId)),

  getCurrentSession: (_, context) => toSessionView(context, current(context), 'me'),

  refreshCurrentSession(_, context) {
    const open = refresh(context, current(context));
    return minimal(context, toSessionView(context, open, 'me'), [cookieOf(open)]);
  },

  closeCurrentSession(_, context) {
    close(context, current(context));
    return reply({ headers: [['set-cookie', 'sid=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax']] });
  },

  redirectWithSession({ query }, context) {
    const target = readTarget(context, query.redirectUrl);
    const open = openSession(context, query.token);
    return reply({ headers: [['location', target], ...(open ? [cookieOf(open)] : [])] });
  },
} satisfies HandlersOf<typeof operations.sessions>;

function get(context: Context, id: string): OpenSession {
  const open = findSession(context, id);
  if (!open) throw notFound(id, 'AppSession');
  return open;
}

/** The session that the cookie opened; whoever has none was turned away before. */
function current(context: Context): OpenSession {
  const open = context.caller.cookie === undefined ? undefined : findSession(context, context.caller.cookie);
  if (!open) throw notFound('me', 'Session');
  return open;
}

/** Okta: whoever prefers little gets nothing (sessions#option-use-the-http-header-prefer). */
function minimal(
  { wishes }: Context,
  view: object,
  headers: readonly (readonly [string, string])[] = [],
): Answer {
  if (!wishes.returnMinimal) return reply({ headers, body: view });
  return reply({ status: 204, headers: [...headers, ['preference-applied', 'return=minimal']] });
}

/** What old clients ask for: another one-time token, and the address that turns it into a cookie. */
function retiredFields(context: Context, { user, session }: OpenSession, wanted = ''): object {
  const fields = new Set(wanted.split(','));
  if (!fields.has('cookieToken') && !fields.has('cookieTokenUrl')) return {};
  const { value } = issueSessionToken(context, user, session);
  const url = `${context.origin}/login/sessionCookieRedirect?token=${value}&redirectUrl=${encodeURIComponent(context.origin)}`;
  return {
    ...(fields.has('cookieToken') && { cookieToken: value }),
    ...(fields.has('cookieTokenUrl') && { cookieTokenUrl: url }),
  };
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Okta: only trusted origins are gone on to; here these are the org itself and everything on this machine. */
function readTarget({ origin }: Context, redirectUrl: string): string {
  const url = URL.canParse(redirectUrl, origin) ? new URL(redirectUrl, origin) : undefined;
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (!url || !isWeb || (url.origin !== origin && !LOOPBACK.has(url.hostname)))
    throw invalid('redirectUrl', 'redirectUrl: The address is not a trusted origin.');
  return url.href;
}
