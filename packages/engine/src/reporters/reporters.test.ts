import { expect, test } from 'vitest';
import type { Collection } from '@castellan/collection';
import type { Place, RunEvent, RunSummary } from '../events.ts';
import { plan } from '../plan.ts';
import type { RunResult } from '../run-options.ts';
import { createSummary } from '../summary.ts';
import { reporters } from './index.ts';
import type { ReporterName } from './index.ts';
import type { Output } from './reporter.ts';

/** Names that no format may take for its own marks. */
const ODD = 'a & b <script>alert("x")</script> ]]> ü \u0007 \n ::error::';
const COLLECTION: Collection = {
  kind: 'collection',
  id: 'c1',
  name: `Suite ${ODD}`,
  variables: [],
  scripts: [],
  items: [1, 2].map((number) => ({
    kind: 'request',
    id: `i${number}`,
    name: `Request ${number} ${ODD}`,
    request: {
      method: 'GET',
      url: { raw: 'http://example.com/', query: [], pathVariables: [] },
      headers: [],
    },
    variables: [],
    scripts: [],
    examples: [],
  })),
};
const PLAN = plan({ collection: COLLECTION });
const SECRET = 'SSWS 00-a-token-of-nobody';

/** Those that say less, or in another order. */
const SAYS: Partial<Record<ReporterName, RegExp>> = {
  progress: /2\/2 requests, 3 failures/,
  junit: /is broken.*expected 1 to equal 2.*refused/s,
  har: /refused/,
};

const names = Object.keys(reporters) as ReporterName[];

test.each(names)('%s says what failed, and lets no name be taken for its marks', async (name) => {
  const { files, said } = await report(name, toEvents());
  const text = [...files.values(), said].join('\n');
  expect(findFlaws(files)).toEqual([]);
  expect(text).toMatch(SAYS[name] ?? /expected 1 to equal 2.*is broken.*refused/s);
});

test.each(names.filter((name) => name !== 'json'))('%s keeps proofs of identity to itself', async (name) => {
  const { files, said } = await report(name, toEvents(), { verbose: name !== 'cli' });
  expect([...files.values(), said].join('\n')).not.toContain(SECRET);
});

test.each(names)('%s reports a run that was stopped before anything happened', async (name) => {
  const { files } = await report(name, toEvents().slice(0, 1), { outcome: 'stopped' });
  expect(findFlaws(files)).toEqual([]);
});

test.each(names)('%s writes to a terminal without colour when there is none', async (name) => {
  const { said } = await report(name, toEvents(), { isTerminal: false });
  expect(said).not.toContain('\u001b');
  expect(said).not.toContain('\r');
});

test('cli shows one line of progress on a terminal and takes it away at the end', async () => {
  const { said } = await report('cli', toEvents(), { isTerminal: true });
  expect(said).toContain('1/2 requests');
  expect(said.split('\n').at(-1)).not.toContain('requests');
});

test('github writes one annotation for each failure', async () => {
  const { said } = await report('github', toEvents());
  expect(said.split('\n').filter((line) => line.startsWith('::error '))).toHaveLength(3);
  expect(said.split('\n').filter((line) => line !== '')).toHaveLength(3);
});

