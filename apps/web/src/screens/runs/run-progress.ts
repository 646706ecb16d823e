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
  readonly failed: number;
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
  startedAt: undefined,
  pace: undefined,
  limit: undefined,
  times: [],
  passed: 0,
  failedTests: 0,
  finished: undefined,
};

const MOST_SAMPLES = 240;

/** The progress after more lines. */
export function addLines(progress: RunProgress, lines: readonly RunLine[]): RunProgress {
  const rows = lines.filter((line) => line.kind === 'row');
  const started = lines.find((line) => line.kind === 'started');
  const paces = lines.filter((line) => line.kind === 'pace');
  const count = (wanted: (row: RowLine) => boolean) => rows.filter(wanted).length;
  return {
    rows: rows.length === 0 ? progress.rows : [...progress.rows, ...rows],
    total: started?.rows ?? progress.total,
    done: progress.done + count(({ verdict }) => verdict === 'done'),
    failed: progress.failed + count(({ verdict }) => verdict === 'failed' || verdict === 'in-doubt'),
    startedAt: started?.at ?? progress.startedAt,
    pace: paces.at(-1)?.progress ?? progress.pace,
    limit: paces.reduce(addSample, progress.limit),
    times: [
      ...progress.times,
      ...rows.flatMap(({ answers }) => answers.flatMap(({ time }) => (time === undefined ? [] : [time]))),
    ],
    passed: progress.passed + rows.reduce((sum, row) => sum + row.passed, 0),
    failedTests: progress.failedTests + rows.reduce((sum, row) => sum + row.failed.length, 0),
    finished: lines.find((line) => line.kind === 'finished') ?? progress.finished,
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
