import type { Context } from '../handling.ts';
import { notFound } from '../okta-error.ts';
import type { FactorRecord, UserRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { getSettings } from '../settings.ts';
import { activated } from './enrollment.ts';
import { type FactorType, factorTypes, keyOf } from './factor-types.ts';
import { pushState } from './pushes.ts';

/** The factors of a user, pending ones too; a device that confirmed in the meantime is active. */
export function listFactors(context: Context, user: UserRecord): readonly FactorRecord[] {
  return context.store.factors.by('user', user.id).map((factor) => refresh(context, user, factor));
}

export function listActiveFactors(context: Context, user: UserRecord): readonly FactorRecord[] {
  return listFactors(context, user).filter((factor) => factor.status === 'ACTIVE');
}

/** One factor of a user. Throws E0000007. */
export function getFactor(context: Context, user: UserRecord, id: string): FactorRecord {
  const factor = context.store.factors.get(id);
  if (factor?.userId !== user.id) throw notFound(id, 'UserFactor');
  return refresh(context, user, factor);
}

/** The types that the org's policy lets people enrol. */
export function listAllowedTypes(store: Store): readonly FactorType[] {
  const { factors } = getSettings(store).signOnPolicy;
  return factorTypes.filter((type) => factors.includes(keyOf(type)));
}

function refresh(context: Context, user: UserRecord, factor: FactorRecord): FactorRecord {
  const message = factor.activation && context.store.messages.get(factor.activation.messageId);
  const isConfirmed = message !== undefined && pushState(message, context.now) === 'approved';
  return factor.status === 'PENDING_ACTIVATION' && isConfirmed ? activated(context, user, factor) : factor;
}
