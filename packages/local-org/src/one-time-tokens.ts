import { hashToken } from './authenticate.ts';
import type { Context } from './handling.ts';
import type { OneTimeTokenRecord, UserRecord } from './store/records.ts';
import { getSettings } from './settings.ts';
import type { Store } from './store/store.ts';

type Kind = OneTimeTokenRecord['kind'];

const MINUTE = 60_000;
/** Okta: the welcome mail's link works for seven days. */
const ACTIVATION_MINUTES = 7 * 24 * 60;
const LENGTH = 20;

export interface IssuedToken {
  /** What the link or the answer holds; it is kept nowhere. */
  readonly value: string;
  /** Epoch milliseconds. */
  readonly expires: number;
}

/** A new token of a kind for a user; it takes the place of those of that kind that the user had. */
export function issueToken(context: Context, kind: Kind, user: UserRecord, relayState?: string): IssuedToken {
  const { store, ids, now } = context;
  revokeTokens(store, user, kind);
  const minutes =
    kind === 'activation' ? ACTIVATION_MINUTES : getSettings(store).passwordPolicy.recovery.emailTokenMinutes;
  const value = ids.secret(LENGTH);
  const expires = now + minutes * MINUTE;
  store.oneTimeTokens.put({ id: hashToken(value), kind, userId: user.id, created: now, expires, relayState });
  return { value, expires };
}

/** Ends the tokens of a user, of one kind or of all. */
export function revokeTokens(store: Store, user: UserRecord, kind?: Kind): void {
  for (const token of store.oneTimeTokens.by('user', user.id))
    if (kind === undefined || token.kind === kind) store.oneTimeTokens.delete(token.id);
}
