import { hashToken } from './authenticate.ts';
import type { Context } from './handling.ts';
import { allow, post } from './links.ts';
import { orgIdOf } from './org-identity.ts';
import { displayName, toTarget, toTimestamp } from './people.ts';
import { getSettings } from './settings.ts';
import type { Proof, SessionRecord, UserRecord } from './store/records.ts';
import type { Store } from './store/store.ts';
import { toEntry } from './system-log.ts';

const MINUTE = 60_000;
/** Okta: a session token works once, within five minutes (authn#session-token). */
const TOKEN_LIFETIME = 5 * MINUTE;
const TOKEN_LENGTH = 58;
const SESSION_LENGTH = 22;

/** A session with the id that only its holder knows. */
export interface OpenSession {
  readonly session: SessionRecord;
  readonly user: UserRecord;
  readonly value: string;
}

/** A token that becomes a session once. */
export function issueSessionToken(
  { store, ids, now }: Context,
  user: UserRecord,
  proof: Proof,
): { readonly value: string; readonly expires: number } {
  const value = `20111${ids.secret(TOKEN_LENGTH)}`;
  const expires = now + TOKEN_LIFETIME;
  store.oneTimeTokens.put({
    id: hashToken(value),
    kind: 'session',
    userId: user.id,
    created: now,
    expires,
    proof: proofOf(proof),
  });
  return { value, expires };
}

/** Turns a session token into a session; `undefined` when it is unknown, used, too old, or its user may not sign in. */
export function openSession(context: Context, token: string): OpenSession | undefined {
  const { store, ids, now } = context;
  const record = store.oneTimeTokens.get(hashToken(token));
  if (record?.kind !== 'session' || !record.proof) return undefined;
  store.oneTimeTokens.delete(record.id);
  const user = store.users.get(record.userId);
  if (now >= record.expires || !user || !maySignIn(user)) return undefined;
  const value = `102${ids.secret(SESSION_LENGTH)}`;
  const session = store.sessions.put({
    id: ids.next('session'),
    hash: hashToken(value),
    userId: user.id,
    created: now,
    expires: expiryOf(store, now, now),
    ...record.proof,
  });
  context.log(toEntry('user.session.start', { targets: [toTarget(user)], actor: toTarget(user) }));
  return { session, user, value };
}

/** The session of an id that somebody showed; `undefined` when it is unknown or over. */
export function findSession({ store, now }: Context, value: string): OpenSession | undefined {
  const session = store.sessions.by('hash', hashToken(value))[0];
  const user = session && store.users.get(session.userId);
  return session && user && now < session.expires ? { session, user, value } : undefined;
}

/** The session with a new end, as far as the policy goes. */
export function refresh({ store, now }: Context, open: OpenSession): OpenSession {
  const expires = expiryOf(store, open.session.created, now);
  return { ...open, session: store.sessions.put({ ...open.session, expires }) };
}

/** Ends a session. */
export function close(context: Context, { session, user }: OpenSession): void {
  context.store.sessions.delete(session.id);
  context.log(toEntry('user.session.end', { targets: [toTarget(user)], actor: toTarget(user) }));
}

/** A session as Okta answers it; its links point to itself or, for its holder, to `me` (sessions#session-object). */
export function toSessionView(context: Context, open: OpenSession, as: 'me' | 'id'): object {
  const { session, user, value } = open;
  const { origin, store } = context;
  const self = `${origin}/api/v1/sessions/${as === 'me' ? 'me' : value}`;
  const hasFactor = store.factors.by('user', user.id).some((factor) => factor.status === 'ACTIVE');
  return {
    id: value,
    userId: user.id,
    login: user.profile.login,
    createdAt: toTimestamp(session.created),
    expiresAt: toTimestamp(session.expires),
    status: 'ACTIVE',
    lastPasswordVerification: toTimestamp(session.lastPasswordVerification),
    lastFactorVerification: toTimestamp(session.lastFactorVerification),
    amr: session.amr,
    idp: { id: orgIdOf(store), type: 'OKTA' },
    // Okta: on Identity Engine a user's mail address counts as a factor from the start (recorded).
    mfaActive: context.features.edition === 'oie' || hasFactor,
    _links: {
      self: allow(self, ['GET', 'DELETE']),
      refresh: post(`${self}/lifecycle/refresh`),
      user: allow(`${origin}/api/v1/users/${as === 'me' ? 'me' : user.id}`, ['GET'], displayName(user)),
    },
  };
}

/** The header that gives a browser its session. */
export function cookieOf({ value }: OpenSession): readonly [name: string, value: string] {
  return ['set-cookie', `sid=${value}; Path=/; HttpOnly; SameSite=Lax`];
}

/** The states in which a password opens the door, perhaps after it was changed. */
export function maySignIn({ status }: UserRecord): boolean {
  return status === 'ACTIVE' || status === 'PASSWORD_EXPIRED';
}

/** The proof alone, of a session too. */
function proofOf({ amr, lastPasswordVerification, lastFactorVerification }: Proof): Proof {
  return { amr, lastPasswordVerification, lastFactorVerification };
}

function expiryOf(store: Store, created: number, now: number): number {
  const { sessionIdleMinutes, sessionLifetimeMinutes } = getSettings(store).signOnPolicy;
  const idle = now + sessionIdleMinutes * MINUTE;
  return sessionLifetimeMinutes === 0 ? idle : Math.min(idle, created + sessionLifetimeMinutes * MINUTE);
}
