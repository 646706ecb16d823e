import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataRow } from '@castellan/collection';
import type { RunEntry, RunLine, RunOrder } from '../api/runs.ts';
import { toWorkspaceKey } from '../vault/vault.ts';
import { writeWhole } from '../workspace/files.ts';
import type { JournalList } from './journal-list.ts';
import { REPORT_FORMATS } from './reports.ts';

const MOST_RUNS = 50;

/** A run as it lies on disk: how it was ordered, then a line for everything that happened. */
export interface KeptRun {
  readonly entry: RunEntry;
  readonly order: RunOrder;
  readonly rows: readonly DataRow[];
  /** Id of its journal; absent for a run that has none. */
  readonly journalId?: string;
  readonly lines: readonly RunLine[];
}

/** The runs of a workspace in the home of a person: each a file that is only added to, and its journal. */
export interface RunShelf {
  read(): Promise<KeptRun[]>;
  /** Resolves when it is on disk. */
  begin(run: Omit<KeptRun, 'lines'>): Promise<void>;
  add(id: string, lines: readonly RunLine[]): void;
  journalPath(id: string): string;
  putReport(id: string, format: string, text: string): Promise<void>;
  report(id: string, format: string): Promise<string | undefined>;
  remove(run: Pick<KeptRun, 'entry' | 'journalId'>): Promise<void>;
  /** Resolves when everything is on disk. */
  settled(): Promise<void>;
}

/** @param home folder of `findHome` */
export async function openRunShelf(
  home: string,
  workspace: string,
  journals: JournalList,
): Promise<RunShelf> {
  const folder = join(home, 'runs', await toWorkspaceKey(workspace));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let writing = Promise.resolve();
  const append = (id: string, values: readonly unknown[]): Promise<void> => {
    // After its break, so that a line that a crash has torn takes none of these with it.
    const text = values.map((value) => `\n${JSON.stringify(value)}`).join('');
    const written = writing.then(() => appendFile(join(folder, `${id}.jsonl`), text, { mode: 0o600 }));
    writing = written.catch(() => undefined);
    return written;
  };
  const remove: RunShelf['remove'] = async ({ entry, journalId }) => {
    if (journalId !== undefined) await journals.forget(journalId);
    for (const end of ['jsonl', 'journal', ...REPORT_FORMATS])
      await rm(join(folder, `${entry.id}.${end}`), { force: true });
  };
  return {
    remove,
    async read() {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
      const runs = await Promise.all(names.map(async (name) => readRun(join(folder, name))));
      const kept = runs.filter((run) => run !== undefined).sort((a, b) => b.entry.at - a.entry.at);
      for (const old of kept.slice(MOST_RUNS)) await remove(old);
      return kept.slice(0, MOST_RUNS);
    },
    begin: ({ entry, ...rest }) =>
      writeWhole(join(folder, `${entry.id}.jsonl`), JSON.stringify({ entry, ...rest }), 0o600),
    // The journal tells of the rows if this should be lost.
    add: (id, lines) => void append(id, lines).catch(() => undefined),
    journalPath: (id) => join(folder, `${id}.journal`),
    async putReport(id, format, text) {
      writing = writing
        .then(() => appendFile(join(folder, `${id}.${format}`), text, { mode: 0o600, flag: 'w' }))
        .catch(() => undefined);
      await writing;
    },
    report: (id, format) => readFile(join(folder, `${id}.${format}`), 'utf8').catch(() => undefined),
    settled: () => writing,
  };
}

/** A line that was not written whole is left out. */
async function readRun(path: string): Promise<KeptRun | undefined> {
  const values = (await readFile(path, 'utf8')).split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      return [];
    }
  });
  const [head, ...lines] = values;
  if (typeof head !== 'object' || head === null || !('entry' in head)) return undefined;
  // Written by `begin` and `add` above, in files that only their owner may change.
  return { ...(head as Omit<KeptRun, 'lines'>), lines: lines as RunLine[] };
}
