import { hashToken } from '../authenticate.ts';
import type { Context } from '../handling.ts';
import { OktaError } from '../okta-error.ts';
import { sha256 } from '../secrets.ts';
import type { TransactionRecord, TransactionStatus, UserRecord } from '../store/records.ts';

/** Okta: how long a state token lives is not documented; fixtures show five minutes, and every call moves it on. */
const LIFETIME = 5 * 60_000;
const TOKEN_LENGTH = 40;

/** A transaction with what a call of it needs: the token that only its client knows, and its user. */
export interface Step {
  readonly context: Context;
  readonly token: string;
  readonly transaction: TransactionRecord;
  readonly user: UserRecord;
}

/** What a transaction begins with; the rest is filled in. */
export type Beginning = Partial<Omit<TransactionRecord, 'id' | 'userId' | 'created' | 'expires'>> &
  Pick<TransactionRecord, 'status'>;

/** Begins a transaction of a user; those that ran out are swept away. */
export function begin(context: Context, user: UserRecord, beginning: Beginning): Step {
  return { ...beginFor(context, user.id, beginning), context, user };
}

/** Begins a transaction for somebody who may be nobody: nothing tells the difference. */
export function beginFor(
  { store, ids, now }: Context,
  userId: string | undefined,
  beginning: Beginning,
): Pick<Step, 'token' | 'transaction'> {
  for (const old of userId === undefined ? [] : store.transactions.by('user', userId))
    if (now >= old.expires) store.transactions.delete(old.id);
  const token = `00${ids.secret(TOKEN_LENGTH)}`;
  const transaction = store.transactions.put({
    id: hashToken(token),
    userId,
    created: now,
    expires: now + LIFETIME,
    options: { multiOptionalFactorEnroll: false, warnBeforePasswordExpired: false },
    proof: { amr: [], lastPasswordVerification: null, lastFactorVerification: null },
    skipped: [],
    ...beginning,
  });
  return { token, transaction };
}

/** The transaction of a state token, its life moved on. Throws E0000011 for one that is unknown or over. */
export function open(context: Context, token: string): Step {
  const { token: same, transaction } = openForAnybody(context, token);
  const user = context.store.users.get(transaction.userId ?? '');
  if (!user) throw new OktaError('E0000011');
  return { context, token: same, transaction, user };
}

/** As `open`, also where the user is unknown: a recovery that hides that. */
export function openForAnybody(
  { store, now }: Context,
  token: string,
): Pick<Step, 'token' | 'transaction'> & { readonly user: UserRecord | undefined } {
  const found = store.transactions.get(hashToken(token));
  if (!found || now >= found.expires) throw new OktaError('E0000011');
  const user = store.users.get(found.userId ?? '');
  if (user?.status === 'DEPROVISIONED' || user?.status === 'SUSPENDED') throw new OktaError('E0000011');
  return { token, user, transaction: store.transactions.put({ ...found, expires: now + LIFETIME }) };
}

/** The step with a changed transaction, stored. */
export function move(step: Step, changes: Partial<TransactionRecord>): Step {
  const transaction = step.context.store.transactions.put({ ...step.transaction, ...changes });
  return { ...step, transaction };
}

/** Ends a transaction: its token is dead from now on. */
export function end({ context, transaction }: Pick<Step, 'context' | 'transaction'>): void {
  context.store.transactions.delete(transaction.id);
}

/** Throws E0000079 unless the transaction is in one of these states. */
export function requireState(
  { transaction }: Pick<Step, 'transaction'>,
  ...allowed: readonly TransactionStatus[]
): void {
  if (!allowed.includes(transaction.status)) throw notAllowed();
}

/** 403 E0000079, whose cause repeats its summary (authn#state-token). */
export function notAllowed(): OktaError {
  const summary = 'This operation is not allowed in the current authentication state.';
  return new OktaError('E0000079', { causes: [summary] });
}

/** How a device is kept: only together with its user does it say anything. */
export function deviceKey(user: UserRecord, device: string): string {
  return sha256(`${user.id}/${device}`);
}
