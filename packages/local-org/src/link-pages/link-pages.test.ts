import { expect, test } from 'vitest';
import { createOrg, type Org } from '../org.ts';

const ORIGIN = 'https://org.example.com';
const LOGIN = 'ida.berg@example.com';

async function call(org: Org, path: string, body?: object): Promise<Response> {
  return org.fetch(
    new Request(`${ORIGIN}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: 'SSWS tok' },
      body: JSON.stringify(body ?? {}),
    }),
  );
}

async function createUser(org: Org, credentials?: object): Promise<string> {
  const profile = { firstName: 'Ida', lastName: 'Berg', login: LOGIN, email: LOGIN };
  const response = await call(org, '/users', { profile, ...(credentials && { credentials }) });
  const { id } = (await response.json()) as { id: string };
  return id;
}

async function signIn(org: Org, password: string): Promise<number> {
  return (await call(org, '/authn', { username: LOGIN, password })).status;
}

/** Opens the link of the last mail, as a browser does. */
async function follow(org: Org): Promise<{ link: string; status: number; html: string }> {
  const link = org.messages().findLast((message) => message.link !== undefined)?.link ?? '';
  const response = await org.fetch(new Request(link));
  expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  return { link, status: response.status, html: await response.text() };
}

async function fill(org: Org, link: string, html: string, fields: Record<string, string>): Promise<string> {
  const stateToken = /name="stateToken" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const body = new URLSearchParams({ stateToken, ...fields });
  const response = await org.fetch(new Request(link, { method: 'POST', body }));
  return response.text();
}

test('the link of the welcome mail lets somebody choose a password', async () => {
  const org = await createOrg({ token: 'tok' });
  await createUser(org);
  const { link, html } = await follow(org);
  expect(html).toContain('Choose a password');
  const refused = await fill(org, link, html, { newPassword: 'weak' });
  expect(refused).toContain('Password requirements were not met');
  const done = await fill(org, link, refused, { newPassword: 'Harbour-Lamp-27' });
  expect(done).toContain('Your password is set');
  expect(await signIn(org, 'Harbour-Lamp-27')).toBe(200);
  expect((await follow(org)).status).toBe(404);
});

test('the link of a reset asks for the answer to the question first', async () => {
  const org = await createOrg({ token: 'tok' });
  const id = await createUser(org, {
    password: { value: 'Harbour-Lamp-27' },
    recovery_question: { question: 'Which <harbour>?', answer: 'The old one' },
  });
  await call(org, `/users/${id}/lifecycle/reset_password`);
  const { link, html } = await follow(org);
  expect(html).toContain('Which &lt;harbour&gt;?');
  const refused = await fill(org, link, html, { answer: 'wrong' });
  expect(refused).toContain('did not match our records');
  const password = await fill(org, link, refused, { answer: 'the OLD one' });
  const done = await fill(org, link, password, { newPassword: 'Other-Lamp-28' });
  expect(done).toContain('Your password is set');
  expect(await signIn(org, 'Other-Lamp-28')).toBe(200);
});

test('the link of an unlock opens a locked account', async () => {
  const org = await createOrg({
    token: 'tok',
    settings: { passwordPolicy: { lockout: { maxAttempts: 1 } } },
  });
  await createUser(org, { password: { value: 'Harbour-Lamp-27' } });
  expect(await signIn(org, 'wrong')).toBe(401);
  expect(await signIn(org, 'Harbour-Lamp-27')).toBe(401);
  await call(org, '/authn/recovery/unlock', { username: LOGIN, factorType: 'EMAIL' });
  expect((await follow(org)).html).toContain('Your account is unlocked');
  expect(await signIn(org, 'Harbour-Lamp-27')).toBe(200);
});
