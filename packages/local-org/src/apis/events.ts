import { createHash } from 'node:crypto';
import type { operations } from '@castellan/okta-api';
import { compileFilter } from '../filter.ts';
import { page, type HandlersOf } from '../handling.ts';
import { OktaError } from '../okta-error.ts';
import { effectiveLimit } from '../paging.ts';
import type { LogRecord } from '../store/records.ts';
import { toLogEvent } from '../system-log.ts';

const HOUR = 3600 * 1000;
const PAGING = { defaultLimit: 1000, maxLimit: 1000 };
const EQUALITY = ['action.objectType', 'target.objectType', 'target.id'];

/** Events v1 is a view of the System Log: only events that had a name before April 2020 are in it. */
export const events = {
  listEvents({ query }, { store, now }) {
    if (query.startDate !== undefined && (query.filter !== undefined || query.after !== undefined))
      throw new OktaError('E0000063');
    const isBare = query.startDate === undefined && query.filter === undefined && query.after === undefined;
    const start = isBare
      ? now - HOUR
      : query.startDate === undefined
        ? undefined
        : readMoment(query.startDate);
    const limit = effectiveLimit(query.limit, PAGING);
    const test = filterOf(query.filter);
    const all = [...store.logs.values()];
    const from = query.after === undefined || query.after === 'start' ? 0 : indexAfter(all, query.after);
    const found = all
      .slice(from)
      .filter((record) => record.entry.legacyEventType !== undefined)
      .filter((record) => (start === undefined || record.published > start) && test(record))
      .slice(0, limit);
    const cursor = found.length > 0 ? toEventId(found.at(-1)) : (query.after ?? toEventId(all.at(-1)));
    const size = ['limit', String(limit)] as const;
    return page({
      items: found.map(toLegacyEvent),
      self: [
        ...(query.startDate === undefined ? [] : [['startDate', query.startDate] as const]),
        ...(query.after === undefined ? [] : [['after', query.after] as const]),
        size,
        ...(query.filter === undefined ? [] : [['filter', query.filter] as const]),
      ],
      // Okta: there is always a next page; an empty one means that the client has caught up.
      next: [
        ['after', cursor],
        size,
        ...(query.filter === undefined ? [] : [['filter', query.filter] as const]),
      ],
    });
  },
} satisfies HandlersOf<typeof operations.events>;

function readMoment(text: string): number {
  const moment = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment)) throw new OktaError('E0000030');
  return moment;
}

function indexAfter(all: readonly LogRecord[], after: string): number {
  const index = all.findIndex((record) => toEventId(record) === after);
  if (index < 0) throw new OktaError('E0000029', { causes: ['Invalid cursor.'] });
  return index + 1;
}

/** `tev`, 22 characters of the event's own id, the moment; the id itself must not shine through. */
function toEventId(record: LogRecord | undefined): string {
  if (!record) return 'start';
  const digest = createHash('sha256').update(record.id).digest('base64url').slice(0, 22);
  return `tev${digest}${record.published}`;
}

function filterOf(text: string | undefined): (record: LogRecord) => boolean {
  if (text === undefined) return () => true;
  return compileFilter<LogRecord>(
    text,
    {
      ignoreCase: false,
      operatorsOf: (name) =>
        name === 'published' ? ['lt', 'eq', 'gt'] : EQUALITY.includes(name) ? ['eq'] : undefined,
    },
    (record, attribute) => {
      if (attribute === 'published') return [new Date(record.published).toISOString()];
      if (attribute === 'action.objectType') return [record.entry.legacyEventType];
      const key = attribute === 'target.id' ? 'id' : 'objectType';
      return toLegacyEvent(record).targets.map((target) => target[key]);
    },
  );
}

interface Party {
  readonly id: string;
  readonly displayName: string;
  readonly login?: string;
  readonly objectType: string;
  readonly ipAddress?: string;
}

function toLegacyEvent(record: LogRecord) {
  const event = toLogEvent(record);
  const client = readObject(event.client);
  const agent = readObject(client.userAgent);
  const debug = readObject(readObject(event.debugContext).debugData);
  return {
    eventId: toEventId(record),
    published: event.published,
    requestId: readObject(event.transaction).id ?? null,
    sessionId: readObject(event.authenticationContext).externalSessionId ?? null,
    action: {
      message: event.displayMessage,
      categories: [],
      objectType: event.legacyEventType,
      requestUri: debug.requestUri ?? null,
    },
    actors: [
      toParty(event.actor),
      {
        id: text(agent.rawUserAgent),
        displayName: text(agent.browser),
        ipAddress: text(client.ipAddress),
        objectType: 'Client',
      },
    ],
    targets: (Array.isArray(event.target) ? event.target : []).map(toParty),
  };
}

function toParty(value: unknown): Party {
  const { id, displayName, alternateId, type } = readObject(value);
  const party = { id: text(id), displayName: text(displayName), objectType: text(type) };
  return type === 'User' ? { ...party, login: text(alternateId) } : party;
}

function readObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
