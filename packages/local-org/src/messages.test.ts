import { expect, test } from 'vitest';
import { createOrg } from './org.ts';

test('the mails of user lifecycle operations land in the outbox, with a link and when it ends', async () => {
  const org = await createOrg({ token: 'tok', host: { now: () => 1_000_000_000_000, random: randomBytes } });
  const call = async (method: string, path: string, body?: object) => {
    const response = await org.fetch(
      new Request(`https://org.example.com/api/v1${path}`, {
        method,
        headers: { authorization: 'SSWS tok' },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
    return JSON.parse((await response.text()) || '{}') as Record<string, string>;
  };
  const profile = {
    firstName: 'Ina',
    lastName: 'Field',
    login: 'ina@example.com',
    email: 'ina@post.example.com',
  };
  const { id = '' } = await call('POST', '/users?activate=false', { profile });
  await call('POST', `/users/${id}/lifecycle/activate?sendEmail=false`);
  expect(org.messages()).toEqual([]);
  await call('POST', `/users/${id}/lifecycle/reactivate?sendEmail=true`);
  await call('POST', `/users/${id}/lifecycle/reset_password`);
  await call('DELETE', `/users/${id}?sendEmail=true`);
  expect(org.messages()).toMatchObject([
    {
      kind: 'activation',
      channel: 'email',
      userId: id,
      to: 'ina@post.example.com',
      link: expect.stringMatching(/^https:\/\/org\.example\.com\/welcome\/\w{20}$/),
      expires: 1_000_000_000_000 + 7 * 24 * 3_600_000,
    },
    { kind: 'password-reset', link: expect.stringMatching(/\/reset_password\/\w{20}$/) },
    { kind: 'user-deactivated', to: 'admin@example.com', text: 'A user was deactivated: ina@example.com.' },
  ]);
});

function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}
