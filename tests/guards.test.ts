import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFolder, runCli, startCli } from './support/castellan.ts';

const TOKEN = '00-guards-journey-token';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const header = [{ key: 'Authorization', value: 'SSWS {{apikey}}' }];
const collection = {
  info: { name: 'Guarded', schema: SCHEMA },
  item: [
    { name: 'List', request: { method: 'GET', url: '{{url}}/api/v1/users', header } },
    {
      name: 'Group',
      request: {
        method: 'POST',
        url: '{{url}}/api/v1/groups',
        header: [...header, { key: 'Content-Type', value: 'application/json' }],
        body: { mode: 'raw', raw: '{"profile":{"name":"Guarded"}}' },
      },
      event: [
        {
          listen: 'test',
          script: {
            exec: [
              'console.log("seen", pm.environment.get("apikey"))',
              'pm.environment.set("copy", pm.environment.get("apikey"))',
            ],
          },
        },
      ],
    },
  ],
};

/** A local org that an environment guards, and a run against it. */
async function openWorld(guard: object, withToken = false) {
  const folder = await createFolder();
  const org = await startCli(['org', '--port', '0', '--empty', '--token', TOKEN], /Ctrl-C/);
  const url = org.address('Local org');
  const file = join(folder.path, 'guarded.json');
  const environmentFile = join(folder.path, 'environment.json');
  const token = withToken ? TOKEN : '';
  const values = [
    { key: 'url', value: url, enabled: true },
    { key: 'apikey', value: token, type: 'secret', enabled: true },
  ];
  await writeFile(file, JSON.stringify(collection));
  await writeFile(environmentFile, JSON.stringify({ id: 'e', name: 'Org', values, castellan: { guard } }));
  return {
    path: folder.path,
    host: new URL(url).host,
    run: (args: readonly string[], env: Record<string, string> = {}) =>
      runCli(['run', file, '-e', environmentFile, ...args], { cwd: folder.path, env }),
    async groups(): Promise<string> {
      const response = await fetch(`${url}/api/v1/groups`, { headers: { authorization: `SSWS ${TOKEN}` } });
      return response.text();
    },
    async [Symbol.asyncDispose]() {
      await org[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

it('writes to a guarded org only when its name is given, and then as asked', async () => {
  await using world = await openWorld({ kind: 'production', confirm: 'writes' }, true);
  const refused = await world.run([]);
  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain(`--yes-production ${world.host}`);
  expect(await world.groups()).not.toContain('Guarded');
  const wrong = await world.run(['--yes-production', 'other.example.com']);
  expect(wrong.code).toBe(1);
  expect((await world.run(['--yes-production', world.host])).code).toBe(0);
  expect(await world.groups()).toContain('Guarded');
});

it('refuses a guard that it cannot read instead of running without one', async () => {
  await using world = await openWorld({ kind: 'productoin' }, true);
  const refused = await world.run([]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('The guard of the environment “Org” cannot be read');
});

it('takes secrets from the process environment, hides them from scripts and says them nowhere', async () => {
  await using world = await openWorld({ kind: 'local' });
  const report = join(world.path, 'report.json');
  const journal = join(world.path, 'run.journal');
  const exported = join(world.path, 'exported.json');
  const args = [
    '-r',
    'cli,json,junit,html',
    '--verbose',
    '--reporter-json-export',
    report,
    '--journal',
    journal,
  ];
  const env = { CASTELLAN_SECRET_API_KEY: TOKEN, CASTELLAN_HOME: join(world.path, 'home') };
  const done = await world.run([...args, '--export-environment', exported], env);
  expect([done.code, done.stderr]).toEqual([0, '']);
  expect(done.stdout).toContain('seen');
  const texts = [done.stdout];
  for (const path of [report, journal, exported]) texts.push(await readFile(path, 'utf8'));
  for (const text of texts) expect(text).not.toContain(TOKEN);
  expect(await world.groups()).toContain('Guarded');
});

it('masks a secret of the file in every report', async () => {
  await using world = await openWorld({ kind: 'local' }, true);
  const report = join(world.path, 'report.json');
  const done = await world.run(['-r', 'cli,json', '--verbose', '--reporter-json-export', report]);
  expect(done.code).toBe(0);
  expect(done.stdout).not.toContain(TOKEN);
  expect(await readFile(report, 'utf8')).not.toContain(TOKEN);
});

/** A server that hands out tokens, and a collection that passes one on, logs it and asserts on it. */
async function openTokenWorld() {
  const folder = await createFolder();
  const got: string[] = [];
  const server = createServer((request, response) => {
    got.push(`${request.url} ${request.headers['x-session']}`);
    response.setHeader('set-cookie', 'sid=102-journey-cookie; Path=/; HttpOnly');
    response.end(JSON.stringify({ sessionToken: '20111-journey-token', id: 'u1' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  const exec = [
    'const { sessionToken } = pm.response.json();',
    'console.log(sessionToken, btoa(`x:${sessionToken}`), pm.cookies.get("sid"));',
    'pm.test("is " + sessionToken, () => pm.expect(sessionToken).to.equal("another"));',
    'pm.environment.set("carry", sessionToken);',
  ];
  const toRequest = (name: string) => ({
    name,
    request: {
      method: 'GET',
      url: `http://127.0.0.1:${port}/?t={{carry}}`,
      header: [{ key: 'X-Session', value: '{{carry}}' }],
    },
    event: [{ listen: 'test', script: { exec } }],
  });
  const file = join(folder.path, 'tokens.json');
  const info = { name: 'Tokens', schema: SCHEMA };
  await writeFile(file, JSON.stringify({ info, item: [toRequest('First'), toRequest('Second')] }));
  const env = { CASTELLAN_HOME: join(folder.path, 'home') };
  return {
    path: folder.path,
    file,
    got,
    cli: (args: readonly string[]) => runCli(args, { cwd: folder.path, env }),
    async [Symbol.asyncDispose]() {
      server.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

it('says no token that answers bring in any report, and passes it on to the next request and the next run', async () => {
  await using world = await openTokenWorld();
  const reports = ['json', 'junit', 'html', 'har'].flatMap((name) => [
    `--reporter-${name}-export`,
    join(world.path, `report.${name}`),
  ]);
  const exported = join(world.path, 'exported.json');
  const args = ['run', world.file, '-r', 'cli,json,junit,html,har', '--verbose', ...reports];
  const done = await world.cli([...args, '--export-environment', exported]);
  expect(done.code).toBe(1);
  expect(world.got[1]).toBe('/?t=20111-journey-token 20111-journey-token');
  const texts = [done.stdout];
  for (const name of ['json', 'junit', 'html', 'har'])
    texts.push(await readFile(join(world.path, `report.${name}`), 'utf8'));
  const bodies = [...texts.join('').matchAll(/"(?:data|text)": ?"([A-Za-z0-9+/=]{20,})"/g)].map(
    ([, data = '']) => Buffer.from(data, 'base64').toString(),
  );
  const said = [...texts, ...bodies].join('\n');
  for (const secret of ['20111-journey-token', '102-journey-cookie', btoa('x:20111-journey-token')])
    expect(said).not.toContain(secret);
  expect(await readFile(exported, 'utf8')).toContain('20111-journey-token');
  expect((await stat(exported)).mode & 0o777).toBe(0o600);
  expect(done.stderr).toContain('holds tokens that answers brought');
});

it('runs an imported collection’s scripts only after a person has agreed to them, and prints the answer as it came', async () => {
  await using world = await openTokenWorld();
  const workspace = ['--workspace', join(world.path, 'workspace')];
  expect((await world.cli(['import', world.file, ...workspace])).code).toBe(0);
  const send = (...more: string[]) => world.cli(['send', 'Tokens/First', ...workspace, ...more]);
  const refused = await send();
  expect([refused.code, world.got]).toEqual([1, []]);
  expect(refused.stderr).toContain(`was imported from ${world.file}`);
  expect(refused.stderr).toContain('castellan trust "Tokens"');
  expect((await send('--no-scripts')).stderr).toContain('{{carry}}');
  const listed = await world.cli(['trust', ...workspace]);
  expect(listed.stdout).toContain('2 not agreed to');
  expect((await world.cli(['trust', 'Tokens', '--show', ...workspace])).stdout).toContain('sessionToken');
  expect((await world.cli(['trust', 'Tokens', ...workspace])).stdout).toContain('trusted');
});
