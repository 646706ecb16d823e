import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJournalInUse, readJournal, type EarlierRun, type RowCounts } from '@castellan/engine';
import { z } from 'zod';

const JournalEntry = z.object({ id: z.string(), journal: z.string() });
/** A run that was started with a journal: the journal's id, and where it lies. */
export type JournalEntry = z.infer<typeof JournalEntry>;

/** The journals of a person's runs, in one list for the command line and the app. */
export interface JournalList {
  list(): Promise<JournalEntry[]>;
  remember(entry: JournalEntry): Promise<void>;
  forget(id: string): Promise<void>;
}

/** @param home folder of `findHome` */
export function openJournalList(home: string): JournalList {
  const folder = join(home, 'runs');
  return {
    async list() {
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
      const texts = names.map((name) => readFile(join(folder, name), 'utf8').catch(() => ''));
      const entries = (await Promise.all(texts)).map((text) => JournalEntry.safeParse(parse(text)));
      return entries.flatMap(({ data }) => (data === undefined ? [] : [data]));
    },
    async remember(entry) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, `${entry.id}.json`), `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    },
    forget: (id) => rm(join(folder, `${id}.json`), { force: true }),
  };
}

/** A run as its journal tells of it. */
export interface ListedRun {
  readonly id: string;
  readonly name: string;
  /** ISO 8601. */
  readonly started: string;
  /** `broken` was neither finished nor stopped, and nobody is at work on it any more. */
  readonly state: 'running' | 'completed' | 'stopped' | 'failed' | 'broken';
  readonly rows: RowCounts;
  readonly journal: string;
}

/** The runs whose journals can still be read, the newest first. */
export async function readListedRuns(journals: readonly JournalEntry[]): Promise<ListedRun[]> {
  const read = await Promise.all(
    journals.map(async ({ journal }) => {
      const earlier = await readJournal(journal).catch(() => undefined);
      return earlier === undefined ? [] : [toListedRun(earlier, journal, await isJournalInUse(journal))];
    }),
  );
  return read.flat().toSorted((a, b) => b.started.localeCompare(a.started));
}

/** @param isInUse whether a process is at work on it */
export function toListedRun(
  { head, ended, begun, outcome }: EarlierRun,
  journal: string,
  isInUse: boolean,
): ListedRun {
  const count = (verdict: string): number =>
    [...ended.values()].filter((row) => row.verdict === verdict).length;
  const [done, failed] = [count('done'), count('failed')];
  // A row that was begun has sent something whose end nobody wrote down, unless a step is known to be its last.
  const inDoubt = [...begun.values()].filter(({ writes }) =>
    writes.some(({ code }) => code === undefined),
  ).length;
  const ends = ['completed', 'stopped', 'failed'] as const;
  return {
    id: head.id,
    name: head.name,
    started: new Date(head.at).toISOString(),
    state: ends.find((end) => end === outcome) ?? (isInUse ? 'running' : 'broken'),
    rows: { total: head.rows, done, failed, inDoubt, notReached: head.rows - done - failed - inDoubt },
    journal,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
