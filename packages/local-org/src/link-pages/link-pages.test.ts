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

test.each([
  ['claims_provider', 'CUSTOM'],
  ['assertion:saml2', 'GENERIC_SAML'],
  ['assertion:oidc', 'GENERIC_OIDC'],
])(
  'somebody who signs in is sent to another identity provider by %s and comes back',
  async (type, provider) => {
    const factors = [`${type}:${provider}`];
    const settings = { signOnPolicy: { mfa: 'always', factors } } as const;
    const org = await createOrg({ token: 'tok', settings });
    const id = await createUser(org, { password: { value: 'Harbour-Lamp-27' } });
    const authn = async (path: string, body: object) => {
      const answer = (await (await call(org, `/authn${path}`, body)).json()) as {
        readonly status: string;
        readonly factorResult?: string;
        readonly stateToken?: string;
        readonly _embedded: { readonly factors?: readonly { readonly id: string }[] };
        readonly _links: { readonly next: { readonly name: string; readonly href: string } };
      };
      return { ...answer, next: answer._links.next };
    };
    const say = async (href: string, state: string): Promise<number> => {
      expect(await (await org.fetch(new Request(href))).text()).toContain(LOGIN);
      const body = new URLSearchParams({ state });
      return (await org.fetch(new Request(href, { method: 'POST', body }))).status;
    };
    const credentials = { username: LOGIN, password: 'Harbour-Lamp-27' };

    const { stateToken } = await authn('', credentials);
    const enrolling = await authn('/factors', { stateToken, factorType: type, provider });
    expect(enrolling).toMatchObject({ status: 'MFA_ENROLL_ACTIVATE', next: { name: 'activate' } });
    expect(await authn('', { stateToken })).toMatchObject({ status: 'MFA_ENROLL_ACTIVATE' });
    expect(await say(enrolling.next.href, 'approved')).toBe(200);
    expect(await authn('', { stateToken })).toMatchObject({ status: 'SUCCESS' });
    expect((await org.fetch(new Request(enrolling.next.href))).status).toBe(404);

    const again = await authn('', credentials);
    const path = `/factors/${again._embedded.factors?.[0]?.id}/verify`;
    const challenged = await authn(path, { stateToken: again.stateToken });
    expect(challenged).toMatchObject({ status: 'MFA_CHALLENGE', next: { name: 'redirect' } });
    await say(challenged.next.href, 'rejected');
    expect(await authn('', { stateToken: again.stateToken })).toMatchObject({ factorResult: 'REJECTED' });
    // Okta: the same call tells how the last challenge ended, and sends the next one after that.
    await authn(path, { stateToken: again.stateToken });
    const once = await authn(path, { stateToken: again.stateToken });
    await say(once.next.href, 'approved');
    expect(await authn('', { stateToken: again.stateToken })).toMatchObject({ status: 'SUCCESS' });

    const refused = await call(org, `/users/${id}/factors`, { factorType: type, provider });
    expect([refused.status, ((await refused.json()) as { errorCode: string }).errorCode]).toEqual([
      400,
      'E0000001',
    ]);
  },
);
