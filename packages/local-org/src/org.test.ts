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
