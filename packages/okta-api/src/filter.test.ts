import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { findObjection } from './filter-lists.ts';
import { parseFilter } from './filter.ts';

const read = (text: string) => {
  const result = parseFilter(text);
  return result.ok ? result.filter : result.error;
};

test('and binds before or, and parentheses before both', () => {
  expect(read('a eq 1 or b eq 2 and c eq 3')).toMatchObject({
    kind: 'or',
    operands: [{ attribute: 'a' }, { kind: 'and' }],
  });
  expect(read('(a eq 1 or b eq 2) and c eq 3')).toMatchObject({
    kind: 'and',
    operands: [{ kind: 'or' }, { attribute: 'c' }],
  });
});

test('operators and words may be in any case, and values keep their type', () => {
  expect(read('profile.x EQ true AND y Pr')).toMatchObject({
    operands: [
      { attribute: 'profile.x', operator: 'eq', value: true },
      { attribute: 'y', operator: 'pr' },
    ],
  });
});

test('a quote inside a text is escaped', () => {
  expect(read('a sw "say \\"hi\\""')).toMatchObject({ value: 'say "hi"' });
});

test.each([
  ['', 'unexpected'],
  ['status', 'unknown-operator'],
  ['status is "A"', 'unknown-operator'],
  ['status eq', 'unexpected'],
  ['status eq ACTIVE', 'unexpected'],
  ['status eq "ACTIVE', 'unexpected'],
  ['(status eq "A"', 'unexpected'],
  ['status eq "A")', 'unexpected'],
  [`${'('.repeat(1000)}a pr`, 'too-deep'],
  ['a'.repeat(20_000), 'too-long'],
])('%.20s is refused as %s', (text, kind) => {
  expect(read(text)).toMatchObject({ kind });
});

test('any text ends in a filter or in a sentence', () => {
  const word = constantFrom('a', 'eq', 'and', 'or', 'not', '(', ')', '"x"', '"', '\\', '1', 'pr');
  const text = oneof(
    string(),
    array(word).map((words) => words.join(' ')),
  );
  assert(
    property(text, (filter) => {
      const result = parseFilter(filter);
      expect(result.ok || result.error.sentence.endsWith('.')).toBe(true);
    }),
  );
});

test.each([
  ['userFilter', 'status eq "ACTIVE" and lastUpdated gt "2024-01-01T00:00:00.000Z"', undefined],
  ['userFilter', 'profile.city eq "Porto"', 'attribute'],
  ['userFilter', 'profile.login sw "a"', 'operator'],
  ['userFilter', 'not (status eq "ACTIVE")', 'not'],
  ['userSearch', 'profile.anything sw "x"', undefined],
  ['userSearch', 'profile.x co "y"', 'operator'],
  ['appFilter', 'status eq "ACTIVE" and name eq "x"', 'compound'],
  ['logFilter', 'not (eventType co "user") and target.id eq "00u1"', undefined],
  ['logFilter', 'published gt "x"', 'attribute'],
  ['logFilter', 'debugContext.debugData.url co "x"', 'operator'],
  ['groupFilter', 'constructor eq "x"', 'attribute'],
] as const)('%s asked %s: objection %s', (list, text, objection) => {
  const result = parseFilter(text);
  expect(result.ok && findObjection(list, result.filter)?.kind).toBe(objection);
});
