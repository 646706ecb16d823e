import { randomUUID } from 'node:crypto';
import type { OperationDefinition } from '@castellan/okta-api';
import { authenticate } from './authenticate.ts';
import type { HeaderLines, Incoming, Outgoing } from './exchange.ts';
import { ConnectionCut, type Faults, type Strike } from './faults.ts';
import { Answer, type Caller, type Context, type QueryPair, type Wishes } from './handling.ts';
import type { Ids } from './ids.ts';
import { OktaError, toEnvelope } from './okta-error.ts';
import type { OrgHost } from './org-options.ts';
import type { Meter, Quota } from './quota.ts';
import { pacesOf } from './paces.ts';
import { parseBody, parseQuery, readBody } from './read-request.ts';
import { requireRight } from './rights.ts';
import type { Route, Router } from './routes.ts';
import type { LateIndex } from './store/late-index.ts';
import type { RecentTexts } from './store/recent-texts.ts';
import type { Store } from './store/store.ts';
import type { createSessionSweep } from './session-expiry.ts';
import { getSettings } from './settings.ts';
import { toEntry, toLogRecord } from './system-log.ts';
import type { LogEntry } from './store/records.ts';

export interface PipelineParts {
  readonly router: Router;
  readonly store: Store;
  readonly ids: Ids;
  readonly meter: Meter;
  readonly faults: Faults;
  readonly lateIndex: LateIndex;
  readonly texts: RecentTexts;
  readonly sweepSessions: ReturnType<typeof createSessionSweep>;
  readonly host: OrgHost;
  readonly origin: string | undefined;
  /** Resolves when everything written so far is safe; a change is answered only after that. */
  readonly settled: () => Promise<void>;
}

/** One request on its way through: what is known about it grows step by step. */
interface Passage {
  readonly incoming: Incoming;
  readonly requestId: string;
  readonly now: number;
  /** Whether limits count for it: those of clients do. */
  isCounted?: true;
  quota?: Quota | undefined;
}

/** Okta: the request ids of today's orgs are as many bytes in hexadecimal digits (recorded answers). */
const REQUEST_ID_BYTES = 16;

/**
 * Answers one API request: match, authenticate, count, parse, handle, log, serialise.
 * @param as who calls, where that is known already: the org's own pages. They use up no quota and meet no fault.
 * @throws ConnectionCut a fault cuts the connection; everything else ends in an answer
 */
export async function answer(parts: PipelineParts, incoming: Incoming, as?: Caller): Promise<Outgoing> {
  const passage: Passage = {
    incoming,
    requestId: Buffer.from(parts.ids.bytes(REQUEST_ID_BYTES)).toString('hex'),
    now: parts.host.now(),
  };
  try {
    return await walk(parts, passage, as);
  } catch (thrown) {
    if (thrown instanceof ConnectionCut) throw thrown;
    return refuse(parts, passage, thrown);
  }
}

async function walk(parts: PipelineParts, passage: Passage, as: Caller | undefined): Promise<Outgoing> {
  const { incoming, now } = passage;
  const match = parts.router(incoming.method, incoming.path);
  if (match.kind === 'unknown-path') throw new OktaError('E0000008');
  if (match.kind === 'wrong-method') throw new OktaError('E0000022');
  const { operation, name } = match.route;
  if (as !== undefined) return handle(parts, passage, match.route, match.params, as);
  parts.sweepSessions(now, (entry) => append(parts, passage, NOBODY, entry));
  const caller = authenticate({ operation, incoming, store: parts.store, now });
  passage.isCounted = true;
  const leave = parts.meter.enter(now);
  if (typeof leave !== 'function') {
    append(parts, passage, caller, toEntry('core.concurrency.org.limit.violation'));
    return overLimit(parts, passage, leave);
  }
  try {
    passage.quota = parts.meter.take(operation.bucket, caller.token?.id, now);
    const { crossed, limit } = passage.quota ?? {};
    if (crossed)
      append(
        parts,
        passage,
        caller,
        // Okta: not documented what such an event tells besides.
        toEntry(`system.org.rate_limit.${crossed}`, {
          debugData: { threshold: String(limit), timeSpan: '1', timeUnit: 'MINUTES' },
        }),
      );
    if (passage.quota?.exceeded) return overLimit(parts, passage, passage.quota);
    const strike = operation.api === 'local' ? undefined : parts.faults.strike(`${operation.api}/${name}`);
    const struck = strike && (await suffer(parts, passage, strike));
    if (struck) return struck;
    const response = await handle(parts, passage, match.route, match.params, caller);
    if (strike?.kind === 'cut-after') throw new ConnectionCut();
    return response;
  } finally {
    leave();
  }
}

