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

/** A form of a page, as a browser sends it. */
function submit(
  { org, cookie, csrf }: Browser,
  path: string,
  fields: Record<string, string>,
  origin = ORIGIN,
): Promise<Response> {
  const body = new URLSearchParams({ csrf, ...fields });
  return org.fetch(new Request(`${ORIGIN}${path}`, { method: 'POST', body, headers: { cookie, origin } }));
}

async function look({ org, cookie }: Browser, path: string): Promise<{ status: number; text: string }> {
  const response = await org.fetch(new Request(`${ORIGIN}${path}`, { headers: { cookie } }));
  return { status: response.status, text: await response.text() };
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

  expect((await submit(browser, '/admin/tokens/-/revoke', { tokenId: id })).status).toBe(303);
  expect((await withToken(org, value)).status).toBe(401);
});

it('sets a cookie that scripts and other sites cannot use', async () => {
  const response = await postForm(await createOrg({ admin }), {
    username: admin.login,
    password: admin.password,
  });
  expect(response.headers.get('set-cookie')).toMatch(/; Path=\/admin; HttpOnly; SameSite=Strict$/);
});

it('goes to the page that was asked for, and to no other site', async () => {
  const org = await createOrg({ admin });
  const fields = { username: admin.login, password: admin.password };
  const locate = async (place: string) => (await postForm(org, { ...fields, place })).headers.get('location');
  expect(await locate('/tokens')).toBe('/admin/tokens');
  expect(await locate('/')).toBe('/admin');
  for (const place of ['//evil.example.com', '@evil.example.com', '/clock/-/freeze'])
    expect(await locate(place)).toBe('/admin');
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

it('shows every page of the navigation', async () => {
  const browser = await signIn(await createOrg({ admin, seed: 'sample' }));
  const home = await look(browser, '/admin');
  const links = [...home.text.matchAll(/<a href="(\/admin[^"]*)"/g)].map(([, link]) => link ?? '');
  expect(links.length).toBeGreaterThan(8);
  for (const link of new Set(links)) {
    const shown = await look(browser, link);
    expect([link, shown.status]).toEqual([link, 200]);
    expect(shown.text).not.toContain('<p class="problem" role="alert">');
  }
  expect((await look(browser, '/admin/nothing')).status).toBe(404);
});

it('adds a person, moves them through their statuses and deletes them', async () => {
  const browser = await signIn(await createOrg({ admin }));
  const fields = {
    firstName: 'Ines',
    lastName: '<Baker>',
    login: 'ines@example.com',
    email: 'ines@example.com',
  };
  const added = await submit(browser, '/admin/people/-/add', {
    ...fields,
    activate: 'on',
    password: 'Harbour-9-lantern',
  });
  const place = added.headers.get('location') ?? '';
  expect(place).toMatch(/^\/admin\/people\/00u/);
  const shown = await look(browser, place);
  expect(shown.text).toContain('Added Ines &lt;Baker&gt;.');
  expect((await look(browser, place)).text).not.toContain('Added Ines');

  await submit(browser, `${place}/-/suspend`, {});
  expect((await look(browser, place)).text).toContain('Suspended Ines');
  const again = await submit(browser, `${place}/-/suspend`, {});
  expect(again.status).toBe(400);
  await submit(browser, `${place}/-/deactivate`, {});
  expect((await submit(browser, `${place}/-/delete`, {})).headers.get('location')).toBe('/admin/people');
  expect((await look(browser, place)).status).toBe(404);
});

it('keeps a form as it was filled in when the org refuses it', async () => {
  const browser = await signIn(await createOrg({ admin }));
  const fields = { firstName: 'Ines', lastName: 'Baker', login: 'no mail', email: 'ines@example.com' };
  const refused = await submit(browser, '/admin/people/-/add', fields);
  const text = await refused.text();
  expect(refused.status).toBe(400);
  expect(text).toContain('role="alert"');
  expect(text).toContain('value="no mail"');
});

it('turns the clock and says so on every page', async () => {
  const browser = await signIn(await createOrg({ admin }));
  await submit(browser, '/admin/clock/-/advance', { amount: '3', unit: 'days' });
  expect((await look(browser, '/admin/groups')).text).toContain('The clock is moved');
  await submit(browser, '/admin/clock/-/reset', {});
  expect((await look(browser, '/admin/groups')).text).not.toContain('The clock is moved');
});

it('changes the policies part by part', async () => {
  const browser = await signIn(await createOrg({ admin }));
  const lockout = { maxAttempts: '3', autoUnlockMinutes: '15', showLockoutFailures: 'on' };
  expect((await submit(browser, '/admin/settings/-/lockout', lockout)).status).toBe(303);
  const { text } = await look(browser, '/admin/settings');
  expect(text).toMatch(/name="maxAttempts"[^>]* value="3"/);
  expect(text).toMatch(/name="minLength"[^>]* value="8"/);
  const wrong = await submit(browser, '/admin/settings/-/complexity', { minLength: '1' });
  expect(wrong.status).toBe(400);
});

it('says which factors people may and have to enrol, and what kind of org it is', async () => {
  const browser = await signIn(await createOrg({ admin }));
  const { text: before } = await look(browser, '/admin/settings');
  const offers = Object.fromEntries(
    [...before.matchAll(/<select name="([a-z0-9:]+:[A-Z]+)"/g)].map(([, key = '']) => [key, 'no']),
  );
  expect(Object.keys(offers)).toContain('sms:OKTA');
  const chosen = { ...offers, 'sms:OKTA': 'required', 'push:OKTA': 'optional' };
  expect((await submit(browser, '/admin/settings/-/factors', chosen)).status).toBe(303);
  const kind = { edition: 'classic', governance: 'on' };
  expect((await submit(browser, '/admin/settings/-/features', kind)).status).toBe(303);
  const { text } = await look(browser, '/admin/settings');
  expect(text).toMatch(/name="sms:OKTA">.*?<option value="required" selected/s);
  expect(text).toMatch(/name="push:OKTA">.*?<option value="optional" selected/s);
  expect(text).toMatch(/<option value="classic" selected/);
  expect(text).toMatch(/name="governance" checked/);
});

it('shows what the org sent', async () => {
  const browser = await signIn(await createOrg({ admin }));
  const fields = {
    firstName: 'Ines',
    lastName: 'Baker',
    login: 'ines@example.com',
    email: 'ines@example.com',
  };
  await submit(browser, '/admin/people/-/add', { ...fields, activate: 'on' });
  expect((await look(browser, '/admin/messages')).text).toContain('Activate your account');
  await submit(browser, '/admin/messages/-/empty', {});
  expect((await look(browser, '/admin/messages')).text).toContain('Nothing was sent yet');
});

it('refuses a form of another site or without the secret of its page', async () => {
  const browser = await signIn(await createOrg({ admin }));
  const freeze = '/admin/clock/-/freeze';
  expect((await submit(browser, freeze, {}, 'http://evil.example.com')).status).toBe(403);
  expect((await submit(browser, freeze, { csrf: 'guessed' })).status).toBe(403);
  expect((await submit({ ...browser, cookie: '' }, freeze, {})).status).toBe(401);
  expect((await look(browser, '/admin')).text).not.toContain('stands still');
});
