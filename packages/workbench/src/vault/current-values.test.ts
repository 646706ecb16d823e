import type { Environment, Json } from '@castellan/collection';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMask } from '@castellan/engine';
import { fillValues, keepChanges, openCurrentValues, withCurrentValues } from './current-values.ts';
import { openVault } from './vault.ts';

const environment: Environment = {
  kind: 'environment',
  scope: 'environment',
  id: 'e1',
  name: 'Acme',
  values: [
    { key: 'url', value: 'https://acme.example.com', type: 'default', enabled: true },
    { key: 'pin', value: '', type: 'secret', enabled: true },
  ],
};

const mask = createMask();

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'castellan-values-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function createStores() {
  let written: Json = null;
  const file = {
    read: async () => written,
    write: async (value: Json) => {
      written = value;
    },
  };
  const vault = await openVault(join(root, 'home'), root, {});
  return { vault, current: await openCurrentValues(file), reopen: () => openCurrentValues(file) };
}

it('keeps what a script set over a restart, and leaves the file as it was', async () => {
  const stores = await createStores();
  const after = [...environment.values, { key: 'userId', value: '00u1' }];
  const change = { ownerId: 'e1', initial: environment.values, before: environment.values, after };
  expect(await keepChanges(change, stores, mask)).toBe(true);
  const reopened = await stores.reopen();
  expect(withCurrentValues(environment, reopened).values.at(-1)).toMatchObject({
    key: 'userId',
    value: '00u1',
  });
  expect(environment.values).toHaveLength(2);
});

it('puts a secret that a script set into the vault, and its value nowhere else', async () => {
  const stores = await createStores();
  const before = fillValues(environment, stores).values;
  const after = [
    ...before.map((row) => (row.key === 'pin' ? { ...row, value: '1234-5678' } : row)),
    { key: 'accessToken', value: 'eyJhbGciOi' },
  ];
  await keepChanges({ ownerId: 'e1', initial: environment.values, before, after }, stores, mask);
  expect(stores.vault.values()).toEqual(['1234-5678', 'eyJhbGciOi']);
  expect(JSON.stringify(stores.current.get('e1'))).not.toMatch(/1234|eyJ/);
  expect(fillValues(environment, stores).values.map(({ value }) => value)).toContain('eyJhbGciOi');
  expect(stores.vault.bound('e1').map(({ readable }) => readable)).toEqual([true, true]);
});

it('puts what an answer has brought into the vault, whatever a script calls it', async () => {
  const stores = await createStores();
  const brought = createMask();
  brought.learn(['102DNo-session-id']);
  const after = [...environment.values, { key: 'session', value: '102DNo-session-id' }];
  const change = { ownerId: 'e1', initial: environment.values, before: environment.values, after };
  await keepChanges(change, stores, brought);
  expect(JSON.stringify(stores.current.get('e1'))).not.toContain('102DNo');
  expect(stores.vault.bound('e1')).toMatchObject([{ name: 'session', readable: true }]);
});

it('hides what a script took away, and says when nothing changed', async () => {
  const stores = await createStores();
  const { values } = environment;
  const change = { ownerId: 'e1', initial: values, before: values };
  expect(await keepChanges({ ...change, after: values }, stores, mask)).toBe(false);
  await keepChanges({ ...change, after: values.slice(1) }, stores, mask);
  expect(withCurrentValues(environment, stores.current).values.map(({ key }) => key)).toEqual(['pin']);
});

it('takes a secret that a script passed on for a secret, whatever its new name', async () => {
  const stores = await createStores();
  await stores.vault.set('e1', { pin: 'a long secret value' }, 'acme.example.com');
  const before = fillValues(environment, stores).values;
  const after = [...before, { key: 'copy', value: 'SSWS a long secret value' }];
  await keepChanges({ ownerId: 'e1', initial: environment.values, before, after }, stores, mask);
  expect(JSON.stringify(stores.current.get('e1'))).not.toContain('a long secret value');
  expect(stores.vault.bound('e1').map(({ name, hosts }) => [name, hosts])).toEqual([
    ['pin', ['acme.example.com']],
    ['copy', ['acme.example.com']],
  ]);
  expect(stores.vault.bound('e1').map(({ readable }) => readable === true)).toEqual([false, false]);
});
