import type { Environment, Json } from '@castellan/collection';
import { plan, type RunPlan } from '@castellan/engine';
import { buckets, callFacts, findBucket, type Bucket } from '@castellan/okta-api';
import type { Estimate, RunOrder } from '../api/runs.ts';
import type { Scopes } from './scopes.ts';

interface EstimateOptions {
  readonly order: RunOrder;
  readonly scopes: Scopes;
  readonly rows: number;
  /** Names that the data file gives a value. */
  readonly columns: ReadonlySet<string>;
}

const MINUTE = 60_000;

/** Says what a run would do, without doing any of it. Limits are those of an Enterprise org until an answer tells. */
export function estimateRun({ order, scopes, rows, columns }: EstimateOptions): Estimate {
  const planned = plan({
    collection: scopes.collection,
    ...(scopes.environment === undefined ? {} : { environment: scopes.environment }),
    ...(order.itemId === undefined ? {} : { items: [order.itemId] }),
  });
  const writes = listWrites(planned);
  const limits = countBuckets(planned, rows);
  const slowest = Math.max(0, ...limits.map(({ calls, perMinute }) => calls / (perMinute * order.capacity)));
  const waits = order.delay * planned.steps.length * rows;
  return {
    rows,
    requestsPerRow: planned.steps.length,
    requests: planned.steps.length * rows,
    ...(limits.length === 0 ? {} : { time: slowest * MINUTE + waits }),
    limits,
    writes,
    ...askGuard(planned, writes),
    variables: listVariables(planned, scopes, columns),
  };
}

function countBuckets({ steps }: RunPlan, rows: number): Estimate['limits'] {
  const calls = new Map<string, number>();
  for (const { item } of steps) {
    const path = toPath(item.request.url.raw);
    const id = path === undefined ? 'none' : findBucket(item.request.method, path);
    if (id !== 'none') calls.set(id, (calls.get(id) ?? 0) + rows);
  }
  return [...calls].flatMap(([bucket, count]) => {
    const perMinute = (buckets as Readonly<Record<string, Bucket>>)[bucket]?.perMinute?.enterprise;
    return perMinute === undefined ? [] : [{ bucket, calls: count, perMinute }];
  });
}

const toPath = (address: string): string | undefined => /\/(?:api|oauth2)\/v1[^?#]*/.exec(address)?.[0];

function listWrites({ steps }: RunPlan): Estimate['writes'] {
  return steps
    .filter(({ item }) => !['GET', 'HEAD', 'OPTIONS'].includes(item.request.method))
    .map(({ item }) => ({
      name: item.name,
      method: item.request.method,
      irreversible: isIrreversible(item.request.method, item.request.url.raw),
    }));
}

/** What the guard of the org would say to these writes. */
function askGuard({ guard }: RunPlan, writes: Estimate['writes']): Pick<Estimate, 'confirm' | 'refused'> {
  if (guard === undefined || writes.length === 0) return {};
  if (guard.readOnly === true)
    return { refused: `${guard.host} is read-only in this environment: the writes will not be sent.` };
  const asks =
    guard.confirm === 'writes' ||
    (guard.confirm === 'irreversible' && writes.some((one) => one.irreversible));
  return asks ? { confirm: guard.host } : {};
}

/** A call that nobody knows may be one that cannot be undone. */
function isIrreversible(method: string, address: string): boolean {
  const path = toPath(address);
  const known = path === undefined ? undefined : callFacts.describe(method, path);
  return known === undefined ? method === 'DELETE' : known.irreversible === true;
}

const VARIABLE = /\{\{([^{}$]+)\}\}/g;
const SET_BY_SCRIPT = /\.set\(\s*["'`]([^"'`]+)["'`]/g;
const SET_BY_OLD_SCRIPT = /set(?:Environment|Global)Variable\(\s*["'`]([^"'`]+)["'`]/g;

/** Every variable that the requests hold, and the nearest place that gives it a value. */
function listVariables(
  { steps }: RunPlan,
  { collection, environment, globals }: Scopes,
  columns: ReadonlySet<string>,
): Estimate['variables'] {
  const text = JSON.stringify(steps.map(({ item, auth }) => [item.request, auth ?? null]));
  const scripts = steps.flatMap(({ prerequest, test }) =>
    [...prerequest, ...test].map(({ source }) => source),
  );
  const set = new Set(
    scripts.flatMap((source) =>
      [...source.matchAll(SET_BY_SCRIPT), ...source.matchAll(SET_BY_OLD_SCRIPT)].map(([, name]) => name),
    ),
  );
  const names = new Set([...text.matchAll(VARIABLE)].map(([, name = '']) => name.trim()));
  const holds = (rows: readonly { readonly key: string; readonly value: Json }[] | undefined, name: string) =>
    rows?.some(({ key, value }) => key === name && value !== '' && value !== null) === true;
  const enabled = (scope: Environment | undefined) => scope?.values.filter((row) => row.enabled);
  return [...names].sort().map((name) => {
    if (columns.has(name)) return { name, from: 'data' as const };
    if (holds(enabled(environment), name)) return { name, from: 'environment' as const };
    if (holds(collection.variables, name)) return { name, from: 'collection' as const };
    if (holds(enabled(globals), name)) return { name, from: 'globals' as const };
    return set.has(name) ? { name, from: 'script' as const } : { name };
  });
}
