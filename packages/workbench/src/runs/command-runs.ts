import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isJournalInUse, readJournal, type EarlierRun } from '@castellan/engine';
import type { RunEntry, RunLine } from '../api/runs.ts';
import { isAppOrder } from './app-order.ts';
import { toListedRun, type JournalEntry, type JournalList } from './journal-list.ts';
import { toRowLines } from './journal-rows.ts';

/** Runs that the command line started with a journal: seen here as their journals tell, steered there. */
export interface CommandRuns {
  list(): Promise<RunEntry[]>;
  find(id: string): Promise<RunEntry | undefined>;
  /** Lines as the journal grows, until nobody is at work on the run. */
  follow(id: string, signal: AbortSignal): AsyncGenerator<RunLine>;
  /** Takes it from the list; the journal stays where it is. */
  forget(id: string): Promise<void>;
}

const LOOK_MS = 1000;

interface Seen {
  readonly stamp: string;
  readonly earlier: EarlierRun | undefined;
}

/** @param isKnown whether a journal is that of a run of this workbench, which need not be read here */
export function openCommandRuns(journals: JournalList, isKnown: (journalId: string) => boolean): CommandRuns {
  /** What was read of each journal, as long as the file stays what it was. */
  const seen = new Map<string, Seen>();

  async function read(journal: string): Promise<EarlierRun | undefined> {
    const found = await stat(journal).catch(() => undefined);
    const stamp = found === undefined ? 'gone' : `${found.mtimeMs}:${found.size}`;
    const known = seen.get(journal);
    if (known?.stamp === stamp) return known.earlier;
    const earlier = await readJournal(journal).catch(() => undefined);
    seen.set(journal, { stamp, earlier });
    return earlier;
  }

  async function open({ id, journal }: JournalEntry) {
    if (isKnown(id)) return undefined;
    const earlier = await read(journal);
    if (earlier === undefined || isAppOrder(earlier.head.order)) return undefined;
    return { earlier, entry: toEntry(earlier, journal, await isJournalInUse(journal)) };
  }

  async function find(id: string) {
    const journal = (await journals.list()).find((entry) => entry.id === id);
    return journal === undefined ? undefined : open(journal);
  }

  return {
    async list() {
      const opened = await Promise.all((await journals.list()).map(open));
      return opened.flatMap((run) => (run === undefined ? [] : [run.entry]));
    },
    find: async (id) => (await find(id))?.entry,
    forget: journals.forget,
    async *follow(id, signal) {
      const told = new Map<number, string>();
      let isFirst = true;
      while (!signal.aborted) {
        const run = await find(id);
        if (run === undefined) return;
        const { entry, earlier } = run;
        if (isFirst) yield { kind: 'started', at: entry.at, rows: entry.rows, requestsPerRow: 0 };
        isFirst = false;
        const isOver = entry.state !== 'running';
        for (const line of toRowLines(earlier, { isOver })) {
          if (told.get(line.row) === line.verdict) continue;
          told.set(line.row, line.verdict);
          yield line;
        }
        if (isOver) {
          yield { kind: 'finished', at: entry.at, state: entry.state };
          return;
        }
        await wait(LOOK_MS, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}

function toEntry(earlier: EarlierRun, journal: string, isInUse: boolean): RunEntry {
  const { state, rows } = toListedRun(earlier, journal, isInUse);
  const { head, attempts } = earlier;
  const environment = findEnvironment(head.order);
  return {
    id: head.id,
    name: head.name,
    at: head.at,
    state: state === 'broken' ? 'interrupted' : state,
    rows: rows.total,
    done: rows.done,
    failed: rows.failed + (state === 'running' ? 0 : rows.inDoubt),
    ...(environment === undefined ? {} : { environment }),
    origin: 'command-line',
    attempts,
    resumable: state !== 'running' && rows.done + rows.failed < rows.total,
  };
}

/** The command line writes its flags into the journal. */
function findEnvironment(order: unknown): string | undefined {
  if (typeof order !== 'object' || order === null || !('flags' in order)) return undefined;
  const { flags } = order;
  if (typeof flags !== 'object' || flags === null || !('environment' in flags)) return undefined;
  return typeof flags.environment === 'string' ? basename(flags.environment) : undefined;
}
