import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFolder, type Folder, runCli, startCli } from './support/castellan.ts';
import { serveAnswers } from './support/files.ts';

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const users = (url: string) => ({
  info: { name: 'Users', schema },
  item: [
    {
      name: 'Find',
      item: [
        {
          name: 'List users',
          request: { method: 'GET', url, header: [{ key: 'Authorization', value: 'SSWS {{apikey}}' }] },
        },
      ],
    },
  ],
});

/** A workspace of its own, away from the person's home. */
async function createWorkspace(): Promise<{
  folder: Folder;
  workspace: string;
  env: Record<string, string>;
}> {
  const folder = await createFolder();
  return {
    folder,
    workspace: join(folder.path, 'workspace'),
    env: { CASTELLAN_HOME: join(folder.path, 'home') },
  };
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  // The workspace's own `.gitignore` keeps its lock out of git.
  return entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map((entry) => entry.name);
}

it('says its version and its commands', async () => {
  expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: '0.1.0\n', stderr: '' });
  const help = await runCli(['--help']);
  expect(help.code).toBe(0);
  for (const command of ['start', 'org', 'import', 'send', 'run'])
    expect(help.stdout).toContain(`\n  ${command} `);
});

it('ends with 2 and a hint when the command line is not understood', async () => {
  for (const args of [
    ['castle'],
    ['org', '--port', 'x'],
    ['org', '--plan', 'gold'],
    ['org', '--edition', 'baroque'],
    ['start', '--moat'],
  ]) {
    const { code, stderr } = await runCli(args);
    expect(code).toBe(2);
    expect(stderr).not.toContain('    at ');
  }
});

it('imports, sends to a local org, and keeps the token out of the workspace', async () => {
  const { folder, workspace, env } = await createWorkspace();
  await using _ = folder;
  await using org = await startCli(
    ['org', '--empty', '--port', '0', '--token', '00the-token-of-this-test'],
    /Ctrl-C/,
  );
  const url = org.address('Local org');
  const files = [join(folder.path, 'users.json'), join(folder.path, 'env.json')] as const;
  await writeFile(files[0], JSON.stringify(users('{{url}}/api/v1/users')));
  const values = [
    { key: 'url', value: url, enabled: true },
    { key: 'apikey', value: '00the-token-of-this-test', enabled: true },
  ];
  await writeFile(files[1], JSON.stringify({ name: 'Local', values }));

  expect(await runCli(['import', ...files, '--workspace', workspace], { env })).toMatchObject({ code: 0 });
  const sent = await runCli(['send', 'Users/Find/List users', '-e', 'Local', '--workspace', workspace], {
    env,
  });
  expect(sent).toMatchObject({ code: 0 });
  expect(sent.stderr).toMatch(/^200 OK/);
  expect(JSON.parse(sent.stdout)).toMatchObject([{ profile: { login: 'admin@example.com' } }]);
  const environment = await readFile(join(workspace, 'environments', 'Local.json'), 'utf8');
  expect(environment).not.toContain('00the-token');

  const unset = await runCli(['send', 'Users/Find/List users', '--workspace', workspace], { env });
  expect(unset).toMatchObject({ code: 1, stdout: '' });
  expect(unset.stderr).toContain('{{url}}');
});

it('refuses what cannot be imported in one sentence and writes nothing', async () => {
  const { folder, workspace, env } = await createWorkspace();
  await using _ = folder;
  await using web = await serveAnswers({
    '/page': { status: 200, type: 'text/html', body: '<!doctype html><p>Hi' },
  });
  const place = (name: string) => join(folder.path, name);
  await writeFile(place('good.json'), JSON.stringify(users('http://127.0.0.1')));
  await writeFile(place('broken.json'), '{"info": {');
  await writeFile(place('large.json'), '');
  await truncate(place('large.json'), 200 * 1024 * 1024);

  for (const [source, sentence] of [
    [place('broken.json'), 'not valid JSON'],
    [place('large.json'), '200 MB'],
    [place('absent.json'), 'there is no such file'],
    [`${web.origin}/page`, 'is a web page'],
    [`${web.origin}/absent`, '(404)'],
  ] as const) {
    const { code, stdout, stderr } = await runCli(
      ['import', place('good.json'), source, '--workspace', workspace],
      { env },
    );
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('    at ');
    expect(await listFiles(workspace)).toEqual([]);
  }
});

it('says so when a port is in use', async () => {
  const { folder, workspace, env } = await createWorkspace();
  await using _ = folder;
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  // A TCP server has an address object.
  const port = String((taken.address() as AddressInfo).port);
  for (const args of [
    ['org', '--port', port],
    ['start', '--no-open', '--port', port, '--org-port', '0', '--workspace', workspace],
    ['start', '--no-open', '--port', '0', '--org-port', port, '--workspace', workspace],
  ]) {
    const { code, stderr } = await runCli(args, { env });
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} is in use`);
  }
  taken.close();
});

it('refuses a second start on the same workspace and names the first', async () => {
  const { folder, workspace, env } = await createWorkspace();
  await using _ = folder;
  const start = ['start', '--no-open', '--port', '0', '--org-port', '0', '--workspace', workspace];
  await using first = await startCli(start, /Ctrl-C/, { env });
  const second = await runCli(start, { env });
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(first.address('Workbench'));
});
