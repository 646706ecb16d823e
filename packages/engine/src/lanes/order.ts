import type { RunEvent } from '../events.ts';

/** Gives what happens in rows that are under way side by side on in the order of the rows. */
export interface RowOrder {
  /** Resolves when the next row may start: rows that are far ahead of a slow one wait for it. */
  room(): Promise<void>;
  /** A row begins. Its place in the order is that of the calls. */
  begin(): RowEvents;
}

export interface RowEvents {
  emit(event: RunEvent): void;
  end(): void;
}

interface Pending {
  readonly events: RunEvent[];
  ended: boolean;
  executions: number;
}

/**
 * @param emit takes the events in order; numbers of executions are made those of the whole run
 * @param most rows whose events are kept for the order's sake
 */
export function createRowOrder(emit: (event: RunEvent) => void, most: number): RowOrder {
  const pending: Pending[] = [];
  let base = 0;
  let wake: (() => void)[] = [];
  return {
    async room() {
      while (pending.length >= most) await new Promise<void>((resolve) => wake.push(resolve));
    },
    begin() {
      const mine: Pending = { events: [], ended: false, executions: 0 };
      pending.push(mine);
      return {
        emit(event) {
          if (event.kind === 'item-started') mine.executions += 1;
          if (pending[0] === mine) emit(renumber(event));
          else mine.events.push(event);
        },
        end() {
          mine.ended = true;
          flush();
        },
      };
    },
  };

  function flush(): void {
    for (let first = pending[0]; first?.ended === true; first = pending[0]) {
      base += first.executions;
      pending.shift();
      for (const event of pending[0]?.events.splice(0) ?? []) emit(renumber(event));
    }
    const woken = wake;
    wake = [];
    for (const resolve of woken) resolve();
  }

  function renumber(event: RunEvent): RunEvent {
    return 'execution' in event && base > 0 ? { ...event, execution: event.execution + base } : event;
  }
}
