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
    say('console', stringify({ level, values: values.map((each) => toPlain(each)) }));
  };
}

/** A value as JSON can carry it; what it cannot is written as text, and a circle is cut. */
function toPlain(value: unknown, seen: readonly unknown[] = []): unknown {
  switch (typeof value) {
    case 'undefined':
      return 'undefined';
    case 'function':
      return `[Function: ${value.name || 'anonymous'}]`;
    case 'symbol':
    case 'bigint':
      return String(value);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'object':
      return value === null ? null : objectToPlain(value, seen);
    default:
      return value;
  }
}

function objectToPlain(value: object, seen: readonly unknown[]): unknown {
  if (seen.includes(value)) return '[Circular]';
  if (value instanceof Error) return String(value);
  const path = [...seen, value];
  if ('toJSON' in value && typeof value.toJSON === 'function') return toPlain(value.toJSON(), path);
  if (value instanceof RegExp) return String(value);
  if (value instanceof Map) return [...value].map((entry) => toPlain(entry, path));
  if (value instanceof Set) return [...value].map((entry) => toPlain(entry, path));
  if (Array.isArray(value)) return value.map((entry) => toPlain(entry, path));
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toPlain(entry, path)]));
}
