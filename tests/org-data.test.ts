import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFolder, type RunningCli, runCli, startCli } from './support/castellan.ts';

const TOKEN = '00org-data';
/** How often the org is killed: a long run sets CASTELLAN_KILLS. */
const KILLS = Number(process.env['CASTELLAN_KILLS'] ?? 3);
const WRITERS = 8;

function startOrg(data: string): Promise<RunningCli> {
  return startCli(['org', '--empty', '--port', '0', '--token', TOKEN, '--data', data], /Ctrl-C/);
}

function call(org: RunningCli, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${org.address('Local org')}${path}`, {
    method,
    headers: { authorization: `SSWS ${TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

it('loses no acknowledged write when it is killed at any moment', async () => {
  await using folder = await createFolder();
  const acknowledged = new Map<string, string>();
  let made = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const org = await startOrg(folder.path);
    // Killed in the middle of writing, each time after another number of answers.
    const enough = acknowledged.size + 15 + Math.floor(Math.random() * 60);
    const write = async (): Promise<void> => {
      while (acknowledged.size < enough) {
        const login = `person${(made += 1)}@example.com`;
        const profile = { firstName: 'Ines', lastName: 'Okafor', email: login, login };
        const response = await call(org, 'POST', '/api/v1/users', { profile }).catch(() => undefined);
        const body = (await response?.json().catch(() => undefined)) as { id: string } | undefined;
        if (response?.ok && body) acknowledged.set(login, body.id);
        if (response === undefined) return;
      }
      await org.kill();
    };
    await Promise.all(Array.from({ length: WRITERS }, write));
  }
  await using org = await startOrg(folder.path);
  for (const [login, id] of acknowledged) {
    const response = await call(org, 'GET', `/api/v1/users/${login}`);
    expect([login, response.status, ((await response.json()) as { id: string }).id]).toEqual([
      login,
      200,
      id,
    ]);
  }
});

it('seeds, snapshots, resets and restores a folder that no org runs on', async () => {
  await using folder = await createFolder();
  const data = join(folder.path, 'org');
  const seed = join(folder.path, 'people.yaml');
  const login = 'ines@example.com';
  await writeFile(
    seed,
    `users:\n  - profile: { login: ${login}, email: ${login}, firstName: Ines, lastName: Okafor }\n`,
  );
  const seeded = await runCli(['org', 'seed', seed, '--data', data, '--json']);
  expect(JSON.parse(seeded.stdout)).toMatchObject({ made: { users: 1 }, changed: { users: 0 } });
  const snapshot = join(folder.path, 'before.org');
  expect(await runCli(['org', 'snapshot', snapshot, '--data', data])).toMatchObject({ code: 0 });
  const again = await runCli(['org', 'snapshot', snapshot, '--data', data]);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('is there already')]);
  expect((await runCli(['org', 'snapshot', snapshot, '--data', data, '--force'])).code).toBe(0);
  const device = await runCli(['org', 'snapshot', folder.path, '--data', data, '--force']);
  expect([device.code, device.stderr]).toEqual([1, expect.stringContaining('no file that a snapshot')]);
  expect(await runCli(['org', 'reset', '--data', data])).toMatchObject({ code: 0 });
  const count = async (): Promise<number> => {
    await using org = await startOrg(data);
    const users = (await (await call(org, 'GET', '/api/v1/users')).json()) as unknown[];
    return users.length;
  };
  expect(await count()).toBe(1);
  expect(await runCli(['org', 'restore', snapshot, '--data', data])).toMatchObject({ code: 0 });
  expect(await count()).toBe(2);
});

it('refuses what is no seed and no snapshot, and a folder that an org runs on', async () => {
  await using folder = await createFolder();
  const data = join(folder.path, 'org');
  const file = join(folder.path, 'file');
  await writeFile(file, 'people: []\n');
  await using org = await startOrg(data);
  for (const [args, sentence] of [
    [['seed', file], 'is used by another local org'],
    [['reset'], 'is used by another local org'],
  ] as const) {
    const refused = await runCli(['org', ...args, '--data', data]);
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain(sentence);
  }
  await org.kill();
  const before = await readFile(join(data, 'org.journal'));
  for (const [args, sentence] of [
    [['seed', file], 'Unrecognized key'],
    [['seed', join(folder.path, 'none')], 'cannot be read'],
    [['restore', file], 'is not the data of a local org'],
  ] as const) {
    const refused = await runCli(['org', ...args, '--data', data]);
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain(sentence);
  }
  expect(await readFile(join(data, 'org.journal'))).toEqual(before);
});
