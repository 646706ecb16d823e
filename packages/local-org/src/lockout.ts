import type { Context } from './handling.ts';
import { moveTo, toTarget } from './people.ts';
import { getSettings } from './settings.ts';
import type { UserRecord } from './store/records.ts';
import { toEntry } from './system-log.ts';

const MINUTE = 60_000;

/** The user after one more wrong password or code: locked out when the policy's limit is reached. */
export function countFailure(context: Context, userId: string): UserRecord | undefined {
  const { store, now } = context;
  const user = store.users.get(userId);
  if (!user || user.status === 'LOCKED_OUT') return user;
  const { maxAttempts, autoUnlockMinutes } = getSettings(store).passwordPolicy.lockout;
  const failedAttempts = (user.failedAttempts ?? 0) + 1;
  if (maxAttempts === 0 || failedAttempts < maxAttempts) return store.users.put({ ...user, failedAttempts });
  const locked = moveTo(context, user, 'LOCKED_OUT', { failedAttempts, lockedAt: now });
  const outcome = { result: 'FAILURE', reason: 'LOCKED_OUT' };
  context.log(toEntry('user.account.lock', { outcome, targets: [toTarget(locked)] }));
  if (autoUnlockMinutes === 0)
    context.log(toEntry('user.account.lock.limit', { outcome, targets: [toTarget(locked)] }));
  return locked;
}

/** Forgets wrong attempts: the right password or code came. */
export function clearFailures({ store }: Context, userId: string): void {
  const user = store.users.get(userId);
  if (user?.failedAttempts) store.users.put({ ...user, failedAttempts: 0 });
}

/** The user, unlocked when the policy's minutes are over. Okta: nothing sweeps in the background (users#user-status). */
export function unlockWhenDue(context: Context, user: UserRecord): UserRecord {
  const { autoUnlockMinutes } = getSettings(context.store).passwordPolicy.lockout;
  const isDue =
    user.status === 'LOCKED_OUT' &&
    autoUnlockMinutes > 0 &&
    context.now >= (user.lockedAt ?? 0) + autoUnlockMinutes * MINUTE;
  return isDue ? unlock(context, user) : user;
}

/** The user, unlocked by time or by themselves; writes the log event. */
export function unlock(context: Context, user: UserRecord): UserRecord {
  const unlocked = moveTo(context, user, 'ACTIVE', { failedAttempts: 0, lockedAt: undefined });
  context.log(toEntry('user.account.unlock', { targets: [toTarget(unlocked)] }));
  return unlocked;
}
