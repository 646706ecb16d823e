import type { ConsoleEntry } from '../src/protocol.ts';
import { say, stringify } from './door.ts';

/** A console whose every line goes to the engine as it is written. */
export function createConsole() {
  return {
    log: log('log'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    debug: log('debug'),
    clear: log('clear'),
  };
}

function log(level: ConsoleEntry['level']) {
  return (...values: unknown[]) => {
    say('console', stringify({ level, values: values.map((each) => encode(each, [])) }));
  };
}

/**
 * A value as JSON can carry it. What JSON has no form for becomes a pair that no script writes, `{ "\0": [kind,
 * content] }`; src/console-entry.ts reads it. Functions and the like are their names, a circle is cut.
 */
function encode(value: unknown, seen: readonly unknown[]): unknown {
  switch (typeof value) {
    case 'undefined':
      return special('undefined');
    case 'function':
      return nameFunction(value);
    case 'symbol':
      return String(value);
    case 'bigint':
      return special('bigint', String(value));
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : special('number', toDigits(value));
    case 'object':
      return value === null ? null : encodeObject(value, seen);
    default:
      return value;
  }
}

function special(kind: string, content?: unknown): object {
  return { '\0': content === undefined ? [kind] : [kind, content] };
}

function toDigits(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Postman: functions are shown by their kind and name. */
function nameFunction(value: Function): string {
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  return value.name === '' ? `[${kind}]` : `[${kind}: ${value.name}]`;
}

function encodeObject(value: object, seen: readonly unknown[]): unknown {
  if (seen.includes(value)) return '[Circular]';
  if (value instanceof Error) return String(value);
  if (value instanceof WeakMap) return '[WeakMap]';
  if (value instanceof WeakSet) return '[WeakSet]';
  if (value instanceof ArrayBuffer) return `[ArrayBuffer { byteLength: ${value.byteLength} }]`;
  const path = [...seen, value];
  if (value instanceof RegExp) return special('regexp', [value.source, value.flags]);
  if (value instanceof Date) return special('date', value.getTime());
  if (value instanceof Map)
    return special(
      'map',
      Array.from(value, (entry) => encode(entry, path)),
    );
  if (value instanceof Set)
    return special(
      'set',
      Array.from(value, (entry) => encode(entry, path)),
    );
  if ('toJSON' in value && typeof value.toJSON === 'function') return encode(value.toJSON(), path);
  if (Array.isArray(value)) return value.map((entry) => encode(entry, path));
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, encode(entry, path)]));
}
