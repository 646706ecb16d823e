import type { EventEmitter } from 'node:events';
import type { Models } from './models.ts';
import type { Cursor, SdkItem, SdkRequest, SdkResponse, ToldError } from './told.ts';

/** What Newman hands to a callback and to reporters when a run is over. */
export interface Summary {
  readonly collection: object;
  environment: object;
  globals: object;
  readonly run: {
    readonly stats: Readonly<Record<Tracked, Tracker>>;
    /** Milliseconds, and epoch milliseconds for `started` and `completed`. */
    readonly timings: Record<string, number>;
    readonly executions: Execution[];
    readonly transfers: { responseTotal: number };
    readonly failures: Failure[];
    error: ToldError | null;
  };
  error?: ToldError;
}

export interface Tracker {
  total: number;
  pending: number;
  failed: number;
}

/** One request with what became of it; the requests of scripts and of an authentication repeat it. */
export interface Execution {
  cursor?: Cursor;
  item?: SdkItem;
  request?: SdkRequest;
  response?: SdkResponse;
  requestError?: ToldError;
  assertions?: { assertion: string; skipped: boolean; error?: ToldError }[];
  prerequestScript?: { error: ToldError }[];
  testScript?: { error: ToldError }[];
  id?: string;
}

export interface Failure {
  readonly error: ToldError;
  readonly at: string;
  readonly source: SdkItem | undefined;
  readonly parent: object | undefined;
  readonly cursor: Cursor | object;
}

/** What listeners are told, as far as a summary is made of it. */
interface Told {
  readonly cursor?: Cursor;
  readonly item?: SdkItem & { readonly __parent?: { readonly __parent?: object } };
  readonly request?: SdkRequest;
  readonly response?: SdkResponse;
  readonly event?: { readonly listen: string };
  readonly assertion?: string;
  readonly skipped?: boolean;
}

type Tracked = (typeof TRACKED)[number];

const TRACKED = [
  'iterations',
  'items',
  'scripts',
  'prerequests',
  'requests',
  'tests',
  'assertions',
  'testScripts',
  'prerequestScripts',
] as const;

/** Newman counts the failures of these. */
const FAILING = ['script', 'request', 'assertion'];

/** Builds the summary from the events that Newman builds it from. Hang it on the emitter before anything else. */
export function createSummary(emitter: EventEmitter, models: Models): Summary {
  const stats = Object.fromEntries(TRACKED.map((name) => [name, track(emitter, name.slice(0, -1))]));
  const summary: Summary = {
    collection: models.collection,
    environment: models.scope(undefined, []),
    globals: models.scope(undefined, []),
    run: {
      // One of each name in TRACKED.
      stats: stats as Record<Tracked, Tracker>,
      timings: {},
      executions: [],
      transfers: { responseTotal: 0 },
      failures: [],
      error: null,
    },
  };
  trackExecutions(emitter, summary);
  trackTimings(emitter, summary);
  for (const name of FAILING) {
    emitter.on(name, (error: ToldError | null, told: Told) => {
      if (error !== null) summary.run.failures.push(toFailure(name, error, told));
    });
  }
  return summary;
}

function track(emitter: EventEmitter, name: string): Tracker {
  const tracker = { total: 0, pending: 0, failed: 0 };
  emitter.on(`before${name.charAt(0).toUpperCase()}${name.slice(1)}`, () => (tracker.pending += 1));
  emitter.on(name, (error: ToldError | null) => {
    tracker.pending = Math.max(0, tracker.pending - 1);
    tracker.total += 1;
    if (error !== null) tracker.failed += 1;
  });
  return tracker;
}

function trackExecutions(emitter: EventEmitter, { run }: Summary): void {
  const known = new Map<string, Execution>();
  const find = ({ cursor }: Told): Execution => {
    const ref = cursor?.ref ?? '';
    const execution = known.get(ref) ?? {};
    known.set(ref, execution);
    return execution;
  };
  emitter.on('beforeItem', (_error, told: Told) => {
    Object.assign(find(told), { cursor: told.cursor, item: told.item });
  });
  emitter.on('request', (error: ToldError | null, told: Told) => {
    const { cursor, request, response, item } = told;
    const execution = Object.assign(find(told), { cursor, request, response, id: item?.id });
    if (error !== null) execution.requestError = error;
    run.executions.push(execution);
  });
  emitter.on('script', (error: ToldError | null, told: Told) => {
    if (error === null) return;
    const list = told.event?.listen === 'prerequest' ? 'prerequestScript' : 'testScript';
    (find(told)[list] ??= []).push({ error });
  });
  emitter.on('assertion', (error: ToldError | null, told: Told) => {
    const { assertion = '', skipped = false } = told;
    (find(told).assertions ??= []).push({ assertion, skipped, ...(error === null ? {} : { error }) });
  });
}

function trackTimings(emitter: EventEmitter, { run }: Summary): void {
  const { timings, transfers } = run;
  let [count, average, squares, least, most] = [0, 0, 0, 0, 0];
  Object.assign(timings, { responseAverage: 0, responseMin: 0, responseMax: 0, responseSd: 0 });
  emitter.on('start', () => (timings['started'] = Date.now()));
  emitter.on('beforeDone', () => (timings['completed'] = Date.now()));
  emitter.on('request', (_error, { response }: Told) => {
    if (response === undefined) return;
    transfers.responseTotal += response.size().body;
    const time = response.responseTime;
    // Welford: mean and variance as the times come.
    count += 1;
    const before = average;
    average += (time - average) / count;
    squares += (time - before) * (time - average);
    least = count === 1 ? time : Math.min(least, time);
    most = Math.max(most, time);
    timings['responseAverage'] = average;
    timings['responseMin'] = least;
    timings['responseMax'] = most;
    timings['responseSd'] = Math.sqrt(squares / count);
  });
}

function toFailure(name: string, error: ToldError, told: Told): Failure {
  const index = 'index' in error ? `:${String(error.index)}` : '';
  const at =
    name === 'assertion'
      ? `assertion${index} in test-script`
      : name === 'script'
        ? `${told.event?.listen ?? ''}-script`
        : name;
  return {
    error,
    at,
    source: told.item,
    parent: told.item?.__parent?.__parent,
    cursor: told.cursor ?? {},
  };
}
