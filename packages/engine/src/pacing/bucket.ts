import type { ClockOffset } from './clock-offset.ts';
import type { LimitsSeen } from './limit-headers.ts';

/** One rate-limit bucket of an org: what is known of its window, and whether one more request fits in. */
export interface Bucket {
  readonly name: string;
  /** Requests of ours that have left and are not answered. */
  readonly underWay: number;
  readonly state: BucketState;
  /**
   * When a request may leave: now (0) or in so many milliseconds at the earliest.
   * @param share of the limit that we may use at most, 0 to 1
   * @param waiting how many of ours want to leave
   */
  wait(now: number, share: number, waiting: number): number;
  left(now: number): void;
  /** @returns whether the answer was counted by this bucket and not by an earlier window of it */
  answered(now: number, seen: LimitsSeen, isRefusal: boolean): void;
  /** No answer came: whether it was counted nobody knows. */
  lost(): void;
  /** Nothing may leave before this time. */
  close(until: number): void;
}

/** What a person is shown of a bucket. Times are milliseconds on our clock. */
export interface BucketState {
  readonly limit?: number;
  readonly remaining?: number;
  readonly resetAt?: number;
  /** Requests of ours in this window. */
  readonly sent: number;
  /** Requests of others in the last whole window, as far as it was seen. */
  readonly others: number;
}

/** How long before a window's end the last request of ours leaves, which shows what others have used. */
const LAST_LOOK = 1500;
/** Ends of one window differ by less than this: they are whole seconds, or measured from now. */
const TOLERANCE = 1000;
const LARGEST_MARGIN = 5000;
/** Without a better word a request that was refused comes again after this long, then after twice as long. */
const FIRST_RETRY = 1000;

/**
 * @param window milliseconds of a window as far as that is known
 * @param offset the other side's clock
 */