/** The org itself. */
const NOBODY: Caller = { ip: '127.0.0.1', userAgent: '' };

/** What a fault does before the request is handled: the answer that takes its place, if any. */
async function suffer(parts: PipelineParts, passage: Passage, strike: Strike): Promise<Outgoing | undefined> {
  switch (strike.kind) {
    case 'rate-limit':
      return overLimit(parts, passage, usedUp(parts, passage));
    case 'concurrency-limit':
      return overLimit(parts, passage, parts.meter.crowded(passage.now));
    case 'internal-error':
      throw new OktaError('E0000009');
    case 'unavailable':
      throw new OktaError('E0000010');
    case 'cut-before':
      throw new ConnectionCut();
    case 'slow':
      await parts.host.wait(strike.delay);
      return undefined;
    case 'cut-after':
      return undefined;
  }
}

async function handle(
  parts: PipelineParts,
  passage: Passage,
  route: Route,
  params: Readonly<Record<string, string>>,
  caller: Caller,
): Promise<Outgoing> {
  const { operation, handler } = route;
  if (!handler) return notServed(parts, passage, route.name);
  const read = await readCall(passage, operation);
  const asked = { api: operation.api, name: route.name, params, body: read.body };
  // Whoever may not make the call is not told what is wrong with it.
  const sees = requireRight(parts.store, caller, asked);
  if ('fault' in read) throw read.fault;
  const { query, body } = read;
  const paces = passage.isCounted ? pacesOf(operation, caller, body) : [];
  if (!paces.every((pace) => parts.meter.keepsPace(pace, passage.now)))
    return overLimit(parts, passage, usedUp(parts, passage));
  const entries: LogEntry[] = [];
  const context: Context = {
    store: parts.store,
    ids: parts.ids,
    caller,
    wishes: wishesOf(passage.incoming),
    now: passage.now,
    features: getSettings(parts.store).features,
    origin: parts.origin ?? passage.incoming.origin,
    requestId: passage.requestId,
    indexed: parts.lateIndex.rows,
    texts: parts.texts,
    sees,
    log: (entry) => entries.push(entry),
  };
  const call = { params, query, body };
  // The call was just parsed by the definition that the handler's own type comes from.
  const run = handler as (call: unknown, context: Context) => unknown;
  let result: unknown;
  try {
    result = await run(call, context);
  } catch (refusal) {
    // Nothing happened but what the handler itself tells as a failure: a wrong password, a refused sign-in.
    for (const entry of entries)
      if (entry.outcome?.result === 'FAILURE') append(parts, passage, caller, entry);
    await parts.settled();
    throw refusal;
  }
  for (const entry of entries) append(parts, passage, caller, entry);
  if (operation.method !== 'GET') await parts.settled();
  return succeed(passage, operation, context, result);
}

/** Query and body by their schemas, or why they cannot be read. */
async function readCall(
  { incoming }: Passage,
  operation: OperationDefinition,
): Promise<{ query: unknown; body: unknown } | { fault: unknown; body: undefined }> {
  try {
    const query = parseQuery(incoming.search, operation.query);
    return { query, body: parseBody(await readBody(incoming, operation), operation) };
  } catch (fault) {
    return { fault, body: undefined };
  }
}

/** As many events as are kept. Okta: those of 90 days; here the oldest make room. */
const MOST_EVENTS = 100_000;
function append(parts: PipelineParts, passage: Passage, caller: Caller, entry: LogEntry): void {
  const { logs } = parts.store;
  const [oldest] = logs.size < MOST_EVENTS ? [] : logs.values();
  if (oldest !== undefined) logs.delete(oldest.id);
  logs.put(
    toLogRecord(entry, {
      uuid: randomUUID(),
      now: passage.now,
      requestId: passage.requestId,
      requestUri: passage.incoming.path,
      caller,
    }),
  );
}

const NOTHING: ReadonlySet<string> = new Set();

function wishesOf({ header }: Incoming): Wishes {
  const prefer = header('prefer');
  const type = header('content-type') ?? '';
  const omitted = type.includes(';') ? (/okta-response="?([^";]*)/i.exec(type)?.[1] ?? '') : '';
  return {
    respondAsync: prefer !== undefined && /\brespond-async\b/i.test(prefer),
    returnMinimal: prefer !== undefined && /\breturn=minimal\b/i.test(prefer),
    accept: (header('accept') ?? '').toLowerCase(),
    omit: omitted === '' ? NOTHING : new Set(omitted.split(',').map((part) => part.trim())),
  };
}

