import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Keychain } from './keychain.ts';
import { openMasterKey, protectMasterKey } from './master-key.ts';
import { openVault } from './vault.ts';

const VALUE = '00-the-secret-value';

let root: string;
let home: string;
let workspace: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'castellan-vault-'));
  home = join(root, 'home');
  workspace = join(root, 'workspace');
  await mkdir(workspace);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function readHome(): Promise<string> {
  const folder = join(home, 'secrets');
  const texts = (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}

function createKeychain(): Keychain & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    get: (account) => entries.get(account),
    set: (account, value) => void entries.set(account, value),
  };
}

const brokenKeychain: Keychain = {
  get: () => {
    throw new Error('no session');
  },
  set: () => {
    throw new Error('no session');
  },
};

it('keeps a value over a restart, sealed, in files that only their owner may read', async () => {
  const vault = await openVault(home, workspace, {});
  await vault.set('e1', { apikey: VALUE }, 'acme.example.com');
  expect(await readHome()).not.toContain(VALUE);
  for (const name of await readdir(join(home, 'secrets')))
    expect((await stat(join(home, 'secrets', name))).mode & 0o077).toBe(0);
  const again = await openVault(home, workspace, {});
  expect(again.get('e1', 'apikey')).toBe(VALUE);
  expect(again.bound('e1')).toEqual([{ name: 'apikey', value: VALUE, hosts: ['acme.example.com'] }]);
});

it('keeps the key in the keychain where that works, and in no file then', async () => {
  const keychain = createKeychain();
  const vault = await openVault(home, workspace, { keychain });
  await vault.set('e1', { apikey: VALUE });
  const [key = ''] = keychain.entries.values();
  expect(await readHome()).not.toContain(key);
  expect((await openVault(home, workspace, { keychain })).get('e1', 'apikey')).toBe(VALUE);
  await expect(openVault(home, workspace, { keychain: brokenKeychain })).rejects.toThrow('keychain');
});

it('falls back to a file where the keychain does not work', async () => {
  const { protection } = await openMasterKey(home, { keychain: brokenKeychain });
  expect(protection).toBe('file');
});

it('opens behind a passphrase with that passphrase alone', async () => {
  const vault = await openVault(home, workspace, {});
  await vault.set('e1', { apikey: VALUE });
  await protectMasterKey(home, await openMasterKey(home, {}), 'harbour lantern nine');
  const open = (passphrase: string | undefined) =>
    openVault(home, workspace, { askPassphrase: async () => passphrase });
  expect((await open('harbour lantern nine')).get('e1', 'apikey')).toBe(VALUE);
  await expect(open('harbour lantern ten')).rejects.toThrow('not the passphrase');
  await expect(open(undefined)).rejects.toThrow('CASTELLAN_PASSPHRASE');
});

it('keeps the hosts of a value that stays, and binds a new value to the host of now', async () => {
  const vault = await openVault(home, workspace, {});
  await vault.set('e1', { apikey: VALUE, other: 'first value' }, 'acme.example.com');
  await vault.set('e1', { apikey: VALUE, other: 'second value' }, 'evil.example.com');
  expect(vault.bound('e1').map(({ hosts }) => hosts)).toEqual([['acme.example.com'], ['evil.example.com']]);
  expect(
    await vault.allow('e1', 'apikey', { hosts: ['acme.example.com', 'b.example.com'], readable: true }),
  ).toBe(true);
  expect(vault.bound('e1')[0]).toMatchObject({
    hosts: ['acme.example.com', 'b.example.com'],
    readable: true,
  });
  expect(await vault.allow('e1', 'nothing', { readable: true })).toBe(false);
});

it('refuses a file that was changed, or sealed with another key, and leaves it as it is', async () => {
  const vault = await openVault(home, workspace, {});
  await vault.set('e1', { apikey: VALUE });
  const name = (await readdir(join(home, 'secrets'))).find((one) => one !== 'key.json') ?? '';
  const path = join(home, 'secrets', name);
  const text = await readFile(path, 'utf8');
  const changed = text.replace(/"text": "(.)/, (_, first: string) => `"text": "${first === 'A' ? 'B' : 'A'}`);
  await writeFile(path, changed);
  await expect(openVault(home, workspace, {})).rejects.toThrow('cannot be read');
  expect(await readFile(path, 'utf8')).toBe(changed);
  await writeFile(path, text);
  await rm(join(home, 'secrets', 'key.json'));
  await expect(openVault(home, workspace, {})).rejects.toThrow('cannot be read');
});
