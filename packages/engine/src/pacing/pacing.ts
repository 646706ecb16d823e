import type { ApiFacts } from '../api-facts.ts';
import type { HeaderLine } from '../headers.ts';
import { createBucket } from './bucket.ts';
import type { Bucket, BucketState } from './bucket.ts';
import { createClockOffset } from './clock-offset.ts';
import { LIMIT_HEADERS, readLimits } from './limit-headers.ts';
import type { LimitHeaderNames, LimitsSeen } from './limit-headers.ts';
import { createParallelism } from './parallelism.ts';

/** Time as a run sees it; a test may own it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** A request that wants to leave. */
export interface PacedCall {
  readonly method: string;
  /** Scheme and authority. */
  readonly origin: string;
  /** Begins with a slash, without query. */
  readonly path: string;
  /** The share of a limit that this run may use, 0 to 1. */
  readonly share: number;
  /** It was refused before: it leaves before those that have not been tried. */
  readonly isAgain?: boolean;
}

/** A request that may leave now. Exactly one of the two has to be called. */
export interface Pass {
  answered(answer: { readonly code: number; readonly headers: readonly HeaderLine[] }): Ruling;
  lost(): void;
}

/** Whether an answer is the last word, or why and when the request has to be sent again. */
export type Ruling =
  | { readonly kind: 'final' }
  | {
      readonly kind: 'again';
      readonly reason: 'rate-limit' | 'concurrency' | 'unavailable';
      /** Milliseconds from now before which it is no use. */
      readonly wait: number;
    };

/** Holds requests back so that nobody's limits are broken. One for all runs of a process. */
export interface Pacing {
  /** Resolves when the request may leave. Rejects with the signal's reason when it is aborted. */
  enter(call: PacedCall, signal?: AbortSignal): Promise<Pass>;
  /** What is known of every host that was asked. */
  read(): PaceState;
}

/** What a person is shown of the limits at work. */
export interface PaceState {
  readonly buckets: readonly (BucketState & {
    readonly host: string;
    readonly bucket: string;
    /** Requests of ours that wait for this bucket. */
    readonly waiting: number;
  })[];
  readonly parallel: readonly {
    readonly host: string;
    readonly underWay: number;
    readonly allowed: number;
  }[];
}

export interface PacingOptions {
  readonly facts?: ApiFacts;
  readonly headers?: LimitHeaderNames;
}

/** Most requests under way at one host when nobody knows better. */
const PARALLEL = 64;
/** The window that most APIs count in. */
const MINUTE = 60_000;
const CONCURRENCY_RETRY = 500;
const UNAVAILABLE_RETRY = 1000;
const OWN_LIMIT_RETRY = 1000;

