import type { Progress, RunEvent, RunSummary } from '../events.ts';
import type { Clock, Pacing } from '../pacing/pacing.ts';

/** Says how far a run is, not more often than a person can read. */
export interface ProgressTeller {
  rowStarted(): void;
  rowFinished(): void;
  tell(): void;
}

const TELL_EVERY = 500;
/** The pace is that of the last minutes, so that a run that waits for a limit does not seem to stand still. */
const MEASURED = 3 * 60_000;
const SAMPLE_EVERY = 5000;

/** @param read the run's counts as they are now */
export function createProgress(
  clock: Clock,
  read: () => RunSummary,
  emit: (event: RunEvent) => void,
  pacing: Pacing | undefined,
): ProgressTeller {
  const samples: { readonly at: number; readonly finished: number }[] = [];
  let underWay = 0;
  let finished = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    rowStarted() {
      if (samples.length === 0) samples.push({ at: clock.now(), finished: 0 });
      underWay += 1;
    },
    rowFinished() {
      underWay -= 1;
      finished += 1;
      const now = clock.now();
      if (now - (samples.at(-1)?.at ?? 0) >= SAMPLE_EVERY) samples.push({ at: now, finished });
      while (samples.length > 1 && now - (samples[0]?.at ?? now) > MEASURED) samples.shift();
      if (now - toldAt >= TELL_EVERY) tell();
    },
    tell,
  };

  function tell(): void {
    // Nobody asks how far a single request is.
    if (read().rows.total < 2) return;
    const at = clock.now();
    toldAt = at;
    const pace = pacing?.read() ?? { buckets: [], parallel: [] };
    emit({ kind: 'pace', at, progress: toProgress(at), pace });
  }

  function toProgress(now: number): Progress {
    const { rows, repeated } = read();
    const first = samples[0];
    const passed = now - (first?.at ?? now);
    const pace = passed <= 0 ? 0 : ((finished - (first?.finished ?? 0)) * 60_000) / passed;
    const left = pace <= 0 ? undefined : (rows.notReached / pace) * 60_000;
    return { rows, underWay, pace, repeated, ...(left === undefined ? {} : { timeLeft: left }) };
  }
}
