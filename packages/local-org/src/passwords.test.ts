import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './passwords.ts';

test('a new password is kept as bcrypt with a salt of its own', async () => {
  const [one, other] = await Promise.all([hashPassword('Tidal#Ferry9'), hashPassword('Tidal#Ferry9')]);
  expect(one).toMatchObject({ algorithm: 'BCRYPT', salt: expect.stringMatching(/^.{22}$/) });
  expect(one.value).not.toBe(other.value);
  expect(await verifyPassword('Tidal#Ferry9', one)).toBe(true);
  expect(await verifyPassword('Tidal#Ferry8', one)).toBe(false);
});
