import { readFileSync } from 'node:fs';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Change, readChanges, StoreError } from './changes.ts';
import { openJournal } from './journal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castellan-journal-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(...changes: readonly Change[]): Promise<void> {
  const journal = await openJournal(folder, () => {});
  for (const change of changes) journal.append(change);
  await journal.settle();
  await journal.close();
}

async function read(): Promise<readonly Change[]> {
  const changes: Change[] = [];
  const journal = await openJournal(folder, (change) => changes.push(change));
  await journal.close();
  expect(journal.count).toBe(changes.length);
  return changes;
}

const one = { table: 'users', id: '1', row: { id: '1', name: 'Zoë' } };
const two = { table: 'users', id: '2', row: { id: '2', name: 'Tom' } };
const path = () => join(folder, 'org.journal');

it('tells every change in the order in which it came', async () => {
  await write(one, two);
  await write({ table: 'users', id: '2' }, one);
  await expect(read()).resolves.toEqual([one, two, { table: 'users', id: '2' }, one]);
});

it('takes away a last line that a crash cut off, at every length', async () => {
  await write(one);
  const whole = await readFile(path());
  await write(two);
  const both = await readFile(path());
  for (let length = whole.length; length < both.length; length += 1) {
    await writeFile(path(), both.subarray(0, length));
    await expect(read()).resolves.toEqual([one]);
    await expect(readFile(path())).resolves.toEqual(whole);
  }
});

it('refuses damage in the middle, a foreign file and a newer version, and leaves them as they are', async () => {
  await write(one, two);
  const damaged = (await readFile(path(), 'utf8')).replace('Zoë', 'Zoé');
  for (const [text, sentence] of [
    [damaged, 'Line 2'],
    ['{"users": []}\n', 'is not the data of a local org'],
    ['', 'is not the data of a local org'],
    ['castellan-org 99\n', 'newer Castellan'],
  ] as const) {
    await writeFile(path(), text);
    await expect(read()).rejects.toThrow(StoreError);
    await expect(read()).rejects.toThrow(sentence);
    await expect(readFile(path(), 'utf8')).resolves.toBe(text);
  }
});

it('writes what came in while the disk was busy, in order', async () => {
  const journal = await openJournal(folder, () => {});
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

it('settles a change with the write that takes it, whoever goes on writing', async () => {
  const journal = await openJournal(folder, () => {});
  const idsOnDisk = () => [...stateOf(readFileSync(path())).keys()];
  const change = async (id: number) => {
    journal.append(row(id, 0));
    await journal.settle();
    return idsOnDisk();
  };
  const first = change(1);
  await setImmediate();
  // These two wait for the disk, and go out in one write.
  const [second, third] = [change(2), change(3)];
  // The fourth comes while that write is under way.
  const fourth = first.then(() => change(4));
  await expect(first).resolves.toEqual(['1']);
  await expect(second).resolves.toEqual(['1', '2', '3']);
  await expect(third).resolves.toEqual(['1', '2', '3']);
  await expect(fourth).resolves.toEqual(['1', '2', '3', '4']);
  await journal.close();
});

it('keeps what is appended while a rewrite waits behind a write', async () => {
  const journal = await openJournal(folder, () => {});
  journal.append(row(1, 0));
  const settled = journal.settle();
  const rewritten = journal.rewrite([one]);
  journal.append(two);
  await Promise.all([settled, rewritten, journal.settle()]);
  expect([...stateOf(readFileSync(path())).keys()]).toEqual(['1', '2']);
  await journal.close();
  await expect(read()).resolves.toEqual([one, two]);
});

it('goes on after a torn tail', async () => {
  await write(one);
  await appendFile(path(), '0000');
  await write(two);
  await expect(read()).resolves.toEqual([one, two]);
});

it('is written anew with what is told, and takes what comes in meanwhile after that', async () => {
  const journal = await openJournal(folder, () => {});
  for (let times = 0; times < 50; times += 1) journal.append(one);
  const rewritten = journal.rewrite([one]);
  journal.append(two);
  await Promise.all([rewritten, journal.settle()]);
  await journal.close();
  expect(journal.count).toBe(2);
  await expect(read()).resolves.toEqual([one, two]);
});

const row = (id: number, version: number) => ({
  table: 'users',
  id: String(id),
  row: { id: String(id), version },
});

/** What a file says of each row, as a start after a crash at this moment would find it. */
function stateOf(bytes: Buffer): Map<string, unknown> {
  const state = new Map<string, unknown>();
  readChanges(bytes, 'the copy', ({ id, row: there }) => {
    if (there === undefined) state.delete(id);
    else state.set(id, there);
  });
  return state;
}

it('is compacted while changes go on: at every moment the file holds what was settled', async () => {
  const journal = await openJournal(folder, () => {});
  const state = new Map<string, { id: string; version: number }>();
  const append = (id: number, version: number): void => {
    state.set(String(id), row(id, version).row);
    journal.append(row(id, version));
  };
  for (let change = 0; change < 30_000; change += 1) append(change % 3000, change);
  await journal.settle();
  expect(journal.count).toBe(30_000);

  const progress = { isDone: false };
  function* rows() {
    for (const [id, kept] of state) yield { table: 'users', id, row: kept };
  }
  const compacting = journal.compact(rows()).finally(() => {
    progress.isDone = true;
  });
  let version = 30_000;
  while (!progress.isDone) {
    append(version % 4000, version);
    append(1 + (version % 50), version);
    state.delete('7');
    journal.append({ table: 'users', id: '7' });
    version += 1;
    await journal.settle();
    const settled = new Map(state);
    expect(stateOf(await readFile(path()))).toEqual(settled);
  }
  await compacting;
  append(5, version);
  await journal.settle();
  await journal.close();
  expect(journal.count).toBeLessThan(10_000);
  expect(stateOf(await readFile(path()))).toEqual(state);
  expect(await readdir(folder)).toEqual(['org.journal']);
});

it('forgets a compaction when it is rewritten or closed meanwhile, and one that a crash left behind', async () => {
  const journal = await openJournal(folder, () => {});
  for (let change = 0; change < 100; change += 1) journal.append(row(1, change));
  const compacting = journal.compact([row(1, 99)]);
  const rewritten = journal.rewrite([row(2, 0)]);
  await Promise.all([compacting, rewritten]);
  expect(stateOf(await readFile(path()))).toEqual(new Map([['2', { id: '2', version: 0 }]]));
  const again = journal.compact([row(2, 0)]);
  await journal.close();
  await again;
  await writeFile(`${path()}.compacted`, 'castellan-org 1\nhalf a li');
  await expect(read()).resolves.toEqual([row(2, 0)]);
  expect(await readdir(folder)).toEqual(['org.journal']);
});
