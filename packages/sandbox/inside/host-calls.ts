import type { CallFailure } from '../src/wire.ts';
import { say, stringify } from './door.ts';
import type { Saying } from './door.ts';

interface Call {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: object) => void;
}

/** What the worker answers a call with. */
export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: CallFailure;
}

const waiting = new Map<number, Call>();
let lastCall = 0;

/**
 * Asks the engine for something that takes time. Rejects with what went wrong there.
 * @param word which
 * @param message what, as JSON can carry it
 */
export function ask(word: Extract<Saying, 'jar' | 'send'>, message: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    lastCall += 1;
    waiting.set(lastCall, { resolve, reject });
    say(word, stringify({ ...message, id: lastCall }));
  });
}

export function settleCall({ id, value, error }: Answer): void {
  const call = waiting.get(id);
  waiting.delete(id);
  if (call === undefined) return;
  if (error === undefined) call.resolve(value);
  else call.reject(toThrown(error));
}

/** Postman: an error of the network shows its fields alone; that it has a name and a message is ours. */
function toThrown({ name, message, details }: CallFailure): object {
  if (details === undefined || Object.keys(details).length === 0)
    return Object.assign(new Error(message), { name });
  return Object.defineProperties({ ...details }, { name: { value: name }, message: { value: message } });
}

export function pendingCalls(): number {
  return waiting.size;
}

export function dropCalls(): void {
  waiting.clear();
}
