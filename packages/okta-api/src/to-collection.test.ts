import { readCollection, walkItems, writeCollection } from '@castellan/collection';
import { expect, test } from 'vitest';
import { operations } from './apis/index.ts';
import type { OperationDefinition } from './define.ts';
import { packs } from './packs.ts';
import { toCollection } from './to-collection.ts';

const all = Object.values(packs).map((pack) => ({ pack, collection: toCollection(pack) }));

test('every example of every operation is in a pack', () => {
  const titles = all.flatMap(({ pack, collection }) =>
    requestsOf(collection).map((request) => `${pack.api}: ${request.name}`),
  );
  const wanted = Object.values(operations).flatMap((api) =>
    Object.values<OperationDefinition>(api).flatMap((operation) =>
      operation.examples.map((example) => `${operation.api}: ${example.title}`),
    ),
  );
  expect(wanted.filter((title) => !titles.includes(title))).toEqual([]);
});

test.each(all.map(({ pack, collection }) => [pack.name, collection] as const))(
  '%s reads as it was written',
  (_, collection) => {
    const text = writeCollection(collection);
    const read = readCollection(text);
    expect(writeCollection(read.collection)).toBe(text);
  },
);

test('a request hands on what it made', () => {
  const users = all.find(({ pack }) => pack.api === 'users')?.collection;
  const create = users && requestsOf(users).find(({ name }) => name.startsWith('Create Activated'));
  expect(create?.scripts.at(-1)?.source).toContain("pm.environment.set('userId', userId)");
});

function requestsOf(collection: Parameters<typeof writeCollection>[0]) {
  return [...walkItems(collection)].map(({ item }) => item).filter((item) => item.kind === 'request');
}
