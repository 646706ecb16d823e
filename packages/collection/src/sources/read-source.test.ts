import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { CollectionError } from '../errors.ts';
import { readFolder, readSource } from './read-source.ts';

const COLLECTION = JSON.stringify({
  info: { name: 'Users' },
  item: [{ name: 'List', request: 'https://example.com' }],
});
const CYCLE = '$kind: http-request\nname: &a [*a]\nurl: https://example.com\n';
const LAUGHS = `$kind: http-request\na: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh']
  .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[index]}`).join(',')}]`)
  .join('\n')}\n`;

test('reads the collections of an archive and of the folders in it', () => {
  const archive = zipSync({
    'dump/collection/users.json': strToU8(COLLECTION),
    'dump/environment/local.json': strToU8('{"name":"Local","values":[]}'),
    'dump/api/bruno.json': strToU8('{"name":"People","version":"1","type":"collection"}'),
    'dump/api/List.bru': strToU8('get {\n  url: https://example.com\n}\n'),
    'dump/notes.md': strToU8('# Notes'),
    '__MACOSX/dump/._users.json': strToU8('x'),
  });
  const readings = readSource(archive, { name: 'dump.zip' });
  expect(readings.map((one) => one.format)).toEqual(['bruno', 'postman-v2.1', 'postman-environment']);
  expect(readings[0]?.collections).toMatchObject([{ name: 'People', items: [{ name: 'List' }] }]);
  expect(readings.flatMap((one) => one.notes).map((one) => one.sentence)).toEqual([
    'One file is in no known format and left alone: dump/notes.md.',
  ]);
});

test.for([
  [
    'too-large',
    'an archive that unpacks to more than memory',
    () => zipSync({ 'a.json': new Uint8Array(65 * 1024 * 1024) }),
  ],
  [
    'malformed',
    'an archive that was cut off',
    () => zipSync({ 'a.json': strToU8(COLLECTION) }).subarray(0, 60),
  ],
  [
    'climbing-path',
    'an archive whose paths climb out',
    () => zipSync({ '../../etc/a.json': strToU8(COLLECTION) }),
  ],
  [
    'climbing-path',
    'an archive with paths from the root',
    () => zipSync({ '/etc/a.json': strToU8(COLLECTION) }),
  ],
  [
    'climbing-path',
    'an archive with paths of Windows',
    () => zipSync({ 'a\\..\\..\\b.json': strToU8(COLLECTION) }),
  ],
  ['unknown-format', 'an archive with nothing to import', () => zipSync({ 'a.png': strToU8('x') })],
  ['too-large', 'a file beyond the limit', () => new Uint8Array(65 * 1024 * 1024)],
  ['too-deep', 'YAML whose anchor holds itself', () => strToU8(CYCLE)],
  ['too-large', 'YAML whose anchors multiply', () => strToU8(LAUGHS)],
  [
    'forbidden-key',
    'YAML with a key of prototypes',
    () => strToU8('$kind: http-request\n__proto__: {polluted: 1}\n'),
  ],
  [
    'forbidden-key',
    'JSON with a key of prototypes',
    () => strToU8('{"yaakSchema":4,"resources":{"__proto__":{}}}'),
  ],
] as const)('refuses with “%s” in one sentence: %s', ([code, , make]) => {
  const file = make();
  const read = (): unknown => readSource(file);
  expect(read).toThrow(CollectionError);
  expect(read).toThrow(expect.objectContaining({ code, message: expect.stringMatching(/^[^\n]+\.$/) }));
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test('refuses a folder whose paths climb out of it', () => {
  for (const path of ['../users.json', 'a/../../users.json', '/users.json', 'C:\\users.json']) {
    expect(() => readFolder([{ path, content: COLLECTION }])).toThrow(
      expect.objectContaining({ code: 'climbing-path' }),
    );
  }
});

test('names the one file of a folder that cannot be read and reads the others', () => {
  const [reading] = readFolder([
    { path: 'good.json', content: COLLECTION },
    { path: 'bad.json', content: '{"info": ' },
  ]);
  expect(reading?.collections).toMatchObject([{ name: 'Users' }]);
  expect(reading?.notes).toMatchObject([
    { kind: 'lost', place: 'bad.json', sentence: expect.stringContaining('JSON') },
  ]);
});
