import { isLoose } from '../../ui/loose.ts';

/** What an entry of the System Log tells in the table, and the whole of it. */
export interface LogEntry {
  readonly uuid: string;
  readonly row: Readonly<Record<string, string>>;
  readonly event: unknown;
  /** Id of the request that caused it. */
  readonly requestId: string | undefined;
}

export const LOG_COLUMNS = [
  'published',
  'eventType',
  'outcome',
  'actor',
  'target',
  'message',
  'severity',
  'ip',
];

const inside = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce<unknown>((inner, name) => (isLoose(inner) ? inner[name] : undefined), value);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads one event of `/api/v1/logs`; what is no event gives `undefined`. */
function toLogEntry(event: unknown): LogEntry | undefined {
  const uuid = text(inside(event, 'uuid'));
  if (uuid === '') return undefined;
  const targets = inside(event, 'target');
  const nameOf = (party: unknown) =>
    text(inside(party, 'alternateId')) || text(inside(party, 'displayName')) || text(inside(party, 'id'));
  const reason = text(inside(event, 'outcome', 'reason'));
  return {
    uuid,
    event,
    requestId:
      text(inside(event, 'debugContext', 'debugData', 'requestId')) ||
      text(inside(event, 'transaction', 'id')) ||
      undefined,
    row: {
      uuid,
      published: text(inside(event, 'published')),
      eventType: text(inside(event, 'eventType')),
      outcome: `${text(inside(event, 'outcome', 'result'))}${reason === '' ? '' : `: ${reason}`}`,
      actor: nameOf(inside(event, 'actor')),
      target: Array.isArray(targets) ? targets.map(nameOf).join(', ') : '',
      message: text(inside(event, 'displayMessage')),
      severity: text(inside(event, 'severity')),
      ip: text(inside(event, 'client', 'ipAddress')),
    },
  };
}

/** Adds what came, the newest first; an event that is there already is not added again. */
export function addEntries(known: readonly LogEntry[], came: readonly unknown[]): readonly LogEntry[] {
  const ids = new Set(known.map(({ uuid }) => uuid));
  const fresh: LogEntry[] = [];
  for (const event of came) {
    const entry = toLogEntry(event);
    if (entry === undefined || ids.has(entry.uuid)) continue;
    ids.add(entry.uuid);
    fresh.push(entry);
  }
  return fresh.length === 0 ? known : [...fresh.reverse(), ...known];
}

/** One condition of the filter builder. */
export interface LogCondition {
  readonly attribute: string;
  readonly operator: string;
  readonly value: string;
}

export const LOG_ATTRIBUTES = [
  'eventType',
  'outcome.result',
  'severity',
  'actor.alternateId',
  'actor.id',
  'target.id',
  'target.alternateId',
  'client.ipAddress',
  'transaction.id',
];

/** The conditions as an expression of Okta's filter grammar; those without a value are left out. */
export function toFilter(conditions: readonly LogCondition[]): string {
  return conditions
    .filter(({ value }) => value.trim() !== '')
    .map(({ attribute, operator, value }) => `${attribute} ${operator} ${JSON.stringify(value.trim())}`)
    .join(' and ');
}
