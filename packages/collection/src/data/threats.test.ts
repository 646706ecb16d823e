import { expect, test } from 'vitest';
import { readDataFile } from './data-file.ts';

test.each([
  ['CSV', '__proto__,constructor,id\n{"polluted":1},x,7\n'],
  ['JSON', '[{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"id":7}]'],
])('a %s file with the names of prototypes is refused and pollutes none', (_, text) => {
  expect(() => readDataFile(text)).toThrow('__proto__');
  expect(({} as Readonly<Record<string, unknown>>)['polluted']).toBeUndefined();
});
