import { offerAgain, sendDeviceLink } from '../factors/devices.ts';
import { enroll, type EnrollmentRequest } from '../factors/enrollment.ts';
import { getFactorType } from '../factors/factor-types.ts';
import { pushState } from '../factors/pushes.ts';
import { getFactor, listActiveFactors } from '../factors/user-factors.ts';
import {
  activate,
  challengeByCode,
  challengeByPush,
  challengeKey,
  challengeKeys,
  type FactorAnswer,
  findSigner,
  hasAnswer,
  settlePush,
  verify,
} from '../factors/verification.ts';
import { invalid, notFound } from '../okta-error.ts';
import { sha256 } from '../secrets.ts';
import { getSettings } from '../settings.ts';
import type { FactorRecord } from '../store/records.ts';
import { toAnswer } from './answers.ts';
import { proceed, withFactor } from './proceed.ts';
import { deviceKey, move, notAllowed, requireState, type Step } from './transactions.ts';

const MINUTE = 60_000;
const DEVICE_LENGTH = 32;

/** Enrols a factor while signing in: goes on at once where the request proves it (authn#enroll-factor). */
export function enrollInStep(step: Step, request: EnrollmentRequest): object {
  requireState(step, 'MFA_ENROLL');
  if (request.factorType === 'token:hotp')
    throw invalid('factorEnrollRequest', 'A custom token can be enrolled by an administrator only.');
  const factor = enroll(step.context, step.user, request);
  if (factor.status === 'ACTIVE') return enrolled(step, factor);
  return toAnswer(move(step, { status: 'MFA_ENROLL_ACTIVATE', factorId: factor.id }));
}

/** Activates what was just enrolled; a device that gave up is offered again. */
export function activateInStep(step: Step, factorId: string, answer: FactorAnswer): object {
  const { context, user } = step;
  const factor = getActivating(step, factorId);
  if (factor.status === 'ACTIVE') return enrolled(step, factor);
  if (getFactorType(factor).method === 'provider') throw notAllowed();
  if (getFactorType(factor).method !== 'device')
    return enrolled(step, activate(context, user, factor, answer));
  offerAgain(context, user, factor);
  return toAnswer(step);
}

/** Where the activation of a device stands. */
export function pollInStep(step: Step, factorId: string): object {
  const factor = getActivating(step, factorId);
  if (getFactorType(factor).method !== 'device') throw notAllowed();
  return factor.status === 'ACTIVE' ? enrolled(step, factor) : toAnswer(step);
}

/** Sends the link that adds the account to a phone. */
export function sendLinkInStep(
  step: Step,
  factorId: string,
  how: { readonly channel: 'email' | 'sms'; readonly phoneNumber?: string | undefined },
): object {
  const { context, user } = step;
  const factor = getActivating(step, factorId);
  if (factor.factorType !== 'push' || factor.status === 'ACTIVE') throw notAllowed();
  sendDeviceLink(context, { user, factor, ...how });
  return toAnswer(step);
}

/** Sends the code of an enrolment again. */
export function resendInStep(step: Step, factorId: string): object {
  const factor = getActivating(step, factorId);
  if (getFactorType(factor).method !== 'sent-code') throw notAllowed();
  challengeByCode(step.context, step.user, factor);
  return toAnswer(step);
}

export interface VerificationRequest extends FactorAnswer {
  readonly rememberDevice: boolean;
  readonly autoPush?: boolean | undefined;
}

/** What a verification answers, and the cookie that a browser is known by from now on. */
export interface Verified {
  readonly answer: object;
  readonly device?: string | undefined;
}

/** Challenges a factor or checks the answer to its challenge (authn#verify-factor). */
export function verifyInStep(step: Step, factorId: string, request: VerificationRequest): Verified {
  requireState(step, 'MFA_REQUIRED', 'MFA_CHALLENGE');
  const { context, user } = step;
  const isType = factorId === 'webauthn';
  const keys = listActiveFactors(context, user).filter((one) => one.factorType === 'webauthn');
  if (isType && keys.length === 0) throw notFound(factorId, 'UserFactor');
  if (isType && !hasAnswer(request)) {
    challengeKeys(context, keys);
    return { answer: toAnswer(move(step, { status: 'MFA_CHALLENGE', factorId })) };
  }
  const factor = isType ? (findSigner(keys, request) ?? keys[0]) : getFactor(context, user, factorId);
  if (factor?.status !== 'ACTIVE') throw notAllowed();
  const { method } = getFactorType(factor);
  if (method === 'device' || method === 'provider') return verifyPush(step, factor, request);
  if (!hasAnswer(request)) return { answer: toAnswer(challenge(step, factor)) };
  return verified(step, verify(context, user, factor, request), request);
}

