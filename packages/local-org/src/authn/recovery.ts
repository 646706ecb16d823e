import { hashToken } from '../authenticate.ts';
import { isPaused, sendCode } from '../factors/code-sending.ts';
import { readPhone } from '../factors/phones.ts';
import { wrong } from '../factors/refusals.ts';
import type { Context } from '../handling.ts';
import { countFailure, unlock } from '../lockout.ts';
import { send } from '../messages.ts';
import { invalid, OktaError } from '../okta-error.ts';
import { issueToken, revokeTokens } from '../one-time-tokens.ts';
import { toTarget, toTimestamp } from '../people.ts';
import { hashAnswer, isSame, sha256 } from '../secrets.ts';
import { getSettings } from '../settings.ts';
import type { OneTimeCode, TransactionRecord, UserRecord } from '../store/records.ts';
import { toEntry } from '../system-log.ts';
import { cancel, next, toAnswer, toRecoveryChallenge } from './answers.ts';
import { proceed } from './proceed.ts';
import { findByLogin, type SignInRequest, toBeginning } from './sign-in.ts';
import {
  begin,
  beginFor,
  end,
  move,
  notAllowed,
  openForAnybody,
  requireState,
  type Step,
} from './transactions.ts';
import { toSignInUser } from './user-view.ts';

export type RecoveryType = 'PASSWORD' | 'UNLOCK';

const PAUSE = 30_000;
const MOST_WRONG_CODES = 5;

export interface RecoveryRequest extends Pick<SignInRequest, 'relayState'> {
  readonly username: string;
  /** In any case. */
  readonly factorType?: string | undefined;
}

/**
 * Begins a recovery. Without an API token nothing tells whether the user exists. Throws E0000034 or E0000032 where
 * the policy does not allow it, E0000095 to trusted applications for unknown users, E0000001 without a way to go.
 */
export function beginRecovery(context: Context, type: RecoveryType, request: RecoveryRequest): object {
  const factorType = request.factorType?.toUpperCase();
  const user = findByLogin(context.store, request.username);
  const isTrusted = context.caller.token !== undefined;
  requirePolicy(context, type, factorType);
  if (isTrusted && !user) throw new OktaError('E0000095');
  if (factorType === undefined) {
    if (!isTrusted || !user) throw invalid('factorType', 'factorType: The field cannot be left blank');
    return trusted(context, type, user, request);
  }
  const reached = user && mayRecover(user, type) ? user : undefined;
  return factorType === 'EMAIL'
    ? byMail(context, type, reached, request)
    : byPhone(context, type, reached, { ...request, channel: factorType === 'CALL' ? 'CALL' : 'SMS' });
}

/** Turns a recovery token into a transaction. Throws E0000105 for one that ended, E0000011 for an unknown or used one. */
export function openRecoveryToken(
  context: Context,
  token: string,
  request: Pick<SignInRequest, 'options'>,
): object {
  const record = context.store.oneTimeTokens.get(hashToken(token));
  const user = context.store.users.get(record?.userId ?? '');
  const isLink = record?.kind === 'recovery' || record?.kind === 'unlock';
  if (!record || !isLink || !user || context.now >= record.expires) {
    const outcome = { result: 'FAILURE', reason: 'INVALID_TOKEN' };
    context.log(toEntry('user.account.use_token', { outcome, ...(user && { targets: [toTarget(user)] }) }));
    throw new OktaError(record && isLink ? 'E0000105' : 'E0000011');
  }
  const recovery = { type: record.kind === 'unlock' ? 'UNLOCK' : 'PASSWORD' } as const;
  const { relayState } = record;
  const beginning = { ...toBeginning({ ...request, relayState }), status: 'RECOVERY', recovery } as const;
  return afterFirstProof(begin(context, user, beginning));
}

