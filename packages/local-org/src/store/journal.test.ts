import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Change, openJournal, StoreError } from './journal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castellan-journal-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(...changes: readonly Change[]): Promise<void> {
  const journal = await openJournal(folder);
  for (const change of changes) journal.append(change);
  await journal.settle();
  await journal.close();
}

async function read(): Promise<readonly Change[]> {
  const journal = await openJournal(folder);
  await journal.close();
  return journal.rows;
}

const one = { table: 'users', id: '1', row: { id: '1', name: 'Ines' } };
const two = { table: 'users', id: '2', row: { id: '2', name: 'Tom' } };
const path = () => join(folder, 'org.journal');

it('gives back the last state of every row and forgets the deleted ones', async () => {
  await write(one, two, { ...one, row: { id: '1', name: 'Ines B.' } } as Change, { table: 'users', id: '2' });
  await expect(read()).resolves.toEqual([{ ...one, row: { id: '1', name: 'Ines B.' } }]);
});

it('drops a last line that a crash cut off, at every length', async () => {
  await write(one);
  const whole = await readFile(path());
  await write(two);
  const both = await readFile(path());
  for (let length = whole.length; length < both.length - 1; length += 1) {
    await writeFile(path(), both.subarray(0, length));
    await expect(read()).resolves.toEqual([one]);
  }
});

it('refuses damage in the middle, a foreign file and a newer version, and leaves them as they are', async () => {
  await write(one, two);
  const damaged = (await readFile(path(), 'utf8')).replace('Ines', 'Anna');
  for (const [text, sentence] of [
    [damaged, 'Line 2'],
    ['{"users": []}\n', 'is not the data of a local org'],
    ['castellan-org 99\n', 'newer Castellan'],
  ] as const) {
    await writeFile(path(), text);
    await expect(read()).rejects.toThrow(StoreError);
    await expect(read()).rejects.toThrow(sentence);
    await expect(readFile(path(), 'utf8')).resolves.toBe(text);
  }
});

it('writes what came in while the disk was busy, in order', async () => {
  const journal = await openJournal(folder);
  const rows = Array.from({ length: 500 }, (_, number) => ({
    table: 'users',
    id: String(number),
    row: { id: String(number) },
  }));
  await Promise.all(
    rows.map((row) => {
      journal.append(row);
      return journal.settle();
    }),
  );
  await journal.close();
  await expect(read()).resolves.toEqual(rows);
});

it('goes on after a torn tail', async () => {
  await write(one);
  await appendFile(path(), '0000');
  await write(two);
  await expect(read()).resolves.toEqual([one, two]);
});