function succeed(
  passage: Passage,
  operation: OperationDefinition,
  context: Context,
  result: unknown,
): Outgoing {
  const headers = baseHeaders(passage);
  const { status } = operation.success;
  if (!(result instanceof Answer)) return json(status, headers, result);
  const special = result.value;
  if (special.kind === 'reply') {
    for (const [name, value] of special.headers ?? []) addLine(headers, name.toLowerCase(), value);
    return json(special.status ?? status, headers, special.body);
  }
  // Okta: every relation is a line of its own (core-okta-api#link-header), and clients count on that.
  const links = (['self', 'next'] as const).flatMap((rel) => {
    const query = special[rel];
    return query ? [`<${linkTo(context, passage, query)}>; rel="${rel}"`] : [];
  });
  if (links.length > 0) headers.link = links;
  return json(status, headers, special.items);
}

/** Several cookies are several lines. */
function addLine(headers: HeaderLines, name: string, value: string): void {
  const there = name === 'set-cookie' ? headers[name] : undefined;
  headers[name] = there === undefined ? value : [...(typeof there === 'string' ? [there] : there), value];
}

/** Okta writes spaces of a link's query as `+`. */
function linkTo(context: Context, passage: Passage, query: readonly QueryPair[]): string {
  const search = toSearch(query);
  return `${context.origin}${passage.incoming.path.replace(/\/+/g, '/')}${search === '' ? '' : `?${search}`}`;
}

function toSearch(query: readonly QueryPair[]): string {
  const search = new URLSearchParams();
  for (const [name, value] of query) search.append(name, value);
  return search.toString();
}

function json(status: number, headers: HeaderLines, body: unknown): Outgoing {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array)
    return { status, headers, body };
  headers['content-type'] = 'application/json';
  return { status, headers, body: JSON.stringify(body) };
}

/** The headers that every answer carries (core-okta-api and recorded answers). */
function baseHeaders({ requestId, quota, now }: Passage): HeaderLines {
  const headers: HeaderLines = {
    // The org's own time, which its resets and moments go by.
    date: toDate(now),
    'x-okta-request-id': requestId,
    'cache-control': 'no-cache, no-store',
    pragma: 'no-cache',
    expires: '0',
    'strict-transport-security': 'max-age=315360000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-xss-protection': '0',
    'referrer-policy': 'strict-origin-when-cross-origin',
    vary: 'Accept-Encoding',
  };
  if (!quota) return headers;
  headers['x-rate-limit-limit'] = String(quota.limit);
  headers['x-rate-limit-remaining'] = String(quota.remaining);
  headers['x-rate-limit-reset'] = String(quota.reset);
  return headers;
}

function refuse(
  parts: PipelineParts,
  passage: Passage,
  thrown: unknown,
  headers = baseHeaders(passage),
): Outgoing {
  const error = thrown instanceof OktaError ? thrown : new OktaError('E0000009', { cause: thrown });
  const envelope = toEnvelope(error.code, error.message, error.causes, parts.ids.next('error'));
  return json(error.status, headers, envelope);
}

/** The quota of a passage with nothing left of it. */
function usedUp({ meter }: PipelineParts, { quota, now }: Passage): Quota {
  return { ...(quota ?? meter.crowded(now)), remaining: 0 };
}

/** Okta: a 429 has neither cache headers nor Retry-After. */
function overLimit(parts: PipelineParts, passage: Passage, quota: Quota): Outgoing {
  const headers = baseHeaders({ ...passage, quota });
  for (const name of ['cache-control', 'pragma', 'expires']) delete headers[name];
  return refuse(parts, passage, new OktaError('E0000047'), headers);
}

function notServed(parts: PipelineParts, passage: Passage, name: string): Outgoing {
  const cause = `The local org knows the operation ${name} but does not serve it yet.`;
  return refuse(parts, passage, new OktaError('E0000060', { causes: [cause] }));
}

const SECOND = 1000;
let dated = { second: Number.NaN, text: '' };

/** A moment as headers tell it, which is the same for all requests of a second. */
function toDate(now: number): string {
  const second = Math.floor(now / SECOND);
  if (dated.second !== second) dated = { second, text: new Date(now).toUTCString() };
  return dated.text;
}
