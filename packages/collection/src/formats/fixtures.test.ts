import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import { CollectionError } from '../errors.ts';
import { writeEnvironment } from './postman-environment/index.ts';
import { writeCollection } from './postman-v2/write.ts';
import { readAny, readCollection } from './index.ts';

const FOLDER = new URL('.', import.meta.url);

/** Pairs of `<format>/fixtures/<name>.input.*` and `<name>.output.json`. */
const fixtures = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.includes('.input.'))
  .sort();

describe.each(fixtures)('%s', (path) => {
  const input = readFileSync(new URL(path, FOLDER), 'utf8');

  test('is read into what stands in its output file', async () => {
    const read = describeResult(input);
    await expect(`${JSON.stringify(read, null, 2)}\n`).toMatchFileSnapshot(
      new URL(path.replace(/\.input\..*$/, '.output.json'), FOLDER).pathname,
    );
  });

  test('ends in a typed error or a collection however it is damaged', () => {
    const places = fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(30),
        fc.constantFrom(
          '',
          '{',
          ']',
          '"',
          "'",
          '\\',
          '\n',
          '&x',
          '*x',
          '\0',
          '\uD800',
          'null',
          '__proto__',
          '$ref',
          '#/paths',
          ': ',
        ),
      ),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(places, (edits) => {
        let text = input;
        for (const [at, length, inserted] of edits) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + inserted + text.slice(start + length);
        }
        expect(isReadOrRefused(text)).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

function describeResult(text: string): unknown {
  const { format, ...result } = readAny(text);
  return {
    format,
    notes: result.notes,
    collections: result.collections.map((one) => JSON.parse(writeCollection(one)) as unknown),
    environments: result.environments.map((one) => JSON.parse(writeEnvironment(one)) as unknown),
  };
}

/** Every error but a typed one fails the test; what is read is written and read again alike. */
function isReadOrRefused(text: string): boolean {
  try {
    const result = readAny(text);
    return result.collections
      .map(writeCollection)
      .every((once) => writeCollection(readCollection(once).collection) === once);
  } catch (error) {
    if (error instanceof CollectionError) return true;
    throw error;
  }
}
