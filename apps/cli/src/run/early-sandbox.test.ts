import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sandbox, ScriptHost, ScriptJob } from '@castellan/sandbox';
import { openEarlySandbox } from './early-sandbox.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-early-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeCollection(collection: object): string {
  const file = join(folder, 'collection.json');
  writeFileSync(file, JSON.stringify(collection));
  return file;
}

async function isOpen(sandbox: Sandbox): Promise<boolean> {
  const scopes = { globals: [], collection: [], environment: [], data: {}, local: [] };
  const info = {
    eventName: 'test',
    iteration: 0,
    iterationCount: 1,
    requestName: '',
    requestId: '',
  } as const;
  const job: ScriptJob = {
    listen: 'test',
    source: '',
    name: 'Script',
    info: { ...info, location: [] },
    scopes,
    request: {},
    cookies: [],
    limits: { timeout: 5000, memory: 64 * 1024 * 1024 },
  };
  const ended = await sandbox.execute(job, SILENT).catch(() => undefined);
  return ended !== undefined && ended.error === undefined;
}

const SILENT: ScriptHost = {
  sendRequest: () => Promise.reject(new Error('unexpected')),
  cookieJar: () => Promise.reject(new Error('unexpected')),
  console: () => undefined,
  assertion: () => undefined,
};

test.each([
  ['with scripts', { item: [{ event: [{ listen: 'test', script: { exec: ['1;'] } }] }] }],
  ['without scripts', { item: [] }],
])(
  'gives a sandbox for a collection %s, and another one to whoever asks at the same time',
  async (_what, collection) => {
    const early = openEarlySandbox(writeCollection(collection));
    const [first, second] = await Promise.all([early.take(), early.take()]);
    expect(second).not.toBe(first);
    await early.close();
    expect(await isOpen(first)).toBe(true);
    await first.close();
    await second.close();
  },
);

test('gives a sandbox though the collection cannot be read', async () => {
  const sandbox = await openEarlySandbox(join(folder, 'absent.json')).take();
  expect(await isOpen(sandbox)).toBe(true);
  await sandbox.close();
});
