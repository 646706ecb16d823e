import { expect, test } from 'vitest';
import { createOrg } from './org.ts';

const BASE = 'https://org.example.com';

async function createClient() {
  const org = await createOrg({ token: 'tok' });
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await org.fetch(
      new Request(`${BASE}${path}`, {
        method,
        headers: { authorization: 'SSWS tok', 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const json: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, json };
  };
}

const ines = { firstName: 'Ines', lastName: 'Baker', login: 'ines@example.com', email: 'ines@example.com' };

test('refuses a missing and a wrong token with E0000011', async () => {
  const send = await createClient();
  for (const authorization of ['', 'SSWS other', 'Bearer tok']) {
    const answer = await send('GET', '/api/v1/users', undefined, { authorization });
    expect(answer).toMatchObject({ status: 401, json: { errorCode: 'E0000011', errorCauses: [] } });
  }
});

test('tells an unknown path from a wrong method', async () => {
  const send = await createClient();
  expect(await send('GET', '/api/v1/nothing')).toMatchObject({
    status: 404,
    json: { errorCode: 'E0000008' },
  });
  expect(await send('PUT', '/api/v1/users')).toMatchObject({ status: 405, json: { errorCode: 'E0000022' } });
});

test('refuses bodies that are no JSON object, too deep or too large with E0000003', async () => {
  const send = await createClient();
  for (const body of ['', '{', '[]x', '3', '['.repeat(100) + ']'.repeat(100), `"${'x'.repeat(1_100_000)}"`]) {
    expect(await send('POST', '/api/v1/users', body)).toMatchObject({
      status: 400,
      json: { errorCode: 'E0000003' },
    });
  }
});

test('creates, reads, changes, deactivates and deletes a user', async () => {
  const send = await createClient();
  const created = await send('POST', '/api/v1/users?activate=false', { profile: ines });
  expect(created).toMatchObject({ status: 200, json: { status: 'STAGED', activated: null, profile: ines } });
  expect(await send('POST', '/api/v1/users/ines', { profile: { nickName: 'Nessie' } })).toMatchObject({
    status: 200,
    json: { profile: { ...ines, nickName: 'Nessie' } },
  });
  expect(await send('DELETE', '/api/v1/users/ines@example.com')).toMatchObject({ status: 204 });
  expect(await send('GET', '/api/v1/users/ines')).toMatchObject({ json: { status: 'DEPROVISIONED' } });
  expect(await send('DELETE', '/api/v1/users/ines')).toMatchObject({ status: 204 });
  expect(await send('GET', '/api/v1/users/ines')).toMatchObject({
    status: 404,
    json: { errorSummary: 'Not found: Resource not found: ines (User)' },
  });
});

test('refuses an unknown attribute and a login that is taken', async () => {
  const send = await createClient();
  await send('POST', '/api/v1/users', { profile: ines });
  expect(await send('POST', '/api/v1/users', { profile: { ...ines, shoe: 38 } })).toMatchObject({
    status: 400,
    json: {
      errorSummary: 'Api validation failed: newUser',
      errorCauses: [{ errorSummary: "Property name 'shoe' is not defined in profile" }],
    },
  });
  expect(
    await send('POST', '/api/v1/users', { profile: { ...ines, login: 'INES@example.com' } }),
  ).toMatchObject({
    status: 400,
    json: { errorSummary: 'Api validation failed: login' },
  });
});

test('pages through users by the next link', async () => {
  const send = await createClient();
  for (const name of ['a', 'b', 'c'])
    await send('POST', '/api/v1/users', { profile: { ...ines, login: `${name}@example.com` } });
  const seen: unknown[] = [];
  let path: string | undefined = '/api/v1/users?limit=3';
  while (path !== undefined) {
    const { json, headers } = await send('GET', path);
    if (Array.isArray(json)) seen.push(...json);
    path = /<https:\/\/org\.example\.com([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
  }
  expect(seen).toHaveLength(4);
  expect(await send('GET', '/api/v1/users?after=nonsense')).toMatchObject({
    json: { errorCode: 'E0000029' },
  });
});

test('answers 429 with E0000047 when the share of a token is used up', async () => {
  const org = await createOrg({
    token: 'tok',
    plan: 'integrator',
    host: { now: () => 0, random: (n) => new Uint8Array(n) },
  });
  const statuses = new Set<number>();
  const remaining: unknown[] = [];
  for (let call = 0; call <= 50; call++) {
    const request = new Request(`${BASE}/api/v1/users`, { headers: { authorization: 'SSWS tok' } });
    const response = await org.fetch(request);
    remaining.push(response.headers.get('x-rate-limit-remaining'));
    statuses.add(response.status);
  }
  expect([...statuses]).toEqual([200, 429]);
  expect([remaining[0], remaining[49], remaining[50]]).toEqual(['49', '0', '0']);
});

test('tells the System Log once a minute that a limit is near and that it is passed', async () => {
  const org = await createOrg({ token: 'tok', plan: 'integrator', host: { now: () => 1_800_000_000_000 } });
  const get = async (path: string): Promise<Response> =>
    org.fetch(new Request(`${BASE}${path}`, { headers: { authorization: 'SSWS tok' } }));
  for (let calls = 0; calls < 60; calls += 1) await get('/api/v1/users');
  const filter = encodeURIComponent('eventType sw "system.org.rate_limit"');
  const events = (await (await get(`/api/v1/logs?filter=${filter}`)).json()) as { eventType: string }[];
  expect(events.map((event) => event.eventType)).toEqual([
    'system.org.rate_limit.warning',
    'system.org.rate_limit.violation',
  ]);
});

test('a username may sign in four times a second, whoever calls', async () => {
  let now = 1_800_000_000_000;
  const org = await createOrg({ token: 'tok', plan: 'enterprise', host: { now: () => now } });
  const signIn = async (username: string) => {
    const body = JSON.stringify({ username, password: 'wrong' });
    const headers = { 'content-type': 'application/json' };
    const request = new Request(`${BASE}/api/v1/authn`, { method: 'POST', headers, body });
    return (await org.fetch(request)).status;
  };
  const statuses: number[] = [];
  for (let times = 0; times < 5; times += 1) statuses.push(await signIn('Ines@example.com'));
  expect(statuses).toEqual([401, 401, 401, 401, 429]);
  expect(await signIn('ines@EXAMPLE.com')).toBe(429);
  expect(await signIn('tom@example.com')).toBe(401);
  now += 1000;
  expect(await signIn('ines@example.com')).toBe(401);
});

test('a session that ran out is told to the System Log, once', async () => {
  let now = 1_800_000_000_000;
  const org = await createOrg({ token: 'tok', host: { now: () => now } });
  const send = async (method: string, path: string, body?: object) => {
    const headers = { authorization: 'SSWS tok', 'content-type': 'application/json' };
    const request = new Request(`${BASE}/api/v1${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    return (await org.fetch(request)).json() as Promise<Record<string, string>>;
  };
  const password = 'Harbour-Lamp-27';
  await send('POST', '/users', { profile: ines, credentials: { password: { value: password } } });
  const { sessionToken } = await send('POST', '/authn', { username: ines.login, password });
  const session = await send('POST', '/sessions', { sessionToken });
  expect(session.status).toBe('ACTIVE');
  const expired = async () => {
    const filter = encodeURIComponent('eventType eq "user.session.expire"');
    const events: unknown = await send('GET', `/logs?filter=${filter}`);
    return (events as { actor: { alternateId: string } }[]).map(({ actor }) => actor.alternateId);
  };
  expect(await expired()).toEqual([]);
  now += 3 * 3600 * 1000;
  expect(await expired()).toEqual([ines.login]);
  now += 3600 * 1000;
  expect(await expired()).toEqual([ines.login]);
});

test('a risk level is made the first time and changed from then on', async () => {
  const send = await createClient();
  await send('POST', '/api/v1/users', { profile: ines });
  const levels: unknown[] = [];
  for (const riskLevel of ['HIGH', 'LOW', 'LOW']) {
    const { status, json } = await send('PUT', '/api/v1/users/ines/risk', { riskLevel });
    levels.push([status, (json as { riskLevel: string }).riskLevel]);
  }
  expect(levels).toEqual([
    [201, 'HIGH'],
    [200, 'LOW'],
    [200, 'LOW'],
  ]);
});
