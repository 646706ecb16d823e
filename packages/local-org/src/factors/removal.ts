import type { Context } from '../handling.ts';
import { toTarget } from '../people.ts';
import type { FactorRecord, UserRecord } from '../store/records.ts';
import { toEntry } from '../system-log.ts';

/** Takes one factor away; on Identity Engine the codes of Okta Verify go with its pushes (factors#reset-factor). */
export function removeFactor(context: Context, user: UserRecord, factor: FactorRecord): void {
  const own = context.store.factors.by('user', user.id);
  const takesCodes = context.features.edition === 'oie' && factor.factorType === 'push';
  const codes = own.filter((one) => one.factorType === 'token:software:totp' && one.provider === 'OKTA');
  for (const one of [factor, ...(takesCodes ? codes : [])]) drop(context, one);
  context.log(toEntry('user.mfa.factor.deactivate', { targets: [toTarget(user)] }));
}

/** Takes all factors of a user away and writes no event: whoever calls says why. */
export function removeAllFactors(context: Context, user: UserRecord): void {
  for (const factor of context.store.factors.by('user', user.id)) drop(context, factor);
  for (const device of context.store.rememberedDevices.by('user', user.id))
    context.store.rememberedDevices.delete(device.id);
}

function drop({ store, now }: Context, factor: FactorRecord): void {
  store.factors.delete(factor.id);
  for (const key of store.yubikeys.by('user', factor.userId))
    if (key.factorId === factor.id)
      store.yubikeys.put({
        ...key,
        status: 'UNASSIGNED',
        userId: undefined,
        factorId: undefined,
        activated: undefined,
        lastUpdated: now,
      });
}
