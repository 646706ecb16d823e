import { toTimestamp } from '../people.ts';
import type { UserRecord } from '../store/records.ts';

/** A user as transactions show one (authn#user-object). */
export function toSignInUser(user: UserRecord, withQuestion = false): object {
  const { login, firstName, lastName, locale, timezone } = user.profile;
  return {
    id: user.id,
    ...(user.passwordChanged === null ? {} : { passwordChanged: toTimestamp(user.passwordChanged) }),
    profile: {
      login,
      firstName,
      lastName,
      // Okta: what the profile leaves open is shown as the org has it (recorded).
      locale: locale ?? 'en_US',
      timeZone: timezone ?? 'America/Los_Angeles',
    },
    ...(withQuestion && user.question ? { recovery_question: { question: user.question.question } } : {}),
  };
}
