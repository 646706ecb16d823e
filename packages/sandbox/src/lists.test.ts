import sdk from 'postman-collection';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHeaders, createVariables, setVariable } from '../inside/lists.ts';
import type { ScopeValue } from './index.ts';

/** Everything an object carries itself, hidden or not, without the list it belongs to. */
function describe(item: object): unknown[] {
  return Object.entries(Object.getOwnPropertyDescriptors(item))
    .filter(([name]) => name !== '__parent')
    .map(([name, descriptor]) => [name, { ...descriptor }]);
}

function describeList(list: sdk.PropertyList<object>): unknown {
  // What PropertyList keeps beside its members.
  const { reference } = list as unknown as { readonly reference: Record<string, object> };
  const places = (entry: object): unknown =>
    Array.isArray(entry)
      ? (entry as object[]).map((each) => list.members.indexOf(each))
      : list.members.indexOf(entry);
  const { members, reference: _, ...own } = Object.getOwnPropertyDescriptors(list) as Record<string, unknown>;
  return {
    own,
    hasMembers: members !== undefined,
    members: list.members.map(describe),
    kinds: list.members.map((member) => Object.getPrototypeOf(member) as unknown),
    parents: list.members.map((member) => (member as { readonly __parent?: object }).__parent === list),
    reference: Object.entries(reference).map(([name, entry]) => [name, places(entry)]),
  };
}

test('fills headers in as postman-collection does', () => {
  const pairs = [
    { key: 'Content-Type', value: 'text/plain' },
    { key: 'Set-Cookie', value: 'a=1' },
    { key: 'set-cookie', value: 'b=2' },
    { key: 'SET-COOKIE', value: 'c=3' },
    { key: '', value: 'nameless' },
    { key: 'X-Off', value: '', disabled: true },
    { key: 'constructor', value: 'x' },
  ];
  const parent = {};
  expect(describeList(createHeaders(parent, pairs))).toEqual(describeList(new sdk.HeaderList(parent, pairs)));
});

test('fills variables in as postman-collection does', () => {
  const values: ScopeValue[] = [
    { key: 'plain', value: 'text' },
    { key: 'plain', value: 'again' },
    { key: 'off', value: 'x', disabled: true },
    { key: 'secret', value: 'x', type: 'secret' },
    { key: 'text', value: 'x', type: 'string' },
    { key: 'number as text', value: 7, type: 'string' },
    { key: 'number', value: '7', type: 'number' },
    { key: 'boolean', value: 'true', type: 'boolean' },
    { key: 'array', value: [1], type: 'array' },
    { key: 'object', value: { a: 1 }, type: 'Object' },
    { key: 'any', value: { a: 1 }, type: 'any' },
    { key: 'nothing', value: null },
    { key: '', value: 'nameless' },
    { key: 'toString', value: 'x' },
  ];
  const parent = {};
  expect(describeList(createVariables(parent, values))).toEqual(
    describeList(new sdk.VariableList(parent, values)),
  );
});

test('sets variables as postman-collection does', () => {
  const key = fc.constantFrom('a', 'b', '', '1');
  const value = fc.constantFrom<unknown>('text', 7, null, undefined, true, { a: 1 }, ['b']);
  const type = fc.constantFrom('any', 'string', 'number', 'secret', undefined);
  const start = fc.array(
    fc.record({ key, value: fc.constantFrom('x', 7), type, disabled: fc.constantFrom(true, undefined) }),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(start, fc.array(fc.tuple(key, value), { maxLength: 5 }), (given, sets) => {
      const values = given.map((each) => JSON.parse(JSON.stringify(each)) as ScopeValue);
      const ours = new sdk.VariableScope({ id: 'one', values });
      const theirs = new sdk.VariableScope({ id: 'one', values });
      for (const [name, set] of sets) {
        if (!setVariable(ours.values, name, set)) ours.set(name, set);
        theirs.set(name, set);
      }
      expect(describeList(ours.values)).toEqual(describeList(theirs.values));
    }),
  );
});
