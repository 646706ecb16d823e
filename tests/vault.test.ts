import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFolder, runCli } from './support/castellan.ts';

const VALUE = '00-vault-journey-secret-42';

/** Two hosts that say what they got, a workspace with a request for each, and a home of its own. */
async function openWorld() {
  const folder = await createFolder();
  const got: string[] = [];
  const server = createServer((request, response) => {
    got.push(JSON.stringify([request.headers.host, request.headers.authorization]));
    response.setHeader('content-type', 'application/json').end(JSON.stringify(request.headers));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  const workspace = join(folder.path, 'workspace');
  await mkdir(join(workspace, 'collections'), { recursive: true });
  await mkdir(join(workspace, 'environments'));
  const header = [{ key: 'Authorization', value: 'SSWS {{apikey}}' }];
  const toRequest = (name: string, url: string) => ({ name, request: { method: 'GET', url, header } });
  const collection = {
    info: {
      name: 'Two hosts',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    item: [toRequest('Own', '{{url}}/own'), toRequest('Other', `http://localhost:${port}/other`)],
  };
  const environment = {
    id: 'e1',
    name: 'Acme',
    values: [
      { key: 'url', value: `http://127.0.0.1:${port}`, enabled: true },
      { key: 'apikey', value: VALUE, enabled: true },
    ],
  };
  await writeFile(join(workspace, 'collections', 'two.json'), JSON.stringify(collection));
  await writeFile(join(workspace, 'environments', 'acme.json'), JSON.stringify(environment));
  const env: Record<string, string> = { CASTELLAN_HOME: join(folder.path, 'home') };
  return {
    got,
    env,
    path: folder.path,
    port,
    cli: (args: readonly string[], input?: string) =>
      runCli([...args, '--workspace', workspace], { env, ...(input === undefined ? {} : { input }) }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function readAll(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(join(file.parentPath, file.name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}

it('takes a secret out of a file, seals it, sends it to its own host and to no other', async () => {
  await using world = await openWorld();
  const listed = await world.cli(['vault', 'list', '--json']);
  expect(JSON.parse(listed.stdout)).toEqual({
    protection: 'file',
    secrets: [{ environment: 'Acme', name: 'apikey', hosts: [`127.0.0.1:${world.port}`], readable: false }],
  });
  expect(await readAll(world.path)).not.toContain(VALUE);

  const own = await world.cli(['send', 'Two hosts/Own', '-e', 'Acme']);
  expect(own.code).toBe(0);
  expect(world.got).toEqual([JSON.stringify([`127.0.0.1:${world.port}`, `SSWS ${VALUE}`])]);
  expect(own.stdout).not.toContain(VALUE);

  const other = await world.cli(['send', 'Two hosts/Other', '-e', 'Acme']);
  expect(other.code).toBe(1);
  expect(other.stderr).toContain('would carry the secret {{apikey}}');
  expect(world.got).toHaveLength(1);

  await world.cli(['vault', 'allow', 'Acme', 'apikey', '--host', `localhost:${world.port}`]);
  expect((await world.cli(['send', 'Two hosts/Other', '-e', 'Acme'])).code).toBe(0);
  expect((await world.cli(['send', 'Two hosts/Own', '-e', 'Acme'])).code).toBe(1);
  expect(await readAll(world.path)).not.toContain(VALUE);
});

it('sets from standard input, removes, and names what is not there', async () => {
  await using world = await openWorld();
  expect((await world.cli(['vault', 'set', 'Acme', 'clientSecret'], 'another-secret\n')).code).toBe(0);
  const names = async () =>
    (
      JSON.parse((await world.cli(['vault', 'list', '--json'])).stdout) as { secrets: { name: string }[] }
    ).secrets.map(({ name }) => name);
  expect(await names()).toEqual(['apikey', 'clientSecret']);
  expect((await world.cli(['vault', 'rm', 'Acme', 'apikey'])).code).toBe(0);
  expect(await names()).toEqual(['clientSecret']);
  const again = await world.cli(['vault', 'rm', 'Acme', 'apikey']);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('has no secret “apikey”')]);
  const nowhere = await world.cli(['vault', 'set', 'Nowhere', 'x'], 'y');
  expect(nowhere.stderr).toContain('There is no environment “Nowhere”. There are “Acme”.');
  expect((await world.cli(['vault', 'allow', 'Acme', 'clientSecret'])).code).toBe(2);
});

it('opens behind a passphrase, and hands secrets over in a file that only a passphrase opens', async () => {
  await using world = await openWorld();
  await world.cli(['vault', 'list']);
  expect((await world.cli(['vault', 'protect'], 'short')).code).toBe(1);
  expect((await world.cli(['vault', 'protect'], 'harbour lantern nine\n')).code).toBe(0);
  const locked = await world.cli(['vault', 'list']);
  expect([locked.code, locked.stderr]).toEqual([1, expect.stringContaining('behind a passphrase')]);
  world.env['CASTELLAN_PASSPHRASE'] = 'harbour lantern nine';
  const file = join(world.path, 'secrets.json');
  expect((await world.cli(['vault', 'export', '--encrypted', file], 'another lantern ten')).code).toBe(0);
  expect(await readFile(file, 'utf8')).not.toContain(VALUE);
  await world.cli(['vault', 'rm', 'Acme', 'apikey']);
  expect((await world.cli(['vault', 'import', file], 'a wrong passphrase')).code).toBe(1);
  expect((await world.cli(['vault', 'import', file], 'another lantern ten')).stderr).toContain(
    '1 secrets came in',
  );
  expect((await world.cli(['send', 'Two hosts/Own', '-e', 'Acme'])).code).toBe(0);
  expect(world.got.at(-1)).toContain(VALUE);
});