/** Checks the code of a recovery by SMS or call. Throws E0000068 for a wrong one, E0000047 after five of them. */
export function verifyRecoveryCode(
  context: Context,
  channel: 'SMS' | 'CALL',
  request: { readonly stateToken: string; readonly passCode: string },
): object {
  const opened = openChallenge(context, channel, request.stateToken);
  const { transaction, user, recovery } = opened;
  if ((recovery.wrongCodes ?? 0) >= MOST_WRONG_CODES) throw new OktaError('E0000047');
  const { code } = recovery;
  const isRight =
    code !== undefined && context.now < code.expires && isSame(sha256(request.passCode.trim()), code.hash);
  if (!isRight || !user) {
    const wrongCodes = (recovery.wrongCodes ?? 0) + 1;
    context.store.transactions.put({ ...transaction, recovery: { ...recovery, wrongCodes } });
    throw wrong('token');
  }
  const step = { context, token: opened.token, transaction, user };
  return afterFirstProof(move(step, { recovery: { ...recovery, code: undefined } }));
}

/** Sends the code of a recovery again. Throws E0000109 or E0000133 within half a minute. */
export function resendRecoveryCode(context: Context, channel: 'SMS' | 'CALL', stateToken: string): object {
  const { token, transaction, user, recovery } = openChallenge(context, channel, stateToken);
  if (context.now < (recovery.sent ?? 0) + PAUSE)
    throw new OktaError(channel === 'SMS' ? 'E0000109' : 'E0000133');
  const type = recovery.type === 'UNLOCK' ? 'UNLOCK' : 'PASSWORD';
  const code = user && sendRecoveryCode(context, user, type, channel);
  const changed = context.store.transactions.put({
    ...transaction,
    recovery: { ...recovery, code, sent: context.now },
  });
  return toRecoveryChallenge({ context, token, transaction: changed });
}

/** Checks the answer to the recovery question. Throws E0000087 for a wrong one. */
export function answerQuestion(step: Step, answer: string): object {
  requireState(step, 'RECOVERY');
  const { context, user } = step;
  if (!isSame(hashAnswer(answer), user.question?.answer ?? '')) {
    if (countFailure(context, user.id)?.status === 'LOCKED_OUT' && user.status !== 'LOCKED_OUT') end(step);
    throw new OktaError('E0000087');
  }
  return afterQuestion(step);
}

/** Where a person who got hold of a code or a link goes: to their question, if they have one. */
function afterFirstProof(step: Step): object {
  const { question } = getSettings(step.context.store).passwordPolicy.recovery;
  if (question && step.user.question) return toAnswer(move(step, { status: 'RECOVERY' }));
  return afterQuestion(step);
}

/** Okta: how an unlock ends is not documented; the widget's fixtures show a sign-in that succeeded. */
function afterQuestion(step: Step): object {
  const { context, transaction, user } = step;
  if (transaction.recovery?.type !== 'UNLOCK') return toAnswer(move(step, { status: 'PASSWORD_RESET' }));
  revokeTokens(context.store, user, 'unlock');
  return proceed({ ...step, user: user.status === 'LOCKED_OUT' ? unlock(context, user) : user });
}

function requirePolicy({ store }: Context, type: RecoveryType, factorType: string | undefined): void {
  const { email, sms, call, selfServiceUnlock } = getSettings(store).passwordPolicy.recovery;
  const isOn = factorType === 'SMS' ? sms : factorType === 'CALL' ? call : email;
  if (type === 'UNLOCK' && !selfServiceUnlock) throw new OktaError('E0000032');
  if (!isOn) throw new OktaError(type === 'UNLOCK' ? 'E0000032' : 'E0000034');
}

function mayRecover({ status, provider }: UserRecord, type: RecoveryType): boolean {
  if (type === 'UNLOCK') return status === 'LOCKED_OUT';
  const isOwn = provider.type === 'OKTA' || provider.type === 'IMPORT';
  return isOwn && ['ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY', 'LOCKED_OUT'].includes(status);
}