test('html is one file that fetches nothing', async () => {
  const { files } = await report('html', toEvents());
  const [page = ''] = files.values();
  expect(page).not.toMatch(/<(link|script|img|iframe)\b|@import|url\(/i);
});

interface Setting {
  readonly outcome?: RunResult['outcome'];
  readonly isTerminal?: boolean;
  readonly verbose?: boolean;
}

async function report(
  name: ReporterName,
  events: readonly RunEvent[],
  { outcome = 'failed', isTerminal = false, verbose = false }: Setting = {},
) {
  const files = new Map<string, string>();
  let said = '';
  const output: Output = {
    isTerminal,
    hasColor: false,
    plainSymbols: false,
    verbose,
    write: (text) => void (said += text),
  };
  const writeReport = async (file: string, text: string): Promise<void> => void files.set(file, text);
  const reporter = reporters[name]({ plan: PLAN, options: {}, output, writeReport });
  const summary = createSummary();
  for (const event of events) summary.count(event);
  const read: RunSummary = summary.read(1000);
  const all: RunEvent[] = [...events, { kind: 'run-finished', at: 1000, outcome, summary: read }];
  for (const event of all) reporter.onEvent(event);
  const scopes = { globals: [], collection: [], environment: [], data: {}, local: [] };
  await reporter.finish?.({ outcome, summary: read, scopes });
  return { files, said };
}

/** An assertion that passes, one that is skipped, one that fails, a script that breaks, a request without an answer. */
function toEvents(): RunEvent[] {
  const [first, second] = [toPlace(1), toPlace(2)];
  const request = {
    method: 'GET',
    url: `http://example.com/?q=${encodeURIComponent(ODD)}`,
    headers: [['Authorization', SECRET] as const],
    bodySize: 0,
  };
  const response = {
    code: 200,
    status: 'OK',
    httpVersion: '1.1',
    headers: [['Set-Cookie', `id=${SECRET}`] as const],
    bodyBase64: Buffer.from(ODD).toString('base64'),
    size: { headers: 10, body: 20 },
    time: 5,
    timeline: {},
  };
  const assertion = { index: 0, passed: true, skipped: false };
  const failure = { name: 'AssertionError', message: `expected 1 to equal 2 ${ODD}` };
  return [
    { kind: 'run-started', at: 0, name: COLLECTION.name, iterations: 1, items: 2 },
    { kind: 'iteration-started', at: 0, iteration: 0 },
    { kind: 'item-started', at: 0, method: 'GET', url: request.url, ...first },
    { kind: 'request-sent', at: 0, source: 'item', request, ...first },
    { kind: 'response-received', at: 0, source: 'item', request, response, ...first },
    { kind: 'script-started', at: 0, listen: 'test', ...first },
    { kind: 'console', at: 0, entry: { level: 'log', values: [ODD, { a: 1 }] }, ...first },
    { kind: 'assertion', at: 0, assertion: { ...assertion, name: `passes ${ODD}` }, ...first },
    { kind: 'assertion', at: 0, assertion: { ...assertion, name: 'is left out', skipped: true }, ...first },
    {
      kind: 'assertion',
      at: 0,
      assertion: { ...assertion, name: `fails ${ODD}`, passed: false, error: failure },
      ...first,
    },
    {
      kind: 'script-finished',
      at: 0,
      listen: 'test',
      error: { name: 'TypeError', message: `is broken ${ODD}` },
      ...first,
    },
    { kind: 'item-finished', at: 0, skipped: false, ...first },
    { kind: 'item-started', at: 0, method: 'GET', url: request.url, ...second },
    {
      kind: 'request-failed',
      at: 0,
      source: 'item',
      request,
      failure: {
        code: 'connection-refused',
        error: { name: 'Error', message: 'refused' },
        sentence: 'The connection was refused.',
      },
      ...second,
    },
    { kind: 'item-finished', at: 0, skipped: false, ...second },
    { kind: 'iteration-finished', at: 0, iteration: 0 },
  ];
}

function toPlace(number: number): Place {
  const itemName = `Request ${number} ${ODD}`;
  return {
    iteration: 0,
    execution: number - 1,
    itemId: `i${number}`,
    itemName,
    folders: [`Folder ${ODD}`],
  };
}

/** What would keep a program from reading these files. */
function findFlaws(files: ReadonlyMap<string, string>): string[] {
  return [...files]
    .map(([file, text]) => (file.endsWith('.json') ? findJsonFlaw(text) : findUnclosed(text)))
    .filter(Boolean);
}

function findJsonFlaw(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return String(error);
  }
}

/** The first tag of a document that is not closed, or closed without being open. */
function findUnclosed(text: string): string {
  const open: string[] = [];
  const bare = text.replace(
    /<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!doctype html>|<meta [^>]*>|<style>.*?<\/style>/gs,
    '',
  );
  for (const [tag, end, name = '', self] of bare.matchAll(
    /<(\/?)([a-z-]+)(?:\s+[\w:-]+="[^"<]*")*\s*(?:\bopen)?(\/?)>/g,
  )) {
    if (self === '/') continue;
    if (end !== '/') open.push(name);
    else if (open.pop() !== name) return tag;
  }
  return open.at(-1) ?? '';
}
