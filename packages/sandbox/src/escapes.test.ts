import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox } from './index.ts';
import type { Sandbox } from './index.ts';
import { runScript } from './testing.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
}, 60_000);
afterAll(() => sandbox.close());

const LIMITS = { timeout: 1500, memory: 64 * 1024 * 1024 };

/** What a script finds in the machine after another one; the same as in a fresh one. */
async function inspectMachine(): Promise<unknown> {
  const { assertions, console, outcome } = await runScript(
    sandbox,
    `pm.test('fine', () => pm.expect(pm.response.json().id).to.equal('00u1'));
     console.log(typeof polluted, ({}).polluted, [].polluted, typeof pm.mine);`,
  );
  return {
    error: outcome.error,
    passed: assertions.map(({ passed }) => passed),
    texts: console.map(({ texts }) => texts),
  };
}

const UNHARMED = {
  error: undefined,
  passed: [true],
  texts: [['undefined', 'undefined', 'undefined', 'undefined']],
};

/** Each looks for the world outside and says what it found of it. */
test.each([
  ['the constructor of a function', "pm.test.constructor('return typeof process.mainModule')()"],
  ['the constructor of the console', "console.log.constructor('return typeof process.binding')()"],
  [
    'the prototype of a response',
    "Object.getPrototypeOf(pm.response).constructor.constructor('return typeof __host')()",
  ],
  ['an async function', "await (async () => {}).constructor('return typeof process.mainModule')()"],
  ['a generator', "(function* () {}).constructor('return typeof process.mainModule')().next().value"],
  [
    'the frames of a stack',
    '(() => { let seen; Error.prepareStackTrace = (e, frames) => (seen = frames); new Error().stack; return typeof seen; })()',
  ],
  ['the arguments of the caller', 'typeof (function () { return arguments.callee.caller; })()'],
  [
    'an import that fails',
    "await import('node:fs').then(() => 'object', (error) => typeof error.constructor.constructor('return process.mainModule')())",
  ],
  ['a library', "typeof require('util').promisify.constructor('return process.mainModule')()"],
  ['a module of Node', "(() => { try { return typeof require('fs'); } catch { return 'undefined'; } })()"],
  ['the environment of the process', 'typeof process.env.PATH'],
  ['the network', 'typeof globalThis.fetch'],
  ['WebAssembly', 'typeof globalThis.WebAssembly'],
])('%s leads nowhere', async (_name, source) => {
  const { console } = await runScript(sandbox, `console.log(${source});`, { limits: LIMITS });
  // No line: the attempt failed.
  expect(['undefined', undefined]).toContain(console[0]?.texts?.[0]);
  expect(await inspectMachine()).toEqual(UNHARMED);
});

/** Each does harm, and ends as a script that failed. */
test.each([
  ['a slow pattern', "/^(a+)+$/.test('a'.repeat(40) + 'b')"],
  ['a deep recursion', 'const deep = (n) => [deep(n + 1)]; deep(0);'],
  ['a deep structure', 'let deep = []; for (let i = 0; i < 1e6; i++) deep = [deep]; JSON.stringify(deep);'],
  ['a large text', "let text = 'x'; for (;;) text += text;"],
  ['large buffers', 'const all = []; for (;;) all.push(new Uint8Array(1e7).fill(1));'],
  ['a long loop in the engine', 'Array.prototype.indexOf.call({ length: 2 ** 52 }, 1)'],
  ['a loop of promises', 'const again = () => Promise.resolve().then(again); await again();'],
  [
    'a thenable that never ends',
    '(function again() { Promise.resolve({ then: again }); })(); await new Promise(() => setInterval(() => {}, 1));',
  ],
  ['much output', "for (;;) console.log('x'.repeat(1e6));"],
  ['many timers', 'for (;;) setTimeout(() => {}, 1e6);'],
  [
    'a thrown proxy',
    'throw new Proxy(Object.create(null), { get() { throw this; }, has() { throw this; }, getPrototypeOf() { for (;;); } });',
  ],
  ['an error whose words throw', 'throw { get message() { throw new Proxy({}, { get() { throw 1; } }); } };'],
])(
  '%s ends the script and nothing else',
  async (_name, source) => {
    const { outcome } = await runScript(sandbox, source, { limits: LIMITS });
    expect(outcome.error?.message).toBeTypeOf('string');
    expect(await inspectMachine()).toEqual(UNHARMED);
  },
  20_000,
);

/** Each leaves something behind. */
test.each([
  [
    'polluted prototypes',
    'Object.prototype.polluted = 1; Array.prototype.polluted = 1; globalThis.polluted = 1;',
  ],
  [
    'replaced built-ins',
    "JSON.parse = JSON.stringify = () => 'mine'; Object.defineProperty = () => {}; Promise.prototype.then = () => {};",
  ],
  ['a changed pm', "pm.mine = 1; Object.getPrototypeOf(pm.response).json = () => 'mine'; pm.expect = null;"],
  [
    'work that is not done',
    "new Promise((resolve) => setTimeout(resolve, 1)).then(() => { globalThis.polluted = 1; }); pm.sendRequest('https://org.example.com/', () => { globalThis.polluted = 1; });",
  ],
  [
    'a frozen world',
    'Object.freeze(Object.prototype); Object.freeze(Array.prototype); Object.freeze(globalThis);',
  ],
])('%s stays with its own script', async (_name, source) => {
  await runScript(sandbox, source, { limits: LIMITS });
  expect(await inspectMachine()).toEqual(UNHARMED);
});
