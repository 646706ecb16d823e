/** How many requests may be under way at once: fewer after a refusal, slowly more while all goes well. */
export interface Parallelism {
  readonly allowed: number;
  /** An answer that was no refusal, at this time (milliseconds) and with so many under way. */
  accepted(now: number, underWay: number): void;
  /** The other side refused a request that left at `sentAt` because too many were under way. */
  refused(now: number, sentAt: number, underWay: number): void;
}

const FIRST = 4;
/** After a refusal one more is tried only after this long, and after ever longer when that was refused again. */
const QUIET = 30_000;
const LONGEST_QUIET = 10 * 60_000;

/** @param most never more than this: what the API is known to allow */
export function createParallelism(most: number): Parallelism {
  let allowed = Math.min(FIRST, most);
  let round = 0;
  let isProven = true;
  let lastChange = Number.NEGATIVE_INFINITY;
  let quiet = QUIET;
  return {
    get allowed() {
      return allowed;
    },
    accepted(now, underWay) {
      round += 1;
      if (allowed >= most || underWay < allowed) return;
      // Until the first refusal it doubles, a round of answers at a time.
      const isDue = isProven ? round >= allowed : now - lastChange >= quiet;
      if (!isDue) return;
      allowed = isProven ? Math.min(most, allowed * 2) : allowed + 1;
      round = 0;
      lastChange = now;
    },
    refused(now, sentAt, underWay) {
      // One crowd is refused together and counts once.
      if (sentAt < lastChange) return;
      quiet = isProven || now - lastChange > 2 * quiet ? QUIET : Math.min(LONGEST_QUIET, quiet * 2);
      allowed = Math.max(1, Math.floor(Math.min(allowed, underWay) * (isProven ? 0.5 : 0.9)));
      isProven = false;
      round = 0;
      lastChange = now;
    },
  };
}
