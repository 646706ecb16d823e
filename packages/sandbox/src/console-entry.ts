import { inspect } from 'node:util';
import type { Json } from '@castellan/collection';
import type { ConsoleEntry } from './protocol.ts';

/** Reads what inside/console.ts writes: the values as JSON, and as Node's console shows them. */
export function readConsoleEntry(json: string): ConsoleEntry {
  // Written by the bootstrap.
  const { level, values } = JSON.parse(json) as { level: ConsoleEntry['level']; values: Json[] };
  const revived = values.map(revive);
  return { level, values: revived.map(toJson), texts: revived.map(toText) };
}

function revive(value: Json): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== 'object') return value;
  const special = value['\0'];
  if (Array.isArray(special)) return reviveSpecial(String(special[0]), special[1] ?? null);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, revive(entry)]));
}

function reviveSpecial(kind: string, content: Json): unknown {
  const entries = Array.isArray(content) ? content : [];
  switch (kind) {
    case 'number':
      return Number(content);
    case 'bigint':
      return BigInt(String(content));
    case 'date':
      return new Date(content === null ? Number.NaN : Number(content));
    case 'regexp':
      return new Shown(`/${String(entries[0])}/${String(entries[1])}`);
    case 'map':
      return new Map(entries.map((entry) => revive(entry) as [unknown, unknown]));
    case 'set':
      return new Set(entries.map(revive));
    default:
      return undefined;
  }
}

/** What is shown without quotation marks. */
class Shown {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  [inspect.custom](): string {
    return this.text;
  }
}

/** Postman: texts as they are, everything else as Node shows it. */
function toText(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value, { depth: 5, breakLength: Infinity });
}

/** What JSON cannot carry is written as text. */
function toJson(value: unknown): Json {
  if (value instanceof Shown) return value.text;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? String(value) : value.toISOString();
  if (value instanceof Map) return Array.from(value, toJson);
  if (value instanceof Set || Array.isArray(value)) return Array.from(value, toJson);
  switch (typeof value) {
    case 'object':
      if (value === null) return null;
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toJson(entry)]));
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
    case 'string':
      return value;
    default:
      return String(value);
  }
}
