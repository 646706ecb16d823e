import type { Context } from '../handling.ts';
import { clearFailures, countFailure } from '../lockout.ts';
import { send } from '../messages.ts';
import { invalid, OktaError } from '../okta-error.ts';
import { toTarget } from '../people.ts';
import { hashAnswer, isSame, sha256 } from '../secrets.ts';
import { getSettings } from '../settings.ts';
import type { FactorRecord, MessageRecord, UserRecord } from '../store/records.ts';
import { toEntry } from '../system-log.ts';
import { sendCode } from './code-sending.ts';
import { activated } from './enrollment.ts';
import { confirmerOf, getFactorType } from './factor-types.ts';
import { type CodeVerdict, fromBase32, judgeCounterCode, judgeTimeCode } from './one-time-codes.ts';
import { readPhone } from './phones.ts';
import { pushState } from './pushes.ts';
import { refusalOf, wrong } from './refusals.ts';
import { readAssertion, readU2fRegistration, readWebauthnRegistration } from './security-keys.ts';
import { judgeTokenCode, judgeYubikey } from './token-codes.ts';

const MINUTE = 60_000;
const PUSH_LIFETIME = 5 * MINUTE;
const NONCE_LENGTH = 20;
/** Codes that may be tried while a factor is activated (factors#activate-factor). */
const MOST_ATTEMPTS = 5;
const ATTEMPT_WINDOW = 5 * MINUTE;

/** What a person answers a challenge with; which part counts depends on the factor. */
export interface FactorAnswer {
  readonly passCode?: string | undefined;
  readonly answer?: string | undefined;
  readonly clientData?: string | undefined;
  readonly signatureData?: string | undefined;
  readonly authenticatorData?: string | undefined;
  readonly registrationData?: string | undefined;
  readonly attestation?: string | undefined;
}

/** Whether the answer holds anything at all; without it a challenge is asked for. */
export function hasAnswer(answer: FactorAnswer): boolean {
  return [answer.passCode, answer.answer, answer.signatureData].some((part) => part !== undefined);
}

/** Sends a code by the factor's own way. Throws E0000109, E0000118 or E0000133 when one was sent a moment ago. */
export function challengeByCode(
  context: Context,
  user: UserRecord,
  factor: FactorRecord,
  lifetimeSeconds?: number,
): FactorRecord {
  const { channel = 'sms' } = getFactorType(factor);
  const isPending = factor.status === 'PENDING_ACTIVATION';
  if (isPending) requireAttempts(context, factor);
  const { phoneNumber, email } = factor.profile;
  const to = typeof phoneNumber === 'string' ? readPhone(phoneNumber) : String(email);
  const kind = isPending ? 'factor-enrollment' : 'factor-challenge';
  const lifetime = lifetimeSeconds === undefined ? undefined : lifetimeSeconds * 1000;
  const code = sendCode(context, { user, channel, kind, to, factor, lifetime });
  return context.store.factors.put({ ...factor, code });
}

/** Sends a push that the phone has to approve. */
export function challengeByPush(context: Context, user: UserRecord, factor: FactorRecord): MessageRecord {
  const { numberChallenge } = getSettings(context.store).signOnPolicy;
  return send(context, {
    channel: 'push',
    kind: 'factor-challenge',
    user,
    to: confirmerOf(factor) ?? String(factor.profile.name),
    factorId: factor.id,
    transactionId: context.ids.next('pushTransaction'),
    expires: context.now + PUSH_LIFETIME,
    ...(numberChallenge && factor.provider === 'OKTA' ? { code: context.ids.digits(2) } : {}),
  });
}

/** Writes how a push ended into the log, once. */
export function settlePush(context: Context, user: UserRecord, message: MessageRecord): void {
  if (message.isSettled) return;
  const state = pushState(message, context.now);
  context.store.messages.put({ ...message, state, isSettled: true });
  const targets = [toTarget(user)];
  if (state === 'approved') context.log(toEntry('user.authentication.auth_via_mfa', { targets }));
  if (state === 'rejected') context.log(toEntry('user.mfa.okta_verify.deny_push', { targets }));
}

