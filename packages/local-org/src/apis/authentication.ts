import type { operations } from '@castellan/okta-api';
import { toAnswer, toRecoveryChallenge } from '../authn/answers.ts';
import {
  activateInStep,
  enrollInStep,
  pollInStep,
  presentStep,
  resendChallengeInStep,
  resendInStep,
  sendLinkInStep,
  takeDuoAnswer,
  verifyInStep,
} from '../authn/factor-steps.ts';
import { canSkipEnrollment } from '../authn/policy.ts';
import { proceed } from '../authn/proceed.ts';
import {
  answerQuestion,
  beginRecovery,
  openRecoveryToken,
  resendRecoveryCode,
  verifyRecoveryCode,
} from '../authn/recovery.ts';
import { signIn, signInByActivationToken, type SignInRequest } from '../authn/sign-in.ts';
import { toUnauthenticated } from '../authn/step-up.ts';
import {
  end,
  move,
  notAllowed,
  open,
  openForAnybody,
  requireState,
  type Step,
} from '../authn/transactions.ts';
import { type Context, type HandlersOf, reply } from '../handling.ts';
import { OktaError } from '../okta-error.ts';
import { setPassword } from '../password-change.ts';
import { findFlaw, findHistoryFlaw } from '../password-policy.ts';
import { verifyPassword } from '../passwords.ts';
import { endSessions, toTarget } from '../people.ts';
import { toEntry } from '../system-log.ts';

export const authentication = {
  authenticate({ body }, context) {
    if (body.token !== undefined) return signInByActivationToken(context, body.token, body);
    if (body.username === undefined && body.password === undefined && body.stateToken !== undefined)
      return present(context, body.stateToken);
    if (body.stateToken !== undefined) return signInHere(context, body.stateToken, body);
    return signIn(context, body);
  },

  async changePassword({ body }, context) {
    const step = open(context, body.stateToken);
    requireState(step, 'PASSWORD_WARN', 'PASSWORD_EXPIRED');
    const { password } = step.user;
    const isRight =
      password !== undefined && password !== 'hook' && (await verifyPassword(body.oldPassword, password));
    if (!isRight)
      throw failPassword(step, 'E0000014', 'oldPassword: The credentials provided were incorrect.');
    return replacePassword(step, body);
  },

  resetPassword({ body }, context) {
    const step = open(context, body.stateToken);
    requireState(step, 'PASSWORD_RESET');
    return replacePassword(step, body);
  },

  enrollFactor({ query, body }, context) {
    const { stateToken, ...request } = body;
    return enrollInStep(open(context, stateToken), { ...request, updatePhone: query.updatePhone });
  },

  activateFactor: ({ params, body }, context) =>
    activateInStep(open(context, body.stateToken), params.factorId, body),

  pollActivation: ({ params, body }, context) => pollInStep(open(context, body.stateToken), params.factorId),

  emailActivationLink: ({ params, body }, context) =>
    sendLinkInStep(open(context, body.stateToken), params.factorId, { channel: 'email' }),

  textActivationLink: ({ params, body }, context) =>
    sendLinkInStep(open(context, body.stateToken), params.factorId, {
      channel: 'sms',
      phoneNumber: body.profile?.phoneNumber,
    }),

  resendActivation: ({ params, body }, context) =>
    resendInStep(open(context, body.stateToken), params.factorId),

  duoCallback({ params, body }, context) {
    const { stateToken, sig_response: answer } = body ?? {};
    const step = open(context, typeof stateToken === 'string' ? stateToken : '');
    // Duo's frame answers AUTH when the person approved, and ERR otherwise.
    takeDuoAnswer(step, params.factorId, typeof answer === 'string' && answer.startsWith('AUTH|'));
  },

  verifyFactor({ params, query, body }, context) {
    const { answer, device } = verifyInStep(open(context, body.stateToken), params.factorId, {
      ...body,
      rememberDevice: query.rememberDevice ?? body.rememberDevice ?? false,
      autoPush: query.autoPush ?? body.autoPush,
    });
    if (device === undefined) return answer;
    return reply({ headers: [['set-cookie', `DT=${device}; Path=/; HttpOnly; SameSite=Lax`]], body: answer });
  },

  resendChallenge: ({ params, body }, context) =>
    resendChallengeInStep(open(context, body.stateToken), params.factorId),

  recoverPassword: ({ body }, context) => beginRecovery(context, 'PASSWORD', body),

  unlockAccount: ({ body }, context) => beginRecovery(context, 'UNLOCK', body),

  verifySmsRecovery: ({ body }, context) => verifyRecoveryCode(context, 'SMS', body),

  resendSmsRecovery: ({ body }, context) => resendRecoveryCode(context, 'SMS', body.stateToken),

  verifyCallRecovery: ({ body }, context) => verifyRecoveryCode(context, 'CALL', body),

  resendCallRecovery: ({ body }, context) => resendRecoveryCode(context, 'CALL', body.stateToken),

  verifyRecoveryToken: ({ body }, context) => openRecoveryToken(context, body.recoveryToken, body),

  answerRecoveryQuestion: ({ body }, context) => answerQuestion(open(context, body.stateToken), body.answer),

  previous({ body }, context) {
    const step = open(context, body.stateToken);
    requireState(step, 'MFA_ENROLL_ACTIVATE', 'MFA_CHALLENGE');
    const status = step.transaction.status === 'MFA_CHALLENGE' ? 'MFA_REQUIRED' : 'MFA_ENROLL';
    return toAnswer(move(step, { status, factorId: undefined, pushId: undefined }));
  },

  skip({ body }, context) {
    const step = open(context, body.stateToken);
    requireState(step, 'PASSWORD_WARN', 'MFA_ENROLL');
    const { status, skipped } = step.transaction;
    if (status === 'MFA_ENROLL' && !canSkipEnrollment(step)) throw notAllowed();
    const skips = status === 'MFA_ENROLL' ? 'enrollment' : 'warning';
    return proceed(move(step, { skipped: [...skipped, skips] }));
  },

  cancel({ body }, context) {
    const { transaction } = openForAnybody(context, body.stateToken);
    end({ context, transaction });
    return transaction.relayState === undefined ? {} : { relayState: transaction.relayState };
  },
} satisfies HandlersOf<typeof operations.authentication>;

