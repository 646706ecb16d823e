import { getFactorType } from '../factors/factor-types.ts';
import { moveTo, toTarget } from '../people.ts';
import type { FactorRecord, Proof } from '../store/records.ts';
import { toEntry } from '../system-log.ts';
import { toAnswer, toSuccess } from './answers.ts';
import { decide } from './policy.ts';
import { end, move, type Step } from './transactions.ts';

/** Takes a transaction to what comes after its present step, and answers there. */
export function proceed(step: Step): object {
  const status = decide(step);
  if (status === 'SUCCESS') return succeed(step);
  const { context, user } = step;
  // Okta: a password's age shows in the user's status from the next sign-in on (users#user-status).
  const hasAged = status === 'PASSWORD_EXPIRED' && user.status === 'ACTIVE';
  const here = hasAged ? { ...step, user: moveTo(context, user, 'PASSWORD_EXPIRED') } : step;
  return toAnswer(move(here, { status, factorId: undefined, pushId: undefined }));
}

/** The proof with a second factor that was just checked. */
export function withFactor(proof: Proof, factor: FactorRecord, now: number): Proof {
  const amr = [...new Set([...proof.amr, getFactorType(factor).amr, 'mfa'])];
  return { ...proof, amr, lastFactorVerification: now };
}

function succeed(step: Step): object {
  const { context, user } = step;
  if (step.transaction.audience !== undefined) return toAnswer(move(step, { status: 'SUCCESS' }));
  end(step);
  const current = context.store.users.get(user.id) ?? user;
  const signedIn = context.store.users.put({ ...current, lastLogin: context.now });
  const actor = toTarget(signedIn);
  context.log(toEntry('policy.evaluate_sign_on', { outcome: { result: 'ALLOW' }, actor }));
  context.log(toEntry('user.session.start', { targets: [actor], actor }));
  return toSuccess({ ...step, user: signedIn });
}
