import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox } from './index.ts';
import type { Sandbox } from './index.ts';
import { runScript } from './testing.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
}, 60_000);
afterAll(() => sandbox.close());

const MEMORY = 64 * 1024 * 1024;

test.each([
  ['text', "for (;;) console.log('x'.repeat(1e6));", 'wrote more than a script may: 32 MB'],
  ['messages', 'for (;;) console.log(1);', 'wrote more than a script may: 32 MB or 100,000 messages'],
  ['assertions', "for (;;) pm.test('t', () => {});", 'wrote more than a script may: 32 MB or 100,000'],
  [
    'requests',
    "for (;;) pm.sendRequest('https://org.example.com/', () => {});",
    'sent more than 10,000 requests',
  ],
])(
  'a script without a limit of time that makes %s without end is ended and told why; the next one runs',
  async (_name, source, sentence) => {
    const { console, outcome } = await runScript(sandbox, source, { limits: { timeout: 0, memory: MEMORY } });
    expect(outcome.error?.message).toContain(sentence);
    // The message that crosses the limit is heard.
    expect(console.length).toBeLessThanOrEqual(100_001);
    expect((await runScript(sandbox, "console.log('next');")).console).toMatchObject([{ values: ['next'] }]);
  },
  20_000,
);
