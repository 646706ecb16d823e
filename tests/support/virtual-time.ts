/** A clock that stands still while anybody works and jumps when everybody waits. */
export interface VirtualClock {
  now(): number;
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Keeps the clock still until the promise is settled: work that takes no virtual time. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Runs until the promise is settled. */
  run<T>(work: Promise<T>): Promise<T>;
}

interface Timer {
  readonly at: number;
  ring(): void;
}

/** @param start milliseconds since 1970 */
export function createVirtualClock(start = Date.parse('2026-03-02T09:00:00.250Z')): VirtualClock {
  let now = start;
  let working = 0;
  const timers: Timer[] = [];
  return {
    now: () => now,
    wait(milliseconds, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const timer: Timer = { at: now + milliseconds, ring };
        signal?.addEventListener('abort', ring, { once: true });
        insert(timer);

        function ring(): void {
          signal?.removeEventListener('abort', ring);
          const index = timers.indexOf(timer);
          if (index !== -1) timers.splice(index, 1);
          resolve();
        }
      });
    },
    during(work) {
      working += 1;
      return work.finally(() => {
        working -= 1;
      });
    },
    async run(work) {
      let isOver = false;
      const over = work.finally(() => {
        isOver = true;
      });
      over.catch(() => undefined);
      for (;;) {
        await settle();
        if (isOver) return over;
        if (working > 0) continue;
        const next = timers[0];
        if (next === undefined) throw new Error('Everybody waits and nothing is going to happen.');
        now = Math.max(now, next.at);
        next.ring();
      }
    },
  };

  function insert(timer: Timer): void {
    const index = timers.findIndex(({ at }) => at > timer.at);
    timers.splice(index === -1 ? timers.length : index, 0, timer);
  }
}

/** Lets everything happen that takes no time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
