import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createOrg, type Org } from './org.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'castellan-org-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

function call(org: Org, method: string, path: string, body?: unknown): Promise<Response> {
  const headers = { authorization: 'SSWS the-token', 'content-type': 'application/json' };
  return org.fetch(
    new Request(`http://org.example.com${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
}

it('keeps users, tokens and the administrator over a restart', async () => {
  const first = await createOrg({ data, token: 'the-token' });
  const profile = {
    firstName: 'Ines',
    lastName: 'Baker',
    login: 'ines@example.com',
    email: 'ines@example.com',
  };
  const created = (await (await call(first, 'POST', '/api/v1/users', { profile })).json()) as { id: string };
  const { value } = await first.createToken('Nightly');
  const me = await (await call(first, 'GET', '/api/v1/users/me')).json();
  await first.close();

  const second = await createOrg({ data, token: 'the-token' });
  expect(await (await call(second, 'GET', `/api/v1/users/${created.id}`)).json()).toMatchObject({ profile });
  expect(await (await call(second, 'GET', '/api/v1/users/me')).json()).toEqual(me);
  const withOther = new Request('http://org.example.com/api/v1/users/me', {
    headers: { authorization: `SSWS ${value}` },
  });
  expect((await second.fetch(withOther)).status).toBe(200);
  await second.close();
});

it('has sample people only when they are asked for', async () => {
  const count = async (org: Org) =>
    ((await (await call(org, 'GET', '/api/v1/users')).json()) as unknown[]).length;
  expect(await count(await createOrg({ token: 'the-token' }))).toBe(1);
  expect(await count(await createOrg({ token: 'the-token', seed: 'sample' }))).toBeGreaterThan(10);
});

const SEED = `
attributes:
  users:
    badge: { title: Badge, type: string, maxLength: 5 }
groups:
  - profile: { name: Engineering }
  - profile: { name: Everybody here }
users:
  - profile: { login: ines@example.com, email: ines@example.com, firstName: Ines, lastName: Okafor, badge: A1 }
    password: Tidal#Ferry9
    groups: [Engineering]
  - profile: { login: tom@example.com, email: tom@example.com, firstName: Tom, lastName: Lindqvist }
    status: STAGED
rules:
  - name: All
    expression: user.lastName != ""
    groups: [Everybody here]
`;

async function list(org: Org, path: string): Promise<readonly unknown[]> {
  return (await (await call(org, 'GET', path)).json()) as unknown[];
}

it('is seeded from a file, and again without a second of anything', async () => {
  const org = await createOrg({ token: 'the-token' });
  expect(await org.seed(SEED)).toMatchObject({ made: { groups: 2, users: 2, rules: 1 } });
  const users = await list(org, '/api/v1/users?search=profile.badge eq "A1"');
  expect(users).toMatchObject([{ status: 'ACTIVE', profile: { firstName: 'Ines' } }]);
  const [everybody] = (await list(org, '/api/v1/groups?q=Everybody')) as { id: string }[];
  expect(await list(org, `/api/v1/groups/${everybody?.id}/users`)).toHaveLength(3);
  expect(await org.seed(SEED)).toMatchObject({
    made: { groups: 0, users: 0, rules: 0 },
    changed: { groups: 2, users: 2, rules: 1 },
  });
  expect(await list(org, `/api/v1/groups/${everybody?.id}/users`)).toHaveLength(3);
});

it('refuses a seed with a fault whole, and says where the fault is', async () => {
  const org = await createOrg({ data, token: 'the-token' });
  for (const [text, sentence] of [
    ['users: [', 'neither YAML nor JSON'],
    ['people: []', 'The seed cannot be used'],
    [`${SEED.replace('badge: A1', 'badge: A123456')}`, /^users\[0\] \(ines@example.com\): .*badge/],
    [`${SEED}  - { name: B, expression: "true", groups: [Nobody] }\n`, 'There is no group Nobody'],
  ] as const)
    await expect(org.seed(text)).rejects.toThrow(sentence);
  expect(await list(org, '/api/v1/users')).toHaveLength(1);
  expect(await list(org, '/api/v1/groups')).toHaveLength(1);
  await org.close();
  const again = await createOrg({ data, token: 'the-token' });
  expect(await list(again, '/api/v1/users')).toHaveLength(1);
  await again.close();
});

it('goes back to a snapshot and to its beginning, on disk as well', async () => {
  const org = await createOrg({ data, token: 'the-token' });
  await org.seed(SEED);
  const snapshot = await org.snapshot();
  await org.reset();
  expect(await list(org, '/api/v1/users')).toHaveLength(1);
  await expect(org.restore(snapshot.subarray(0, -10))).rejects.toThrow('cut off');
  expect(await list(org, '/api/v1/users')).toHaveLength(1);
  await org.restore(snapshot);
  expect(await list(org, '/api/v1/users')).toHaveLength(3);
  await org.close();

  const other = await createOrg({ data, token: 'another', admin: { login: 'other@example.com' } });
  const mine = new Request('http://org.example.com/api/v1/users/me', {
    headers: { authorization: 'SSWS another' },
  });
  expect(await (await other.fetch(mine)).json()).toMatchObject({ profile: { login: 'other@example.com' } });
  await other.close();
});

it('lets one process at a time use its data', async () => {
  const org = await createOrg({ data });
  await expect(createOrg({ data })).rejects.toThrow(`process ${process.pid}`);
  await org.close();
  await (await createOrg({ data })).close();
});
