import { randomUUID } from 'node:crypto';
import type { DataRow } from '@castellan/collection';
import {
  createHost,
  createMask,
  createPacing,
  createRunControl,
  plan,
  reporters,
  run,
  type Reporter,
  type RunControl,
  type RunEvent,
  type RunPlan,
} from '@castellan/engine';
import { callFacts } from '@castellan/okta-api';
import type { DataFileView, Estimate, RunEntry, RunLine, RunOrder } from '../api/runs.ts';
import { WorkbenchError } from '../errors.ts';
import type { ValueStores } from '../vault/current-values.ts';
import { refuseStrange } from '../trust/refuse-strange.ts';
import type { Trust } from '../trust/trust.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { toCell, type DataFiles } from './data-files.ts';
import { estimateRun } from './estimate.ts';
import { createLineMaker, toLabel } from './run-lines.ts';
import type { KeptRun, RunShelf } from './run-shelf.ts';
import { readScopes } from './scopes.ts';

type ReportFormat = 'html' | 'junit' | 'json';
const FORMATS: readonly ReportFormat[] = ['html', 'junit', 'json'];

export interface Runs {
  estimate(order: RunOrder): Estimate;
  /** Starts a run and answers with its id; the run goes on when the page goes away. */
  start(order: RunOrder): Promise<string>;
  /** Lines from `after` + 1 on, as they happen; ends with the run. */
  follow(id: string, after: number, signal: AbortSignal): AsyncIterable<{ id: number; event: RunLine }>;
  steer(id: string, to: 'pause' | 'resume' | 'stop'): void;
  list(): RunEntry[];
  read(id: string): { entry: RunEntry; order: RunOrder };
  report(id: string, format: string): Promise<{ name: string; type: string; text: string }>;
  failedRows(id: string): { name: string; text: string };
  /** The rows that were not done, as a data file for another run. */
  rowsLeft(id: string): DataFileView;
  remove(id: string): Promise<void>;
  close(): Promise<void>;
}

interface KnownRun {
  entry: RunEntry;
  readonly order: RunOrder;
  readonly rows: readonly DataRow[];
  readonly lines: RunLine[];
  /** The host that was typed to confirm this run, and no later one of the same order. */
  readonly confirmed?: string;
  /** Absent once the run is over. */
  control?: RunControl;
  waiting: (() => void)[];
}

interface RunsOptions {
  readonly workspace: Workspace;
  readonly stores: ValueStores;
  readonly trust: Trust;
  readonly dataFiles: DataFiles;
  readonly shelf: RunShelf;
}

