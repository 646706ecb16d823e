import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFolder, runCli, startCli } from './support/castellan.ts';

const TOKEN = '00-token-journey-value-of-an-org';

/** A local org, and a workspace whose environment is for it. */
async function openWorld(token = TOKEN) {
  const folder = await createFolder();
  const org = await startCli(['org', '--port', '0', '--empty', '--token', TOKEN], /Ctrl-C/);
  const workspace = join(folder.path, 'workspace');
  await mkdir(join(workspace, 'collections'), { recursive: true });
  await mkdir(join(workspace, 'environments'));
  const values = [
    { key: 'url', value: org.address('Local org'), enabled: true },
    { key: 'apikey', value: token, enabled: true },
  ];
  await writeFile(
    join(workspace, 'environments', 'acme.json'),
    JSON.stringify({ id: 'e1', name: 'Acme', values }),
  );
  const toRequest = (name: string, method: string, path: string) => ({
    name,
    request: { method, url: `{{url}}${path}` },
  });
  const collection = {
    info: {
      name: 'People',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    item: [
      toRequest('List', 'GET', '/api/v1/users?limit=2'),
      { name: 'Folder', item: [toRequest('Unlock', 'POST', '/api/v1/users/:id/lifecycle/unlock')] },
      toRequest('Policies', 'GET', '/api/v1/policies'),
    ],
  };
  await writeFile(join(workspace, 'collections', 'people.json'), JSON.stringify(collection));
  const env = { CASTELLAN_HOME: join(folder.path, 'home') };
  return {
    org,
    token: (...args: string[]) => runCli(['token', ...args, '--workspace', workspace], { env }),
    async [Symbol.asyncDispose]() {
      await org[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

it('says whose a token is, when it ends, and which role its requests need', async () => {
  await using world = await openWorld();
  const told = await world.token('-e', 'Acme', '--for', 'People');
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(told.stdout).toContain('Owner   admin@example.com\nRoles   Super Administrator\n');
  expect(told.stdout).toMatch(/^Token .*: last used \d{4}-\d\d-\d\d, ends .* \(30 days left\)$/m);
  expect(told.stdout).toContain('Enough for every request whose rights are known: Help Desk Administrator.');
  expect(told.stdout).toContain('Not known what they need: Policies.');
  const json = await world.token('-e', 'Acme', '--for', 'People', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({
    owner: 'admin@example.com',
    roles: [{ type: 'SUPER_ADMIN' }],
    unread: [],
    advice: { enough: ['HELP_DESK_ADMIN', 'USER_ADMIN', 'ORG_ADMIN', 'SUPER_ADMIN'], refused: [] },
  });
  expect(told.stdout + json.stdout).not.toContain(TOKEN);
});

it('says what to do about a token that the org does not take', async () => {
  await using world = await openWorld('00-token-journey-that-is-over');
  const told = await world.token('-e', 'Acme');
  expect(told.code).toBe(1);
  expect(told.stderr).toContain('does not take the token of “Acme”');
  expect(told.stderr).toContain('castellan vault set "Acme" apikey');
  expect(told.stderr).not.toContain('00-token-journey');
});
