import { hash } from 'node:crypto';
import type { OperationDefinition } from '@castellan/okta-api';
import type { Caller } from './handling.ts';
import { notFound, OktaError } from './okta-error.ts';
import type { Store } from './store/store.ts';
import type { ApiTokenRecord, SessionRecord, UserRecord } from './store/records.ts';

/** An API token dies this many milliseconds after its last use (guides/create-an-api-token). */
export const TOKEN_WINDOW = 30 * 24 * 3600 * 1000;

/** Tokens are kept as this only: they are long and random, so a fast hash is enough. */
export function hashToken(value: string): string {
  return hash('sha256', value);
}

interface Attempt {
  readonly operation: OperationDefinition;
  readonly request: Request;
  readonly store: Store;
  readonly now: number;
}

/**
 * Who makes the request. Throws E0000011 for a missing, wrong, expired or ownerless token, E0000005 where only a
 * session cookie counts.
 */
export function authenticate(attempt: Attempt): Caller {
  const { operation, request } = attempt;
  const base = clientOf(request);
  const given = request.headers.get('authorization');
  if (operation.authentication === 'none') return base;
  if (operation.authentication !== 'cookie' && given !== null) return { ...base, ...byToken(attempt, given) };
  if (operation.authentication === 'optional-token') return base;
  if (operation.authentication === 'token') throw new OktaError('E0000011');
  const found = bySession(attempt);
  if (found) return { ...base, ...found };
  if (operation.authentication === 'token-or-cookie') throw new OktaError('E0000011');
  // Okta: /sessions/me without a cookie is "not found"; other cookie calls say that the session is invalid.
  throw operation.api === 'sessions' ? notFound('me', 'Session') : new OktaError('E0000005');
}

function clientOf(request: Request): Caller {
  const forwarded = request.headers.get('x-forwarded-for')?.split(',')[0]?.trim();
  return {
    ip: forwarded || '127.0.0.1',
    userAgent: request.headers.get('user-agent') ?? '',
    acceptLanguage: request.headers.get('accept-language') ?? undefined,
    device: readCookie(request.headers.get('cookie'), 'DT'),
    deviceFingerprint: request.headers.get('x-device-fingerprint') ?? undefined,
  };
}

function byToken(
  { operation, store, now }: Attempt,
  header: string,
): { user: UserRecord; token: ApiTokenRecord } {
  // Okta: not documented whether `SSWS{token}` without a space counts; the packs hold such requests, so it does.
  const value = /^SSWS\s*(\S+)\s*$/i.exec(header)?.[1];
  const token = value === undefined ? undefined : store.apiTokens.by('hash', hashToken(value))[0];
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
  request,
  store,
  now,
}: Attempt): { user: UserRecord; session: SessionRecord; cookie: string } | undefined {
  const value = readCookie(request.headers.get('cookie'), 'sid');
  if (!value) return undefined;
  const session = store.sessions.by('hash', hashToken(value))[0];
  const user = session && store.users.get(session.userId);
  if (!session || !user || session.expires <= now) return undefined;
  return { user, session, cookie: value };
}

/** The value of one cookie in a `Cookie` header. */
export function readCookie(header: string | null, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=').replace(/^"|"$/g, '');
  }
  return undefined;
}
