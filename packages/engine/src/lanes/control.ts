/** Holds the reins of a run from outside: pauses it, lets it go on, ends it without breaking anything off. */
export interface RunControl {
  pause(): void;
  resume(): void;
  /** No new row starts, those that have sent something are finished, everything is written. */
  stop(): void;
  readonly state: 'running' | 'paused' | 'stopping';
}

/** What the run itself sees of its control. */
export interface Reins extends RunControl {
  /** Aborted by `stop`. */
  readonly stopped: AbortSignal;
  /** Resolves when the run may start another row. */
  mayGoOn(): Promise<void>;
  onChange(listener: (state: RunControl['state']) => void): void;
}

/** Makes the control of one run. */
export function createRunControl(): Reins {
  const stopper = new AbortController();
  const listeners: ((state: RunControl['state']) => void)[] = [];
  let state: RunControl['state'] = 'running';
  let waiting: (() => void)[] = [];
  return {
    get state() {
      return state;
    },
    stopped: stopper.signal,
    pause: () => change('paused'),
    resume: () => change('running'),
    stop() {
      change('stopping');
      stopper.abort();
    },
    async mayGoOn() {
      if (state === 'paused') await new Promise<void>((resolve) => waiting.push(resolve));
    },
    onChange: (listener) => void listeners.push(listener),
  };

  function change(next: RunControl['state']): void {
    if (state === next || state === 'stopping') return;
    state = next;
    for (const listener of listeners) listener(next);
    if (next === 'paused') return;
    const released = waiting;
    waiting = [];
    for (const release of released) release();
  }
}
