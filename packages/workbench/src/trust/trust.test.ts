import type { Collection, Json, Script } from '@castellan/collection';
import { packs, toCollection } from '@castellan/okta-api';
import { expect, it } from 'vitest';
import { createTrust } from './trust.ts';

function createBook() {
  let kept: Json = null;
  return createTrust({
    read: async () => kept,
    async write(value) {
      kept = value;
    },
  });
}

const script = (source: string): Script => ({ listen: 'test', source });

function createCollection(id: string, ...sources: string[]): Collection {
  return { kind: 'collection', id, name: 'C', items: [], variables: [], scripts: sources.map(script) };
}

it('trusts what has no scripts, what was made here, and its own packs', async () => {
  const trust = createBook();
  expect((await trust.look(createCollection('a'))).state).toBe('trusted');
  const made = createCollection('b', 'one');
  await trust.wrote(made, undefined);
  expect((await trust.look(made)).state).toBe('trusted');
  for (const pack of Object.values(packs))
    expect((await trust.look(toCollection(pack))).state).toBe('trusted');
});

it('takes a change made here for the person’s own, and nothing else in the collection', async () => {
  const trust = createBook();
  const imported = createCollection('a', 'theirs');
  const edited = createCollection('a', 'theirs', 'mine');
  await trust.wrote(edited, imported);
  expect(await trust.look(edited)).toMatchObject({ state: 'asks', scripts: 2, strange: 1 });
  expect(await trust.findStrange(edited, edited.scripts)).toEqual([script('theirs')]);
});

it('asks for a copy and for what was deleted and put back as for the first', async () => {
  const trust = createBook();
  const imported = createCollection('a', 'theirs');
  const copy = createCollection('b', 'theirs');
  await trust.wrote(copy, imported);
  await trust.wrote(imported, imported);
  expect((await trust.look(copy)).state).toBe('asks');
  expect((await trust.look(imported)).state).toBe('asks');
  await trust.agree(imported, (await trust.look(imported)).digest);
  const second = createCollection('c', 'theirs');
  await trust.wrote(second, imported);
  expect((await trust.look(second)).state).toBe('trusted');
});

it('does not count scripts that are switched off or empty, nor line ends', async () => {
  const trust = createBook();
  const off = { ...createCollection('a'), scripts: [script(' '), { ...script('x'), disabled: true }] };
  expect(await trust.look(off)).toMatchObject({ state: 'trusted', scripts: 0 });
  await trust.wrote(createCollection('b', 'one\ntwo'), undefined);
  expect((await trust.look(createCollection('b', 'one\r\ntwo\r\n'))).state).toBe('trusted');
});

it('trusts a script in the collection it was agreed to in, and in no other', async () => {
  const trust = createBook();
  const first = createCollection('a', 'eval(pm.variables.get("x"))');
  await trust.agree(first, (await trust.look(first)).digest);
  expect((await trust.look({ ...first, id: 'b' })).state).toBe('asks');
});
