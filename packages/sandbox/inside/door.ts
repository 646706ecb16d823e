declare global {
  /** The one function of the world outside; `door.ts` takes it away before any script can see it. */
  // oxlint-disable-next-line vars-on-top, no-var -- that is how a global is declared
  var __host: undefined | ((message: string) => string);
}

/** What is said to the worker, by its first word. The answer is text; empty where none is expected. */
export type Saying =
  | 'assertion'
  | 'console'
  | 'decode'
  | 'dynamic'
  | 'jar'
  | 'random'
  | 'read'
  | 'send'
  | 'stop-timer'
  | 'syntax'
  | 'timer';

const host = globalThis.__host;
Reflect.deleteProperty(globalThis, '__host');

/** Says one thing to the worker: a word, and text that depends on the word. */
export function say(word: Saying, text: string): string {
  return host?.(`${word} ${text}`) ?? '';
}

// Kept before any script can replace them.
export const { parse, stringify } = JSON;
