import { assert, json, property } from 'fast-check';
import { expect, it } from 'vitest';
import { compareJson } from './compare-json.ts';

it('finds nothing between a value and itself, its members in another order', () => {
  assert(
    property(json(), (text) => {
      const value: unknown = JSON.parse(text);
      expect(compareJson(value, turn(value))).toEqual([]);
    }),
  );
});

function turn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turn);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, inner]) => [name, turn(inner)]),
  );
}

it('tells entries of lists by their id, wherever they stand', () => {
  const before = [
    { id: '1', profile: { login: 'a@example.com' } },
    { id: '2', status: 'ACTIVE' },
  ];
  const now = [{ id: '3' }, { id: '2', status: 'STAGED' }, { id: '1', profile: { login: 'a@example.com' } }];
  expect(compareJson(before, now)).toEqual([
    { path: '$[?@.id=="2"].status', before: '"ACTIVE"', now: '"STAGED"' },
    { path: '$[?@.id=="3"]', now: '{"id":"3"}' },
  ]);
});

it('tells texts of a list by what they are, and other entries by their place', () => {
  expect(compareJson({ roles: ['a', 'b'] }, { roles: ['new', 'a', 'b'] })).toEqual([
    { path: '$.roles[0]', now: '"new"' },
  ]);
  expect(compareJson([{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 3 }])).toEqual([
    { path: '$[1].a', before: '2', now: '3' },
  ]);
});

it('writes names that are no words into brackets', () => {
  expect(compareJson({ 'first name': 1 }, {})).toEqual([{ path: '$["first name"]', before: '1' }]);
});