/** Makes the pacing of a process. It learns from answers and starts from what the facts say. */
export function createPacing(clock: Clock, options: PacingOptions = {}): Pacing {
  const hosts = new Map<string, HostPace>();
  return {
    enter(call, signal) {
      const known = hosts.get(call.origin);
      const host = known ?? createHostPace(clock, options);
      if (known === undefined) hosts.set(call.origin, host);
      return host.enter(call, signal);
    },
    read() {
      const states = [...hosts].map(([name, pace]) => ({ name: name.replace(/^https?:\/\//, ''), pace }));
      return {
        buckets: states.flatMap(({ name, pace }) =>
          pace.buckets().map((state) => ({ host: name, ...state })),
        ),
        parallel: states.map(({ name, pace }) => ({ host: name, ...pace.parallel() })),
      };
    },
  };
}

interface HostPace {
  enter(call: PacedCall, signal?: AbortSignal): Promise<Pass>;
  buckets(): Omit<PaceState['buckets'][number], 'host'>[];
  parallel(): { readonly underWay: number; readonly allowed: number };
}

interface Waiter {
  readonly share: number;
  leave(): void;
}

interface Line {
  readonly bucket: Bucket;
  readonly waiters: Waiter[];
}

function createHostPace(clock: Clock, { facts, headers = LIMIT_HEADERS }: PacingOptions): HostPace {
  const offset = createClockOffset();
  const parallelism = createParallelism(facts?.concurrency ?? PARALLEL);
  const lines = new Map<string, Line>();
  const alarm = createAlarm(clock, release);
  let underWay = 0;
  /** After a refusal for crowding the next of the refused ones waits longer. */
  let crowding = 0;

  return {
    enter(call, signal) {
      const line = findLine(call);
      return new Promise((resolve, reject) => {
        const waiter: Waiter = {
          share: call.share,
          leave() {
            signal?.removeEventListener('abort', giveUp);
            resolve(toPass(line.bucket));
          },
        };
        function giveUp(): void {
          line.waiters.splice(line.waiters.indexOf(waiter), 1);
          reject(signal?.reason instanceof Error ? signal.reason : new Error('The run was stopped.'));
          release();
        }
        if (signal?.aborted === true) return giveUp();
        signal?.addEventListener('abort', giveUp, { once: true });
        if (call.isAgain === true) line.waiters.unshift(waiter);
        else line.waiters.push(waiter);
        release();
      });
    },
    buckets: () =>
      [...lines.values()].map(({ bucket, waiters }) => ({
        bucket: bucket.name,
        waiting: waiters.length,
        ...bucket.state,
      })),
    parallel: () => ({ underWay, allowed: parallelism.allowed }),
  };

  function findLine({ method, path }: PacedCall): Line {
    const name = facts?.describe(method, path)?.bucket ?? toPattern(method, path);
    const known = lines.get(name);
    if (known !== undefined) return known;
    const limit = facts?.limits[name];
    const window = facts?.window ?? MINUTE;
    const bucket = createBucket(name, { window, ...(limit === undefined ? {} : { limit }) }, offset);
    const line: Line = { bucket, waiters: [] };
    lines.set(name, line);
    return line;
  }

  /** Lets everybody leave who may, and sets the alarm for the first who may next. */
  function release(): void {
    let next = Number.POSITIVE_INFINITY;
    for (const { bucket, waiters } of lines.values()) {
      for (let first = waiters[0]; first !== undefined; first = waiters[0]) {
        if (underWay >= parallelism.allowed) return alarm.set(undefined);
        const now = clock.now();
        const wait = bucket.wait(now, first.share, waiters.length);
        if (wait > 0) {
          next = Math.min(next, wait);
          break;
        }
        waiters.shift();
        bucket.left(now);
        underWay += 1;
        first.leave();
      }
    }
    alarm.set(Number.isFinite(next) ? next : undefined);
  }

  function toPass(bucket: Bucket): Pass {
    const sentAt = clock.now();
    return {
      answered({ code, headers: told }) {
        const now = clock.now();
        const seen = readLimits(told, headers);
        if (seen.date !== undefined) offset.learn(seen.date, sentAt, now);
        const crowd = underWay;
        underWay -= 1;
        const ruling = judge(bucket, code, seen, { now, sentAt, crowd });
        release();
        return ruling;
      },
      lost() {
        underWay -= 1;
        bucket.lost();
        release();
      },
    };
  }

  function judge(
    bucket: Bucket,
    code: number,
    seen: LimitsSeen,
    { now, sentAt, crowd }: { now: number; sentAt: number; crowd: number },
  ): Ruling {
    if (code === 429 && isCrowding(seen)) {
      bucket.lost();
      parallelism.refused(now, sentAt, crowd);
      crowding = Math.min(6, crowding + 1);
      return { kind: 'again', reason: 'concurrency', wait: CONCURRENCY_RETRY * 2 ** (crowding - 1) };
    }
    // Okta: a limit of one user or one phone answers 429 while its bucket has room.
    const isOwnLimit = code === 429 && (seen.remaining ?? 0) > 0;
    bucket.answered(now, seen, code === 429 && !isOwnLimit);
    if (code === 503) return again('unavailable', seen.retryIn ?? UNAVAILABLE_RETRY);
    crowding = 0;
    parallelism.accepted(now, crowd);
    if (code !== 429) return { kind: 'final' };
    return again('rate-limit', isOwnLimit ? (seen.retryIn ?? OWN_LIMIT_RETRY) : 0);
  }
}

/** Okta: too many requests under way is told with limit 0 and remaining 0; others tell no limit at all. */
function isCrowding({ limit, remaining, resetAt, resetIn, retryIn }: LimitsSeen): boolean {
  if (limit === 0 && (remaining ?? 0) === 0) return true;
  return remaining === undefined && resetAt === undefined && resetIn === undefined && retryIn === undefined;
}

function again(reason: 'rate-limit' | 'unavailable', wait: number): Ruling {
  return { kind: 'again', reason, wait };
}

/** Calls of an API that nobody has described: what looks like an id is not part of the name. */
function toPattern(method: string, path: string): string {
  const segments = path
    .split('/')
    .map((segment) => (/\d|%|@/.test(segment) && !/^v\d+$/.test(segment) ? '{}' : segment));
  return `${method} ${segments.join('/')}`;
}

interface Alarm {
  /** Rings in so many milliseconds, or not at all; a later call replaces an earlier one. */
  set(wait: number | undefined): void;
}

function createAlarm(clock: Clock, ring: () => void): Alarm {
  let pending: { readonly at: number; readonly cancel: AbortController } | undefined;
  return {
    set(wait) {
      const at = wait === undefined ? undefined : clock.now() + Math.max(1, Math.ceil(wait));
      if (pending !== undefined && at !== undefined && Math.abs(pending.at - at) < 1) return;
      pending?.cancel.abort();
      pending = undefined;
      if (wait === undefined || at === undefined) return;
      const mine = { at, cancel: new AbortController() };
      pending = mine;
      void sleep(mine, Math.max(1, Math.ceil(wait)));
    },
  };

  async function sleep(mine: NonNullable<typeof pending>, wait: number): Promise<void> {
    await clock.wait(wait, mine.cancel.signal);
    if (pending !== mine) return;
    pending = undefined;
    ring();
  }
}
