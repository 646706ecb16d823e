import { createRowQueue } from '../rows/row-source.ts';
import type { End, Run, RunState } from '../run-state.ts';
import { createJudge } from './judge.ts';
import { indexSteps, runRow, toRowFinished } from './row.ts';

/** Runs rows one after another, each with the variables and cookies that the one before it left, as Postman does. */
export async function runInTurn(run: Run, state: RunState): Promise<End> {
  const { plan, host, reins, options } = run;
  if (plan.steps.length === 0) return { outcome: 'completed' };
  const order = indexSteps(plan.steps);
  const steps = new Map(plan.steps.map((step) => [step.item.id, step]));
  const queue = createRowQueue(plan.rows, plan.iterations);
  let judge = createJudge(steps);
  const emit = state.emit;
  state.emit = (event) => {
    judge.hear(event);
    emit(event);
  };
  try {
    for (let next = await queue.next(); next !== undefined; next = await queue.next()) {
      const { row, data } = next;
      const started = host.now();
      judge = createJudge(steps);
      run.progress.rowStarted();
      emit({ kind: 'row-started', at: started, row, lane: 0 });
      emit({ kind: 'iteration-started', at: started, iteration: row });
      state.scopes = { ...state.scopes, data };
      const end = await runRow(run, state, order, { row });
      emit({ kind: 'iteration-finished', at: host.now(), iteration: row });
      const read = judge.read();
      const isCut = options.signal?.aborted === true && read.verdict === 'done';
      const judged = isCut ? { ...read, verdict: 'failed' as const, reason: CUT } : read;
      emit(toRowFinished(host.now(), 0, { row, time: host.now() - started, ...judged }));
      run.progress.rowFinished();
      if (end !== undefined) return end;
      if (options.signal?.aborted === true || reins.state === 'stopping') return { outcome: 'stopped' };
      await reins.mayGoOn();
    }
  } finally {
    await queue.close();
  }
  return { outcome: 'completed' };
}

const CUT = 'The run was stopped before the row was finished.';
