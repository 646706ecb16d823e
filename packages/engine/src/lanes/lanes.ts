import { createCookieJar, createCookies } from '../cookies.ts';
import type { RowOutcome, RunEvent } from '../events.ts';
import { createRowQueue } from '../rows/row-source.ts';
import type { NumberedRow } from '../rows/row-source.ts';
import type { End, Run } from '../run.ts';
import { createJudge } from './judge.ts';
import { createRowOrder } from './order.ts';
import type { RowEvents } from './order.ts';
import { indexSteps, runRow, toRowFinished } from './row.ts';

/** Rows whose events wait for those of a slower row before them, for each lane. */
const AHEAD = 16;

/** Runs rows side by side. Each begins with the variables and cookies of the start and leaves nothing to the next. */
export async function runLanes(run: Run, lanes: number): Promise<End> {
  const { plan, host, reins, options } = run;
  if (plan.steps.length === 0) return { outcome: 'completed' };
  const index = indexSteps(plan.steps);
  const steps = new Map(plan.steps.map((step) => [step.item.id, step]));
  const queue = createRowQueue(plan.rows, plan.iterations);
  const order = createRowOrder(run.emit, AHEAD * lanes);
  const jar = options.cookieJar === undefined ? undefined : JSON.stringify(options.cookieJar.toJSON());
  const signals = createRowSignals(run);
  let end: End | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  try {
    const all = await Promise.allSettled(Array.from({ length: lanes }, (_, lane) => runLane(lane)));
    const broken = all.find((one) => one.status === 'rejected');
    if (broken !== undefined) throw broken.reason;
  } finally {
    signals.close();
    await queue.close();
  }
  if (end !== undefined) return end;
  return isOver() ? { outcome: 'stopped' } : { outcome: 'completed' };

  async function runLane(lane: number): Promise<void> {
    try {
      for (let next = await takeRow(); next !== undefined; next = await takeRow()) {
        const stopped = await runOne(next.numbered, next.events, lane);
        end ??= stopped;
      }
    } catch (error) {
      end ??= { outcome: 'failed' };
      throw error;
    }
  }

  function isOver(): boolean {
    return end !== undefined || options.signal?.aborted === true || reins.state === 'stopping';
  }

  /** One lane at a time takes a row, so that the order of events is that of the rows. */
  function takeRow(): Promise<{ numbered: NumberedRow; events: RowEvents } | undefined> {
    const taken = turn.then(async () => {
      await reins.mayGoOn();
      await order.room();
      if (isOver()) return undefined;
      const numbered = await queue.next();
      return numbered === undefined || isOver() ? undefined : { numbered, events: order.begin() };
    });
    turn = taken.catch(() => undefined);
    return taken;
  }

  async function runOne(
    { row, data }: NumberedRow,
    events: RowEvents,
    lane: number,
  ): Promise<End | undefined> {
    const started = host.now();
    const judge = createJudge(steps);
    const reach = signals.open();
    const emit = (event: RunEvent): void => {
      if (event.kind === 'request-sent') reach.begin();
      judge.hear(event);
      events.emit(event);
    };
    run.progress.rowStarted();
    run.emit({ kind: 'row-started', at: started, row, lane });
    emit({ kind: 'iteration-started', at: started, iteration: row });
    const cookies = createCookies(jar === undefined ? undefined : await createCookieJar(jar));
    const base = run.createState({
      cookies,
      emit,
      signal: reach.signal,
      sandbox: () => run.takeSandbox(lane),
    });
    const state = Object.assign(base, { scopes: { ...base.scopes, data } });
    const stopped = await runRow(run, state, index, {
      row,
      endsAfter: async () => judge.read().verdict === 'in-doubt',
    });
    emit({ kind: 'iteration-finished', at: host.now(), iteration: row });
    const outcome: RowOutcome = {
      row,
      time: host.now() - started,
      ...toVerdict(judge.read(), reach, state.isCut === true),
    };
    events.end();
    run.emit(toRowFinished(host.now(), lane, outcome));
    run.progress.rowFinished();
    await run.drained();
    reach.close();
    return stopped?.outcome === 'stopped' ? undefined : stopped;
  }
}

type Judged = Pick<RowOutcome, 'verdict' | 'reason' | 'requests'>;

function toVerdict(judged: Judged, { signal, hasBegun }: RowSignal, isCut: boolean): Judged {
  if (isCut && judged.verdict !== 'in-doubt') return { ...judged, verdict: 'not-reached' };
  if (!signal.aborted) return judged;
  if (!hasBegun) return { verdict: 'not-reached', requests: 0, reason: 'The run was stopped before it.' };
  if (judged.verdict !== 'done') return judged;
  return { ...judged, verdict: 'failed', reason: 'The run was stopped before the row was finished.' };
}

/** A row that has sent nothing yet is given up when the run is to end; one that has is finished. */
interface RowSignal {
  readonly signal: AbortSignal;
  readonly hasBegun: boolean;
  begin(): void;
  close(): void;
}

/** The signals of the rows under way: one listener for all of them. */
function createRowSignals({ reins, options }: Run): { open(): RowSignal; close(): void } {
  const rows = new Set<{ hasBegun: boolean; readonly controller: AbortController }>();
  const abort = (row: { readonly controller: AbortController }): void =>
    row.controller.abort(new Error('The run was stopped.'));
  const stopHard = (): void => rows.forEach(abort);
  const stopSoftly = (): void => [...rows].filter(({ hasBegun }) => !hasBegun).forEach(abort);
  options.signal?.addEventListener('abort', stopHard, { once: true });
  reins.stopped.addEventListener('abort', stopSoftly, { once: true });
  return {
    open() {
      const row = { hasBegun: false, controller: new AbortController() };
      rows.add(row);
      if (options.signal?.aborted === true) abort(row);
      return {
        signal: row.controller.signal,
        get hasBegun() {
          return row.hasBegun;
        },
        begin() {
          row.hasBegun = true;
        },
        close: () => void rows.delete(row),
      };
    },
    close() {
      options.signal?.removeEventListener('abort', stopHard);
      reins.stopped.removeEventListener('abort', stopSoftly);
    },
  };
}
