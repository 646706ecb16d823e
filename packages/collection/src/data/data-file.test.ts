import { expect, test } from 'vitest';
import { readDataFile } from './data-file.ts';

test('casts unquoted numbers of a CSV file and leaves quoted ones as text', () => {
  const text = 'login , age,code,zip,ratio,empty\n ann@example.com ,7,"7",007,1.50,\n';
  expect(readDataFile(text)).toEqual({
    format: 'csv',
    rows: [{ login: 'ann@example.com', age: 7, code: '7', zip: 7, ratio: 1.5, empty: '' }],
  });
});

test('takes CSV rows that are shorter or longer than the line of names', () => {
  expect(readDataFile('\uFEFFa,b\n1\n1,2,3\n').rows).toEqual([{ a: 1 }, { a: 1, b: 2 }]);
});

test('reads lists of objects from JSON with their types', () => {
  expect(readDataFile('[{"a":1,"b":{"c":[true]}}]').rows).toEqual([{ a: 1, b: { c: [true] } }]);
});

test('takes an empty row of JSON for a row that sets nothing', () => {
  expect(readDataFile('[{"a":1},null]').rows).toEqual([{ a: 1 }, {}]);
});

test.for([
  ['malformed', '[{"a":1},2]', 'row 2'],
  ['malformed', 'a,b\n1,"2\n', 'line'],
  ['empty', '\n', 'line of names'],
  ['forbidden-key', '__proto__,b\n1,2\n', '__proto__'],
  ['html-instead-of-json', '<!doctype html><p>', 'web page'],
] as const)('refuses a data file with “%s”', ([code, text, part]) => {
  expect(() => readDataFile(text)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(part) }),
  );
});
