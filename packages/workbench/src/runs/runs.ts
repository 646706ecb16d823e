import { randomUUID } from 'node:crypto';
import { createMask, type RunEvent } from '@castellan/engine';
import type { HistoryEntry, RunEntry, RunOrder } from '../api/runs.ts';
import { WorkbenchError } from '../errors.ts';
import type { RunEngine, RunSpecification } from '../neighbours.ts';
import type { Vault } from '../vault/vault.ts';
import { fillSecrets, type Workspace } from '../workspace/workspace.ts';

export interface Runs {
  start(order: RunOrder): string;
  /** Events from `after` + 1 on, as they happen; ends with the run. */
  follow(id: string, after: number, signal: AbortSignal): AsyncIterable<{ id: number; event: RunEvent }>;
  stop(id: string): void;
  list(): readonly RunEntry[];
  history(): readonly HistoryEntry[];
  clearHistory(): void;
  close(): void;
}

interface LiveRun {
  readonly entry: RunEntry;
  readonly events: RunEvent[];
  readonly stopper: AbortController;
  finished: boolean;
  wake: (() => void)[];
}

const MOST_RUNS_KEPT = 20;
const MOST_HISTORY = 500;

/** Starts runs, keeps their masked events so that a page can come back to them, and notes what was sent. */
export function createRuns(workspace: Workspace, vault: Vault, engine: RunEngine): Runs {
  const runs = new Map<string, LiveRun>();
  const history: HistoryEntry[] = [];
  return {
    start,
    follow,
    stop: (id) => get(id).stopper.abort(),
    list: () =>
      [...runs.values()]
        .filter(({ entry }) => entry.iterations > 0)
        .map(({ entry }) => entry)
        .reverse(),
    history: () => history.toReversed(),
    clearHistory: () => void history.splice(0),
    close: () => {
      for (const run of runs.values()) run.stopper.abort();
    },
  };

  function start(order: RunOrder): string {
    const stopper = new AbortController();
    const specification = toSpecification(order, stopper.signal);
    const id = randomUUID();
    const entry: RunEntry = {
      id,
      name: order.kind === 'send' ? order.item.name : specification.collection.name,
      at: Date.now(),
      outcome: 'running',
      iterations: order.kind === 'send' ? 0 : (order.iterations ?? Math.max(1, order.rows.length)),
      done: 0,
      failed: 0,
      ...(specification.environment === undefined ? {} : { environment: specification.environment.name }),
    };
    const run: LiveRun = { entry, events: [], stopper, finished: false, wake: [] };
    runs.set(id, run);
    forgetOldest();
    void carryOut(run, specification, order);
    return id;
  }

  function toSpecification(order: RunOrder, signal: AbortSignal): RunSpecification {
    const collection = workspace.collections.find(order.collectionId)?.thing;
    if (collection === undefined) {
      throw new WorkbenchError('not-found', 'The collection of this request is no longer in the workspace.');
    }
    const environment =
      order.environmentId === null ? undefined : workspace.environments.find(order.environmentId)?.thing;
    if (order.environmentId !== null && environment === undefined) {
      throw new WorkbenchError(
        'not-found',
        'The chosen environment is no longer in the workspace. Choose another at the top right.',
      );
    }
    const globals = workspace.environments.list().find(({ thing }) => thing.scope === 'globals')?.thing;
    return {
      collection,
      ...(environment === undefined ? {} : { environment: fillSecrets(environment, vault) }),
      ...(globals === undefined ? {} : { globals: fillSecrets(globals, vault) }),
      signal,
      ...(order.kind === 'send'
        ? { itemId: order.item.id, edited: order.item, rows: [], delay: 0, stopOnFailure: false }
        : {
            ...(order.itemId === undefined ? {} : { itemId: order.itemId }),
            rows: order.rows,
            ...(order.iterations === undefined ? {} : { iterations: order.iterations }),
            delay: order.delay,
            stopOnFailure: order.stopOnFailure,
          }),
    };
  }

  async function carryOut(run: LiveRun, specification: RunSpecification, order: RunOrder): Promise<void> {
    const mask = createMask(vault.values());
    let outcome: RunEntry['outcome'] = 'failed';
    try {
      for await (const event of engine.run(specification)) {
        const masked = mask.json(event);
        run.events.push(masked);
        count(run, masked);
        note(masked, order, run.entry.environment);
        if (event.kind === 'run-finished') outcome = event.outcome;
        wake(run);
      }
    } catch (cause) {
      const message = cause instanceof Error ? mask.text(cause.message) : 'The run broke off.';
      run.events.push(brokenOff(message));
    } finally {
      Object.assign(run.entry, { outcome });
      run.finished = true;
      wake(run);
      workspace.changed({ kind: 'history' });
      if (order.kind === 'run') workspace.changed({ kind: 'runs' });
    }
  }

  function count(run: LiveRun, event: RunEvent): void {
    if (event.kind === 'iteration-finished') run.entry.done += 1;
    if (event.kind === 'request-failed' || (event.kind === 'assertion' && !event.assertion.passed)) {
      run.entry.failed += 1;
    }
  }

  function note(event: RunEvent, order: RunOrder, environment: string | undefined): void {
    const answered = event.kind === 'response-received' && event.source === 'item';
    const failed = event.kind === 'request-failed' && event.source === 'item';
    if (!answered && !failed) return;
    history.push({
      id: randomUUID(),
      at: event.at,
      method: event.request?.method ?? '',
      url: event.request?.url ?? '',
      ...(event.kind === 'response-received'
        ? { code: event.response.code, time: event.response.time }
        : { failure: event.failure.sentence }),
      collectionId: order.collectionId,
      itemId: event.itemId,
      itemName: event.itemName,
      ...(environment === undefined ? {} : { environment }),
    });
    if (history.length > MOST_HISTORY) history.shift();
  }

  async function* follow(id: string, after: number, signal: AbortSignal) {
    const run = get(id);
    const wakeOnEnd = () => wake(run);
    signal.addEventListener('abort', wakeOnEnd);
    try {
      for (let next = after + 1; !signal.aborted;) {
        const event = run.events[next];
        if (event !== undefined) {
          yield { id: next, event };
          next += 1;
        } else if (run.finished) return;
        else await new Promise<void>((resolve) => run.wake.push(resolve));
      }
    } finally {
      signal.removeEventListener('abort', wakeOnEnd);
    }
  }

  function wake(run: LiveRun): void {
    const waiting = run.wake;
    run.wake = [];
    for (const resolve of waiting) resolve();
  }

  function get(id: string): LiveRun {
    const run = runs.get(id);
    if (run !== undefined) return run;
    throw new WorkbenchError('not-found', 'This run is no longer kept. Start it again.');
  }

  function forgetOldest(): void {
    for (const [id, run] of runs) {
      if (runs.size <= MOST_RUNS_KEPT) return;
      if (run.finished) runs.delete(id);
    }
  }
}

function brokenOff(message: string): RunEvent {
  const none = { total: 0, failed: 0 };
  return {
    kind: 'run-finished',
    at: Date.now(),
    outcome: 'failed',
    error: { name: 'Error', message },
    summary: {
      iterations: none,
      items: none,
      requests: none,
      scripts: none,
      prerequestScripts: none,
      testScripts: none,
      assertions: { ...none, skipped: 0 },
      refusedAnswers: 0,
      rows: { total: 0, done: 0, failed: 0, inDoubt: 0, notReached: 0 },
      repeated: 0,
      duration: 0,
      receivedBytes: 0,
    },
  };
}
