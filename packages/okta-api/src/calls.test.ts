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
  for (const path of paths) {
    const filled = path.replace(/\?.*/, '').replace(/\{[^}]*\}/g, 'x1');
    expect(describeCall('GET', filled)?.parameters, path).toBeDefined();
    expect(describeCall('GET', filled)?.title, path).not.toContain('GET');
  }
});

test('describes every operation by its own path', () => {
  for (const { method, path, summary, bucket } of all) {
    const described = describeCall(method, path.replace(/\{([^}]*)\}/g, '00$1'));
    expect(described?.title, `${method} ${path}`).toBe(summary);
    if (bucket !== 'none') expect(described?.bucket, `${method} ${path}`).toBe(bucket);
  }
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
