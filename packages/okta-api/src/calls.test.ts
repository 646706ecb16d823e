import { expect, test } from 'vitest';
import { operations } from './apis/index.ts';
import { describeCall } from './calls.ts';
import type { OperationDefinition } from './define.ts';
import { writeFacts } from './write-facts.ts';

const all = Object.values(operations).flatMap((api) => Object.values(api) as readonly OperationDefinition[]);

test('knows writes of operations that exist', () => {
  const known = new Set(all.map(({ method, path }) => `${method} ${path}`));
  expect(Object.keys(writeFacts).filter((key) => !known.has(key))).toEqual([]);
});

test('reads back with calls that exist', () => {
  const paths = Object.values(writeFacts).flatMap(({ check }) => (check === undefined ? [] : [check.path]));
  const filled = paths.map((path) => path.replace(/\?.*/, '').replace(/\{[^}]*\}/g, 'x1'));
  const titles = filled.map((path) => describeCall('GET', path)?.title ?? 'none');
  expect(titles.filter((title) => /^GET|^none/.test(title))).toEqual([]);
});

test('describes every operation by its own path', () => {
  const described = all.map(({ method, path }) => describeCall(method, path.replace(/\{([^}]*)\}/g, '00$1')));
  expect(described.map((call) => call?.title)).toEqual(all.map(({ summary }) => summary));
  expect(described.map((call) => call?.bucket ?? 'none')).toEqual(all.map(({ bucket }) => bucket));
});

test('names the parameters of a path', () => {
  expect(describeCall('PUT', '/api/v1/groups/00g1/users/00u1')?.parameters).toEqual({
    groupId: '00g1',
    userId: '00u1',
  });
  expect(describeCall('GET', '/elsewhere')).toBeUndefined();
});

test.each([
  ['activate=true', {}, true],
  ['activate=false', {}, false],
  ['', { credentials: { password: { value: 'x' } } }, false],
] as const)('says whether creating a user with ?%s mails somebody', (query, body, mails) => {
  const notifies = describeCall('POST', '/api/v1/users')?.notifies;
  expect(notifies?.({ query: new URLSearchParams(query), body })).toBe(mails);
});
