import type { operations } from '@castellan/okta-api';
import { compileFilter } from '../filter.ts';
import { page, type HandlersOf, type QueryPair } from '../handling.ts';
import { invalid, OktaError } from '../okta-error.ts';
import { effectiveLimit } from '../paging.ts';
import type { Json, LogRecord } from '../store/records.ts';
import { toLogEvent } from '../system-log.ts';

const DAY = 24 * 3600 * 1000;
const DEFAULT_SPAN = 7 * DAY;
const OLDEST = 180 * DAY;
const PAGING = { defaultLimit: 100, maxLimit: 1000 };
const MOST_WORDS = 10;
const LONGEST_WORD = 40;
const OPERATORS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'pr', 'sw', 'co', 'ew'];
const ROOTS = new Set([
  'actor',
  'client',
  'device',
  'authenticationContext',
  'displayMessage',
  'eventType',
  'outcome',
  'securityContext',
  'severity',
  'debugContext',
  'legacyEventType',
  'transaction',
  'uuid',
  'version',
  'request',
  'target',
]);

export const logs = {
  listLogEvents({ query }, { store, now }) {
    if (query.since !== undefined && query.after !== undefined)
      throw invalid('after', 'after: since and after exclude each other');
    const since = query.since === undefined ? now - DEFAULT_SPAN : readMoment('since', query.since);
    const until = query.until === undefined ? undefined : readMoment('until', query.until);
    if (since < now - OLDEST)
      throw new OktaError('E0000053', { causes: ['since lies more than 180 days back'] });
    const descending = query.sortOrder?.toUpperCase() === 'DESCENDING';
    const tests = [filterOf(query.filter), wordsOf(query.q)];
    const all = [...store.logs.values()];
    if (descending) all.reverse();
    const start = query.after === undefined ? 0 : startAfter(all, query.after);
    const limit = query.limit === 0 ? 0 : effectiveLimit(query.limit, PAGING);
    const found: Found[] = [];
    for (const record of all.slice(start)) {
      if (found.length > limit) break;
      const isInside =
        (query.after !== undefined || record.published >= since) &&
        (until === undefined || record.published < until);
      if (!isInside) continue;
      const event = toLogEvent(record);
      if (tests.every((test) => test(event))) found.push({ id: record.id, event });
    }
    const shown = found.slice(0, limit);
    // Following the log: every page has a next one, the empty page as well (system-log#polling-requests).
    const follows = query.until === undefined && !descending;
    const cursor = shown.at(-1)?.id ?? query.after ?? (follows ? (all.at(-1)?.id ?? 'start') : undefined);
    const hasNext = cursor !== undefined && (follows || found.length > limit);
    // Okta: the links repeat what was asked, defaults are not filled in (recorded).
    const asked = pairs({ ...query, limit: query.limit === undefined ? undefined : String(query.limit) });
    const rest = asked.filter(([name]) => name !== 'after' && name !== 'since');
    return page({
      items: shown.map(({ event }) => event),
      self: asked,
      next: hasNext ? [...rest, ['after', cursor]] : undefined,
    });
  },
} satisfies HandlersOf<typeof operations.logs>;

type Event = Readonly<Record<string, Json>>;

interface Found {
  readonly id: string;
  readonly event: Event;
}

function pairs(values: Readonly<Record<string, string | undefined>>): QueryPair[] {
  return Object.entries(values).flatMap(([name, value]): QueryPair[] =>
    value === undefined ? [] : [[name, value]],
  );
}

function readMoment(name: string, text: string): number {
  const moment = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment)) throw invalid(name, `${name}: The date format in your query is not recognized.`);
  return moment;
}

function startAfter(all: readonly LogRecord[], after: string): number {
  if (after === 'start') return 0;
  const index = all.findIndex((record) => record.id === after);
  if (index < 0) throw new OktaError('E0000029', { causes: ['Invalid cursor.'] });
  return index + 1;
}

function filterOf(text: string | undefined): (event: Event) => boolean {
  if (text === undefined || text.trim() === '') return () => true;
  try {
    return compileFilter<Event>(
      text,
      {
        ignoreCase: true,
        allowsNot: true,
        operatorsOf: (name) => (ROOTS.has(name.split('.')[0] ?? '') ? OPERATORS : undefined),
      },
      (event, attribute) => valuesAt(event, attribute.split('.')),
    );
  } catch (error) {
    // Okta: the System Log has its own code for a filter that cannot be read.
    if (error instanceof OktaError) throw new OktaError('E0000053', { causes: error.causes, cause: error });
    throw error;
  }
}

/** Lists on the way count as any of their elements. */
function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
  return valuesAt(Reflect.get(value, name), rest);
}

/** Each word has to be a whole value, or a part of a hyphenated one, somewhere in the event. */
function wordsOf(text: string | undefined): (event: Event) => boolean {
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  if (words.length > MOST_WORDS || words.some((word) => word.length > LONGEST_WORD))
    throw invalid('q', `q: At most ${MOST_WORDS} words of ${LONGEST_WORD} characters`);
  return (event) => {
    const held = new Set<string>();
    collect(event, held);
    return words.every((word) => held.has(word));
  };
}

function collect(value: unknown, held: Set<string>): void {
  if (typeof value === 'string') for (const part of partsOf(value.toLowerCase())) held.add(part);
  else if (typeof value === 'object' && value !== null)
    for (const child of Object.values(value)) collect(child, held);
}

function partsOf(text: string): string[] {
  return [text, ...text.split(/\s+/), ...text.split(/[-\s]+/)];
}
