import type { RunEvent } from './events.ts';
import type { RunHost } from './host.ts';
import type { RunPlan } from './plan.ts';
import { run } from './run.ts';
import type { RunOptions, RunResult } from './run-options.ts';

/**
 * The same run as an iterable: the next thing happens when the last event was taken. Leaving the loop early
 * stops the run.
 * @returns the result, as the generator's return value
 */
export async function* stream(
  plan: RunPlan,
  host: RunHost,
  options: Omit<RunOptions, 'onEvent'> = {},
): AsyncGenerator<RunEvent, RunResult, void> {
  const waiting: RunEvent[] = [];
  const stop = new AbortController();
  let wake = (): void => undefined;
  const releases: (() => void)[] = [];
  const release = (): void => {
    for (const done of releases.splice(0)) done();
  };
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const state = { isOver: false };
  const running = run(plan, host, {
    ...options,
    signal,
    onEvent(event) {
      waiting.push(event);
      wake();
      return new Promise<void>((done) => void releases.push(done));
    },
  }).finally(() => {
    state.isOver = true;
    wake();
  });
  // Whoever leaves the loop early never asks for the result.
  running.catch(() => undefined);
  try {
    while (!state.isOver || waiting.length > 0) {
      const event = waiting.shift();
      if (event !== undefined) yield event;
      else {
        release();
        await new Promise<void>((done) => {
          wake = done;
          if (state.isOver || waiting.length > 0) done();
        });
      }
    }
    return await running;
  } finally {
    stop.abort();
    release();
  }
}
