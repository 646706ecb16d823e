import type { Pacing } from '../pacing/pacing.ts';
import { RunBroken } from '../run-state.ts';
import type { Run, RunState } from '../run-state.ts';
import type { WireRequest } from '../transport.ts';
import { createCarefulDelivery } from './careful.ts';
import { settleByCheck } from './settle-by-check.ts';
import { settleByFacts } from './settle.ts';

/** A run keeps a fifth of every limit for others unless it is told otherwise. */
const SHARE = 0.8;

/** Careful delivery for the items of one row: what it does on the way is told where it happens. */
export function createRowDelivery(state: RunState, pacing: Pacing, run: Run): RunState['deliver'] {
  const { host, plan } = state;
  return (request, call) => {
    const { place } = call;
    const delivery = createCarefulDelivery({
      host,
      pacing,
      facts: run.options.facts,
      share: plan.settings.capacity ?? SHARE,
      repeatsWrites: plan.settings.repeatWrites === true,
      onWriteLeaving: (leaving) => writeDown(leaving),
      onWriteEnded: (left, end) => state.journal?.ended(left, end.kind === 'answered' ? end.code : undefined),
      recall: (leaving) => state.journal?.recall(leaving) ?? { kind: 'new' },
      onRepeat: (repeat) => state.emit({ kind: 'request-repeated', at: host.now(), ...repeat, ...place }),
      async settle(lost) {
        const found = await (call.source === 'item' && plan.check !== undefined
          ? settleByCheck(plan.check, state, place)
          : settleByFacts(lost));
        state.emit({ kind: 'write-settled', at: host.now(), found: found.kind, by: found.by, ...place });
        return found;
      },
      onUnreachable(error) {
        state.isCut = true;
        const message = `${request.address.host} can no longer be reached (${error.message}).`;
        run.breakOff({ name: 'Error', message });
      },
    });
    return delivery.deliver(request, call);
  };

  /** A write that cannot be written down does not leave, and the run ends. */
  async function writeDown(request: WireRequest): Promise<void> {
    try {
      await state.journal?.leaving(request, host.now());
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      state.isCut = true;
      run.breakOff({ name: 'JournalError', message });
      throw new RunBroken(message, { cause });
    }
  }
}
