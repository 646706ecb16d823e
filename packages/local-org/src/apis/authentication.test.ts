import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createOrg } from '../org.ts';
import type { OrgOptions } from '../org-options.ts';

const LOGIN = 'ida.berg@example.com';
const PASSWORD = 'Harbour-Lamp-27';
const MINUTE = 60_000;

interface Answered {
  readonly status: number;
  readonly json: Record<string, unknown> & { readonly stateToken: string; readonly sessionToken: string };
  readonly cookies: readonly string[];
}

async function openWorld(options: OrgOptions = {}) {
  let now = 1_800_000_000_000;
  const org = await createOrg({ token: 'tok', host: { now: () => now }, ...options });
  const call = async (
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answered> => {
    const response = await org.fetch(
      new Request(`https://org.example.com${path}`, {
        method,
        headers,
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
    const json = JSON.parse((await response.text()) || '{}') as Answered['json'];
    return { status: response.status, json, cookies: response.headers.getSetCookie() };
  };
  const admin = { authorization: 'SSWS tok' };
  const profile = { firstName: 'Ida', lastName: 'Berg', login: LOGIN, email: LOGIN };
  const user = await call(
    'POST',
    '/api/v1/users',
    { profile, credentials: { password: { value: PASSWORD } } },
    admin,
  );
  const id = String(user.json.id);
  return {
    org,
    call,
    admin,
    id,
    signIn: (password = PASSWORD, headers: Record<string, string> = {}, more: object = {}) =>
      call('POST', '/api/v1/authn', { username: LOGIN, password, ...more }, headers),
    userStatus: async () => (await call('GET', `/api/v1/users/${id}`, undefined, admin)).json.status,
    pass(time: number) {
      now += time;
    },
  };
}

test('a session token opens one session, within five minutes', async () => {
  const { call, signIn, pass } = await openWorld();
  const { sessionToken } = (await signIn()).json;
  expect((await call('POST', '/api/v1/sessions', { sessionToken })).status).toBe(200);
  expect((await call('POST', '/api/v1/sessions', { sessionToken })).json.errorCode).toBe('E0000004');
  const late = (await signIn()).json.sessionToken;
  pass(5 * MINUTE);
  expect((await call('POST', '/api/v1/sessions', { sessionToken: late })).status).toBe(401);
});

test('a session ends when nobody uses it, and refreshing moves its end', async () => {
  const { call, signIn, pass, admin } = await openWorld();
  const { json } = await call('POST', '/api/v1/sessions', {
    sessionToken: (await signIn()).json.sessionToken,
  });
  const path = `/api/v1/sessions/${String(json.id)}`;
  pass(119 * MINUTE);
  expect((await call('POST', `${path}/lifecycle/refresh`, undefined, admin)).status).toBe(200);
  pass(119 * MINUTE);
  expect((await call('GET', path, undefined, admin)).status).toBe(200);
  pass(2 * MINUTE);
  expect((await call('GET', path, undefined, admin)).json.errorCode).toBe('E0000007');
  const minimal = await call('POST', '/api/v1/sessions', {
    sessionToken: (await signIn()).json.sessionToken,
  });
  const again = `/api/v1/sessions/${String(minimal.json.id)}/lifecycle/refresh`;
  expect((await call('POST', again, undefined, { ...admin, prefer: 'return=minimal' })).status).toBe(204);
});

test('too many wrong passwords lock a user without telling, until the minutes are over', async () => {
  const settings = { passwordPolicy: { lockout: { maxAttempts: 2, autoUnlockMinutes: 10 } } };
  const { signIn, pass, userStatus } = await openWorld({ settings });
  expect((await signIn('wrong')).json.errorCode).toBe('E0000004');
  expect(await userStatus()).toBe('ACTIVE');
  expect((await signIn('wrong')).json.errorCode).toBe('E0000004');
  expect(await userStatus()).toBe('LOCKED_OUT');
  expect((await signIn()).json.errorCode).toBe('E0000004');
  pass(10 * MINUTE);
  expect((await signIn()).json.status).toBe('SUCCESS');
  expect(await userStatus()).toBe('ACTIVE');
});

test('a user whom an administrator unlocks has all attempts again', async () => {
  const settings = { passwordPolicy: { lockout: { maxAttempts: 2 } } };
  const { call, signIn, id, admin, userStatus } = await openWorld({ settings });
  await signIn('wrong');
  await signIn('wrong');
  await call('POST', `/api/v1/users/${id}/lifecycle/unlock`, undefined, admin);
  await signIn('wrong');
  expect(await userStatus()).toBe('ACTIVE');
});

test('a remembered device is not asked again while the policy says so', async () => {
  const { call, signIn, id, admin, pass } = await openWorld({
    settings: { signOnPolicy: { mfa: 'always' } },
  });
  const profile = { question: 'disliked_food', answer: 'porridge' };
  const body = { factorType: 'question', provider: 'OKTA', profile };
  const factor = await call('POST', `/api/v1/users/${id}/factors`, body, admin);
  const verify = `/api/v1/authn/factors/${String(factor.json.id)}/verify?rememberDevice=true`;

  const { stateToken } = (await signIn()).json;
  const { cookies } = await call('POST', verify, { stateToken, answer: 'porridge' });
  const cookie = cookies.find((one) => one.startsWith('DT='))?.split(';')[0] ?? '';
  expect((await signIn(PASSWORD, { cookie })).json.status).toBe('SUCCESS');
  expect((await signIn()).json.status).toBe('MFA_REQUIRED');

  const device = { context: { deviceToken: '26q43Ak9Eh04p7H6Nnx0m69JqYOrfVBY' } };
  const trusted = (await signIn(PASSWORD, admin, device)).json;
  await call('POST', verify, { stateToken: trusted.stateToken, answer: 'porridge' }, admin);
  expect((await signIn(PASSWORD, admin, device)).json.status).toBe('SUCCESS');
  // Nobody but a trusted application may say which device it is.
  expect((await signIn(PASSWORD, {}, device)).json.status).toBe('MFA_REQUIRED');
  pass(15 * MINUTE);
  expect((await signIn(PASSWORD, { cookie })).json.status).toBe('MFA_REQUIRED');
});

test('a password that was had before is refused where history counts', async () => {
  const { call, id, admin } = await openWorld();
  const change = (oldPassword: string, newPassword: string, query = '') =>
    call(
      'POST',
      `/api/v1/users/${id}/credentials/change_password${query}`,
      { oldPassword: { value: oldPassword }, newPassword: { value: newPassword } },
      admin,
    );
  expect((await change(PASSWORD, 'Other-Lamp-28')).status).toBe(200);
  expect((await change('Other-Lamp-28', PASSWORD, '?strict=true')).json.errorCode).toBe('E0000014');
  expect((await change('Other-Lamp-28', PASSWORD)).status).toBe(200);
});

test('what the org keeps on disk holds no password, no token and no session in clear', async () => {
  const data = await mkdtemp(join(tmpdir(), 'org-'));
  const { org, call, signIn, id, admin } = await openWorld({
    data,
    settings: { signOnPolicy: { mfa: 'always' } },
  });
  const { stateToken } = (await signIn()).json;
  const profile = { question: 'disliked_food', answer: 'cold porridge' };
  const body = { stateToken, factorType: 'question', provider: 'OKTA', profile };
  const { sessionToken } = (await call('POST', '/api/v1/authn/factors', body)).json;
  const session = await call('POST', '/api/v1/sessions', { sessionToken });
  const waiting = (await signIn()).json.stateToken;
  const reset = await call(
    'POST',
    `/api/v1/users/${id}/lifecycle/reset_password?sendEmail=false`,
    undefined,
    admin,
  );
  const recoveryToken = String(reset.json.resetPasswordUrl).split('/').at(-1);
  await org.close();
  const files = await readdir(data, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  );
  const kept = texts.join('\n');
  await rm(data, { recursive: true });
  expect(kept).toContain(LOGIN);
  for (const secret of [
    PASSWORD,
    stateToken,
    waiting,
    sessionToken,
    session.json.id,
    recoveryToken,
    'cold porridge',
  ])
    expect(kept).not.toContain(secret);
});
