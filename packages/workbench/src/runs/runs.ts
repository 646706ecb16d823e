import { randomUUID } from 'node:crypto';
import type { DataRow } from '@castellan/collection';
import {
  createHost,
  createPacing,
  createRunControl,
  createRunJournal,
  JournalError,
  readJournal,
  resumeRunJournal,
  run,
  type Mask,
  type RunEvent,
  type RunJournal,
  type RunPlan,
} from '@castellan/engine';
import { callFacts } from '@castellan/okta-api';
import type { DataFileView, Estimate, RunEntry, RunLine, RunOrder } from '../api/runs.ts';
import { toHostOptions, type PreferenceStore } from '../preferences/preferences.ts';
import { WorkbenchError } from '../errors.ts';
import { refuseStrange } from '../trust/refuse-strange.ts';
import type { Trust } from '../trust/trust.ts';
import type { ValueStores } from '../vault/current-values.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { toAppOrder } from './app-order.ts';
import { openCommandRuns } from './command-runs.ts';
import type { DataFiles } from './data-files.ts';
import { estimateRun } from './estimate.ts';
import type { JournalList } from './journal-list.ts';
import { toRowLines } from './journal-rows.ts';
import {
  addLines,
  createKnownRun,
  findRowsLeft,
  toKnownRun,
  toRunName,
  wake,
  writeRowsLeft,
  type KnownRun,
} from './known-run.ts';
import { planRun } from './plan-run.ts';
import { createReports, describeReport } from './reports.ts';
import { createLineMaker, toLabel } from './run-lines.ts';
import type { RunShelf } from './run-shelf.ts';
import { readScopes } from './scopes.ts';

export interface Runs {
  estimate(order: RunOrder, signal?: AbortSignal): Promise<Estimate>;
  /** What a run that is there would do, all of its rows counted. */
  estimateAgain(id: string, signal?: AbortSignal): Promise<Estimate>;
  /**
   * Starts a run and answers with its id; the run goes on when the page goes away.
   * @throws WorkbenchError `untrusted`, `bad-request`, before anything is sent
   */
  start(order: RunOrder): Promise<string>;
  /**
   * Goes on with a run that was stopped or interrupted.
   * @throws WorkbenchError `run-changed` when it is not what it was any more, unless that is accepted
   */
  resume(id: string, options: ResumeOptions): Promise<void>;
  /** Lines from `after` + 1 on, as they happen; ends with the run. */
  follow(id: string, after: number, signal: AbortSignal): AsyncIterable<{ id: number; event: RunLine }>;
  steer(id: string, to: 'pause' | 'resume' | 'stop'): void;
  /** Those of the command line included, the newest first. */
  list(): Promise<RunEntry[]>;
  read(id: string): Promise<{ entry: RunEntry; order?: RunOrder }>;
  /** The request of a run whose answer had this id of Okta's. */
  findCause(requestId: string): { collectionId: string; itemId: string; runId: string } | undefined;
  report(id: string, format: string): Promise<{ name: string; type: string; text: string }>;
  /** The rows that were not done, as CSV. */
  failedRows(id: string): { name: string; text: string };
  /** The rows that were not done, as a data file for another run. */
  rowsLeft(id: string): DataFileView;
  remove(id: string): Promise<void>;
  close(): Promise<void>;
}

interface ResumeOptions {
  readonly confirmed?: string;
  readonly acceptsChanges: boolean;
}

interface RunsOptions {
  readonly workspace: Workspace;
  readonly stores: ValueStores;
  readonly trust: Trust;
  readonly preferences: PreferenceStore;
  readonly dataFiles: DataFiles;
  readonly shelf: RunShelf;
  readonly journals: JournalList;
  readonly mask: Mask;
}

/** One go at a run: the first, or one that goes on where another ended. */
interface Attempt {
  readonly planned: RunPlan;
  readonly journal: RunJournal | undefined;
  readonly confirmed: string | undefined;
  readonly isResumed: boolean;
}