/** Runs of collections: started, steered, followed by any page, and kept with their reports. */
export async function openRuns({ workspace, stores, trust, dataFiles, shelf }: RunsOptions): Promise<Runs> {
  const runs = new Map<string, KnownRun>();
  for (const kept of (await shelf.read()).reverse()) runs.set(kept.entry.id, toKnown(kept));
  const breaker = new AbortController();
  const underWay = new Set<Promise<void>>();
  // One for all runs: the limits of an org do not know which run a request belongs to.
  const pacing = createPacing({ now: () => Date.now(), wait: createHost().wait });

  return {
    estimate(order) {
      const rows = toRows(order);
      const columns = new Set(rows.slice(0, 1).flatMap((row) => Object.keys(row)));
      return estimateRun({
        order,
        scopes: readScopes(workspace, stores, order),
        rows: rows.length === 0 ? order.iterations : rows.length,
        columns,
      });
    },
    start,
    follow,
    steer(id, to) {
      const { control } = get(id);
      if (control === undefined) {
        throw new WorkbenchError('bad-request', 'This run is over. Start it again to go on.');
      }
      control[to]();
    },
    list: () => [...runs.values()].map(({ entry }) => entry).reverse(),
    read(id) {
      const { entry, order } = get(id);
      return { entry, order };
    },
    async report(id, format) {
      const { entry } = get(id);
      const text = await shelf.report(id, format);
      if (text === undefined) {
        throw new WorkbenchError(
          'not-found',
          'This run has no such report. It is written when a run is over.',
        );
      }
      const [end, type] = { html: ['html', 'text/html'], junit: ['xml', 'application/xml'] }[format] ?? [
        'json',
        'application/json',
      ];
      return { name: `${entry.name}.${end}`, type: type ?? '', text };
    },
    failedRows(id) {
      const known = get(id);
      return { name: `${known.entry.name}, not done.csv`, text: writeFailedRows(known) };
    },
    rowsLeft(id) {
      const { entry, rows, lines } = get(id);
      const done = new Set(
        lines.flatMap((line) => (line.kind === 'row' && line.verdict === 'done' ? [line.row] : [])),
      );
      return dataFiles.put(
        `${entry.name}, rows not done`,
        rows.filter((_, row) => !done.has(row)),
      );
    },
    async remove(id) {
      if (get(id).control !== undefined) {
        throw new WorkbenchError('bad-request', 'This run is under way. Stop it first.');
      }
      runs.delete(id);
      await shelf.remove(id);
      workspace.changed({ kind: 'runs' });
    },
    async close() {
      breaker.abort();
      await Promise.allSettled(underWay);
      await shelf.settled();
    },
  };

  async function start({ confirmed, ...order }: RunOrder): Promise<string> {
    const scopes = readScopes(workspace, stores, order);
    const rows = toRows(order);
    const { itemId } = order;
    const planned = plan({
      ...scopes,
      ...(itemId === undefined ? {} : { items: [itemId] }),
      ...(rows.length === 0 ? { iterationCount: order.iterations } : { data: rows }),
      settings: {
        delay: order.delay,
        capacity: order.capacity,
        scripts: order.scripts,
        ...(order.lanes === 1 ? {} : { lanes: order.lanes }),
      },
    });
    if (planned.steps.length === 0) {
      throw new WorkbenchError('bad-request', 'There is no request in it. Choose a folder that has some.');
    }
    await refuseStrange(trust, scopes.collection, planned);
    const entry: RunEntry = {
      id: randomUUID(),
      name: toName(planned, itemId),
      at: Date.now(),
      state: 'running',
      rows: planned.iterations,
      done: 0,
      failed: 0,
      ...(scopes.environment === undefined ? {} : { environment: scopes.environment.name }),
    };
    const known: KnownRun = {
      entry,
      order,
      rows,
      lines: [],
      ...(confirmed === undefined ? {} : { confirmed }),
      control: createRunControl(),
      waiting: [],
    };
    runs.set(entry.id, known);
    shelf.begin({ entry, order, rows });
    workspace.changed({ kind: 'runs' });
    const work = carryOut(known, planned).finally(() => underWay.delete(work));
    underWay.add(work);
    return entry.id;
  }

  function toRows({ dataId, rename }: RunOrder): readonly DataRow[] {
    if (dataId === undefined) return [];
    const rows = dataFiles.rows(dataId);
    if (Object.keys(rename).length === 0) return rows;
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([key, value]) => [rename[key] ?? key, value])),
    );
  }

  async function carryOut(known: KnownRun, planned: RunPlan): Promise<void> {
    const mask = createMask(stores.vault.values());
    const lines = createLineMaker(planned.steps.length, (row) => mask.text(toLabel(known.rows[row])));
    const reports = createReports(planned, (format, text) =>
      shelf.putReport(known.entry.id, format, mask.text(text)),
    );
    const host = createHost();
    try {
      const result = await run(planned, host, {
        signal: breaker.signal,
        pacing,
        facts: callFacts,
        ...(known.confirmed === undefined ? {} : { confirmed: known.confirmed }),
        ...(known.control === undefined ? {} : { control: known.control }),
        onEvent(event) {
          const masked = mask.json(event);
          for (const report of reports) report.onEvent(masked);
          tell(known, lines.add(masked));
          stopIfAsked(known, masked);
        },
      });
      for (const report of reports) await report.finish?.(result);
    } catch (cause) {
      const error = cause instanceof Error ? mask.text(cause.message) : 'It broke off.';
      tell(known, [{ kind: 'finished', at: Date.now(), state: 'failed', error }]);
    } finally {
      delete known.control;
      await host.close();
      wake(known);
      workspace.changed({ kind: 'runs' });
    }
  }

  function stopIfAsked({ order, entry, control }: KnownRun, event: RunEvent): void {
    if (event.kind !== 'row-finished' || order.stopAfter === 0) return;
    if (entry.failed >= order.stopAfter) control?.stop();
  }

  function tell(known: KnownRun, lines: readonly RunLine[]): void {
    if (lines.length === 0) return;
    known.lines.push(...lines);
    const before = known.entry.state;
    for (const line of lines) known.entry = withLine(known.entry, line);
    shelf.add(known.entry.id, lines);
    wake(known);
    if (known.entry.state !== before) workspace.changed({ kind: 'runs' });
  }

  async function* follow(id: string, after: number, signal: AbortSignal) {
    const known = get(id);
    const wakeOnEnd = () => wake(known);
    signal.addEventListener('abort', wakeOnEnd);
    try {
      for (let next = after + 1; !signal.aborted;) {
        const event = known.lines[next];
        if (event !== undefined) {
          yield { id: next, event };
          next += 1;
        } else if (known.control === undefined) return;
        else await new Promise<void>((resolve) => known.waiting.push(resolve));
      }
    } finally {
      signal.removeEventListener('abort', wakeOnEnd);
    }
  }

  function get(id: string): KnownRun {
    const known = runs.get(id);
    if (known !== undefined) return known;
    throw new WorkbenchError('not-found', 'This run is no longer kept. Choose another in the list.');
  }
}