/** The factor with something new for a security key to sign, stored. */
export function challengeKey(context: Context, factor: FactorRecord): FactorRecord {
  return context.store.factors.put({ ...factor, challenge: context.ids.secret(NONCE_LENGTH) });
}

/** The key among these whose signature the answer holds; the first one when it is nobody's. */
export function findSigner(keys: readonly FactorRecord[], answer: FactorAnswer): FactorRecord | undefined {
  return keys.find((key) => judgeKey(key, answer).kind === 'right') ?? keys[0];
}

/** The keys with one and the same thing to sign, so that any of them may answer. */
export function challengeKeys(context: Context, keys: readonly FactorRecord[]): void {
  const challenge = context.ids.secret(NONCE_LENGTH);
  for (const key of keys) context.store.factors.put({ ...key, challenge });
}

/**
 * Checks an answer of an active factor and keeps what makes it work once only. Throws E0000001 when the part that
 * counts is missing, E0000068, E0000082 or E0000083 for a wrong one, E0000069 when the user is locked out (by it).
 */
export function verify(
  context: Context,
  user: UserRecord,
  factor: FactorRecord,
  answer: FactorAnswer,
): FactorRecord {
  if (user.status === 'LOCKED_OUT') throw new OktaError('E0000069');
  requirePart(factor, answer);
  const verdict = judge(context, factor, answer);
  const target = { targets: [toTarget(user)] };
  if (verdict.kind !== 'right') {
    const outcome = { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' };
    context.log(toEntry('user.authentication.auth_via_mfa', { outcome, ...target }));
    if (countFailure(context, user.id)?.status === 'LOCKED_OUT') throw new OktaError('E0000069');
    if (getFactorType(factor).method === 'answer') throw wrong('answer');
    throw refusalOf(verdict);
  }
  clearFailures(context, user.id);
  context.log(toEntry('user.authentication.auth_via_mfa', target));
  return context.store.factors.put({
    ...factor,
    code: undefined,
    challenge: undefined,
    ...(verdict.counter === NO_COUNTER ? {} : { lastCounter: verdict.counter }),
  });
}

/**
 * Activates a pending factor by its first code or by the key's registration. Throws E0000047 after five tries in five
 * minutes, otherwise as `verify`; E0000001 when nothing was sent.
 */
export function activate(
  context: Context,
  user: UserRecord,
  factor: FactorRecord,
  answer: FactorAnswer,
): FactorRecord {
  const attempts = requireAttempts(context, factor);
  const changes = judgeActivation(context, factor, answer);
  if (changes.kind === 'activated') return activated(context, user, factor, changes.factor);
  context.store.factors.put({ ...factor, attempts: [...attempts, context.now] });
  throw refusalOf(changes.verdict);
}

function requireAttempts({ now }: Context, factor: FactorRecord): readonly number[] {
  const attempts = (factor.attempts ?? []).filter((moment) => now < moment + ATTEMPT_WINDOW);
  if (attempts.length >= MOST_ATTEMPTS) throw new OktaError('E0000047');
  return attempts;
}

/** Of a right answer that has no counter. */
const NO_COUNTER = -1;

function requirePart(factor: FactorRecord, answer: FactorAnswer): void {
  const { method } = getFactorType(factor);
  if (method === 'answer' && answer.answer === undefined)
    throw invalid('answer', 'answer: The field cannot be left blank');
  const isKey = method === 'u2f' || method === 'webauthn';
  if (isKey && (answer.clientData === undefined || answer.signatureData === undefined))
    throw invalid('signatureData', 'signatureData: The field cannot be left blank');
  if (method !== 'answer' && !isKey && answer.passCode === undefined)
    throw invalid('passCode', 'passCode: The field cannot be left blank');
}

function judge(context: Context, factor: FactorRecord, answer: FactorAnswer): CodeVerdict {
  const { now } = context;
  const code = (answer.passCode ?? '').trim();
  const attempt = { secret: fromBase32(factor.secret ?? '') ?? Buffer.of(), code, last: factor.lastCounter };
  switch (getFactorType(factor).method) {
    case 'answer':
      return simple(isSame(hashAnswer(answer.answer ?? ''), factor.answer ?? ''));
    case 'sent-code':
      return judgeSentCode(context, factor, code);
    case 'time-code':
      return judgeTimeCode({ ...attempt, now });
    case 'counter-code':
      return judgeCustomCode({ ...attempt, now });
    case 'token-code': {
      const credentialId = String(factor.profile.credentialId);
      return judgeTokenCode({ ...attempt, now, provider: factor.provider, credentialId });
    }
    case 'yubikey':
      return judgeAssignedYubikey(context, factor, code);
    case 'u2f':
    case 'webauthn':
      return judgeKey(factor, answer);
    case 'device':
    case 'provider':
      // These are answered on the phone and at the provider, never by a code.
      return { kind: 'wrong' };
  }
}

function simple(isRight: boolean): CodeVerdict {
  return isRight ? { kind: 'right', counter: NO_COUNTER } : { kind: 'wrong' };
}

function judgeSentCode({ now }: Context, { code }: FactorRecord, given: string): CodeVerdict {
  return simple(code !== undefined && now < code.expires && isSame(sha256(given), code.hash));
}

/** Okta: a custom token counts by time or by use, as its profile says; the local org has one profile that takes both. */
function judgeCustomCode(attempt: Parameters<typeof judgeTimeCode>[0]): CodeVerdict {
  const byTime = judgeTimeCode(attempt);
  return byTime.kind === 'wrong' ? judgeCounterCode(attempt) : byTime;
}

function judgeAssignedYubikey({ store, now }: Context, factor: FactorRecord, code: string): CodeVerdict {
  const { key, verdict } = judgeYubikey(store, code);
  if (key?.factorId !== factor.id || verdict.kind !== 'right')
    return verdict.kind === 'right' ? { kind: 'wrong' } : verdict;
  store.yubikeys.put({ ...key, lastCounter: verdict.counter, lastVerified: now, lastUpdated: now });
  return verdict;
}

function judgeKey(factor: FactorRecord, answer: FactorAnswer): CodeVerdict {
  if (factor.challenge === undefined) return { kind: 'wrong' };
  const counter = readAssertion(factor, {
    clientData: answer.clientData ?? '',
    signatureData: answer.signatureData ?? '',
    authenticatorData: answer.authenticatorData,
    challenge: factor.challenge,
  });
  return counter === undefined ? { kind: 'wrong' } : { kind: 'right', counter };
}

type Activation =
  | { readonly kind: 'activated'; readonly factor: Partial<FactorRecord> }
  | { readonly kind: 'refused'; readonly verdict: CodeVerdict };

function judgeActivation(context: Context, factor: FactorRecord, answer: FactorAnswer): Activation {
  const { method } = getFactorType(factor);
  if (method === 'u2f' || method === 'webauthn') return judgeRegistration(context, factor, answer);
  if (answer.passCode === undefined) throw invalid('passCode', 'passCode: The field cannot be left blank');
  const verdict = judge(context, factor, answer);
  if (verdict.kind !== 'right') return { kind: 'refused', verdict };
  return {
    kind: 'activated',
    factor: verdict.counter === NO_COUNTER ? {} : { lastCounter: verdict.counter },
  };
}

function judgeRegistration(context: Context, factor: FactorRecord, answer: FactorAnswer): Activation {
  const { attestation, registrationData, clientData = '' } = answer;
  const isU2f = factor.factorType === 'u2f';
  if ((isU2f ? registrationData : attestation) === undefined)
    throw invalid(isU2f ? 'registrationData' : 'attestation', 'The field cannot be left blank');
  const { challenge } = factor;
  if (challenge === undefined) return { kind: 'refused', verdict: { kind: 'wrong' } };
  const read = isU2f
    ? readU2fRegistration({ registrationData: registrationData ?? '', clientData, challenge })
    : readWebauthnRegistration({ attestation: attestation ?? '', clientData, challenge });
  if (!read) return { kind: 'refused', verdict: { kind: 'wrong' } };
  const { credentialId, key, relyingParty, counter } = read;
  const profile = isU2f
    ? { credentialId, version: 'U2F_V2', appId: context.origin }
    : { credentialId, authenticatorName: 'Security key or built-in authenticator' };
  return { kind: 'activated', factor: { profile, key, relyingParty, lastCounter: counter } };
}