/** A trusted application gets the token itself and hands it to the person (authn#forgot-password-with-trusted-application). */
function trusted(context: Context, type: RecoveryType, user: UserRecord, request: RecoveryRequest): object {
  if (!mayRecover(user, type)) {
    if (type === 'UNLOCK') throw new OktaError('E0000032', { causes: ['The user is not locked out.'] });
    throw new OktaError('E0000034');
  }
  const relayState = request.relayState ?? undefined;
  const { value, expires } = issueToken(context, type === 'UNLOCK' ? 'unlock' : 'recovery', user, relayState);
  const event = type === 'UNLOCK' ? 'user.account.unlock_token' : 'user.account.reset_password';
  context.log(toEntry(event, { targets: [toTarget(user)] }));
  return {
    expiresAt: toTimestamp(expires),
    status: 'RECOVERY',
    ...(relayState === undefined ? {} : { relayState }),
    recoveryToken: value,
    recoveryType: type,
    _embedded: { user: toSignInUser(user) },
    _links: { next: next({ context }, 'recovery/token', 'recovery'), ...cancel({ context }) },
  };
}

function byMail(
  context: Context,
  type: RecoveryType,
  user: UserRecord | undefined,
  request: RecoveryRequest,
): object {
  const relayState = request.relayState ?? undefined;
  if (user && !isPaused(context, user, 'email', String(user.profile.email))) {
    const isUnlock = type === 'UNLOCK';
    const { value, expires } = issueToken(context, isUnlock ? 'unlock' : 'recovery', user, relayState);
    const path = isUnlock ? 'signin/unlock' : 'signin/reset-password';
    send(context, {
      channel: 'email',
      kind: isUnlock ? 'account-unlock' : 'password-reset',
      user,
      link: `${context.origin}/${path}/${value}`,
      expires,
    });
    logStart(context, type, user);
  }
  return {
    status: 'RECOVERY_CHALLENGE',
    factorResult: 'WAITING',
    ...(relayState === undefined ? {} : { relayState }),
    factorType: 'EMAIL',
    recoveryType: type,
  };
}

function byPhone(
  context: Context,
  type: RecoveryType,
  user: UserRecord | undefined,
  request: RecoveryRequest & { readonly channel: 'SMS' | 'CALL' },
): object {
  const { channel } = request;
  const code = user && sendRecoveryCode(context, user, type, channel);
  if (user) logStart(context, type, user);
  const begun = beginFor(context, user?.id, {
    ...toBeginning(request),
    status: 'RECOVERY_CHALLENGE',
    recovery: { type, channel, code, sent: context.now },
  });
  return toRecoveryChallenge({ context, ...begun });
}

/** Sends a code where the user has a confirmed number; whether that is so nobody learns. */
function sendRecoveryCode(
  context: Context,
  user: UserRecord,
  type: RecoveryType,
  channel: 'SMS' | 'CALL',
): OneTimeCode | undefined {
  const way = channel === 'SMS' ? 'sms' : 'call';
  const to = readPhone(user.phones?.[way] ?? '');
  if (to === undefined || isPaused(context, user, way, to)) return undefined;
  const kind = type === 'UNLOCK' ? 'account-unlock' : 'password-reset';
  return sendCode(context, { user, channel: way, kind, to });
}

function logStart(context: Context, type: RecoveryType, user: UserRecord): void {
  const event = type === 'UNLOCK' ? 'user.account.unlock_token' : 'user.account.reset_password';
  context.log(toEntry(event, { targets: [toTarget(user)] }));
}

interface OpenChallenge {
  readonly token: string;
  readonly transaction: TransactionRecord;
  readonly user: UserRecord | undefined;
  readonly recovery: NonNullable<TransactionRecord['recovery']>;
}

function openChallenge(context: Context, channel: 'SMS' | 'CALL', stateToken: string): OpenChallenge {
  const opened = openForAnybody(context, stateToken);
  requireState(opened, 'RECOVERY_CHALLENGE');
  const { recovery } = opened.transaction;
  if (recovery?.channel !== channel) throw notAllowed();
  return { ...opened, recovery };
}
