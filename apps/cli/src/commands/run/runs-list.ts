import { readJournal } from '@castellan/engine';
import type { EarlierRun, RowCounts } from '@castellan/engine';
import { listRuns } from './journals.ts';

/** A run that has a journal, as `castellan runs` shows it. */
export interface ListedRun {
  readonly id: string;
  readonly name: string;
  readonly started: string;
  /** `broken` was neither finished nor stopped: it was killed, or is still at work. */
  readonly state: 'completed' | 'stopped' | 'failed' | 'broken';
  readonly rows: RowCounts;
  readonly journal: string;
}

/** The runs whose journals can still be read, the newest first. */
export async function readRuns(): Promise<ListedRun[]> {
  const read = await Promise.all(
    (await listRuns()).map(async ({ journal }) => {
      const earlier = await readJournal(journal).catch(() => undefined);
      return earlier === undefined ? [] : [toListed(earlier, journal)];
    }),
  );
  return read.flat().toSorted((a, b) => b.started.localeCompare(a.started));
}

function toListed({ head, ended, begun, outcome }: EarlierRun, journal: string): ListedRun {
  const count = (verdict: string): number =>
    [...ended.values()].filter((row) => row.verdict === verdict).length;
  const [done, failed] = [count('done'), count('failed')];
  // A row that was begun has sent something whose end nobody wrote down, unless a step is known to be its last.
  const inDoubt = [...begun.values()].filter(({ writes }) =>
    writes.some(({ code }) => code === undefined),
  ).length;
  const state = outcome === 'completed' || outcome === 'stopped' || outcome === 'failed' ? outcome : 'broken';
  return {
    id: head.id,
    name: head.name,
    started: new Date(head.at).toISOString(),
    state,
    rows: { total: head.rows, done, failed, inDoubt, notReached: head.rows - done - failed - inDoubt },
    journal,
  };
}
