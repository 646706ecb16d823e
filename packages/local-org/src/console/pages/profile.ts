import type { Form } from '../page.ts';

interface Named {
  readonly id: string;
  readonly profile: Readonly<Record<string, unknown>>;
}

/** First and last name, or the login of somebody without them. */
export function fullName({ profile }: Named): string {
  const names = [profile['firstName'], profile['lastName']].filter((name) => typeof name === 'string');
  return names.length > 0 ? names.join(' ') : String(profile['login']);
}

const FIELDS = ['firstName', 'lastName', 'login', 'email'] as const;

/** The profile that every person has. */
export function toProfile(form: Form): Record<string, string> {
  return Object.fromEntries(FIELDS.map((name) => [name, form.text(name)]));
}
