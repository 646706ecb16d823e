import { createCookieJar, createCookies } from '../cookies.ts';
import type { RowOutcome, RunEvent } from '../events.ts';
import { createRowQueue } from '../rows/row-source.ts';
import type { NumberedRow } from '../rows/row-source.ts';
import { createRowJournal } from '../journal/row-journal.ts';
import { RunBroken } from '../run-state.ts';
import type { End, Run, RunState } from '../run-state.ts';
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
  const ended = options.journal?.ended ?? new Map<number, RowOutcome>();
  for (const outcome of ended.values()) run.emit(toRowFinished(host.now(), 0, outcome));
  const queue = createRowQueue(plan.rows, plan.iterations, (row) => !ended.has(row));
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
    const scopes = { ...run.scopes, data };
    const journal =
      options.journal &&
      createRowJournal({
        journal: options.journal,
        plan,
        row,
        data,
        start: scopes,
        mask: run.mask,
        onBroken,
      });
    const { earlier } = journal ?? {};
    const judge = createJudge(steps, earlier?.failure);
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
    const state = run.createState({
      cookies,
      emit,
      signal: reach.signal,
      sandbox: () => run.takeSandbox(lane),
      scopes: earlier?.scopes ?? scopes,
      ...(journal === undefined ? {} : { journal }),
    });
    const stopped = earlier?.missing === undefined ? await carryOut() : undefined;
    emit({ kind: 'iteration-finished', at: host.now(), iteration: row });
    const judged = toVerdict(
      earlier?.missing === undefined ? judge.read() : cannotGoOn(earlier.missing),
      reach,
      state,
    );
    const outcome: RowOutcome = { row, time: host.now() - started, ...judged };
    if (!reach.signal.aborted && state.isCut !== true) journal?.rowEnded(outcome);
    run.emit(toRowFinished(host.now(), lane, outcome));
    events.end();
    run.progress.rowFinished();
    await run.drained();
    reach.close();
    return stopped?.outcome === 'stopped' ? undefined : stopped;

    async function carryOut(): Promise<End | undefined> {
      try {
        return await runRow(run, state, index, { row, from: earlier?.next ?? 0, endsAfter });
      } catch (error) {
        if (error instanceof RunBroken) return undefined;
        throw error;
      }
    }

    async function endsAfter(next: number): Promise<boolean> {
      const { verdict, reason } = judge.read();
      if (verdict === 'in-doubt') return true;
      if (next < plan.steps.length && !reach.signal.aborted && state.isCut !== true) {
        const hasCookies = cookies.opened() !== undefined && options.cookieJar === undefined;
        journal?.stepDone(next, {
          scopes: state.scopes,
          hasCookies,
          ...(reason === undefined ? {} : { failure: reason }),
        });
      }
      return false;
    }
  }

  function onBroken(error: unknown): void {
    run.breakOff({ name: 'JournalError', message: error instanceof Error ? error.message : String(error) });
  }
}

function cannotGoOn(missing: string): Judged {
  return {
    verdict: 'in-doubt',
    requests: 0,
    reason: `An earlier attempt left the row half done, and the rest needs ${missing}. Finish it by hand.`,
  };
}

type Judged = Pick<RowOutcome, 'verdict' | 'reason' | 'requests'>;

function toVerdict(judged: Judged, { signal, hasBegun }: RowSignal, { isCut = false }: RunState): Judged {
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
