import { OktaError } from '../okta-error.ts';
import type { MessageRecord, PushState } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** How a push stands: one that nobody answered gives up when it ends. `now` in epoch milliseconds. */
export function pushState(message: MessageRecord, now: number): PushState {
  const state = message.state ?? 'waiting';
  return state === 'waiting' && now >= (message.expires ?? Infinity) ? 'timeout' : state;
}

interface PushAnswer {
  readonly messageId: string;
  readonly state: 'approved' | 'rejected';
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * What the person does on the phone: approves or rejects a push, or adds the account to Okta Verify. Throws E0000007
 * for a message that is no push, E0000107 for one that was answered or has ended.
 */
export function answerPush(store: Store, { messageId, state, now }: PushAnswer): MessageRecord {
  const message = store.messages.get(messageId);
  if (message?.channel !== 'push')
    throw new OktaError('E0000007', { about: `Resource not found: ${messageId} (Push)` });
  if (pushState(message, now) !== 'waiting') throw new OktaError('E0000107');
  return store.messages.put({ ...message, state });
}
