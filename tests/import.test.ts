import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { createFolder, runCli, startCli } from './support/castellan.ts';
import { serveAnswers } from './support/files.ts';

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

interface RequestOptions {
  readonly url?: string;
  readonly authorization?: string;
  readonly test?: string;
}

const users = ({
  url = '{{url}}/api/v1/users',
  authorization = 'SSWS {{apikey}}',
  test,
}: RequestOptions = {}) => ({
  info: { name: 'Users', schema },
  item: [
    {
      name: 'List users',
      request: { method: 'GET', url, header: [{ key: 'Authorization', value: authorization }] },
      ...(test !== undefined && { event: [{ listen: 'test', script: { exec: [test] } }] }),
    },
  ],
});

/** A workspace of its own and a way to run commands on it. */
async function createWorkspace() {
  const folder = await createFolder();
  const workspace = join(folder.path, 'workspace');
  const env = { CASTELLAN_HOME: join(folder.path, 'home') };
  return {
    folder,
    place: (name: string) => join(folder.path, name),
    stored: (name: string) => readFile(join(workspace, 'collections', name), 'utf8'),
    run: (args: readonly string[], input?: string) =>
      runCli([...args, '--workspace', workspace], { env, ...(input !== undefined && { input }) }),
  };
}

it('updates what was imported before, keeps what was edited, and lists what was changed on both sides', async () => {
  const { folder, place, stored, run } = await createWorkspace();
  await using _ = folder;
  const file = place('users.json');
  const importAs = async (options: RequestOptions, ...flags: string[]) => {
    await writeFile(file, JSON.stringify(users(options)));
    return run(['import', file, ...flags]);
  };
  expect((await importAs({})).stdout).toContain('new as “Users”');
  const saved = join(folder.path, 'workspace', 'collections', 'Users.json');
  const edit = async (from: string, to: string) =>
    writeFile(saved, (await readFile(saved, 'utf8')).replace(from, to));
  await edit('"GET"', '"HEAD"');

  expect((await importAs({ test: 'theirs' }, '--dry-run')).stderr).toContain('Nothing was written.');
  expect(await stored('Users.json')).not.toContain('theirs');
  const updated = await importAs({ test: 'theirs' });
  expect(updated.stdout).toContain('updated');
  expect(updated.stderr).toContain('kept as it is here: Users / List users (method)');
  expect(await stored('Users.json')).toContain('theirs');
  expect(await stored('Users.json')).toContain('HEAD');

  await edit('SSWS {{apikey}}', 'SSWS {{mine}}');
  const both = await importAs({ authorization: 'SSWS {{their}}' });
  expect(both.stderr).toContain('changed on both sides: Users / List users (header Authorization)');
  expect(await stored('Users.json')).toContain('{{mine}}');
  expect((await importAs({ authorization: 'SSWS {{their}}', url: '{{url}}/x' }, '--theirs')).code).toBe(0);
  expect(await stored('Users.json')).toContain('{{url}}/x');
});

it('offers repairs, makes none by itself, and makes those that are asked for', async () => {
  const { folder, stored, run } = await createWorkspace();
  await using _ = folder;
  const old = JSON.stringify(
    users({ authorization: 'SSWS{{apikey}}', url: 'https://example.okta.com/api/v1/events' }),
  );
  const first = await run(['import', '-'], old);
  expect(first.stderr).toContain('repair “authorization-space” is offered');
  expect(first.stderr).toContain('repair “replace GET /api/v1/events” is offered');
  expect(await stored('Users.json')).toContain('SSWS{{apikey}}');
  await run(['import', '-', '--repair', 'authorization-space', 'placeholder-host'], old);
  expect(await stored('Users.json')).toContain('SSWS {{apikey}}');
  expect(await stored('Users.json')).toContain('{{url}}/api/v1/events');
});

it('imports folders, archives and the page of a link that shows a file', async () => {
  const { folder, place, run } = await createWorkspace();
  await using _ = folder;
  await mkdir(place('bruno'));
  await writeFile(place('bruno/bruno.json'), '{"name":"Bruno","version":"1","type":"collection"}');
  await writeFile(
    place('bruno/List.bru'),
    'meta {\n  name: List\n}\n\nget {\n  url: https://example.com\n}\n',
  );
  await writeFile(place('dump.zip'), zipSync({ 'collection/1.json': strToU8(JSON.stringify(users())) }));
  await using web = await serveAnswers({
    '/local.json': { status: 200, type: 'application/json', body: '{"name":"Linked","values":[]}' },
  });
  const { stdout, code } = await run([
    'import',
    place('bruno'),
    place('dump.zip'),
    `${web.origin}/local.json`,
  ]);
  expect(code).toBe(0);
  expect(stdout.split('\n').slice(0, 3)).toEqual([
    'collection “Bruno”, 1 requests, bruno: new as “Bruno”',
    'collection “Users”, 1 requests, postman-v2.1: new as “Users”',
    'environment “Linked”, 0 values, postman-environment: new as “Linked”',
  ]);

  await writeFile(place('climbing.zip'), zipSync({ '../users.json': strToU8(JSON.stringify(users())) }));
  await writeFile(place('bomb.zip'), zipSync({ 'users.json': new Uint8Array(65 * 1024 * 1024) }));
  for (const [name, sentence] of [
    ['climbing.zip', 'leads out of the folder'],
    ['bomb.zip', 'unpacks to more than 64 MB'],
  ] as const) {
    const refused = await run(['import', place(name)]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(sentence);
    expect(refused.stderr).not.toContain('    at ');
  }
});

it('writes code that a shell runs against the local org, and no secret into it', async () => {
  const { folder, run } = await createWorkspace();
  await using _ = folder;
  const token = '00the-token-of-this-test';
  await using org = await startCli(['org', '--empty', '--port', '0', '--token', token], /Ctrl-C/);
  const values = [
    { key: 'url', value: org.address('Local org'), enabled: true },
    { key: 'apikey', value: token, enabled: true },
  ];
  await run(['import', '-'], JSON.stringify(users()));
  await run(['import', '-'], JSON.stringify({ name: 'Local', values }));
  const { stdout: code } = await run(['code', 'Users/List users', '--as', 'javascript', '-e', 'Local']);
  expect(code).toContain(org.address('Local org'));
  expect(code).not.toContain(token);
  expect((await run(['code', 'Users/List users', '--as', 'okta-sdk'])).stdout).toContain(
    'client.userApi.listUsers(',
  );
  expect((await run(['code', 'Users/List users', '--as', 'cobol'])).stderr).toContain(
    'There is no language “cobol”',
  );
});

it('exports what comes in again', async () => {
  const { folder, run } = await createWorkspace();
  await using _ = folder;
  await run(['import', '-'], JSON.stringify(users()));
  const postman = await run(['export', 'Users']);
  expect(JSON.parse(postman.stdout)).toMatchObject({ info: { name: 'Users' } });
  const curl = await run(['export', 'Users', '--as', 'curl']);
  expect(curl.stdout).toContain("curl --url '{{url}}/api/v1/users'");
  const openapi = await run([
    'export',
    'Users',
    '--as',
    'openapi',
    '-o',
    join(folder.path, 'users.openapi.json'),
  ]);
  expect(openapi).toMatchObject({ code: 0, stdout: '' });
  const again = await run(['import', join(folder.path, 'users.openapi.json'), '--existing', 'keep-both']);
  expect(again.stdout).toContain('1 requests, openapi: new as “Users 2”');
  expect((await run(['export', 'Nobody'])).stderr).toContain('names no collection');
});
