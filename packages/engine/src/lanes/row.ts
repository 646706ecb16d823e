import type { RowOutcome, RunEvent } from '../events.ts';
import { runStep } from '../item.ts';
import type { Step } from '../plan.ts';
import type { End, Run, RunState } from '../run-state.ts';

/** A script may call requests in circles; nobody means more than this in one iteration. */
const MAX_EXECUTIONS = 100_000;

/** Where a row begins, and whether it ends before its last step. */
export interface RowCourse {
  readonly row: number;
  /** Step to begin with, for a row that was begun in an earlier run. */
  readonly from?: number;
  /** Asked after each step with the place of the next one. */
  endsAfter?(next: number): Promise<boolean>;
}

/** Runs the steps of one row, in the order that scripts may change. `undefined`: the run goes on with the next row. */
export async function runRow(
  { plan, host }: Run,
  state: RunState,
  order: StepIndex,
  course: RowCourse,
): Promise<End | undefined> {
  const limit = plan.settings.maxExecutions ?? MAX_EXECUTIONS;
  let position = course.from ?? 0;
  for (let count = 0; position < plan.steps.length; count += 1) {
    const step = plan.steps[position];
    if (step === undefined) break;
    if (state.signal?.aborted === true) return { outcome: 'stopped' };
    if (count >= limit) return { outcome: 'failed', error: tooManyExecutions(step, limit) };
    if (state.executions > 0 && plan.settings.delay) await host.wait(plan.settings.delay, state.signal);
    const where = { iteration: course.row, execution: state.executions++, position };
    const result = await runStep(step, where, state);
    await state.drained();
    if (result.failure !== undefined && plan.settings.bail)
      return { outcome: 'failed', error: result.failure };
    if (result.nextRequest === undefined) position += 1;
    else position = order.find(result.nextRequest) ?? plan.steps.length;
    if ((await course.endsAfter?.(position)) === true) break;
  }
  return undefined;
}

function tooManyExecutions(step: Step, limit: number) {
  return {
    name: 'Error',
    message: `${limit} requests in one iteration, the last one "${step.item.name}": its scripts seem to call each other in circles`,
  };
}

/** Where `setNextRequest` leads. Postman: an id before a name, of equal names the last. */
export interface StepIndex {
  find(next: string | null): number | undefined;
}

export function indexSteps(steps: readonly Step[]): StepIndex {
  const ids = new Map(steps.map(({ item }, index) => [item.id, index]));
  const names = new Map(steps.map(({ item }, index) => [item.name, index]));
  return { find: (next) => (next === null ? undefined : (ids.get(next) ?? names.get(next))) };
}

/** Announces the end of a row. */
export function toRowFinished(at: number, lane: number, outcome: RowOutcome): RunEvent {
  return { kind: 'row-finished', at, lane, ...outcome };
}