function wake(known: KnownRun): void {
  const { waiting } = known;
  known.waiting = [];
  for (const resolve of waiting) resolve();
}

/** A run that has no end on disk was under way when the workbench ended. */
function toKnown({ entry, order, rows, lines }: KeptRun): KnownRun {
  const last = lines.reduce(withLine, entry);
  const isOver = lines.some(({ kind }) => kind === 'finished');
  const ended: RunEntry = isOver ? last : { ...last, state: 'broken-off' };
  const told: RunLine[] = isOver
    ? [...lines]
    : [...lines, { kind: 'finished', at: lines.at(-1)?.at ?? entry.at, state: 'broken-off' }];
  return { entry: ended, order, rows, lines: told, waiting: [] };
}

function withLine(entry: RunEntry, line: RunLine): RunEntry {
  switch (line.kind) {
    case 'row':
      return line.verdict === 'done'
        ? { ...entry, done: entry.done + 1 }
        : line.verdict === 'not-reached'
          ? entry
          : { ...entry, failed: entry.failed + 1 };
    case 'state':
    case 'finished':
      return { ...entry, state: line.state };
    default:
      return entry;
  }
}

function toName({ name, steps, collection }: RunPlan, itemId: string | undefined): string {
  if (itemId === undefined) return name;
  const [only] = steps;
  if (steps.length === 1 && only?.item.id === itemId) return only.item.name;
  const search = (items: RunPlan['collection']['items']): string | undefined => {
    for (const item of items) {
      if (item.id === itemId) return item.name;
      const inner = item.kind === 'folder' ? search(item.items) : undefined;
      if (inner !== undefined) return inner;
    }
    return undefined;
  };
  return search(collection.items) ?? name;
}

/** The engine's reporters, writing to the shelf instead of to files. */
function createReports(
  planned: RunPlan,
  write: (format: ReportFormat, text: string) => Promise<void>,
): Reporter[] {
  return FORMATS.map((format) =>
    reporters[format]({
      plan: planned,
      options: {},
      output: {
        isTerminal: false,
        hasColor: false,
        plainSymbols: false,
        verbose: false,
        write: () => undefined,
      },
      writeReport: (_, text) => write(format, text),
    }),
  );
}

function writeFailedRows({ rows, lines }: KnownRun): string {
  const failed = lines.filter((line) => line.kind === 'row' && line.verdict !== 'done');
  const columns = [...new Set(rows.slice(0, 1000).flatMap((row) => Object.keys(row)))];
  const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const head = [...columns, 'castellan_row', 'castellan_verdict', 'castellan_reason'];
  const body = failed.flatMap((line) =>
    line.kind !== 'row'
      ? []
      : [
          [
            ...columns.map((column) => toCell(rows[line.row]?.[column])),
            String(line.row + 1),
            line.verdict,
            line.reason ?? '',
          ],
        ],
  );
  return [head, ...body].map((line) => line.map(cell).join(',')).join('\r\n');
}
