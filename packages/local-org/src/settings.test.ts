import { expect, test } from 'vitest';
import { createOrg } from './org.ts';
import { changeSettings, getSettings } from './settings.ts';
import { createStore } from './store/store.ts';

test('settings hold the defaults until somebody changes a part, and keep the other part then', () => {
  const store = createStore();
  const before = getSettings(store);
  changeSettings(store, { signOnPolicy: { mfa: 'always' }, passwordPolicy: { lockout: { maxAttempts: 3 } } });
  const after = getSettings(store);
  expect(after.signOnPolicy).toEqual({ ...before.signOnPolicy, mfa: 'always' });
  expect(after.passwordPolicy.lockout).toEqual({ ...before.passwordPolicy.lockout, maxAttempts: 3 });
  expect(after.passwordPolicy.recovery).toEqual(before.passwordPolicy.recovery);
});

test('what users and groups show follows the kind of org, from the next request on', async () => {
  const org = await createOrg({ token: 'tok' });
  const send = async (method: string, path: string, body?: object) => {
    const response = await org.fetch(
      new Request(`https://org.example.com/api/${path}`, {
        method,
        headers: { authorization: 'SSWS tok', 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
    expect(response.status).toBe(200);
    return response.json() as Promise<{
      id: string;
      realmId?: string;
      credentials: object;
      _links: Record<string, unknown>;
    }>;
  };
  const profile = { firstName: 'Ida', lastName: 'Berg', email: 'ida@example.com', login: 'ida@example.com' };
  const credentials = { password: { value: 'Harbour-Lamp-27' } };
  const { id } = await send('POST', 'v1/users', { profile, credentials });
  const group = await send('POST', 'v1/groups', { profile: { name: 'Harbour' } });
  const look = async (features: object) => {
    await send('PATCH', 'local/v1/settings', { features });
    const user = await send('GET', `v1/users/${id}`);
    return {
      realm: user.realmId !== undefined,
      emails: 'emails' in user.credentials,
      resetFactors: 'resetFactors' in user._links,
      owners: 'owners' in (await send('GET', `v1/groups/${group.id}`))._links,
    };
  };
  const plain = { realm: false, emails: true, resetFactors: true, owners: false };
  expect(await look({})).toEqual(plain);
  expect(await look({ governance: true })).toEqual({ ...plain, realm: true, emails: false, owners: true });
  expect(await look({ governance: false, edition: 'classic' })).toEqual({ ...plain, resetFactors: false });
  expect(await look({ governance: true })).toEqual({ ...plain, realm: true, emails: false, owners: true });
});
