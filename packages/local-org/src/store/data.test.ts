import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openData } from './data.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castellan-data-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('frees the file of void changes while the org runs', async () => {
  const data = await openData(folder);
  for (let offset = 0; offset < 25_000; offset += 1) {
    data.store.clocks.put({ id: 'clock', offset, frozenAt: null });
    if (offset % 1000 === 0) await data.settled();
  }
  await data.settled();
  // One is under way already; both are the same one.
  await data.compact();
  data.store.clocks.put({ id: 'clock', offset: -1, frozenAt: null });
  await data.settled();
  await data.close();
  const lines = (await readFile(join(folder, 'org.journal'), 'utf8')).split('\n').length;
  expect(lines).toBeLessThan(15_000);
  const again = await openData(folder);
  expect(again.store.clocks.get('clock')).toMatchObject({ offset: -1 });
  await again.close();
});

it('holds what a snapshot brought when a compaction was under way', async () => {
  const data = await openData(folder);
  const clock = (offset: number) => ({ id: 'clock', offset, frozenAt: null });
  data.store.clocks.put(clock(1));
  const snapshot = data.snapshot();
  data.store.clocks.put(clock(2));
  await data.settled();
  const compacting = data.compact();
  data.replace(snapshot);
  await Promise.all([data.rewrite(), compacting]);
  await data.close();
  const again = await openData(folder);
  expect(again.store.clocks.get('clock')).toEqual(clock(1));
  await again.close();
});
