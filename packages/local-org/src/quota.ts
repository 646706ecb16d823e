import { buckets, CONCURRENT_REQUESTS, TOKEN_SHARE, type Bucket, type BucketId } from '@castellan/okta-api';
import type { Plan } from './org.ts';

const WINDOW = 60_000;

/** What the rate-limit headers of one answer say; `reset` in epoch seconds. */
export interface Quota {
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
  readonly exceeded: boolean;
}

export interface Meter {
  /** Counts one call; `tokenId` is absent for callers without an API token, who may use the whole bucket. */
  take(bucket: BucketId, tokenId: string | undefined, now: number): Quota | undefined;
  /** A request begins: a quota when too many are under way, otherwise a function that ends it. */
  enter(now: number): Quota | (() => void);
}

interface Window {
  start: number;
  used: number;
}

/**
 * Counts calls per bucket in windows of 60 s that begin with the first call. The plan `off` never refuses, but its
 * answers carry the headers of an Enterprise org: clients that pace themselves by them must still work.
 */
export function createMeter(plan: Plan): Meter {
  const windows = new Map<string, Window>();
  const column = plan === 'integrator' ? 'integrator' : 'enterprise';
  let underWay = 0;

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
      const whole = bucket.perMinute?.[column];
      if (whole === undefined) return undefined;
      const limit = tokenId === undefined ? whole : Math.floor(whole * TOKEN_SHARE);
      if (plan === 'off')
        return { limit, remaining: limit - 1, reset: toSeconds(now + WINDOW), exceeded: false };
      const org = count(id, now);
      const own = tokenId === undefined ? org : count(`${id} ${tokenId}`, now);
      const remaining = Math.max(0, Math.min(limit - own.used, whole - org.used));
      const exceeded = own.used > limit || org.used > whole;
      return { limit, remaining, reset: toSeconds(own.start + WINDOW), exceeded };
    },
    enter(now) {
      if (plan !== 'off' && underWay >= CONCURRENT_REQUESTS[column])
        return { limit: 0, remaining: 0, reset: toSeconds(now + WINDOW), exceeded: true };
      underWay++;
      return () => {
        underWay--;
      };
    },
  };
}

function toSeconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000);
}