/** Runs of collections: started, steered, followed by any page, and kept with their journals and reports. */
export async function openRuns(options: RunsOptions): Promise<Runs> {
  const { workspace, stores, preferences, trust, dataFiles, shelf, journals, mask } = options;
  const runs = new Map<string, KnownRun>();
  const commandRuns = openCommandRuns(journals, (journalId) =>
    [...runs.values()].some((known) => known.journalId === journalId),
  );
  for (const kept of (await shelf.read()).reverse()) {
    const known = toKnownRun(kept);
    if (known.entry.state === 'interrupted') await fillFromJournal(known);
    runs.set(kept.entry.id, known);
  }
  const breaker = new AbortController();
  const underWay = new Set<Promise<void>>();
  /** Ids of runs that somebody has asked to go on with, until they do. */
  const resuming = new Set<string>();
  // One for all runs: the limits of an org do not know which run a request belongs to.
  const pacing = createPacing({ now: () => Date.now(), wait: createHost().wait }, { facts: callFacts });

  return {
    estimate: async (order, signal) => estimateRun(planOrder(order, toRows(order)), signal),
    async estimateAgain(id, signal) {
      const { order, rows } = get(id);
      return estimateRun(planOrder(order, rows), signal);
    },
    start,
    resume,
    follow,
    steer(id, to) {
      const { control } = get(id);
      if (control === undefined)
        throw new WorkbenchError('bad-request', 'Nobody is at work on this run. Resume it to go on.');
      control[to]();
    },
    async list() {
      const own = [...runs.values()].map(({ entry }) => entry);
      return [...own, ...(await commandRuns.list())].sort((a, b) => b.at - a.at);
    },
    async read(id) {
      const known = runs.get(id);
      if (known !== undefined) return { entry: known.entry, order: known.order };
      const entry = await commandRuns.find(id);
      if (entry === undefined) throw notKept();
      return { entry };
    },
    findCause(requestId) {
      for (const { entry, order, lines } of [...runs.values()].toReversed()) {
        for (const line of lines) {
          const answers = line.kind === 'row' ? line.answers : [];
          const answer = answers.find((one) => one.requestId === requestId);
          if (answer !== undefined)
            return { collectionId: order.collectionId, itemId: answer.itemId, runId: entry.id };
        }
      }
      return undefined;
    },
    async report(id, format) {
      const { entry } = get(id);
      const text = await shelf.report(id, format);
      if (text === undefined)
        throw new WorkbenchError(
          'not-found',
          'This run has no such report. It is written when a run is over.',
        );
      const { end, type } = describeReport(format);
      return { name: `${entry.name}.${end}`, type, text };
    },
    failedRows(id) {
      const known = get(id);
      return { name: `${known.entry.name}, not done.csv`, text: writeRowsLeft(known) };
    },
    rowsLeft(id) {
      const known = get(id);
      const left = new Set(findRowsLeft(known));
      return dataFiles.put(
        `${known.entry.name}, rows not done`,
        known.rows.filter((_, row) => left.has(row)),
      );
    },
    async remove(id) {
      const known = runs.get(id);
      if (known?.control !== undefined)
        throw new WorkbenchError('bad-request', 'This run is under way. Stop it first.');
      if (known === undefined) await commandRuns.forget(id);
      else await shelf.remove(known);
      runs.delete(id);
      workspace.changed({ kind: 'runs' });
    },
    async close() {
      breaker.abort();
      await Promise.allSettled(underWay);
      await shelf.settled();
    },
  };

  async function start({ confirmed, ...order }: RunOrder): Promise<string> {
    const rows = toRows(order);
    const planned = planOrder(order, rows);
    await refuseStrange(trust, planned.collection, planned);
    const id = randomUUID();
    const path = shelf.journalPath(id);
    const journal = order.carry
      ? undefined
      : await createRunJournal({ path, plan: planned, order: toAppOrder(id), now: Date.now() }).catch(refuse);
    const entry: RunEntry = {
      id,
      name: toRunName(planned, order.itemId),
      at: Date.now(),
      state: 'running',
      rows: planned.iterations,
      done: 0,
      failed: 0,
      ...(planned.environment === undefined ? {} : { environment: planned.environment.name }),
      origin: 'app',
      attempts: 1,
      resumable: journal !== undefined,
    };
    const kept = { entry, order, rows, ...(journal === undefined ? {} : { journalId: journal.id }) };
    // Before anything is sent, so that a crash leaves a run that can be found.
    try {
      await shelf.begin(kept);
      if (journal !== undefined) await journals.remember({ id: journal.id, journal: path });
    } catch (cause) {
      await journal?.close();
      throw cause;
    }
    const known = createKnownRun(kept);
    runs.set(id, known);
    launch(known, { planned, journal, confirmed, isResumed: false });
    return id;
  }

  async function resume(id: string, options: ResumeOptions): Promise<void> {
    const known = get(id);
    // The journal is locked against other processes only; two pages ask the same one.
    if (known.control !== undefined || resuming.has(id))
      throw new WorkbenchError('bad-request', 'This run is under way.');
    resuming.add(id);
    try {
      await goOn(known, options);
    } finally {
      resuming.delete(id);
    }
  }

  async function goOn(known: KnownRun, { confirmed, acceptsChanges }: ResumeOptions): Promise<void> {
    if (known.journalId === undefined)
      throw new WorkbenchError(
        'bad-request',
        'This run has no journal, so nobody knows where its rows stood. Run the rest instead.',
      );
    const planned = planOrder(known.order, known.rows);
    await refuseStrange(trust, planned.collection, planned);
    const path = shelf.journalPath(known.entry.id);
    const journal = await resumeRunJournal({ path, plan: planned, now: Date.now(), acceptsChanges }).catch(
      refuse,
    );
    launch(known, { planned, journal, confirmed, isResumed: true });
  }

  function launch(known: KnownRun, attempt: Attempt): void {
    known.control = createRunControl();
    const work = carryOut(known, attempt).finally(() => underWay.delete(work));
    underWay.add(work);
    workspace.changed({ kind: 'runs' });
  }

  function planOrder(order: RunOrder, rows: readonly DataRow[]): RunPlan {
    return planRun(order, readScopes(workspace, stores, order), rows, preferences.get());
  }

  function toRows({ dataId, rename }: RunOrder): readonly DataRow[] {
    if (dataId === undefined) return [];
    const rows = dataFiles.rows(dataId);
    if (Object.keys(rename).length === 0) return rows;
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([key, value]) => [rename[key] ?? key, value])),
    );
  }

  async function carryOut(known: KnownRun, attempt: Attempt): Promise<void> {
    const { planned, journal, confirmed, isResumed } = attempt;
    mask.add(stores.vault.values());
    const failedBefore = known.entry.failed;
    const lines = createLineMaker({
      requestsPerRow: planned.steps.length,
      labelOf: (row) => mask.text(toLabel(known.rows[row])),
      isResumed,
      ended: journal?.ended ?? new Map(),
      isTold: (row) => known.verdicts.has(row),
    });
    const reports = createReports(planned, (format, text) =>
      shelf.putReport(known.entry.id, format, mask.text(text)),
    );
    const host = createHost(toHostOptions(preferences.get()));
    let end: RunLine | undefined;
    try {
      const result = await run(planned, host, {
        signal: breaker.signal,
        // Every event comes masked.
        mask,
        pacing,
        facts: callFacts,
        ...(confirmed === undefined ? {} : { confirmed }),
        ...(journal === undefined ? {} : { journal }),
        ...(known.control === undefined ? {} : { control: known.control }),
        onEvent(event) {
          for (const report of reports) report.onEvent(event);
          const came = lines.add(event);
          end = came.find(({ kind }) => kind === 'finished');
          tell(
            known,
            came.filter((line) => line !== end),
          );
          stopIfAsked(known, event, failedBefore);
        },
      });
      for (const report of reports) await report.finish?.(result);
    } catch (cause) {
      const error = cause instanceof Error ? mask.text(cause.message) : 'It broke off.';
      end = { kind: 'finished', at: Date.now(), state: 'failed', error };
    } finally {
      await journal?.close();
      await host.close();
      delete known.control;
      // Whoever hears of the end finds the reports written, and may resume.
      if (end !== undefined) tell(known, [end]);
      wake(known);
      workspace.changed({ kind: 'runs' });
    }
  }

  function stopIfAsked({ order, entry, control }: KnownRun, event: RunEvent, failedBefore: number): void {
    if (event.kind !== 'row-finished' || order.stopAfter === 0) return;
    if (entry.failed - failedBefore >= order.stopAfter) control?.stop();
  }

  function tell(known: KnownRun, lines: readonly RunLine[]): void {
    if (lines.length === 0) return;
    const before = known.entry.state;
    addLines(known, lines);
    shelf.add(known.entry.id, lines);
    wake(known);
    if (known.entry.state !== before) workspace.changed({ kind: 'runs' });
  }

  /** The journal is on disk before a line is: what a crash took from the lines, it knows. */
  async function fillFromJournal(known: KnownRun): Promise<void> {
    if (known.journalId === undefined) return;
    const earlier = await readJournal(shelf.journalPath(known.entry.id)).catch(() => undefined);
    if (earlier === undefined) return;
    mask.add(stores.vault.values());
    const labelOf = (row: number) => mask.text(toLabel(known.rows[row]));
    const untold = toRowLines(earlier, { isOver: true, labelOf }).filter(
      ({ row }) => !known.verdicts.has(row),
    );
    addLines(known, untold);
    shelf.add(known.entry.id, untold);
  }

  async function* follow(id: string, after: number, signal: AbortSignal) {
    const known = runs.get(id);
    if (known === undefined) {
      let number = 0;
      for await (const event of commandRuns.follow(id, signal)) {
        if (number > after) yield { id: number, event };
        number += 1;
      }
      return;
    }
    const wakeOnEnd = () => wake(known);
    signal.addEventListener('abort', wakeOnEnd);
    try {
      for (let next = after + 1; !signal.aborted;) {
        const event = known.lines[next];
        if (event !== undefined) {
          yield { id: next, event };
          next += 1;
        } else if (known.control === undefined) {
          if (known.entry.state === 'interrupted') yield { id: next, event: toInterruption(known) };
          return;
        } else await new Promise<void>((resolve) => known.waiting.push(resolve));
      }
    } finally {
      signal.removeEventListener('abort', wakeOnEnd);
    }
  }

  function get(id: string): KnownRun {
    const known = runs.get(id);
    if (known !== undefined) return known;
    throw notKept();
  }
}

/** The end of a run that nobody wrote down. */
function toInterruption({ lines, entry }: KnownRun): RunLine {
  return { kind: 'finished', at: lines.at(-1)?.at ?? entry.at, state: 'interrupted' };
}

function notKept(): WorkbenchError {
  return new WorkbenchError(
    'not-found',
    'This run is not kept here, or is one of the command line: castellan runs lists those.',
  );
}

/** @throws WorkbenchError with what is wrong with the journal */
function refuse(cause: unknown): never {
  if (!(cause instanceof JournalError)) throw cause;
  if (cause.changes === undefined) throw new WorkbenchError('bad-request', cause.message, { cause });
  throw new WorkbenchError(
    'run-changed',
    `Since this run began, ${cause.changes.join(' and ')} changed. Put back what it was, or go on all the same with what is there now.`,
    { cause },
  );
}
