import { findHeader } from '../headers.ts';
import type { HeaderLine } from '../headers.ts';

/** Names of the headers that an API tells its limits with, each the first that an answer has. */
export interface LimitHeaderNames {
  readonly limit: readonly string[];
  readonly remaining: readonly string[];
  readonly reset: readonly string[];
}

/** Okta's names, those most others use, and those of the IETF's drafts. */
export const LIMIT_HEADERS: LimitHeaderNames = {
  limit: ['x-rate-limit-limit', 'x-ratelimit-limit', 'ratelimit-limit'],
  remaining: ['x-rate-limit-remaining', 'x-ratelimit-remaining', 'ratelimit-remaining'],
  reset: ['x-rate-limit-reset', 'x-ratelimit-reset', 'ratelimit-reset'],
};

/** What one answer says about limits. Times are milliseconds. */
export interface LimitsSeen {
  readonly limit?: number;
  readonly remaining?: number;
  /** When the window ends, on the other side's clock. */
  readonly resetAt?: number;
  /** In how long the window ends. */
  readonly resetIn?: number;
  /** In how long to come again (RFC 9110, 10.2.3). */
  readonly retryIn?: number;
  /** The other side's clock, whole seconds. */
  readonly date?: number;
}

/** Numbers above this are times, below it durations. */
const EARLIEST_EPOCH_SECONDS = 1_000_000_000;

/** Reads what an answer's headers say about limits; what is malformed is as good as absent. */
export function readLimits(headers: readonly HeaderLine[], names = LIMIT_HEADERS): LimitsSeen {
  const limit = toCount(findFirst(headers, names.limit));
  const remaining = toCount(findFirst(headers, names.remaining));
  const date = toTime(findHeader(headers, 'date'));
  const retryIn = toRetry(findHeader(headers, 'retry-after'), date);
  return {
    ...readCombined(headers),
    ...(limit === undefined ? {} : { limit }),
    ...(remaining === undefined ? {} : { remaining }),
    ...toReset(toCount(findFirst(headers, names.reset))),
    ...(retryIn === undefined ? {} : { retryIn }),
    ...(date === undefined ? {} : { date }),
  };
}

function findFirst(headers: readonly HeaderLine[], names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = findHeader(headers, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The IETF's drafts in one line: `limit=100, remaining=50, reset=5`, or `"default";r=50;t=5`. */
function readCombined(headers: readonly HeaderLine[]): LimitsSeen {
  const line = findHeader(headers, 'ratelimit');
  if (line === undefined) return {};
  const read = (pattern: RegExp): number | undefined => toCount(pattern.exec(line)?.[1]);
  const limit =
    read(/\blimit=(\d+)/) ?? toCount(/;\s*q=(\d+)/.exec(findHeader(headers, 'ratelimit-policy') ?? '')?.[1]);
  const remaining = read(/\b(?:remaining|r)=(\d+)/);
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(remaining === undefined ? {} : { remaining }),
    ...toReset(read(/\b(?:reset|t)=(\d+)/)),
  };
}

/** `100, 100;w=60` of older drafts counts as 100. */
function toCount(text: string | undefined): number | undefined {
  const digits = /^\s*(\d{1,15})(?:\.\d+)?(?=\s*(?:$|[,;]))/.exec(text ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function toReset(value: number | undefined): Pick<LimitsSeen, 'resetAt' | 'resetIn'> {
  if (value === undefined) return {};
  if (value < EARLIEST_EPOCH_SECONDS) return { resetIn: value * 1000 };
  return { resetAt: value < EARLIEST_EPOCH_SECONDS * 1000 ? value * 1000 : value };
}

function toTime(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}

function toRetry(text: string | undefined, date: number | undefined): number | undefined {
  const seconds = toCount(text);
  if (seconds !== undefined) return seconds * 1000;
  const at = toTime(text);
  return at === undefined || date === undefined ? undefined : Math.max(0, at - date);
}
