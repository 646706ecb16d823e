import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataRow } from '@castellan/collection';
import type { RunEntry, RunLine, RunOrder } from '../api/runs.ts';
import { toWorkspaceKey } from '../vault/vault.ts';

const MOST_RUNS = 50;

/** A run as it lies on disk: how it was ordered, then a line for everything that happened. */
export interface KeptRun {
  readonly entry: RunEntry;
  readonly order: RunOrder;
  readonly rows: readonly DataRow[];
  readonly lines: readonly RunLine[];
}

/** The runs of a workspace in the home of a person: each a file that is only added to. */
export interface RunShelf {
  read(): Promise<KeptRun[]>;
  begin(run: Omit<KeptRun, 'lines'>): void;
  add(id: string, lines: readonly RunLine[]): void;
  putReport(id: string, format: string, text: string): Promise<void>;
  report(id: string, format: string): Promise<string | undefined>;
  remove(id: string): Promise<void>;
  /** Resolves when everything is on disk. */
  settled(): Promise<void>;
}

/** @param home folder of `findHome` */
export async function openRunShelf(home: string, workspace: string): Promise<RunShelf> {
  const folder = join(home, 'runs', await toWorkspaceKey(workspace));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let writing = Promise.resolve();
  const append = (id: string, values: readonly unknown[]) => {
    const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
    writing = writing
      .then(() => appendFile(join(folder, `${id}.jsonl`), text, { mode: 0o600 }))
      .catch(() => undefined);
  };
  const remove = async (id: string) => {
    for (const end of ['jsonl', 'html', 'junit', 'json']) {
      await rm(join(folder, `${id}.${end}`), { force: true });
    }
  };
  return {
    remove,
    async read() {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
      const runs = await Promise.all(names.map(async (name) => readRun(join(folder, name))));
      const kept = runs.filter((run) => run !== undefined).sort((a, b) => b.entry.at - a.entry.at);
      for (const old of kept.slice(MOST_RUNS)) await remove(old.entry.id);
      return kept.slice(0, MOST_RUNS);
    },
    begin: ({ entry, order, rows }) => append(entry.id, [{ entry, order, rows }]),
    add: append,
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

/** A last line that was not written whole is left out. */
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
