import { array, assert, boolean, property, record, string } from 'fast-check';
import { expect, it } from 'vitest';
import { canBeText, readFields, writeFields } from './field-text.ts';

const create = (key: string, value: string) => ({ key, value });

it('reads back what it wrote', () => {
  const row = record({ key: string({ minLength: 1 }), value: string(), isOff: boolean() });
  assert(
    property(array(row), (drawn) => {
      const rows = drawn
        .map(({ key, value, isOff }) => ({ key, value, ...(isOff ? { disabled: true } : {}) }))
        .filter((one) => canBeText([one]));
      expect(readFields(writeFields(rows), rows, create)).toEqual(rows);
    }),
  );
});

it('reads what a person pastes, and keeps what was known of a name', () => {
  const before = [{ key: 'limit', value: '25', description: { text: 'A page', type: 'text/plain' } }];
  const text = 'limit:200\n\n// after : abc\nsearch: profile.login eq "a:b"\nflag';
  expect(readFields(text, before, create)).toEqual([
    { key: 'limit', value: '200', description: { text: 'A page', type: 'text/plain' } },
    { key: 'after', value: 'abc', disabled: true },
    { key: 'search', value: 'profile.login eq "a:b"' },
    { key: 'flag', value: '' },
  ]);
});

it('knows what cannot be a line', () => {
  expect(canBeText([{ key: 'a', value: 'two\nlines' }])).toBe(false);
  expect(canBeText([{ key: 'a:b', value: '' }])).toBe(false);
});
