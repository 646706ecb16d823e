import type { Place } from '../events.ts';
import { runStep } from '../item.ts';
import type { Step } from '../plan.ts';
import type { RunState } from '../run-state.ts';
import type { WireResponse } from '../transport.ts';
import type { Settlement } from './settle.ts';

/**
 * Settles a write by the request that its collection gives for it: an answer below 400 whose tests pass says that the
 * write took effect, and stands in for the lost answer; 404, 410 or a failed test say that it did not.
 */
export async function settleByCheck(check: Step, state: RunState, place: Place): Promise<Settlement> {
  const by = check.item.name;
  let answer: WireResponse | undefined;
  const looking: RunState = {
    ...state,
    // The check is no part of the row: its events and its failures are nobody's.
    emit: () => undefined,
    async deliver(request, call) {
      answer = await state.deliver(request, call);
      return answer;
    },
  };
  const where = { iteration: place.iteration, execution: place.execution, position: 0 };
  const { failure } = await runStep(check, where, looking);
  state.scopes = looking.scopes;
  if (answer === undefined) return { kind: 'unknown', by };
  if (answer.code === 404 || answer.code === 410) return { kind: 'not-applied', by };
  if (answer.code >= 400) return { kind: 'unknown', by };
  return failure === undefined ? { kind: 'applied', by, answer, read: answer } : { kind: 'not-applied', by };
}
