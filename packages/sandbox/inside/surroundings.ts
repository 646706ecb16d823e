// What a script expects to find around itself and QuickJS does not bring: timers, console, encoders. Loaded first,
// before any library, with the one door out taken away from the global object.
import { Buffer } from 'buffer';
import liquidJson from 'liquid-json';
import { createConsole } from './console.ts';
import { parse, say, stringify } from './door.ts';
import { startTimer, stopTimer } from './timers.ts';

let isExplaining = false;

/** Postman: a byte order mark before the JSON is no mistake, and what is one is told with line and column. */
JSON.parse = function (text: string, reviver?: Parameters<typeof parse>[1]): unknown {
  try {
    return parse(text, reviver);
  } catch (error) {
    // liquid-json tries JSON.parse itself.
    if (isExplaining) throw error;
    isExplaining = true;
    try {
      return liquidJson.parse(text, reviver);
    } finally {
      isExplaining = false;
    }
  }
};

/** V8's errors begin their stack with their own name and message. */
function createError(): ErrorConstructor {
  const proxy = new Proxy(Error, {
    apply: (target, self, values) => withHeading(Reflect.apply(target, self, values)),
    construct: (target, values, made) => withHeading(Reflect.construct(target, values, made)),
  });
  Object.defineProperty(Error, 'prepareStackTrace', { value: undefined, writable: false });
  // oxlint-disable-next-line no-extend-native -- so that `error.constructor === Error` still holds
  Error.prototype.constructor = proxy;
  return proxy;
}

function withHeading(error: Error): Error {
  const heading = error.message === '' ? error.name : `${error.name}: ${error.message}`;
  Object.defineProperty(error, 'stack', {
    value: `${heading}\n${error.stack}`,
    writable: true,
    enumerable: false,
    configurable: true,
  });
  return error;
}

type Seed = readonly [number, number, number, number];

let seed: Seed = [1, 2, 3, 4];

/** The image keeps QuickJS's own random state, so every script would draw the same numbers from it. */
export function seedRandom(numbers: Seed): void {
  seed = numbers;
}

Math.random = function random() {
  const [a, b, c, d] = seed;
  const sum = (a + b + d) | 0;
  seed = [b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + sum) | 0, (d + 1) | 0];
  return (sum >>> 0) / 4294967296;
};

class TextEncoder {
  encode(text: unknown = ''): Uint8Array {
    return new Uint8Array(Buffer.from(String(text), 'utf8'));
  }
}

class TextDecoder {
  decode(bytes: ArrayBuffer | Uint8Array = new Uint8Array()): string {
    const view = ArrayBuffer.isView(bytes) ? bytes : new Uint8Array(bytes);
    return Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('utf8');
  }
}

type Callback = (...values: unknown[]) => unknown;

Object.assign(globalThis, {
  global: globalThis,
  Error: createError(),
  Buffer,
  TextEncoder,
  TextDecoder,
  console: createConsole(),
  setTimeout: (callback: unknown, delay?: unknown, ...values: unknown[]) =>
    startTimer(callback, delay, values, false),
  setInterval: (callback: unknown, delay?: unknown, ...values: unknown[]) =>
    startTimer(callback, delay, values, true),
  setImmediate: (callback: unknown, ...values: unknown[]) => startTimer(callback, 0, values, false),
  clearTimeout: stopTimer,
  clearInterval: stopTimer,
  clearImmediate: stopTimer,
  atob: (text: unknown) => Buffer.from(String(text), 'base64').toString('latin1'),
  btoa: (text: unknown) => Buffer.from(String(text), 'latin1').toString('base64'),
  structuredClone: (value: unknown) => parse(stringify(value)),
  process: {
    env: {},
    browser: true,
    version: '',
    versions: {},
    argv: [],
    // oxlint-disable-next-line promise/no-callback-in-promise -- that is what it is for
    nextTick: (callback: Callback, ...values: unknown[]) => Promise.resolve().then(() => callback(...values)),
    cwd: () => '/',
  },
  crypto: {
    getRandomValues(bytes: Uint8Array): Uint8Array {
      const view = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      view.set(Buffer.from(say('random', String(view.length)), 'hex'));
      return bytes;
    },
  },
});
