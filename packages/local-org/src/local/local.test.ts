import { expect, test } from 'vitest';
import { ConnectionCut } from '../faults.ts';
import { createOrg, type Org } from '../org.ts';
import type { OrgOptions } from '../org-options.ts';
import { serveOrg } from '../serve.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-01T12:00:00.000Z');

function toRequest(method: string, path: string, body?: unknown): Request {
  return new Request(`https://org.example.com${path}`, {
    method,
    headers: { authorization: 'SSWS tok', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function call(org: Org, method: string, path: string, body?: unknown) {
  const response = await org.fetch(toRequest(method, path, body));
  const text = await response.text();
  // Answers are looked at by matchers only.
  const json: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, json };
}

const openOrg = (options: OrgOptions = {}) =>
  createOrg({ token: 'tok', host: { now: () => START }, ...options });

const ines = { firstName: 'Ines', lastName: 'Baker', login: 'ines@example.com', email: 'ines@example.com' };

test('the clock goes on, stands still and goes back to the machine’s, and answers are dated by it', async () => {
  const org = await openOrg();
  const clock = (path: string, body: unknown) => call(org, 'POST', `/api/local/v1/clock/${path}`, body);
  expect((await clock('advance', { milliseconds: HOUR })).json).toEqual({
    now: '2026-03-01T13:00:00.000Z',
    frozen: false,
    offset: HOUR,
  });
  const created = await call(org, 'POST', '/api/v1/users?activate=false', { profile: ines });
  expect(created.json).toMatchObject({ created: '2026-03-01T13:00:00.000Z' });
  expect(created.headers.get('date')).toBe('Sun, 01 Mar 2026 13:00:00 GMT');
  expect((await clock('freeze', { at: '2030-01-01T00:00:00.000Z' })).json).toMatchObject({ frozen: true });
  expect((await clock('advance', { milliseconds: 1000 })).json).toMatchObject({
    now: '2030-01-01T00:00:01.000Z',
    frozen: true,
  });
  expect((await clock('reset', undefined)).json).toMatchObject({
    now: '2026-03-01T12:00:00.000Z',
    offset: 0,
  });
});

test('a token that is not used for thirty days of the org’s clock is refused', async () => {
  const org = await openOrg();
  expect((await call(org, 'GET', '/api/v1/users/me')).status).toBe(200);
  await call(org, 'POST', '/api/local/v1/clock/advance', { milliseconds: 31 * 24 * HOUR });
  expect((await call(org, 'GET', '/api/v1/users/me')).status).toBe(401);
});

test('faults strike as many requests of their operation as they were told', async () => {
  const org = await openOrg();
  const fault = { operation: 'users/listUsers', kind: 'rate-limit', count: 2 };
  const { json } = await call(org, 'POST', '/api/local/v1/faults', fault);
  expect(json).toMatchObject({ operation: 'users/listUsers', remaining: 2, struck: 0 });
  expect((await call(org, 'GET', '/api/v1/groups')).status).toBe(200);
  const first = await call(org, 'GET', '/api/v1/users');
  expect(first).toMatchObject({ status: 429, json: { errorCode: 'E0000047' } });
  expect(first.headers.get('x-rate-limit-remaining')).toBe('0');
  expect((await call(org, 'GET', '/api/local/v1/faults')).json).toMatchObject([{ remaining: 1, struck: 1 }]);
  expect((await call(org, 'GET', '/api/v1/users')).status).toBe(429);
  expect((await call(org, 'GET', '/api/v1/users')).status).toBe(200);
  expect((await call(org, 'GET', '/api/local/v1/faults')).json).toEqual([]);
});

test.each([
  ['concurrency-limit', 429, '0'],
  ['internal-error', 500, '300'],
  ['unavailable', 503, '300'],
])('the fault %s answers %i with a limit of %s', async (kind, status, limit) => {
  const org = await openOrg();
  await call(org, 'POST', '/api/local/v1/faults', { kind });
  const answer = await call(org, 'POST', '/api/v1/users', { profile: ines });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('x-rate-limit-limit')).toBe(limit);
  await call(org, 'DELETE', '/api/local/v1/faults');
  expect((await call(org, 'GET', '/api/v1/users/ines@example.com')).status).toBe(404);
});

test('a cut connection gives no answer, before or after the org acted', async () => {
  const org = await openOrg();
  await call(org, 'POST', '/api/local/v1/faults', { kind: 'cut-before', count: 1 });
  const creation = () => call(org, 'POST', '/api/v1/users', { profile: ines });
  await expect(creation()).rejects.toThrow(ConnectionCut);
  expect((await call(org, 'GET', '/api/v1/users/ines@example.com')).status).toBe(404);
  await call(org, 'POST', '/api/local/v1/faults', {
    kind: 'cut-after',
    operation: 'users/createUser',
    count: 1,
  });
  await expect(creation()).rejects.toThrow(ConnectionCut);
  expect((await call(org, 'GET', '/api/v1/users/ines@example.com')).status).toBe(200);
});

test('a cut connection closes the socket', async () => {
  const served = await serveOrg({ port: 0, token: 'tok' });
  const headers = { authorization: 'SSWS tok', 'content-type': 'application/json' };
  const body = JSON.stringify({ kind: 'cut-before', count: 1 });
  await fetch(`${served.url}/api/local/v1/faults`, { method: 'POST', headers, body });
  await expect(fetch(`${served.url}/api/v1/users/me`, { headers })).rejects.toThrow('fetch failed');
  expect((await fetch(`${served.url}/api/v1/users/me`, { headers })).status).toBe(200);
  await served.close();
});

test('a slow answer waits as long as it was told', async () => {
  const waited: number[] = [];
  const wait = async (milliseconds: number) => void waited.push(milliseconds);
  const org = await openOrg({ host: { now: () => START, wait } });
  await call(org, 'POST', '/api/local/v1/faults', { kind: 'slow', delay: 2500, count: 1 });
  expect((await call(org, 'GET', '/api/v1/users')).status).toBe(200);
  expect(waited).toEqual([2500]);
});

test('faults by chance strike about as often as they were told', async () => {
  const org = await openOrg();
  await call(org, 'POST', '/api/local/v1/faults', { kind: 'internal-error', percent: 25 });
  let struck = 0;
  for (let sent = 0; sent < 400; sent++)
    if ((await call(org, 'GET', '/api/v1/groups')).status === 500) struck++;
  // Five standard deviations around 100.
  expect(struck).toBeGreaterThan(56);
  expect(struck).toBeLessThan(144);
});

test('another plan of rate limits counts from the next request on', async () => {
  const org = await openOrg();
  await call(org, 'PUT', '/api/local/v1/limits', { plan: 'integrator', indexDelay: 0 });
  const answer = await call(org, 'GET', '/api/v1/users');
  expect(answer.headers.get('x-rate-limit-limit')).toBe('50');
});

test.each([
  ['POST', '/api/local/v1/faults', { kind: 'nothing' }],
  ['POST', '/api/local/v1/faults', { kind: 'slow' }],
  ['POST', '/api/local/v1/faults', { kind: 'unavailable', operation: 'users/noSuchOperation' }],
  ['POST', '/api/local/v1/clock/advance', { milliseconds: -1 }],
  ['PUT', '/api/local/v1/limits', { plan: 'none', indexDelay: 0 }],
])('%s %s refuses %j', async (method, path, body) => {
  const org = await openOrg();
  expect(await call(org, method, path, body)).toMatchObject({
    status: 400,
    json: { errorCode: 'E0000001', errorCauses: [{}] },
  });
  expect((await call(org, 'GET', '/api/local/v1/faults')).json).toEqual([]);
});

test('goes back to a snapshot by its name, and to the beginning', async () => {
  const org = await openOrg();
  await call(org, 'POST', '/api/v1/users', { profile: ines });
  expect((await call(org, 'POST', '/api/local/v1/snapshots', { name: 'with Ines' })).status).toBe(201);
  expect((await call(org, 'POST', '/api/local/v1/reset')).status).toBe(204);
  expect((await call(org, 'GET', '/api/v1/users/ines@example.com')).status).toBe(404);
  const place = `/api/local/v1/snapshots/${encodeURIComponent('with Ines')}`;
  expect((await call(org, 'POST', `${place}/restore`)).status).toBe(204);
  expect((await call(org, 'GET', '/api/v1/users/ines@example.com')).status).toBe(200);
  expect((await call(org, 'DELETE', place)).status).toBe(204);
  expect((await call(org, 'POST', `${place}/restore`)).status).toBe(404);
});

test('seeds from a text, whole or not at all', async () => {
  const org = await openOrg();
  const seed = (text: string) => call(org, 'POST', '/api/local/v1/seed', { text });
  expect((await seed('groups:\n  - profile: { name: Seeded }\n')).status).toBe(200);
  const refused = await seed(
    'groups:\n  - profile: { name: Other }\nusers:\n  - profile: { login: nobody }\n',
  );
  expect(refused).toMatchObject({ status: 400, json: { errorCode: 'E0000001' } });
  const { json } = await call(org, 'GET', '/api/v1/groups');
  expect(JSON.stringify(json)).toContain('Seeded');
  expect(JSON.stringify(json)).not.toContain('Other');
});

test('a copy stands beside the org at its own address and goes its own way', async () => {
  const served = await serveOrg({ port: 0, token: 'tok' });
  const headers = { authorization: 'SSWS tok', 'content-type': 'application/json' };
  const send = (base: string, method: string, path: string, body?: unknown) =>
    fetch(`${base}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  await send(served.url, 'POST', '/api/v1/users', { profile: ines });
  const { id, url } = (await (await send(served.url, 'POST', '/api/local/v1/copies')).json()) as {
    id: string;
    url: string;
  };
  expect((await send(url, 'GET', '/api/v1/users/ines@example.com')).status).toBe(200);
  await send(url, 'POST', '/api/v1/users/ines@example.com/lifecycle/deactivate');
  const original = await (await send(served.url, 'GET', '/api/v1/users/ines@example.com')).json();
  expect(original).not.toMatchObject({ status: 'DEPROVISIONED' });
  expect((await send(served.url, 'DELETE', `/api/local/v1/copies/${id}`)).status).toBe(204);
  await expect(send(url, 'GET', '/api/v1/users')).rejects.toThrow('fetch failed');
  await served.close();
});

test('an org without an address has no copies', async () => {
  const org = await openOrg();
  expect(await call(org, 'POST', '/api/local/v1/copies')).toMatchObject({
    status: 501,
    json: { errorCode: 'E0000060' },
  });
});

test('a late index finds what was there before, and lists are of now', async () => {
  let now = START;
  const org = await openOrg({ host: { now: () => now } });
  await call(org, 'PUT', '/api/local/v1/limits', { plan: 'off', indexDelay: 5000 });
  await call(org, 'POST', '/api/v1/users', { profile: ines });
  const search = async () => {
    const query = encodeURIComponent('profile.login eq "ines@example.com"');
    return (await call(org, 'GET', `/api/v1/users?search=${query}`)).json;
  };
  expect(await search()).toEqual([]);
  expect((await call(org, 'GET', '/api/v1/users?q=ines')).json).toMatchObject([{ profile: ines }]);
  now += 5000;
  expect(await search()).toMatchObject([{ profile: ines }]);
  await call(org, 'POST', '/api/v1/users/ines@example.com', { profile: { firstName: 'Nina' } });
  await call(org, 'POST', '/api/v1/users/ines@example.com', { profile: { firstName: 'Mina' } });
  expect(await search()).toMatchObject([{ profile: { firstName: 'Ines' } }]);
  now += 5000;
  expect(await search()).toMatchObject([{ profile: { firstName: 'Mina' } }]);
});

test('is for super administrators alone', async () => {
  const org = await openOrg();
  const created = await call(org, 'POST', '/api/v1/users', { profile: ines });
  const { id } = created.json as { id: string };
  await call(org, 'POST', `/api/v1/users/${id}/roles`, { type: 'READ_ONLY_ADMIN' });
  const [token] = (await call(org, 'GET', '/api/v1/api-tokens')).json as { id: string; name: string }[];
  await call(org, 'PUT', `/api/v1/api-tokens/${token?.id}`, { userId: id, name: token?.name });
  expect(await call(org, 'POST', '/api/local/v1/reset')).toMatchObject({ status: 403 });
});

test('the settings refuse a factor and a group that are not there, and stay as they were', async () => {
  const org = await openOrg();
  const change = (signOnPolicy: object) => call(org, 'PATCH', '/api/local/v1/settings', { signOnPolicy });
  const before = await call(org, 'GET', '/api/local/v1/settings');
  for (const [part, value] of [
    ['factors', 'sms'],
    ['requiredFactors', 'sms:ACME'],
    ['mfaGroupIds', '00gnone'],
  ] as const)
    expect(await change({ mfa: 'always', [part]: [value] })).toMatchObject({
      status: 400,
      json: {
        errorCode: 'E0000001',
        errorCauses: [{ errorSummary: expect.stringContaining(value) as string }],
      },
    });
  expect((await call(org, 'GET', '/api/local/v1/settings')).json).toEqual(before.json);
});
