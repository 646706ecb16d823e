import { buckets, CONCURRENT_REQUESTS, TOKEN_SHARE, type Bucket, type BucketId } from '@castellan/okta-api';
import type { Pace } from './paces.ts';
import type { Plan } from './org-options.ts';

const WINDOW = 60_000;

/** The share of a limit from which an org is warned. Okta: the default of its dashboard. */
const WARNING_SHARE = 0.6;

/** What the rate-limit headers of one answer say; `reset` in epoch seconds. */
export interface Quota {
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
  readonly exceeded: boolean;
  /** What this very call crossed, once in a window: it is told to the System Log. */
  readonly crossed?: 'warning' | 'violation' | undefined;
}

export interface Meter {
  /** Counts one call; `tokenId` is absent for callers without an API token, who may use the whole bucket. */
  take(bucket: BucketId, tokenId: string | undefined, now: number): Quota | undefined;
  /** A request begins: a quota when too many are under way, otherwise a function that ends it. */
  enter(now: number): Quota | (() => void);
  /** Counts a call for a limit beside the buckets; false when it is one too many. */
  keepsPace(pace: Pace, now: number): boolean;
  /** What is said when more requests than allowed are under way. */
  crowded(now: number): Quota;
}

interface Window {
  start: number;
  used: number;
}

/**
 * Counts calls per bucket in windows of 60 s that begin with the first call. The plan `off` never refuses, but its
 * answers carry the headers of an Enterprise org: clients that pace themselves by them must still work.
 */
export function createMeter(planNow: () => Plan): Meter {
  const windows = new Map<string, Window>();
  /** By what is counted: when the latest calls were made. */
  const calls = new Map<string, readonly number[]>();
  const columnNow = () => (planNow() === 'integrator' ? 'integrator' : 'enterprise');
  let underWay = 0;

  const crowded = (now: number): Quota => ({
    limit: 0,
    remaining: 0,
    reset: toSeconds(now + WINDOW),
    exceeded: true,
  });

  const count = (key: string, now: number): Window => {
    const known = windows.get(key);
    if (known && now < known.start + WINDOW) {
      known.used++;
      return known;
    }
    const fresh = { start: now, used: 1 };
    windows.set(key, fresh);
    return fresh;
  };

  return {
    take(id, tokenId, now) {
      const bucket: Bucket = buckets[id];
      const whole = bucket.perMinute?.[columnNow()];
      if (whole === undefined) return undefined;
      const limit = tokenId === undefined ? whole : Math.floor(whole * TOKEN_SHARE);
      if (planNow() === 'off')
        return { limit, remaining: limit - 1, reset: toSeconds(now + WINDOW), exceeded: false };
      const org = count(id, now);
      const own = tokenId === undefined ? org : count(`${id} ${tokenId}`, now);
      const remaining = Math.max(0, Math.min(limit - own.used, whole - org.used));
      const exceeded = own.used > limit || org.used > whole;
      const isFirstBeyond = own.used === limit + 1 || org.used === whole + 1;
      const isWorthWarning = own.used === Math.ceil(limit * WARNING_SHARE);
      const crossed = isFirstBeyond ? 'violation' : isWorthWarning ? 'warning' : undefined;
      return { limit, remaining, reset: toSeconds(own.start + WINDOW), exceeded, crossed };
    },
    enter(now) {
      if (planNow() !== 'off' && underWay >= CONCURRENT_REQUESTS[columnNow()]) return crowded(now);
      underWay++;
      return () => {
        underWay--;
      };
    },
    keepsPace({ key, most, window }, now) {
      if (planNow() === 'off') return true;
      if (calls.size >= MOST_KEYS)
        for (const [old, times] of calls) if (isOver(times, now)) calls.delete(old);
      const recent = (calls.get(key) ?? []).filter((time) => time <= now && now < time + window);
      if (recent.length >= most) return false;
      calls.set(key, [...recent, now]);
      return true;
    },
    crowded,
  };
}

/** So many names are kept before those that have not called for a while are forgotten. */
const MOST_KEYS = 10_000;

function isOver(times: readonly number[], now: number): boolean {
  const last = times.at(-1) ?? 0;
  return now < last || now >= last + WINDOW;
}

function toSeconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000);
}
