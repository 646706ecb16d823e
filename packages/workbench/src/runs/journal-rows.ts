import type { EarlierRun, RowOutcome } from '@castellan/engine';
import type { RunLine } from '../api/runs.ts';

export type RowLine = Extract<RunLine, { kind: 'row' }>;

interface ReadOptions {
  /** Nobody is at work on the run: a write without an answer is in doubt. */
  readonly isOver: boolean;
  /** What tells a row from the others; none is told when absent. */
  readonly labelOf?: (row: number) => string;
}

/** The rows of a journal that have an end, as a page is told of them; what they were answered is not in a journal. */
export function toRowLines(
  { ended, begun, head }: EarlierRun,
  { isOver, labelOf = () => '' }: ReadOptions,
): RowLine[] {
  const doubtful = [...begun].flatMap(([row, { writes }]): RowOutcome[] => {
    const open = writes.find(({ code }) => code === undefined);
    if (!isOver || open === undefined || ended.has(row)) return [];
    const reason = `${open.what} left, and no answer came.`;
    return [{ row, verdict: 'in-doubt', reason, requests: 0, time: 0 }];
  });
  return [...ended.values(), ...doubtful].map((outcome) => toRowLine(outcome, head.at, labelOf(outcome.row)));
}

/** A row that another attempt finished. */
export function toRowLine({ row, verdict, reason, time }: RowOutcome, at: number, label: string): RowLine {
  return {
    kind: 'row',
    at,
    row,
    label,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    time,
    answers: [],
    passed: 0,
    failed: [],
  };
}
