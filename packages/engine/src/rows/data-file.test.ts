import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDataFile } from './data-file.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castellan-rows-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(name: string, text: string | Buffer) {
  const path = join(folder, name);
  await writeFile(path, text);
  const source = await openDataFile(path);
  const rows = [];
  for await (const row of source.rows()) rows.push(row);
  return { count: source.count, rows };
}

test.each([
  ['people.csv', '\uFEFFid,name\r\n1,"Doe, ""J"""\r\n\r\n2.5, x \r\n"3",\n'],
  ['people.jsonl', '{"id":1,"name":"Doe, \\"J\\""}\n\n{"id":2.5,"name":"x"}\n{"id":"3","name":""}'],
  ['people.json', '[{"id":1,"name":"Doe, \\"J\\""},{"id":2.5,"name":"x"},{"id":"3","name":""}]'],
  ['utf16.csv', Buffer.from('\uFEFFid,name\n1,"Doe, ""J"""\n2.5,x\n"3",\n', 'utf16le')],
])('reads the rows of %s', async (name, text) => {
  expect(await read(name, text)).toEqual({
    count: 3,
    rows: [
      { id: 1, name: 'Doe, "J"' },
      { id: 2.5, name: 'x' },
      { id: '3', name: '' },
    ],
  });
});

test.each([
  ['broken.csv', 'a,b\n1,"2\n', 'line'],
  ['shifted.csv', 'a,b\n1,2\n3\n', 'line 3): it has no value for the column “b”'],
  ['broken.jsonl', '{"a":1}\n2\n', 'line 2'],
  ['broken.json', '[{"a":1}, 2]', 'row 2'],
  ['page.csv', '<!doctype html>', 'web page'],
  ['empty.csv', '', 'empty'],
])('says where %s is broken', async (name, text, part) => {
  await expect(read(name, text)).rejects.toThrow(part);
});
