import { say, stringify } from './door.ts';

interface Timer {
  readonly callback: unknown;
  readonly values: readonly unknown[];
  readonly repeats: boolean;
}

const timers = new Map<number, Timer>();
let lastTimer = 0;

export function startTimer(
  callback: unknown,
  delay: unknown,
  values: readonly unknown[],
  repeats: boolean,
): number {
  lastTimer += 1;
  const milliseconds = Math.max(repeats ? 1 : 0, Number(delay) || 0);
  timers.set(lastTimer, { callback, values, repeats });
  say('timer', stringify({ id: lastTimer, milliseconds, repeats }));
  return lastTimer;
}

export function stopTimer(id: unknown): void {
  if (timers.delete(Number(id))) say('stop-timer', String(Number(id)));
}

export function pendingTimers(): number {
  return timers.size;
}

export function dropTimers(): void {
  timers.clear();
}

/** @throws whatever the timer's function throws */
export function fireTimer(id: number): void {
  const timer = timers.get(id);
  if (timer === undefined) return;
  if (!timer.repeats) timers.delete(id);
  if (typeof timer.callback === 'function') timer.callback(...timer.values);
}
