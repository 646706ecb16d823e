import type { RowCounts, RunEvent, RunSummary } from '../events.ts';
import type { RunPlan } from '../plan.ts';

/** A row that is not done, as reports list it. */
export interface RowRecord {
  /** From 0. */
  readonly row: number;
  readonly verdict: 'failed' | 'in-doubt' | 'not-reached';
  readonly reason: string;
}

/** Keeps the rows that are not done: all that a report says of rows besides their counts. */
export interface RowRecords {
  readonly rows: readonly RowRecord[];
  onEvent(event: RunEvent): void;
}

export function createRowRecords(): RowRecords {
  const rows: RowRecord[] = [];
  return {
    get rows() {
      return rows.toSorted((a, b) => a.row - b.row);
    },
    onEvent(event) {
      if (event.kind !== 'row-finished' || event.verdict === 'done') return;
      rows.push({ row: event.row, verdict: event.verdict, reason: event.reason ?? '' });
    },
  };
}

/** Whether rows are worth a word: there are several, or the one was not done. */
export function hasRows({ rows }: RunSummary): boolean {
  return rows.total > 1 || rows.done < rows.total;
}

export function toRowCounts({ total, done, failed, inDoubt, notReached }: RowCounts): string {
  return `${total} ${total === 1 ? 'row' : 'rows'}: ${done} done, ${failed} failed, ${inDoubt} in doubt, ${notReached} not reached`;
}

/** Reasons that differ only in names and numbers are one reason; as many are listed. */
const MOST_REASONS = 10;

/**
 * What a person has to know about rows that are not done, in lines. A plain run passes by Newman's rules although rows
 * were refused: then the lines say so.
 */
export function explainRows(records: readonly RowRecord[], summary: RunSummary, plan: RunPlan): string[] {
  if (records.length === 0) return [];
  const failed = records.filter(({ verdict }) => verdict === 'failed');
  const doubtful = records.filter(({ verdict }) => verdict === 'in-doubt');
  return [
    ...(failed.length === 0 ? [] : [`Not applied: ${toList(failed)}.`]),
    ...toReasons(failed),
    ...(doubtful.length === 0
      ? []
      : [`In doubt: ${toList(doubtful)}. A write left, and nobody knows whether it took effect.`]),
    ...toReasons(doubtful),
    ...(plan.settings.strict === true || summary.rows.failed === 0
      ? []
      : [
          'A plain run passes all the same, as in Newman; with --strict, --lanes or --journal it would have failed.',
        ]),
  ];
}

function toReasons(records: readonly RowRecord[]): string[] {
  const groups = new Map<string, RowRecord[]>();
  for (const record of records) {
    const key = record.reason.replace(/\S*\d\S*/g, '…');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  const lines = [...groups.values()].map(([first, ...more]) => {
    const others = more.length === 0 ? '' : ` (and ${more.length} more like it)`;
    return `  row ${(first?.row ?? 0) + 1}: ${first?.reason ?? ''}${others}`;
  });
  const rest = lines.length - MOST_REASONS;
  return rest <= 0 ? lines : [...lines.slice(0, MOST_REASONS), `  and ${rest} other reasons`];
}

/** `rows 3, 61–300`; long lists are cut. */
function toList(records: readonly RowRecord[]): string {
  const spans: { first: number; last: number }[] = [];
  for (const { row } of records) {
    const span = spans.at(-1);
    if (span !== undefined && row === span.last + 1) span.last = row;
    else spans.push({ first: row, last: row });
  }
  const texts = spans.map(({ first, last }) =>
    first === last ? `${first + 1}` : `${first + 1}–${last + 1}`,
  );
  const shown = texts.slice(0, 20).join(', ');
  const more = texts.length > 20 ? ` and others, ${records.length} in all` : '';
  return `${records.length === 1 ? 'row' : 'rows'} ${shown}${more}`;
}
