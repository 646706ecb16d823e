import sdk from 'postman-collection';
import { expect, test } from 'vitest';
import { createHeaders, createVariables } from '../inside/lists.ts';
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
