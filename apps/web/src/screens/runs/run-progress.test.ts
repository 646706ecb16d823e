import type { RunLine } from '@castellan/workbench/api';
import { expect, it } from 'vitest';
import { addLines, formatDuration, NOTHING_YET, quantile, toBins } from './run-progress.ts';

const row = (number: number, verdict: 'done' | 'failed'): RunLine => ({
  kind: 'row',
  at: 0,
  row: number,
  label: `${number}`,
  verdict,
  time: 10,
  answers: [{ itemId: 'r', itemName: 'Read', method: 'GET', code: 200, time: 7 }],
  passed: 1,
  failed: [],
});

it('counts rows, answers and tests as they come', () => {
  const started: RunLine = { kind: 'started', at: 1, rows: 3, requestsPerRow: 1 };
  const progress = addLines(addLines(NOTHING_YET, [started, row(0, 'done')]), [row(1, 'failed')]);
  expect(progress).toMatchObject({ total: 3, done: 1, failed: 1, passed: 2, times: [7, 7], startedAt: 1 });
});

it('counts a row that was told again once a run goes on, as it was told last', () => {
  const started: RunLine = { kind: 'started', at: 1, rows: 3, requestsPerRow: 1 };
  const stopped: RunLine = { kind: 'finished', at: 2, state: 'stopped' };
  const before = addLines(NOTHING_YET, [started, row(0, 'done'), row(1, 'failed'), stopped]);
  expect(before.finished).toBe(stopped);
  const going = addLines(before, [{ kind: 'resumed', at: 5 }, row(1, 'done')]);
  expect(going).toMatchObject({ total: 3, done: 2, failed: 0, startedAt: 5, finished: undefined });
  expect(addLines(going, [row(2, 'done')])).toMatchObject({ done: 3, passed: 3 });
});

it('keeps every value in some bin', () => {
  const values = [1, 2, 3, 50, 500];
  expect(toBins(values, 5).reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
  expect(quantile(values, 0.5)).toBe(3);
});

it('says times as people do', () => {
  expect(formatDuration(200_000)).toBe('3 min 20 s');
  expect(formatDuration(7_260_000)).toBe('2 h 1 min');
});
