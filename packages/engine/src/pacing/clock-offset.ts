/**
 * How far the other side's clock is from ours. A `Date` header is a whole second that was current at some moment
 * between sending and receiving: each one narrows the offset down, and together they are far better than a second.
 */
export interface ClockOffset {
  /** One answer's `Date`, and our clock when the request left and when the answer came. Milliseconds. */
  learn(date: number, sentAt: number, receivedAt: number): void;
  /** The latest moment on our clock at which theirs shows this time. */
  toLocal(theirs: number): number;
  /** The earliest time that their clock may have shown at this moment of ours. */
  toTheirs(local: number): number;
}

/** The `Date` header has no smaller unit. */
const SECOND = 1000;

/** Clocks are taken to agree until an answer says otherwise. */
export function createClockOffset(): ClockOffset {
  // Theirs minus ours lies between the two.
  let least: number | undefined;
  let most: number | undefined;
  return {
    learn(date, sentAt, receivedAt) {
      const low = date - receivedAt;
      const high = date + SECOND - sentAt;
      // A clock that was set in between: what was learned before is void.
      if (least === undefined || most === undefined || low > most || high < least) {
        least = low;
        most = high;
        return;
      }
      least = Math.max(least, low);
      most = Math.min(most, high);
    },
    toLocal: (theirs) => theirs - (least ?? 0),
    toTheirs: (local) => local + (least ?? 0),
  };
}
