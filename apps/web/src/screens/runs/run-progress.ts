import type { RunLine } from '@castellan/workbench/api';

export type RowLine = Extract<RunLine, { kind: 'row' }>;
type PaceLine = Extract<RunLine, { kind: 'pace' }>;
type FinishedLine = Extract<RunLine, { kind: 'finished' }>;

/** How full a rate limit was at a moment. */
interface LimitSample {
  readonly at: number;
  /** Requests that the window has seen, ours and others'. */
  readonly used: number;
  readonly limit: number;
}

/** What is known of a run after some of its lines. */
export interface RunProgress {
  readonly rows: readonly RowLine[];
  readonly total: number;
  readonly done: number;
  /** Those in doubt included. */
  readonly failed: number;
  readonly inDoubt: number;
  readonly isResumed: boolean;
  readonly startedAt: number | undefined;
  readonly pace: PaceLine['progress'] | undefined;
  /** Samples of the bucket that was asked most, the oldest first. */
  readonly limit: { readonly name: string; readonly samples: readonly LimitSample[] } | undefined;
  /** Milliseconds of every answer. */
  readonly times: readonly number[];
  readonly passed: number;
  readonly failedTests: number;
  readonly finished: FinishedLine | undefined;
}

export const NOTHING_YET: RunProgress = {
  rows: [],
  total: 0,
  done: 0,
  failed: 0,
  inDoubt: 0,
  isResumed: false,
  startedAt: undefined,
  pace: undefined,
  limit: undefined,
  times: [],
  passed: 0,
  failedTests: 0,
  finished: undefined,
};

const MOST_SAMPLES = 240;

/** The progress after more lines. Once a run was resumed, rows are told again: the last that was told of one counts. */
export function addLines(progress: RunProgress, lines: readonly RunLine[]): RunProgress {
  const came = lines.filter((line) => line.kind === 'row');
  const started = lines.findLast((line) => line.kind === 'started' || line.kind === 'resumed');
  const paces = lines.filter((line) => line.kind === 'pace');
  const isResumed = progress.isResumed || lines.some(({ kind }) => kind === 'resumed');
  const ends = lines.filter((line) => line.kind === 'finished' || line.kind === 'resumed');
  const end = ends.length === 0 ? progress.finished : ends.at(-1);
  return {
    ...(isResumed ? countAgain([...progress.rows, ...came]) : countOn(progress, came)),
    isResumed,
    total: lines.find((line) => line.kind === 'started')?.rows ?? progress.total,
    startedAt: started?.at ?? progress.startedAt,
    pace: paces.at(-1)?.progress ?? progress.pace,
    limit: paces.reduce(addSample, progress.limit),
    times: [
      ...progress.times,
      ...came.flatMap(({ answers }) => answers.flatMap(({ time }) => (time === undefined ? [] : [time]))),
    ],
    finished: end?.kind === 'finished' ? end : undefined,
  };
}

type Counts = Pick<RunProgress, 'rows' | 'done' | 'failed' | 'inDoubt' | 'passed' | 'failedTests'>;

function countAgain(rows: readonly RowLine[]): Counts {
  return countOn(NOTHING_YET, [...new Map(rows.map((row) => [row.row, row])).values()]);
}

function countOn(before: Counts, rows: readonly RowLine[]): Counts {
  const count = (wanted: RowLine['verdict']) => rows.filter(({ verdict }) => verdict === wanted).length;
  const inDoubt = count('in-doubt');
  return {
    rows: rows.length === 0 ? before.rows : [...before.rows, ...rows],
    done: before.done + count('done'),
    failed: before.failed + count('failed') + inDoubt,
    inDoubt: before.inDoubt + inDoubt,
    passed: before.passed + rows.reduce((sum, row) => sum + row.passed, 0),
    failedTests: before.failedTests + rows.reduce((sum, row) => sum + row.failed.length, 0),
  };
}

function addSample(limit: RunProgress['limit'], { at, buckets }: PaceLine): RunProgress['limit'] {
  const known = buckets.filter((bucket) => bucket.limit !== undefined && bucket.remaining !== undefined);
  const busiest =
    known.find(({ bucket }) => bucket === limit?.name) ?? known.toSorted((a, b) => b.sent - a.sent)[0];
  if (busiest?.limit === undefined || busiest.remaining === undefined) return limit;
  const isOver = busiest.resetAt !== undefined && busiest.resetAt <= at;
  const sample = {
    at,
    used: isOver ? 0 : busiest.limit - busiest.remaining,
    limit: busiest.limit,
  };
  return { name: busiest.bucket, samples: [...(limit?.samples ?? []), sample].slice(-MOST_SAMPLES) };
}

/** The value that this share of all values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Counts values in bins of one width, the last bin taking what is above. */
export function toBins(values: readonly number[], bins: number): readonly { from: number; count: number }[] {
  const top = Math.max(1, quantile(values, 0.99));
  const width = top / bins;
  const counts = Array.from({ length: bins }, () => 0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor(value / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count, index) => ({ from: index * width, count }));
}

/** A time that is left, as people say it. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