/** The present state of a transaction, which stays where it is (authn#get-transaction-state). */
function present(context: Context, stateToken: string): object {
  const { token, transaction } = openForAnybody(context, stateToken);
  if (transaction.status === 'RECOVERY_CHALLENGE')
    return toRecoveryChallenge({ context, token, transaction });
  if (transaction.status === 'UNAUTHENTICATED') return toUnauthenticated({ context, token, transaction });
  return presentStep(open(context, stateToken));
}

/** Signs in to the application that somebody opened before (authn#sp-initiated-step-up-authentication). */
async function signInHere(context: Context, stateToken: string, request: SignInRequest): Promise<object> {
  const { transaction } = openForAnybody(context, stateToken);
  requireState({ transaction }, 'UNAUTHENTICATED');
  const answer = await signIn(context, { ...request, audience: transaction.audience });
  end({ context, transaction });
  return answer;
}

interface NewPassword {
  readonly newPassword: string;
  readonly revokeSessions?: boolean | undefined;
}

async function replacePassword(step: Step, { newPassword, revokeSessions }: NewPassword): Promise<object> {
  const { context, transaction } = step;
  const flaw =
    findFlaw(context.store, newPassword, String(step.user.profile.login)) ??
    (await findHistoryFlaw(context.store, step.user, newPassword, context.now));
  if (flaw !== undefined) throw failPassword(step, 'E0000080', flaw);
  const user = await setPassword(context, step.user, newPassword);
  if (revokeSessions) endSessions(context, user);
  const amr = [...new Set([...transaction.proof.amr, 'pwd'])];
  const proof = { ...transaction.proof, amr, lastPasswordVerification: context.now };
  return proceed(move({ ...step, user }, { proof }));
}

function failPassword({ context, user }: Step, code: 'E0000014' | 'E0000080', cause: string): OktaError {
  const outcome = { result: 'FAILURE', reason: code };
  context.log(toEntry('user.account.update_password', { outcome, targets: [toTarget(user)] }));
  return new OktaError(code, { causes: [cause] });
}
