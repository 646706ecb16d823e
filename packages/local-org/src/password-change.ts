import type { Context } from './handling.ts';
import { revokeTokens } from './one-time-tokens.ts';
import { hashPassword } from './passwords.ts';
import { moveTo, toTarget } from './people.ts';
import { getSettings } from './settings.ts';
import type { PasswordHash, UserRecord, UserStatus } from './store/records.ts';
import { toEntry } from './system-log.ts';

/** A new password brings users of these states back (users#user-status). */
const WAITING: readonly UserStatus[] = ['PROVISIONED', 'RECOVERY', 'PASSWORD_EXPIRED', 'LOCKED_OUT'];

/**
 * The user with a new password, which whoever calls has checked: links that were sent stop working, and who waited for
 * a password is active.
 */
export async function setPassword(context: Context, user: UserRecord, password: string): Promise<UserRecord> {
  const hash = await hashPassword(password);
  revokeTokens(context.store, user);
  const changes = {
    password: hash,
    passwordHistory: historyOf(context, user),
    passwordChanged: context.now,
    lastUpdated: context.now,
    failedAttempts: 0,
  };
  // Hashing takes a while, in which somebody else may have changed the user.
  const current = context.store.users.get(user.id) ?? user;
  const changed = WAITING.includes(current.status)
    ? moveTo(context, current, 'ACTIVE', { ...changes, activated: current.activated ?? context.now })
    : context.store.users.put({ ...current, ...changes });
  context.log(toEntry('user.account.update_password', { targets: [toTarget(changed)] }));
  return changed;
}

/** The passwords that a user may not have again. */
export function historyOf({ store }: Context, user: UserRecord): readonly PasswordHash[] {
  const { historyCount } = getSettings(store).passwordPolicy.age;
  const last = user.password && user.password !== 'hook' ? [user.password] : [];
  return [...last, ...(user.passwordHistory ?? [])].slice(0, historyCount);
}
