import { invalid } from './okta-error.ts';
import { verifyPassword } from './passwords.ts';
import { getSettings } from './settings.ts';
import type { PasswordPolicy, UserRecord } from './store/records.ts';
import type { Store } from './store/store.ts';

/** bcrypt reads no more, and Okta takes no more (users#password-object). */
const LONGEST_PASSWORD = 72;
const SHORTEST_PART = 4;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Why a password does not do, in Okta's words; `undefined` when it does (users#default-password-policy). */
export function findFlaw(store: Store, password: string, login: string): string | undefined {
  const { complexity } = getSettings(store).passwordPolicy;
  const characters = [...password];
  const count = (test: RegExp): number => characters.filter((character) => test.test(character)).length;
  const isStrong =
    password.length >= complexity.minLength &&
    Buffer.byteLength(password) <= LONGEST_PASSWORD &&
    count(/\p{Ll}/u) >= complexity.minLowerCase &&
    count(/\p{Lu}/u) >= complexity.minUpperCase &&
    count(/\p{Nd}/u) >= complexity.minNumber &&
    count(/[^\p{L}\p{Nd}]/u) >= complexity.minSymbol &&
    !(complexity.excludeUsername && holdsPartOf(login, password));
  if (isStrong) return undefined;
  return `Password requirements were not met. Password requirements: ${toRequirements(complexity)}.`;
}

/** Refuses a password that the policy does not take. Throws E0000001 on `password`. */
export function checkPassword(store: Store, password: string, login: string): void {
  const flaw = findFlaw(store, password, login);
  if (flaw !== undefined) throw invalid('password', `password: ${flaw}`);
}

/** Why a user may not have this password now: it was used lately, or the last one is too young. */
export async function findHistoryFlaw(
  store: Store,
  user: UserRecord,
  password: string,
  now: number,
): Promise<string | undefined> {
  const { historyCount, minAgeMinutes } = getSettings(store).passwordPolicy.age;
  const age = now - (user.passwordChanged ?? 0);
  if (user.status !== 'PASSWORD_EXPIRED' && age < minAgeMinutes * MINUTE)
    return 'The password was changed a moment ago and cannot be changed again yet';
  if (historyCount === 0) return undefined;
  if (user.password && user.password !== 'hook' && (await verifyPassword(password, user.password)))
    return 'Password cannot be your current password';
  for (const earlier of user.passwordHistory?.slice(0, historyCount) ?? [])
    if (await verifyPassword(password, earlier)) return 'Password has been used too recently';
  return undefined;
}

/** Whole days until a password is too old; `undefined` when the policy lets passwords grow old. */
export function daysLeft(store: Store, user: UserRecord, now: number): number | undefined {
  const { maxAgeDays } = getSettings(store).passwordPolicy.age;
  if (maxAgeDays === 0 || user.passwordChanged === null || user.provider.type !== 'OKTA') return undefined;
  return Math.floor((user.passwordChanged + maxAgeDays * DAY - now) / DAY);
}

/** The parts of a login that a password may not hold; the top-level domain does not count. */
function holdsPartOf(login: string, password: string): boolean {
  const lower = password.toLowerCase();
  return login
    .replace(/\.[^.@]*$/, '')
    .split(/[,._#@-]/)
    .some((part) => part.length >= SHORTEST_PART && lower.includes(part.toLowerCase()));
}

function toRequirements(complexity: PasswordPolicy['complexity']): string {
  return [
    `at least ${complexity.minLength} characters`,
    ...(complexity.minLowerCase > 0 ? ['a lowercase letter'] : []),
    ...(complexity.minUpperCase > 0 ? ['an uppercase letter'] : []),
    ...(complexity.minNumber > 0 ? ['a number'] : []),
    ...(complexity.minSymbol > 0 ? ['a symbol'] : []),
    ...(complexity.excludeUsername ? ['no parts of your username'] : []),
  ].join(', ');
}
