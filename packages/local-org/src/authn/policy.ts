import { type FactorType, keyOf } from '../factors/factor-types.ts';
import { listActiveFactors, listAllowedTypes } from '../factors/user-factors.ts';
import { listGroupsOf } from '../group-members.ts';
import { daysLeft } from '../password-policy.ts';
import { getSettings } from '../settings.ts';
import type { TransactionStatus } from '../store/records.ts';
import { deviceKey, type Step } from './transactions.ts';

/**
 * Where a transaction goes when its present step is done. Okta: factors come before an expired password
 * (authn#primary-authentication), and a warning comes last.
 */
export function decide(step: Step): TransactionStatus | 'SUCCESS' {
  const { context, transaction, user } = step;
  if (isFactorDue(step)) {
    if (!transaction.proof.lastFactorVerification && listActiveFactors(context, user).length > 0)
      return isRemembered(step) ? afterFactors(step) : 'MFA_REQUIRED';
    if (wantsEnrollment(step)) return 'MFA_ENROLL';
  }
  return afterFactors(step);
}

/** The types that everybody has to enrol and this user has not. */
export function missingFactors({ context, user }: Step): readonly FactorType[] {
  const { requiredFactors } = getSettings(context.store).signOnPolicy;
  const active = new Set(listActiveFactors(context, user).map(keyOf));
  return listAllowedTypes(context.store).filter(
    (type) => requiredFactors.includes(keyOf(type)) && !active.has(keyOf(type)),
  );
}

/** Whether the person may go on without enrolling anything (more). */
export function canSkipEnrollment(step: Step): boolean {
  const { enrollment } = getSettings(step.context.store).signOnPolicy;
  if (missingFactors(step).length > 0) return false;
  return enrollment === 'optional' || listActiveFactors(step.context, step.user).length > 0;
}

function isFactorDue({ context, transaction, user }: Step): boolean {
  const { mfa, mfaGroupIds } = getSettings(context.store).signOnPolicy;
  // Somebody who enrols while signing in may be offered more, whatever the policy asks for.
  if (transaction.options.multiOptionalFactorEnroll && transaction.hasEnrolled) return true;
  if (mfa === 'groups')
    return listGroupsOf(context.store, user.id).some((group) => mfaGroupIds.includes(group.id));
  return mfa === 'always';
}

function wantsEnrollment(step: Step): boolean {
  const { context, transaction, user } = step;
  const { enrollment } = getSettings(context.store).signOnPolicy;
  if (missingFactors(step).length > 0) return true;
  if (transaction.skipped.includes('enrollment')) return false;
  const active = listActiveFactors(context, user);
  if (active.length === 0) return enrollment !== 'none';
  const isLeft = listAllowedTypes(context.store).some(
    (type) => type.method !== 'counter-code' && !active.some((factor) => keyOf(factor) === keyOf(type)),
  );
  return transaction.options.multiOptionalFactorEnroll && transaction.hasEnrolled === true && isLeft;
}

function isRemembered({ context, transaction, user }: Step): boolean {
  if (transaction.device === undefined) return false;
  const device = context.store.rememberedDevices.get(deviceKey(user, transaction.device));
  return device !== undefined && context.now < device.expires;
}

function afterFactors(step: Step): TransactionStatus | 'SUCCESS' {
  const { context, transaction, user } = step;
  // A recovery has just set the password.
  if (transaction.recovery) return 'SUCCESS';
  const left = daysLeft(context.store, user, context.now);
  if (user.status === 'PASSWORD_EXPIRED' || (left !== undefined && left < 0)) return 'PASSWORD_EXPIRED';
  const { expireWarnDays } = getSettings(context.store).passwordPolicy.age;
  const isWarned =
    transaction.options.warnBeforePasswordExpired &&
    !transaction.skipped.includes('warning') &&
    left !== undefined &&
    left < expireWarnDays;
  return isWarned ? 'PASSWORD_WARN' : 'SUCCESS';
}
