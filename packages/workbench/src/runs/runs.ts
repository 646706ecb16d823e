import { randomUUID } from 'node:crypto';
import type { Environment } from '@castellan/collection';
import { createMask, type RunEvent, type RunResult } from '@castellan/engine';
import type { RunEntry, RunOrder } from '../api/runs.ts';
import { WorkbenchError } from '../errors.ts';
import type { RunEngine, RunSpecification } from '../neighbours.ts';
import type { CookieStore } from '../vault/cookies.ts';
import { fillValues, fillVariables, keepChanges, type ValueStores } from '../vault/current-values.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { History } from './history.ts';

export interface Runs {
  start(order: RunOrder): string;
  /** Events from `after` + 1 on, as they happen; ends with the run. */
  follow(id: string, after: number, signal: AbortSignal): AsyncIterable<{ id: number; event: RunEvent }>;
  stop(id: string): void;
  list(): readonly RunEntry[];
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

interface RunsOptions {
  readonly workspace: Workspace;
  readonly stores: ValueStores;
  readonly cookies: CookieStore;
  readonly history: History;
  readonly engine: RunEngine;
}

/** Starts runs, keeps their masked events so that a page can come back to them, and notes what was sent. */
export function createRuns({ workspace, stores, cookies, history, engine }: RunsOptions): Runs {
  const runs = new Map<string, LiveRun>();
  return {
    start,
    follow,
    stop: (id) => get(id).stopper.abort(),
    list: () =>
      [...runs.values()]
        .filter(({ entry }) => entry.iterations > 0)
        .map(({ entry }) => entry)
        .reverse(),
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
    const globals = findGlobals()?.thing;
    return {
      collection: fillVariables(collection, stores),
      ...(environment === undefined ? {} : { environment: fillValues(environment, stores) }),
      ...(globals === undefined ? {} : { globals: fillValues(globals, stores) }),
      secrets: [collection, environment, globals].flatMap((owner) =>
        owner === undefined ? [] : stores.vault.bound(owner.id),
      ),
      ...(order.kind === 'send' ? { cookieJar: cookies.jar } : {}),
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
    // Values that answers and scripts bring are secrets from the next event on.
    const hidden = async () => createMask([...stores.vault.values(), ...(await cookies.secrets())]);
    const mask = await hidden();
    let outcome: RunEntry['outcome'] = 'failed';
    try {
      const onEnd = (scopes: RunResult['scopes']) => keepScopes(specification, scopes);
      for await (const event of engine.run(
        order.kind === 'send' ? { ...specification, onEnd } : specification,
      )) {
        const masked = mask.json(event);
        run.events.push(masked);
        count(run, masked);
        history.note(masked, {
          collectionId: order.collectionId,
          environment: run.entry.environment,
          item: order.kind === 'send' ? mask.json(order.item) : undefined,
        });
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

  /** Postman: what a script sets is there at the next Send. */
  async function keepScopes(specification: RunSpecification, scopes: RunResult['scopes']): Promise<void> {
    const { collection, environment, globals } = specification;
    const changes = [
      await keepScope(environment, scopes.environment),
      await keepScope(
        globals ?? (scopes.globals.length === 0 ? undefined : await createGlobals()),
        scopes.globals,
      ),
      await keepChanges(
        {
          ownerId: collection.id,
          initial: workspace.collections.find(collection.id)?.thing.variables ?? [],
          before: collection.variables,
          after: scopes.collection,
        },
        stores,
      ),
    ];
    await cookies.save();
    workspace.changed({ kind: 'cookies' });
    if (changes.some(Boolean)) workspace.changed({ kind: 'environments' });
  }

  async function keepScope(
    environment: Environment | undefined,
    after: RunResult['scopes']['environment'],
  ): Promise<boolean> {
    if (environment === undefined) return false;
    const { id, values } = environment;
    const initial = workspace.environments.find(id)?.thing.values ?? [];
    return keepChanges({ ownerId: id, initial, before: values, after }, stores);
  }

  async function createGlobals(): Promise<Environment> {
    const globals: Environment = {
      kind: 'environment',
      scope: 'globals',
      id: randomUUID(),
      name: 'Globals',
      values: [],
    };
    await workspace.environments.put(globals);
    return globals;
  }

  function findGlobals() {
    return workspace.environments.list().find(({ thing }) => thing.scope === 'globals');
  }

  function count(run: LiveRun, event: RunEvent): void {
    if (event.kind === 'iteration-finished') run.entry.done += 1;
    if (event.kind === 'request-failed' || (event.kind === 'assertion' && !event.assertion.passed)) {
      run.entry.failed += 1;
    }
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
