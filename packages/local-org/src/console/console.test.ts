import { expect, it } from 'vitest';
import { createOrg, type Org } from '../org.ts';

const ORIGIN = 'http://org.example.com';
const admin = { login: 'admin@example.com', password: 'harbour-9-lantern' };

/** A browser that is signed in: its cookie and the page's CSRF token. */
interface Browser {
  readonly org: Org;
  readonly cookie: string;
  readonly csrf: string;
}

async function signIn(org: Org): Promise<Browser> {
  const response = await postForm(org, { username: admin.login, password: admin.password });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await (await org.fetch(new Request(`${ORIGIN}/admin/tokens`, { headers: { cookie } }))).text();
  return { org, cookie, csrf: /data-csrf="([^"]+)"/.exec(page)?.[1] ?? '' };
}

function postForm(org: Org, fields: Record<string, string>, origin = ORIGIN): Promise<Response> {
  const body = new URLSearchParams(fields);
  return org.fetch(new Request(`${ORIGIN}/admin/sign-in`, { method: 'POST', body, headers: { origin } }));
}

function post(
  { org, cookie, csrf }: Browser,
  path: string,
  body: unknown,
  origin = ORIGIN,
): Promise<Response> {
  const headers = { cookie, origin, 'content-type': 'application/json', 'x-csrf-token': csrf };
  return org.fetch(new Request(`${ORIGIN}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

const withToken = (org: Org, token: string) =>
  org.fetch(new Request(`${ORIGIN}/api/v1/users/me`, { headers: { authorization: `SSWS ${token}` } }));

it('makes a token that the API accepts, and shows its value in no page', async () => {
  const org = await createOrg({ admin });
  const browser = await signIn(org);
  const response = await post(browser, '/admin/tokens', { name: 'Nightly <b>' });
  const { id, value } = (await response.json()) as { id: string; value: string };
  expect((await withToken(org, value)).status).toBe(200);
  const page = await (
    await org.fetch(new Request(`${ORIGIN}/admin/tokens`, { headers: { cookie: browser.cookie } }))
  ).text();
  expect(page).toContain('Nightly &lt;b&gt;');
  expect(page).not.toContain(value);

  expect((await post(browser, `/admin/tokens/${id}/revoke`, {})).status).toBe(200);
  expect((await withToken(org, value)).status).toBe(401);
});

it('sets a cookie that scripts and other sites cannot use', async () => {
  const response = await postForm(await createOrg({ admin }), {
    username: admin.login,
    password: admin.password,
  });
  expect(response.headers.get('set-cookie')).toMatch(/; Path=\/admin; HttpOnly; SameSite=Strict$/);
});

it('refuses a wrong password, a name that is not the administrator’s, and an org without a password', async () => {
  const org = await createOrg({ admin });
  expect((await postForm(org, { username: admin.login, password: 'wrong' })).status).toBe(401);
  expect((await postForm(org, { username: 'eve@example.com', password: admin.password })).status).toBe(401);
  expect((await postForm(await createOrg(), { username: admin.login, password: '' })).status).toBe(401);
});

it('refuses what another site sends, and a request without the page’s own token', async () => {
  const org = await createOrg({ admin });
  const browser = await signIn(org);
  expect((await post(browser, '/admin/tokens', { name: 'x' }, 'http://evil.example.com')).status).toBe(403);
  expect((await post({ ...browser, csrf: 'guessed' }, '/admin/tokens', { name: 'x' })).status).toBe(403);
  expect((await post({ ...browser, cookie: '' }, '/admin/tokens', { name: 'x' })).status).toBe(401);
  const fields = { username: admin.login, password: admin.password };
  expect((await postForm(org, fields, 'http://evil.example.com')).status).toBe(403);
});

it('wants a name that is not taken', async () => {
  const browser = await signIn(await createOrg({ admin }));
  expect((await post(browser, '/admin/tokens', { name: ' ' })).status).toBe(400);
  expect((await post(browser, '/admin/tokens', { name: 'CI' })).status).toBe(200);
  expect((await post(browser, '/admin/tokens', { name: 'CI' })).status).toBe(400);
});
