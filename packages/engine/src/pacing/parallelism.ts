/** How many requests may be under way at once: fewer after a refusal, more again while all goes well. */
export interface Parallelism {
  readonly allowed: number;
  /** An answer that was no refusal, at this time (milliseconds) and with so many under way. */
  accepted(now: number, underWay: number): void;
  /** The other side refused a request that left at `sentAt` because too many were under way. */
  refused(now: number, sentAt: number, underWay: number): void;
}

const FIRST = 4;
/** Two refusals within this time are no whim of the other side. */
const WHIM = 10_000;
/** More than was ever accepted is tried after this long, and after ever longer when it was refused again. */
const QUIET = 30_000;
const LONGEST_QUIET = 10 * 60_000;

/** @param most never more than this: what the API is known to allow */
export function createParallelism(most: number): Parallelism {
  let allowed = Math.min(FIRST, most);
  /** What the other side is thought to bear; nothing is known before the first refusal. */
  let ceiling = Number.POSITIVE_INFINITY;
  let round = 0;
  let changedAt = Number.NEGATIVE_INFINITY;
  let refusedAt = Number.NEGATIVE_INFINITY;
  let raisedAt = Number.NEGATIVE_INFINITY;
  let quiet = QUIET;
  return {
    get allowed() {
      return allowed;
    },
    accepted(now, underWay) {
      round += 1;
      if (allowed >= most || underWay < allowed || round < allowed) return;
      if (allowed >= ceiling) {
        if (now - Math.max(refusedAt, raisedAt) < quiet) return;
        ceiling += 1;
        raisedAt = now;
      }
      // Until the first refusal it doubles, a round of answers at a time.
      allowed = Number.isFinite(ceiling) ? allowed + 1 : Math.min(most, allowed * 2);
      round = 0;
      changedAt = now;
    },
    refused(now, sentAt, underWay) {
      // Everybody of a crowd who was refused was one too many.
      const isSameCrowd = sentAt < changedAt;
      if (underWay <= ceiling && !isSameCrowd && now - refusedAt > WHIM) refusedAt = now;
      else {
        if (now - raisedAt < quiet && !isSameCrowd) quiet = Math.min(LONGEST_QUIET, quiet * 2);
        ceiling = Math.max(1, (Number.isFinite(ceiling) ? ceiling : underWay) - 1);
        refusedAt = now;
      }
      allowed = Math.min(ceiling, isSameCrowd ? allowed : Math.max(1, Math.floor(allowed * 0.75)));
      round = 0;
      changedAt = now;
    },
  };
}
