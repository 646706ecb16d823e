import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { readDataFile } from './data-file.ts';

test('reads CSV with numbers, quotes and empty lines', () => {
  expect(readDataFile('\uFEFFid,name\r\n1,"Doe, ""J"""\r\n\r\n2.5, x \r\n"3",')).toEqual([
    { id: 1, name: 'Doe, "J"' },
    { id: 2.5, name: 'x' },
    { id: '3', name: '' },
  ]);
});

test('reads a JSON list', () => {
  expect(readDataFile('[{"a":1},{"a":null}]')).toEqual([{ a: 1 }, { a: null }]);
});

test('names the row of a broken data file', () => {
  expect(() => readDataFile('a,b\n1,2\n3\n')).toThrow('Row 2 of the data has 1 values');
  expect(() => readDataFile('[{"a":1}, 2]')).toThrow('Row 2 of the data is not an object');
  expect(() => readDataFile('a,b\n1,"2\n')).toThrow('Line 2 of the data, column 2');
});

test('reads any quoted text back', () => {
  assert(
    property(string(), (text) => {
      const csv = `a,b\n"${text.replaceAll('"', '""')}","x"\n`;
      expect(readDataFile(csv)).toEqual([{ a: text.trim(), b: 'x' }]);
    }),
  );
});
