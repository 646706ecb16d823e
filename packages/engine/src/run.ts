import type { ScopeValue, ScriptError, VariableScopes } from '@castellan/sandbox';
import type { ApiFacts } from './api-facts.ts';
import { createCookies } from './cookies.ts';
import { createRowDelivery } from './delivery/row-delivery.ts';
import { createPlainDelivery } from './delivery/delivery.ts';
import { loadDynamic } from './dynamic.ts';
import type { RunEvent } from './events.ts';
import type { RunHost } from './host.ts';
import { runLanes } from './lanes/lanes.ts';
import { createRunControl } from './lanes/control.ts';
import type { Reins } from './lanes/control.ts';
import { runInTurn } from './lanes/in-turn.ts';
import { createProgress } from './lanes/progress.ts';
import { createSandboxPool } from './lanes/sandbox-pool.ts';
import type { RunPlan } from './plan.ts';
import type { RunOptions, RunResult } from './run-options.ts';
import type { End, Run, RunState } from './run-state.ts';
import { createGate, type Gate } from './guard/org-guard.ts';
import { createSecretGuard } from './secrets/guard.ts';
import { maskEvent } from './secrets/mask-event.ts';
import { createMask, type Mask } from './secrets/mask.ts';
import { createSummary } from './summary.ts';
import { toCollectionScope, toScopeValues } from './variables.ts';

/**
 * Carries a plan out and says everything that happens.
 * @returns the outcome; requests and scripts that fail are part of it. Rejects only when `onEvent` throws or the
 * sandbox is broken.
 */
export async function run(plan: RunPlan, host: RunHost, options: RunOptions = {}): Promise<RunResult> {
  const summary = createSummary();
  let pending: Promise<void> | undefined;
  const mask = options.mask ?? createMask();
  mask.add(plan.secrets.map(({ value }) => value));
  const guard = createSecretGuard(plan.secrets, mask, host.randomBytes);
  const gates: Gate[] = guard === undefined ? [] : [guard];
  if (plan.guard !== undefined) {
    const { confirmed, facts } = options;
    gates.push(createGate({ guard: plan.guard, confirmed, facts, now: host.now }));
  }
  const sandboxes = createSandboxPool(
    guard === undefined
      ? host
      : { ...host, createSandbox: async () => guard.sandbox(await host.createSandbox()) },
  );
  const cookies = createCookies(options.cookieJar);
  // Whoever has a control got it from createRunControl.
  const reins = (options.control as Reins | undefined) ?? createRunControl();
  const plain = createPlainDelivery(host);
  const emit = (event: RunEvent): void => {
    summary.count(event);
    if (event.kind === 'response-received' && event.source === 'item')
      options.onAnswer?.(mask.known.json(event.response));
    const answer = options.onEvent?.(maskEvent(event, mask));
    if (answer !== undefined) pending = pending === undefined ? answer : pending.then(() => answer);
  };
  const drained = async (): Promise<void> => {
    const waiting = pending;
    pending = undefined;
    if (waiting !== undefined) await waiting;
  };
  const scopes = toScopes(plan);
  let broken: ScriptError | undefined;
  const job: Run = {
    plan,
    host,
    options,
    reins,
    scopes,
    mask,
    emit,
    drained,
    takeSandbox: sandboxes.take,
    breakOff(error) {
      broken ??= error;
      reins.stop();
    },
    progress: createProgress(host, () => summary.read(host.now()), emit, options.pacing),
    createState: (over) => {
      const state: RunState = {
        plan,
        host,
        cookies,
        ...(options.signal === undefined ? {} : { signal: options.signal }),
        scopes,
        learnedAuth: new Map(),
        executions: 0,
        emit,
        drained,
        sandbox: () => sandboxes.take(0),
        deliver: plain.deliver,
        ...over,
      };
      if (options.pacing !== undefined) state.deliver = createRowDelivery(state, options.pacing, job);
      state.deliver = learnSecrets(state.deliver, mask, options.facts);
      for (const gate of gates) state.deliver = guardDelivery(state.deliver, gate);
      return state;
    },
  };
  // Its thread starts while the first request is on its way. The first script meets, and tells, what goes wrong.
  if (hasScripts(plan)) sandboxes.take(0).catch(() => undefined);
  await loadDynamic(plan);
  reins.onChange((state) => emit({ kind: STATES[state], at: host.now() }));
  try {
    emit({
      kind: 'run-started',
      at: host.now(),
      name: plan.name,
      iterations: plan.iterations,
      items: plan.steps.length,
    });
    const main = job.createState({});
    const end =
      plan.settings.lanes === undefined
        ? await runInTurn(job, main)
        : await runLanes(job, plan.settings.lanes);
    const { outcome, error }: End = broken === undefined ? end : { outcome: 'failed', error: broken };
    job.progress.tell();
    const read = structuredClone(summary.read(host.now()));
    emit({
      kind: 'run-finished',
      at: host.now(),
      outcome,
      summary: read,
      ...(error === undefined ? {} : { error }),
    });
    await options.journal?.write({ kind: 'finished', at: host.now(), outcome }).catch(() => undefined);
    await drained();
    const jar = cookies.opened();
    return {
      outcome,
      summary: read,
      ...(error === undefined ? {} : { error }),
      scopes: main.scopes,
      ...(jar === undefined ? {} : { cookieJar: jar }),
    };
  } finally {
    await sandboxes.close();
  }
}

/** What an answer brings is a secret before anybody is told of the answer. */
function learnSecrets(
  deliver: RunState['deliver'],
  mask: Mask,
  facts: ApiFacts | undefined,
): RunState['deliver'] {
  return async (request, call) => {
    const response = await deliver(request, call);
    mask.learnFrom(request, response, facts);
    return response;
  };
}

/** A request that a guard refuses never leaves. */
function guardDelivery(deliver: RunState['deliver'], gate: Gate): RunState['deliver'] {
  return async (request, call) => {
    gate.admit(request);
    return deliver(request, call);
  };
}

const STATES = { paused: 'run-paused', running: 'run-resumed', stopping: 'run-stopping' } as const;

/**
 * Whether a run has failed: by Newman's rules, and where its plan is strict also because of rows that are not done.
 */
export function hasFailed({ outcome, summary, error }: RunResult, { settings }: RunPlan): boolean {
  const { scripts, requests, assertions, rows } = summary;
  const failed = scripts.failed + requests.failed + assertions.failed;
  if (failed > 0 || error !== undefined || outcome === 'failed') return true;
  return settings.strict === true && rows.done < rows.total;
}

function hasScripts({ steps }: RunPlan): boolean {
  return steps.some(({ prerequest, test }) => prerequest.length + test.length > 0);
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
