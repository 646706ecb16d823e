// What a script expects to find around itself and QuickJS does not bring: timers, console, encoders. Loaded first,
// before any library, with the one door out taken away from the global object.
import { Buffer } from 'buffer';

const door = globalThis.__host;
delete globalThis.__host;
const stringify = JSON.stringify;

/** Says one thing to the worker. */
export function say(message) {
  return door(stringify(message));
}

const parse = JSON.parse;

/** Postman: a byte order mark before the JSON is no mistake. */
JSON.parse = function (text, reviver) {
  return parse(typeof text === 'string' && text.codePointAt(0) === 0xfeff ? text.slice(1) : text, reviver);
};

let seed = [1, 2, 3, 4];

/** The image keeps QuickJS's own random state, so every script would draw the same numbers from it. */
export function seedRandom(numbers) {
  seed = numbers;
}

Math.random = function random() {
  const [a, b, c, d] = seed;
  const sum = (a + b + d) | 0;
  seed = [b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + sum) | 0, (d + 1) | 0];
  return (sum >>> 0) / 4294967296;
};

const timers = new Map();
let lastTimer = 0;

function startTimer(callback, delay, values, repeats) {
  lastTimer += 1;
  const milliseconds = Math.max(repeats ? 1 : 0, Number(delay) || 0);
  timers.set(lastTimer, { callback, values, repeats });
  say({ kind: 'timer', id: lastTimer, milliseconds, repeats });
  return lastTimer;
}

function stopTimer(id) {
  if (timers.delete(Number(id))) say({ kind: 'stop-timer', id: Number(id) });
}

export function pendingTimers() {
  return timers.size;
}

export function dropTimers() {
  timers.clear();
}

export function fireTimer(id) {
  const timer = timers.get(id);
  if (timer === undefined) return;
  if (!timer.repeats) timers.delete(id);
  if (typeof timer.callback === 'function') timer.callback(...timer.values);
}

/** A value as JSON can carry it; what it cannot is written as text, and a circle is cut. */
function toPlain(value, seen = []) {
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

function objectToPlain(value, seen) {
  if (seen.includes(value)) return '[Circular]';
  if (value instanceof Error) return String(value);
  if (typeof value.toJSON === 'function') return toPlain(value.toJSON(), [...seen, value]);
  if (value instanceof RegExp) return String(value);
  const path = [...seen, value];
  if (value instanceof Map) return [...value].map((entry) => toPlain(entry, path));
  if (value instanceof Set) return [...value].map((entry) => toPlain(entry, path));
  if (Array.isArray(value)) return value.map((entry) => toPlain(entry, path));
  return Object.fromEntries(Object.keys(value).map((key) => [key, toPlain(value[key], path)]));
}

function log(level) {
  return (...values) =>
    say({ kind: 'console', entry: { level, values: values.map((each) => toPlain(each)) } });
}

class TextEncoder {
  encode(text = '') {
    return new Uint8Array(Buffer.from(String(text), 'utf8'));
  }
}

class TextDecoder {
  decode(bytes = new Uint8Array()) {
    return Buffer.from(bytes.buffer ?? bytes, bytes.byteOffset ?? 0, bytes.byteLength).toString('utf8');
  }
}

Object.assign(globalThis, {
  global: globalThis,
  Buffer,
  TextEncoder,
  TextDecoder,
  console: {
    log: log('log'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    debug: log('debug'),
    clear: log('clear'),
  },
  setTimeout: (callback, delay, ...values) => startTimer(callback, delay, values, false),
  setInterval: (callback, delay, ...values) => startTimer(callback, delay, values, true),
  setImmediate: (callback, ...values) => startTimer(callback, 0, values, false),
  clearTimeout: stopTimer,
  clearInterval: stopTimer,
  clearImmediate: stopTimer,
  atob: (text) => Buffer.from(String(text), 'base64').toString('latin1'),
  btoa: (text) => Buffer.from(String(text), 'latin1').toString('base64'),
  structuredClone: (value) => JSON.parse(stringify(value)),
  process: {
    env: {},
    browser: true,
    version: '',
    versions: {},
    argv: [],
    // oxlint-disable-next-line promise/no-callback-in-promise -- that is what it is for
    nextTick: (callback, ...values) => Promise.resolve().then(() => callback(...values)),
    cwd: () => '/',
  },
  crypto: {
    getRandomValues(bytes) {
      const view = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      view.set(Buffer.from(say({ kind: 'random', bytes: view.length }), 'hex'));
      return bytes;
    },
  },
});
