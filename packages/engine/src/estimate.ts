import { setImmediate } from 'node:timers/promises';
import { isIrreversible, isSafe } from './api-facts.ts';
import type { ApiFacts } from './api-facts.ts';
import { fillRequest, findUnset } from './fill.ts';
import type { RunPlan, Step } from './plan.ts';
import { createRowQueue, type NumberedRow } from './rows/row-source.ts';
import type { FilledRequest } from './send-context.ts';
import { toCollectionScope, toScopeValues } from './variables.ts';
import { createLookup } from './variables.ts';
import { parseAddress, toWire } from './url.ts';

/** What a run would do, as far as that can be said before its scripts have their say. */
export interface RunEstimate {
  readonly rows: number;
  readonly requests: number;
  readonly buckets: readonly BucketEstimate[];
  /** Milliseconds that the limits impose; 0 when everything fits into one window, absent when no limit is known. */
  readonly time?: number;
  readonly writes: readonly WriteEstimate[];
  /** Mails, messages and calls that go out to people. */
  readonly notifications: number;
  /** Variables without a value, and in how many rows. */
  readonly missing: readonly MissingVariable[];
  /** Columns of the data that nothing asks for. */
  readonly unusedColumns: readonly string[];
}

interface BucketEstimate {
  readonly host: string;
  readonly bucket: string;
  readonly requests: number;
  /** Calls in a window that the org is thought to allow. */
  readonly limit?: number;
  /** The share of them that the run uses while it lasts, 0 to 1. */
  readonly share?: number;
  /** Milliseconds that this limit imposes. */
  readonly time?: number;
}

export interface WriteEstimate {
  readonly title: string;
  readonly host: string;
  readonly method: string;
  readonly count: number;
  readonly irreversible: boolean;
}

interface MissingVariable {
  readonly name: string;
  readonly rows: number;
  /** Number of the first such row, from 0. */
  readonly firstRow: number;
  /** The request that asks for it. */
  readonly request: string;
}

export interface EstimateOptions {
  readonly facts?: ApiFacts;
  /** The share of each limit that the run may use, 0 to 1. */
  readonly share?: number;
  readonly signal?: AbortSignal;
}

/** Rows that are counted in one go: a server goes on answering in between. */
const AT_ONCE = 256;

/**
 * Counts what a plan would send, reading every row and sending nothing. Rejects with the signal's reason when that ends
 * it.
 */
export async function estimate(
  plan: RunPlan,
  { facts, share = 0.8, signal }: EstimateOptions = {},
): Promise<RunEstimate> {
  const counts = createCounts(facts);
  const setByScripts = findSetNames(plan.steps);
  const scopes = {
    globals: toScopeValues(plan.globals),
    environment: toScopeValues(plan.environment),
    collection: toCollectionScope(plan.collection.variables),
    local: [],
  };
  const columns = new Set<string>();
  const queue = createRowQueue(plan.rows, plan.iterations);
  const countRow = ({ row, data }: NumberedRow): void => {
    for (const name of Object.keys(data)) columns.add(name);
    const lookup = createLookup({ ...scopes, data });
    for (const step of plan.steps) {
      const { request } = step.item;
      const filled = fillRequest(request, request.auth ?? step.auth, step.settings, lookup);
      const unset = (findUnset(filled)?.names ?? []).filter((name) => !setByScripts.has(name));
      counts.add(step, filled, row, unset);
    }
  };
  try {
    for (let next = await queue.next(); next !== undefined; next = await queue.next()) {
      if (next.row % AT_ONCE === AT_ONCE - 1) await setImmediate();
      signal?.throwIfAborted();
      countRow(next);
    }
  } finally {
    await queue.close();
  }
  const text = JSON.stringify(plan.steps);
  return {
    rows: plan.iterations,
    requests: plan.iterations * plan.steps.length,
    ...counts.read(share),
    unusedColumns: [...columns].filter(
      (name) => !new RegExp(`(^|\\W)${escapePattern(name)}(\\W|$)`).test(text),
    ),
  };
}

function createCounts(facts: ApiFacts | undefined) {
  const buckets = new Map<string, { host: string; bucket: string; requests: number }>();
  const writes = new Map<string, WriteEstimate>();
  const missing = new Map<
    string,
    { name: string; rows: number; firstRow: number; request: string; last: number }
  >();
  let notifications = 0;
  return {
    add(step: Step, filled: FilledRequest, row: number, unset: readonly string[]): void {
      const { method } = filled;
      const address = toWire(parseAddress(filled.url));
      const [path = '', search = ''] = address.path.split('?');
      const known = facts?.describe(method, path);
      const bucket = known?.bucket ?? 'uncounted';
      const counted = buckets.get(`${address.host} ${bucket}`) ?? { host: address.host, bucket, requests: 0 };
      counted.requests += 1;
      buckets.set(`${address.host} ${bucket}`, counted);
      if (!isSafe(method)) {
        const irreversible = isIrreversible(method, known);
        countWrite({ title: known?.title ?? step.item.name, host: address.host, method, irreversible });
      }
      if (known?.notifies?.({ query: new URLSearchParams(search), body: readBody(filled) }) === true)
        notifications += 1;
      for (const name of unset) countMissing(name, row, step.item.name);
    },
    read(share: number): Pick<RunEstimate, 'buckets' | 'time' | 'writes' | 'notifications' | 'missing'> {
      const estimated = [...buckets.values()].map((bucket) => ({ ...bucket, ...toTime(bucket, share) }));
      const times = estimated.flatMap(({ time }) => (time === undefined ? [] : [time]));
      return {
        buckets: estimated,
        ...(times.length === 0 ? {} : { time: Math.max(...times) }),
        writes: [...writes.values()],
        notifications,
        missing: [...missing.values()].map(({ last: _last, ...rest }) => rest),
      };
    },
  };

  function countWrite(write: Omit<WriteEstimate, 'count'>): void {
    const key = `${write.method} ${write.host} ${write.title}`;
    writes.set(key, { ...write, count: (writes.get(key)?.count ?? 0) + 1 });
  }

  function countMissing(name: string, row: number, request: string): void {
    const known = missing.get(name) ?? { name, rows: 0, firstRow: row, request, last: -1 };
    if (known.last !== row) known.rows += 1;
    known.last = row;
    missing.set(name, known);
  }

  function toTime({ bucket, requests }: { bucket: string; requests: number }, share: number) {
    const limit = facts?.limits[bucket];
    if (facts === undefined || limit === undefined) return {};
    const allowed = Math.max(1, Math.floor(limit * share));
    return {
      limit,
      share: Math.min(share, requests / limit),
      time: (Math.ceil(requests / allowed) - 1) * facts.window,
    };
  }
}

function readBody({ body }: FilledRequest): unknown {
  if (body?.kind !== 'raw') return undefined;
  try {
    return JSON.parse(body.text);
  } catch {
    return undefined;
  }
}

/** Names that a script gives a value: `pm.environment.set('userId', …)`, `postman.setGlobalVariable("x", …)`. */
function findSetNames(steps: readonly Step[]): ReadonlySet<string> {
  const sources = steps
    .flatMap(({ prerequest, test }) => [...prerequest, ...test])
    .map(({ source }) => source);
  const calls = sources.flatMap((source) => [
    ...source.matchAll(/\bset(?:EnvironmentVariable|GlobalVariable)?\(\s*(['"`])(.+?)\1/g),
  ]);
  return new Set(calls.map((call) => call[2] ?? ''));
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
