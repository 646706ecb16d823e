import type { OrgHost } from './org-options.ts';
import type { ClockRecord } from './store/records.ts';
import type { Store } from './store/store.ts';

/** The org's time, which may stand still or run ahead of the machine's. Everything in the org goes by it. */
export interface Clock {
  /** Epoch milliseconds of the org. */
  now(): number;
  isFrozen(): boolean;
  /** Milliseconds that the org's time is ahead of the machine's. */
  offset(): number;
  /** Stops the time, where it is or at a moment (epoch milliseconds). */
  freeze(at?: number): void;
  /** Moves the time on by so many milliseconds; a frozen clock stays frozen. */
  advance(milliseconds: number): void;
  /** The machine's time again. */
  reset(): void;
}

const ID = 'clock';

/** The clock of an org over the machine's; how it was set is kept in the store and survives a restart. */
export function createClock(host: Pick<OrgHost, 'now'>, store: Store): Clock {
  const read = (): ClockRecord => store.clocks.get(ID) ?? { id: ID, offset: 0, frozenAt: null };
  const now = (): number => {
    const { offset, frozenAt } = read();
    return frozenAt ?? host.now() + offset;
  };
  return {
    now,
    isFrozen: () => read().frozenAt !== null,
    offset: () => now() - host.now(),
    freeze(at = now()) {
      store.clocks.put({ ...read(), frozenAt: at });
    },
    advance(milliseconds) {
      const { offset, frozenAt } = read();
      if (frozenAt === null) store.clocks.put({ id: ID, offset: offset + milliseconds, frozenAt });
      else store.clocks.put({ id: ID, offset, frozenAt: frozenAt + milliseconds });
    },
    reset() {
      store.clocks.delete(ID);
    },
  };
}
