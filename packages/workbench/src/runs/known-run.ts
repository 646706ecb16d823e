import { writeCsvLine, type DataRow } from '@castellan/collection';
import type { RowVerdict, RunControl, RunPlan } from '@castellan/engine';
import type { RunEntry, RunLine, RunOrder } from '../api/runs.ts';
import { findItem } from '../workspace/tree.ts';
import type { KeptRun } from './run-shelf.ts';

/** A run of the app: as it was ordered, what happened so far, and who waits to hear more. */
export interface KnownRun {
  entry: RunEntry;
  readonly order: RunOrder;
  readonly rows: readonly DataRow[];
  readonly journalId?: string;
  readonly lines: RunLine[];
  /** What became of each row that was told; a row of another attempt is told again. */
  readonly verdicts: Map<number, RowVerdict>;
  /** How many of them no other attempt begins again. */
  over: number;
  /** Absent while nobody is at work on the run. */
  control?: RunControl;
  waiting: (() => void)[];
}

export function createKnownRun(kept: Omit<KeptRun, 'lines'>): KnownRun {
  return { ...kept, lines: [], verdicts: new Map(), over: 0, waiting: [] };
}

/** Takes lines in: what the list says of the run follows from them. */
export function addLines(known: KnownRun, lines: readonly RunLine[]): void {
  for (const line of lines) {
    known.lines.push(line);
    known.entry = withLine(known, line);
  }
  const resumable = known.journalId !== undefined && known.over < known.entry.rows;
  if (resumable !== known.entry.resumable) known.entry = { ...known.entry, resumable };
}

/** A run as it lies on disk. One that has no end was under way when the workbench ended. */
export function toKnownRun(kept: KeptRun): KnownRun {
  const { lines, ...head } = kept;
  const known = createKnownRun(head);
  addLines(known, lines);
  if (!isOver(known)) known.entry = { ...known.entry, state: 'interrupted' };
  return known;
}

const isOver = ({ lines }: KnownRun): boolean =>
  lines.findLast(({ kind }) => kind === 'finished' || kind === 'resumed')?.kind === 'finished';

function withLine(known: KnownRun, line: RunLine): RunEntry {
  const { entry, verdicts } = known;
  switch (line.kind) {
    case 'row': {
      const before = verdicts.get(line.row);
      verdicts.set(line.row, line.verdict);
      known.over += change(before, line.verdict, (verdict) => verdict === 'done' || verdict === 'failed');
      return {
        ...entry,
        done: entry.done + change(before, line.verdict, (verdict) => verdict === 'done'),
        failed: entry.failed + change(before, line.verdict, isBad),
      };
    }
    case 'resumed':
      return { ...entry, state: 'running', attempts: entry.attempts + 1 };
    case 'state':
    case 'finished':
      return { ...entry, state: line.state };
    default:
      return entry;
  }
}

const isBad = (verdict: RowVerdict): boolean => verdict === 'failed' || verdict === 'in-doubt';

function change(
  before: RowVerdict | undefined,
  now: RowVerdict,
  counts: (verdict: RowVerdict) => boolean,
): number {
  return Number(counts(now)) - Number(before !== undefined && counts(before));
}

/** Wakes whoever follows the run. */
export function wake(known: KnownRun): void {
  const { waiting } = known;
  known.waiting = [];
  for (const resolve of waiting) resolve();
}

/** The name of what was run: the collection's, or the folder's or request's that was chosen. */
export function toRunName({ name, collection }: RunPlan, itemId: string | undefined): string {
  const item = itemId === undefined ? undefined : findItem(collection, itemId)?.item;
  return item?.name ?? name;
}

/**
 * The rows to run again, in the shape they came in, each with its number and the reason. A row in doubt is none of them:
 * sent again it could do a thing twice.
 */
export function writeRowsLeft(known: KnownRun): string {
  const { rows, lines } = known;
  const reasons = new Map(
    lines.flatMap((line) => (line.kind === 'row' ? [[line.row, line.reason ?? ''] as const] : [])),
  );
  const columns = [...new Set(rows.slice(0, 1000).flatMap((row) => Object.keys(row)))];
  const body = findRowsLeft(known).map((row) => [
    ...columns.map((column) => rows[row]?.[column] ?? ''),
    row + 1,
    reasons.get(row) ?? 'not reached',
  ]);
  return [[...columns, 'castellan_row', 'castellan_reason'], ...body].map(writeCsvLine).join('');
}

/** Numbers of the rows that are not done and not in doubt. */
export function findRowsLeft({ rows, verdicts }: KnownRun): number[] {
  return [...rows.keys()].filter((row) => !['done', 'in-doubt'].includes(verdicts.get(row) ?? 'not-reached'));
}
