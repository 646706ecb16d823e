import { readFile, writeFile } from 'node:fs/promises';
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
