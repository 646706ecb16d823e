import type { Auth, DataRow } from '@castellan/collection';
import type { Sandbox, ScopeValue, ScriptError, VariableScopes } from '@castellan/sandbox';
import type { CookieJar } from 'tough-cookie';
import type { AuthParameters } from './auth/scheme.ts';
import { createCookies } from './cookies.ts';
import type { Cookies } from './cookies.ts';
import type { RunEvent, RunSummary } from './events.ts';
import type { RunHost } from './host.ts';
import { loadDynamic } from './dynamic.ts';
import { runStep } from './item.ts';
import type { RunPlan, Step } from './plan.ts';
import { createSummary } from './summary.ts';
import { toCollectionScope, toScopeValues } from './variables.ts';

export interface RunOptions {
  /** Stops the run: the request under way is given up, every report still hears of the end. */
  readonly signal?: AbortSignal;
  /** Hears of everything in order. A promise holds the run back until it is settled. */
  readonly onEvent?: (event: RunEvent) => void | Promise<void>;
  /** Cookies to begin with. */
  readonly cookieJar?: CookieJar;
}

/** What is left when a run is over. */
export interface RunResult {
  readonly outcome: 'completed' | 'stopped' | 'failed';
  readonly summary: RunSummary;
  /** What ended a run that failed as a whole. */
  readonly error?: ScriptError;
  /** The scopes as the last script left them. */
  readonly scopes: VariableScopes;
  /** Absent when no cookie was ever seen. */
  readonly cookieJar?: CookieJar;
}

/** What the items of a run share and change. */
export interface RunState {
  readonly plan: RunPlan;
  readonly host: RunHost;
  readonly cookies: Cookies;
  readonly signal?: AbortSignal;
  /** What challenges taught, by the auth of the plan. */
  readonly learnedAuth: Map<Auth, AuthParameters>;
  scopes: VariableScopes;
  executions: number;
  emit(event: RunEvent): void;
  /** Waits for whoever reads the events. */
  drained(): Promise<void>;
  sandbox(): Promise<Sandbox>;
}

/** A script may call requests in circles; nobody means more than this in one iteration. */
const MAX_EXECUTIONS = 100_000;

/**
 * Carries a plan out and says everything that happens, in order.
 * @returns the outcome; requests and scripts that fail are part of it. Rejects only when `onEvent` throws or the
 * sandbox is broken.
 */
export async function run(plan: RunPlan, host: RunHost, options: RunOptions = {}): Promise<RunResult> {
  const summary = createSummary();
  let pending: Promise<void> | undefined;
  let sandbox: Promise<Sandbox> | undefined;
  const state: RunState = {
    plan,
    host,
    cookies: createCookies(options.cookieJar),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    scopes: toScopes(plan),
    learnedAuth: new Map(),
    executions: 0,
    emit(event) {
      summary.count(event);
      const answer = options.onEvent?.(event);
      if (answer !== undefined) pending = pending === undefined ? answer : pending.then(() => answer);
    },
    async drained() {
      const waiting = pending;
      pending = undefined;
      if (waiting !== undefined) await waiting;
    },
    sandbox: () => (sandbox ??= host.createSandbox()),
  };
  await loadDynamic(plan);
  try {
    state.emit({
      kind: 'run-started',
      at: host.now(),
      name: plan.name,
      iterations: plan.iterations,
      items: plan.steps.length,
    });
    const end = await runIterations(state);
    const { outcome, error } = end;
    const read = structuredClone(summary.read(host.now()));
    state.emit({
      kind: 'run-finished',
      at: host.now(),
      outcome,
      summary: read,
      ...(error === undefined ? {} : { error }),
    });
    await state.drained();
    const jar = state.cookies.opened();
    return {
      outcome,
      summary: read,
      ...(error === undefined ? {} : { error }),
      scopes: state.scopes,
      ...(jar === undefined ? {} : { cookieJar: jar }),
    };
  } finally {
    // One that never opened has nothing to close.
    await sandbox?.then((opened) => opened.close()).catch(() => undefined);
  }
}

function toScopes(plan: RunPlan): VariableScopes {
  return {
    globals: toScopeValues(plan.globals),
    environment: toScopeValues(plan.environment),
    collection: toCollectionScope(plan.collection.variables),
    data: {},
    local: [] as readonly ScopeValue[],
    ...(plan.environment === undefined ? {} : { environmentName: plan.environment.name }),
  };
}

/** Why a run ends. */
interface End {
  readonly outcome: RunResult['outcome'];
  readonly error?: ScriptError;
}

async function runIterations(state: RunState): Promise<End> {
  const { plan, host, signal } = state;
  const order = indexSteps(plan.steps);
  for (let iteration = 0; iteration < plan.iterations && plan.steps.length > 0; iteration += 1) {
    state.emit({ kind: 'iteration-started', at: host.now(), iteration });
    state.scopes = { ...state.scopes, data: toRow(plan, iteration) };
    const end = await runIteration(state, iteration, order);
    state.emit({ kind: 'iteration-finished', at: host.now(), iteration });
    if (end !== undefined) return end;
    if (signal?.aborted === true) return { outcome: 'stopped' };
  }
  return { outcome: 'completed' };
}

/** Postman: an iteration beyond the last row repeats the last row. */
function toRow(plan: RunPlan, iteration: number): DataRow {
  return plan.rows[Math.min(iteration, plan.rows.length - 1)] ?? {};
}

async function runIteration(state: RunState, iteration: number, order: StepIndex): Promise<End | undefined> {
  const { plan, host, signal } = state;
  const limit = plan.settings.maxExecutions ?? MAX_EXECUTIONS;
  let position = 0;
  for (let count = 0; position < plan.steps.length; count += 1) {
    const step = plan.steps[position];
    if (step === undefined) break;
    if (signal?.aborted === true) return { outcome: 'stopped' };
    if (count >= limit) return { outcome: 'failed', error: tooManyExecutions(step, limit) };
    if (state.executions > 0 && plan.settings.delay) await host.wait(plan.settings.delay, signal);
    const result = await runStep(step, { iteration, execution: state.executions++, position }, state);
    await state.drained();
    if (result.failure !== undefined && plan.settings.bail)
      return { outcome: 'failed', error: result.failure };
    if (result.nextRequest === undefined) position += 1;
    else position = order.find(result.nextRequest) ?? plan.steps.length;
  }
  return undefined;
}

function tooManyExecutions(step: Step, limit: number): ScriptError {
  return {
    name: 'Error',
    message: `${limit} requests in one iteration, the last one "${step.item.name}": its scripts seem to call each other in circles`,
  };
}

/** Where `setNextRequest` leads. Postman: an id before a name, of equal names the last. */
interface StepIndex {
  find(next: string | null): number | undefined;
}

function indexSteps(steps: readonly Step[]): StepIndex {
  const ids = new Map(steps.map(({ item }, index) => [item.id, index]));
  const names = new Map(steps.map(({ item }, index) => [item.name, index]));
  return { find: (next) => (next === null ? undefined : (ids.get(next) ?? names.get(next))) };
}