/** Sends a challenge again. */
export function resendChallengeInStep(step: Step, factorId: string): object {
  requireState(step, 'MFA_CHALLENGE');
  const { context, user } = step;
  const factor = getFactor(context, user, factorId);
  if (step.transaction.factorId !== factor.id) throw notAllowed();
  const { method } = getFactorType(factor);
  if (method === 'device') return toAnswer(move(step, { pushId: challengeByPush(context, user, factor).id }));
  if (method !== 'sent-code') throw notAllowed();
  challengeByCode(context, user, factor);
  return toAnswer(step);
}

/**
 * The present state of a transaction. It stays where it is, but for whoever comes back from another identity provider:
 * the way there and back is the step itself.
 */
export function presentStep(step: Step): object {
  const { context, user, transaction } = step;
  const factor = context.store.factors.get(transaction.factorId ?? '');
  if (!factor || getFactorType(factor).method !== 'provider') return toAnswer(step);
  if (transaction.status === 'MFA_ENROLL_ACTIVATE') {
    const current = getFactor(context, user, factor.id);
    return current.status === 'ACTIVE' ? enrolled(step, current) : toAnswer(step);
  }
  const push = context.store.messages.get(transaction.pushId ?? '');
  const isApproved = push !== undefined && pushState(push, context.now) === 'approved';
  if (transaction.status !== 'MFA_CHALLENGE' || !isApproved) return toAnswer(step);
  return verifyPush(step, factor, { rememberDevice: false }).answer;
}

function getActivating(step: Step, factorId: string): FactorRecord {
  requireState(step, 'MFA_ENROLL_ACTIVATE');
  const factor = getFactor(step.context, step.user, factorId);
  if (step.transaction.factorId !== factor.id) throw notAllowed();
  return factor;
}

function enrolled(step: Step, factor: FactorRecord): object {
  const proof = withFactor(step.transaction.proof, factor, step.context.now);
  return proceed(move(step, { proof, hasEnrolled: true }));
}

function challenge(step: Step, factor: FactorRecord): Step {
  const { context, user } = step;
  const { method } = getFactorType(factor);
  if (method === 'sent-code') challengeByCode(context, user, factor);
  if (method === 'u2f' || method === 'webauthn') challengeKey(context, factor);
  return move(step, { status: 'MFA_CHALLENGE', factorId: factor.id, pushId: undefined });
}

/** The same call sends a push, asks how it stands, and sends the next one after it failed. */
function verifyPush(step: Step, factor: FactorRecord, request: VerificationRequest): Verified {
  const { context, user, transaction } = step;
  const chosen =
    request.autoPush === undefined
      ? factor
      : context.store.factors.put({ ...factor, autoPush: request.autoPush });
  const push =
    transaction.factorId === factor.id ? context.store.messages.get(transaction.pushId ?? '') : undefined;
  if (!push || push.isSettled) {
    const { id } = challengeByPush(context, user, chosen);
    return { answer: toAnswer(move(step, { status: 'MFA_CHALLENGE', factorId: factor.id, pushId: id })) };
  }
  const state = pushState(push, context.now);
  if (state === 'waiting') return { answer: toAnswer(step) };
  settlePush(context, user, push);
  return state === 'approved' ? verified(step, chosen, request) : { answer: toAnswer(step) };
}

function verified(step: Step, factor: FactorRecord, request: VerificationRequest): Verified {
  const { context, transaction } = step;
  const proof = withFactor(transaction.proof, factor, context.now);
  const device = request.rememberDevice ? rememberDevice(step) : undefined;
  return { answer: proceed(move(step, { proof })), device };
}

/** Remembers the device for as long as the policy says; one without a name gets one, which is returned. */
function rememberDevice({ context, transaction, user }: Step): string | undefined {
  const { rememberDeviceMinutes } = getSettings(context.store).signOnPolicy;
  if (rememberDeviceMinutes === 0) return undefined;
  const name = transaction.device === undefined ? context.ids.secret(DEVICE_LENGTH) : undefined;
  const device = name === undefined ? transaction.device : sha256(name);
  if (device === undefined) return undefined;
  context.store.rememberedDevices.put({
    id: deviceKey(user, device),
    userId: user.id,
    expires: context.now + rememberDeviceMinutes * MINUTE,
  });
  return name;
}

/** What Duo's frame says of the person. Throws E0000079 when nothing waits for it. */
export function takeDuoAnswer(step: Step, factorId: string, isApproved: boolean): void {
  requireState(step, 'MFA_ENROLL_ACTIVATE', 'MFA_CHALLENGE');
  const { context, user, transaction } = step;
  const factor = getFactor(context, user, factorId);
  if (factor.provider !== 'DUO' || transaction.factorId !== factor.id) throw notAllowed();
  const messageId = factor.activation?.messageId ?? transaction.pushId ?? '';
  const message = context.store.messages.get(messageId);
  if (!message || pushState(message, context.now) !== 'waiting') throw notAllowed();
  context.store.messages.put({ ...message, state: isApproved ? 'approved' : 'rejected' });
}