export function createBucket(
  name: string,
  known: { readonly limit?: number; readonly window: number },
  offset: ClockOffset,
): Bucket {
  let limit = known.limit;
  let remaining: number | undefined;
  let resetAt: number | undefined;
  /** The window's end as the other side says it; tells one window from the next. */
  let windowKey = 0;
  /** When the last answer of this window came. */
  let seenAt = 0;
  let sent = 0;
  let underWay = 0;
  let isProbing = false;
  let closedUntil = 0;
  let refusals = 0;
  /** What to add to a window's end because earlier ends came too early. */
  let margin = 0;
  let others = 0;
  /** Answers tell no limits: there is nothing to keep to until one is refused. */
  let isSilent = false;
  let hasSpoken = false;
  let length = known.window;

  return {
    name,
    get underWay() {
      return underWay;
    },
    get state() {
      return {
        ...(limit === undefined ? {} : { limit }),
        ...(remaining === undefined ? {} : { remaining }),
        ...(resetAt === undefined ? {} : { resetAt }),
        sent,
        others,
      };
    },
    wait,
    left(now) {
      if (isOver(now)) beginWindow();
      if (remaining === undefined) isProbing = true;
      sent += 1;
      underWay += 1;
    },
    answered,
    lost() {
      underWay -= 1;
      isProbing = false;
    },
    close(until) {
      closedUntil = Math.max(closedUntil, until);
    },
  };

  function isOver(now: number): boolean {
    return resetAt !== undefined && now >= resetAt + margin;
  }

  function beginWindow(): void {
    remaining = undefined;
    sent = underWay;
  }

  function wait(now: number, share: number, waiting: number): number {
    if (now < closedUntil) return closedUntil - now;
    if (isOver(now)) beginWindow();
    if (isSilent) return 0;
    // Nothing is known of this window: one request looks first.
    if (remaining === undefined || limit === undefined || resetAt === undefined)
      return isProbing ? Number.POSITIVE_INFINITY : 0;
    const left = resetAt + margin - now;
    // A server that counts less than we have sent does not count in windows like ours.
    const counted = Math.min(sent - underWay, limit - remaining) + underWay;
    const ours = Math.max(1, Math.floor(limit * share)) - counted;
    const free = remaining - underWay;
    if (ours <= 0 || free <= 0) return left;
    // What others take between the last answer and the window's end is not ours.
    const expected = (others * (resetAt + margin - seenAt)) / length;
    if (free - 1 >= expected && !isLast(ours, free, expected, waiting)) return 0;
    if (left > LAST_LOOK && left > length / 10) return left - LAST_LOOK;
    // The last look: by now others have had their part, and the answer says how large it was.
    const isThere = remaining - (others * (now - seenAt)) / length >= 1;
    return underWay === 0 && isThere ? 0 : left;
  }

  /** The last one of a window waits to see what others took meanwhile, when more of ours want to leave. */
  function isLast(ours: number, free: number, expected: number, waiting: number): boolean {
    return waiting > 1 && (ours === 1 || free - 2 < expected);
  }

  function answered(now: number, seen: LimitsSeen, isRefusal: boolean): void {
    underWay -= 1;
    isProbing = false;
    if (seen.remaining !== undefined) hasSpoken = true;
    isSilent = !hasSpoken && !isRefusal;
    const ends = toEnd(now, seen);
    if (seen.limit !== undefined && seen.limit > 0) limit = seen.limit;
    if (ends !== undefined && ends.key >= windowKey - TOLERANCE) read(now, ends, seen.remaining);
    if (isRefusal) refuse(now, seen, ends);
    else refusals = 0;
  }

  function refuse(now: number, { retryIn }: LimitsSeen, ends: WindowEnd | undefined): void {
    if (retryIn === undefined && ends !== undefined && ends.at + margin > now) {
      closedUntil = Math.max(closedUntil, ends.at + margin);
      return;
    }
    // The window should have ended and has not: its ends come too early, or the clocks differ more than we know.
    if (retryIn === undefined && ends !== undefined) margin = Math.min(LARGEST_MARGIN, margin + 500);
    closedUntil = Math.max(closedUntil, now + (retryIn ?? FIRST_RETRY * 2 ** Math.min(refusals, 5)));
    refusals += 1;
  }

  function read(now: number, ends: WindowEnd, left: number | undefined): void {
    if (ends.key > windowKey + TOLERANCE) {
      // Windows that follow each other tell how long one is; those that move on with every answer do not.
      if (resetAt !== undefined && now >= resetAt - TOLERANCE)
        length = Math.min(length, ends.key - windowKey);
      windowKey = ends.key;
      // Whatever of ours is still under way may be counted here or there.
      sent = underWay + 1;
      remaining = undefined;
    }
    resetAt = ends.at;
    if (left === undefined || ends.at + margin <= now) return;
    remaining = Math.min(remaining ?? left, left);
    seenAt = now;
    limit ??= remaining + 1;
    const used = Math.max(0, limit - remaining - sent);
    const passed = length - (ends.at - now);
    // Early in a window a few requests would say too much about the rest.
    others = passed > length / 3 ? (used * length) / passed : Math.max(others, used);
  }

  function toEnd(now: number, seen: LimitsSeen): WindowEnd | undefined {
    const { resetAt: theirs, resetIn } = seen;
    if (theirs !== undefined) {
      // An end further away than a window is a clock that we do not understand.
      return { at: Math.min(offset.toLocal(theirs), now + 2 * known.window), key: theirs };
    }
    if (resetIn !== undefined) return { at: now + resetIn, key: offset.toTheirs(now + resetIn) };
    if (seen.remaining === undefined) return undefined;
    // It counts and does not say until when.
    const at = resetAt !== undefined && !isOver(now) ? resetAt : now + known.window;
    return { at, key: offset.toTheirs(at) };
  }
}

/** When a window ends: on our clock, and by what it is known. */
interface WindowEnd {
  readonly at: number;
  readonly key: number;
}
