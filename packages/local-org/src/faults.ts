import type { Fault, FaultBody, FaultKind } from '@castellan/okta-api';
import type { z } from 'zod';

/** What strikes one request. */
export interface Strike {
  readonly kind: FaultKind;
  /** Milliseconds that a `slow` answer waits. */
  readonly delay: number;
}

/** The connection ends without an answer, as a fault wants it. Over HTTP the socket is closed. */
export class ConnectionCut extends Error {
  constructor() {
    super('The connection was cut by a fault of the local org.');
    this.name = 'ConnectionCut';
  }
}

/** The faults that wait for requests. They live in memory: a restart of the org removes them. */
export interface Faults {
  list(): readonly Fault[];
  add(fault: z.output<typeof FaultBody>): Fault;
  /** False when there is none of that id. */
  remove(id: string): boolean;
  clear(): void;
  /** Which fault strikes a request of this operation (`users/createUser`), if any; the oldest one goes first, and it is counted. */
  strike(operation: string): Strike | undefined;
}

const BYTE_VALUES = 256;

/** @param random bytes that decide for faults that strike by chance */
export function createFaults(random: (bytes: number) => Uint8Array): Faults {
  const faults = new Map<string, Fault>();
  let made = 0;

  const strikesByChance = (percent: number): boolean => {
    const [high = 0, low = 0] = random(2);
    return ((high * BYTE_VALUES + low) / BYTE_VALUES ** 2) * 100 < percent;
  };

  return {
    list: () => [...faults.values()],
    add({ count, ...rest }) {
      const fault: Fault = {
        id: `fault${++made}`,
        operation: rest.operation,
        kind: rest.kind,
        struck: 0,
        ...(rest.percent === undefined ? {} : { percent: rest.percent }),
        ...(rest.delay === undefined ? {} : { delay: rest.delay }),
        ...(count === undefined ? {} : { remaining: count }),
      };
      faults.set(fault.id, fault);
      return fault;
    },
    remove: (id) => faults.delete(id),
    clear: () => faults.clear(),
    strike(operation) {
      for (const fault of faults.values()) {
        if (fault.operation !== '*' && fault.operation !== operation) continue;
        if (fault.percent !== undefined && !strikesByChance(fault.percent)) continue;
        count(fault);
        return { kind: fault.kind, delay: fault.delay ?? 0 };
      }
      return undefined;
    },
  };

  function count(fault: Fault): void {
    const struck = fault.struck + 1;
    if (fault.remaining === 1) faults.delete(fault.id);
    else if (fault.remaining === undefined) faults.set(fault.id, { ...fault, struck });
    else faults.set(fault.id, { ...fault, struck, remaining: fault.remaining - 1 });
  }
}
