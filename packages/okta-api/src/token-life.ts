const DAY = 24 * 3600 * 1000;

/** An API token ends this many milliseconds after its last use, or after it was made (guides/create-an-api-token). */
export const TOKEN_WINDOW = 30 * DAY;

/** Days before its end from which on a token is spoken of. */
export const SOON_DAYS = 7;

/**
 * Days until a moment, a begun one whole; 0 or less when it is over.
 * @param end epoch milliseconds, as `now`
 */
export function toDaysLeft(end: number, now: number): number {
  return Math.ceil((end - now) / DAY);
}
