import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import { CollectionError } from '../errors.ts';
import { readFolder, readSource, type SourceReading } from '../sources/read-source.ts';
import type { SourceFile } from '../sources/source-file.ts';
import { FORMATS, readCollection } from './index.ts';
import { writeEnvironment } from './postman-environment/index.ts';
import { writeCollection } from './postman-v2/write.ts';

const FOLDER = new URL('.', import.meta.url);

/** Seconds for which each reader is fed damaged files; 0: a few files. */
const FUZZ_SECONDS = Number(process.env['CASTELLAN_FUZZ_SECONDS'] ?? 0);
const FUZZ_TIMEOUT = FUZZ_SECONDS * 1000 + 60_000;

/** What files break at: brackets, quotes, anchors, references, keys of prototypes. */
const PIECES = [
  '',
  '{',
  ']',
  '"',
  "'",
  '\\',
  '\n',
  '\0',
  '\uD800',
  ': ',
  '- ',
  '\t',
  '}\n',
  '~',
  '&x',
  '*x',
  '<<: *x',
  'null',
  '[]',
  '{}',
  '-1',
  '1e999',
  'true',
  '@file(',
  'example {\n',
  '__proto__',
  'constructor',
  '$ref',
  '#/paths',
  '{{',
  '}}',
  '$kind',
  ':id',
];

const damagedText = fc.record({
  file: fc.nat(),
  apply: fc
    .array(fc.tuple(fc.nat(), fc.nat(30), fc.constantFrom(...PIECES)), { minLength: 1, maxLength: 4 })
    .map((edits) => (text: string) => {
      let damaged = text;
      for (const [at, length, inserted] of edits) {
        const start = at % (damaged.length + 1);
        damaged = damaged.slice(0, start) + inserted + damaged.slice(start + length);
      }
      return damaged;
    }),
});

const damagedBytes = fc
  .array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 })
  .map((edits) => (bytes: Uint8Array) => {
    const damaged = bytes.slice();
    for (const [at, value] of edits) damaged[at % damaged.length] = value;
    return damaged;
  });

/** A fixture: `<format>/fixtures/<name>.input.*`, a file or a folder of files, beside `<name>.output.json`. */
interface Fixture {
  readonly path: string;
  readonly files: readonly SourceFile[];
}

const fixtures: readonly Fixture[] = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\/fixtures\/[^/]+\.input(?:\.[^/]*)?$/.test(path))
  .sort()
  .map((path) => ({ path, files: readFiles(path) }));

function readFiles(path: string): SourceFile[] {
  const place = new URL(`${path}`, FOLDER);
  if (!statSync(place).isDirectory()) return [{ path, content: readFileSync(place, 'utf8') }];
  return readdirSync(place, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({
      path: relative(fileURLToPath(place), file).replaceAll('\\', '/'),
      content: readFileSync(file, 'utf8'),
    }));
}

function read(files: readonly SourceFile[], isFolder: boolean): readonly SourceReading[] {
  const [only] = files;
  return isFolder || only === undefined ? readFolder(files, { name: 'fixture' }) : readSource(only.content);
}

test('there is a fixture for every format', () => {
  const formats = fixtures.flatMap(({ path, files }) =>
    read(files, path.endsWith('.input')).map((one) => one.format),
  );
  expect([...new Set(formats)].sort()).toEqual(Object.keys(FORMATS).sort());
});

describe.each(fixtures)('$path', ({ path, files }) => {
  const isFolder = path.endsWith('.input');

  test('is read into what stands in its output file', async () => {
    const readings = read(files, isFolder).map(describeReading);
    const written = `${JSON.stringify(isFolder ? readings : readings[0], null, 2)}\n`;
    await expect(written).toMatchFileSnapshot(
      fileURLToPath(new URL(path.replace(/\.input(?:\..*)?$/, '.output.json'), FOLDER)),
    );
  });

  test('ends in a typed error or a collection however it is damaged', { timeout: FUZZ_TIMEOUT }, () => {
    const isHeld = fuzz(damagedText, (damage) => {
      const damaged = files.map((file, index) => ({
        ...file,
        content: index === damage.file % files.length ? damage.apply(String(file.content)) : file.content,
      }));
      return read(damaged, isFolder);
    });
    expect(isHeld).toBe(true);
  });

  test('ends in a typed error or a collection as a damaged archive', { timeout: FUZZ_TIMEOUT }, () => {
    const bytes = zipSync(
      Object.fromEntries(files.map((file) => [file.path, strToU8(String(file.content))])),
    );
    expect(fuzz(damagedBytes, (damage) => readSource(damage(bytes)))).toBe(true);
  });
});

function describeReading({ format, ...result }: SourceReading): unknown {
  return {
    format,
    notes: result.notes,
    collections: result.collections.map((one) => JSON.parse(writeCollection(one)) as unknown),
    environments: result.environments.map((one) => JSON.parse(writeEnvironment(one)) as unknown),
  };
}

/**
 * Feeds a reader damaged files: a few by default, or for so many seconds. Every error but a typed one is thrown;
 * what is read is written and read again alike. Says whether prototypes are as they were.
 */
function fuzz<Damage>(
  damages: fc.Arbitrary<Damage>,
  readDamaged: (damage: Damage) => readonly SourceReading[],
): boolean {
  fc.assert(
    fc.property(damages, (damage) => isReadOrRefused(() => readDamaged(damage))),
    FUZZ_SECONDS === 0 ? { numRuns: 60 } : { numRuns: 1e9, interruptAfterTimeLimit: FUZZ_SECONDS * 1000 },
  );
  return Object.keys(Object.prototype).length === 0;
}

function isReadOrRefused(readDamaged: () => readonly SourceReading[]): boolean {
  try {
    return readDamaged()
      .flatMap(({ collections }) => collections)
      .map(writeCollection)
      .every((once) => writeCollection(readCollection(once).collection) === once);
  } catch (error) {
    if (error instanceof CollectionError) return true;
    throw error;
  }
}
