import { expect, test } from 'vitest';
import { compileFilter, type FilterRules } from './filter.ts';

type Item = Readonly<Record<string, unknown>>;

const rules: FilterRules = {
  ignoreCase: true,
  operatorsOf: (name) => (name === 'no' ? undefined : ['eq', 'gt']),
};
const read = (item: Item, attribute: string): readonly unknown[] => [item[attribute]];
const matches = (text: string, item: Item, more: Partial<FilterRules> = {}): boolean =>
  compileFilter(text, { ...rules, ...more }, read)(item);

test('and binds before or, and parentheses before both', () => {
  const item = { a: 'x', b: 'y', c: 'z' };
  expect(matches('a eq "x" or b eq "no" and c eq "no"', item)).toBe(true);
  expect(matches('(a eq "x" or b eq "y") and c eq "no"', item)).toBe(false);
});

test('values ignore case only where the list does', () => {
  expect(matches('a eq "X"', { a: 'x' })).toBe(true);
  expect(matches('a eq "X"', { a: 'x' }, { ignoreCase: false })).toBe(false);
});

test('moments compare as moments, whatever their offset', () => {
  const item = { at: '2026-01-01T12:00:00.000Z' };
  expect(matches('at gt "2026-01-01T12:30:00.000+01:00"', item)).toBe(true);
});

test('not is for lists that take it', () => {
  expect(matches('not (a eq "x")', { a: 'y' }, { allowsNot: true })).toBe(true);
  expect(() => matches('not (a eq "x")', { a: 'y' })).toThrow(/./);
});

test('text that is no filter, unknown attributes and operators that a list lacks are refused with E0000031', () => {
  for (const text of ['a', 'a eq', 'a eq "x', '(a eq "x"', 'a eq "x" b', 'no eq 1', 'a co "x"', 'a is 1'])
    expect(() => matches(text, {})).toThrow(expect.objectContaining({ code: 'E0000031' }));
});
