import { hash } from 'node:crypto';
import { TOKEN_WINDOW, type OperationDefinition } from '@castellan/okta-api';
import type { Incoming } from './exchange.ts';
import type { Caller } from './handling.ts';
import { notFound, OktaError } from './okta-error.ts';
import type { Store } from './store/store.ts';
import type { ApiTokenRecord, SessionRecord, UserRecord } from './store/records.ts';

/** Tokens are kept as this only: they are long and random, so a fast hash is enough. */
export function hashToken(value: string): string {
  return hash('sha256', value);
}

interface Attempt {
  readonly operation: OperationDefinition;
  readonly incoming: Incoming;
  readonly store: Store;
  readonly now: number;
}

/**
 * Who makes the request. Throws E0000011 for a missing, wrong, expired or ownerless token, E0000005 where only a
 * session cookie counts.
 */
export function authenticate(attempt: Attempt): Caller {
  const { operation, incoming } = attempt;
  const base = clientOf(incoming);
  const given = incoming.header('authorization');
  if (operation.authentication === 'none') return base;
  if (operation.authentication !== 'cookie' && given !== undefined)
    return { ...base, ...byToken(attempt, given) };
  if (operation.authentication === 'optional-token') return base;
  if (operation.authentication === 'token') throw new OktaError('E0000011');
  const found = bySession(attempt);
  if (found) return { ...base, ...found };
  if (operation.authentication === 'token-or-cookie') throw new OktaError('E0000011');
  // Okta: /sessions/me without a cookie is "not found"; other cookie calls say that the session is invalid.
  throw operation.api === 'sessions' ? notFound('me', 'Session') : new OktaError('E0000005');
}

function clientOf({ header }: Incoming): Caller {
  const forwarded = header('x-forwarded-for')?.split(',')[0]?.trim();
  return {
    ip: forwarded || '127.0.0.1',
    userAgent: header('user-agent') ?? '',
    acceptLanguage: header('accept-language'),
    device: readCookie(header('cookie'), 'DT'),
    deviceFingerprint: header('x-device-fingerprint'),
  };
}

const SCHEME = 'SSWS';

function byToken(
  { operation, store, now }: Attempt,
  header: string,
): { user: UserRecord; token: ApiTokenRecord } {
  // Okta: not documented whether `SSWS{token}` without a space counts; the packs hold such requests, so it does.
  const value = header.slice(SCHEME.length).trim();
  const isToken = header.slice(0, SCHEME.length).toUpperCase() === SCHEME && value !== '';
  const token = isToken ? store.apiTokens.by('hash', hashToken(value))[0] : undefined;
  const user = token && store.users.get(token.userId);
  if (!token || !user || user.status === 'DEPROVISIONED') throw new OktaError('E0000011');
  // Whoever has moved the org's clock beyond the end of the token can still move it back.
  if (operation.api === 'local') return { user, token };
  if (now > token.lastUsed + TOKEN_WINDOW) throw new OktaError('E0000011');
  return { user, token: slide(store, token, now) };
}

const WORTH_WRITING = 60_000;

/** Moves the window on, but not at every request: a busy client would write a record each time. */
function slide(store: Store, token: ApiTokenRecord, now: number): ApiTokenRecord {
  const isFirstUse = token.lastUsed === token.created;
  if (!isFirstUse && now - token.lastUsed < WORTH_WRITING) return token;
  return store.apiTokens.put({ ...token, lastUsed: now, lastUpdated: now });
}

function bySession({
  incoming,
  store,
  now,
}: Attempt): { user: UserRecord; session: SessionRecord; cookie: string } | undefined {
  const value = readCookie(incoming.header('cookie'), 'sid');
  if (!value) return undefined;
  const session = store.sessions.by('hash', hashToken(value))[0];
  const user = session && store.users.get(session.userId);
  if (!session || !user || session.expires <= now) return undefined;
  return { user, session, cookie: value };
}

/** The value of one cookie in a `Cookie` header. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  for (const part of header.split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=').replace(/^"|"$/g, '');
  }
  return undefined;
}
