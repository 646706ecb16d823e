import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';
import { parseUrl, type Collection, type Environment, type RequestItem } from '@castellan/collection';
import { createHost, createMask, plan, reporters, run, type BoundSecret } from '@castellan/engine';
import { callFacts } from '@castellan/okta-api';
import { afterAll, beforeAll, expect, it } from 'vitest';

// Not a test of behaviour: `npm run bench` measures what masking and binding cost: how much of the time that the
// processor spends on a run it spends there, by samples. Two runs beside each other differ by more than that.

const root = new URL('../..', import.meta.url);
const ROUNDS = Number(process.env['CASTELLAN_BENCH_ROUNDS'] ?? 5);
const LINE = /^Masking and binding secrets, .*$/m;

let target: ChildProcessWithoutNullStreams;
let origin = '';
beforeAll(async () => {
  const program = `
    const { startTarget } = await import(${JSON.stringify(new URL('bench/target.mjs', root).href)});
    console.log((await startTarget()).origin);`;
  target = spawn(process.execPath, ['--input-type=module', '-e', program]);
  origin = await new Promise((resolve) => {
    target.stdout.once('data', (text: Buffer) => resolve(text.toString().trim()));
  });
});
afterAll(() => void target.kill());

interface Workload {
  readonly name: string;
  readonly item: RequestItem;
  readonly iterations: number;
}

const test = (lines: readonly string[]) => [{ listen: 'test' as const, source: lines.join('\n') }];

function createItem(method: string, path: string, body: object | undefined, scripts: RequestItem['scripts']) {
  const text = JSON.stringify(body);
  return {
    kind: 'request',
    id: path,
    name: path,
    request: {
      method,
      url: parseUrl(`{{url}}${path}`),
      headers: [
        { key: 'Authorization', value: 'SSWS {{apikey}}' },
        { key: 'Content-Type', value: 'application/json' },
      ],
      ...(body === undefined ? {} : { body: { kind: 'raw', text, language: 'json' } }),
    },
    examples: [],
    variables: [],
    scripts,
  } as const satisfies RequestItem;
}

const FIVE = [
  'const user = pm.response.json();',
  ...[1, 2, 3, 4].map((n) => `pm.test('is right ${n}', () => pm.expect(user.id).to.be.a('string'));`),
  "pm.test('answers 200', () => pm.response.to.have.status(200));",
  "pm.environment.set('userId', user.id);",
];

const workloads: readonly Workload[] = [
  {
    name: 'five assertions a row',
    item: createItem('POST', '/api/v1/users', { profile: { login: '{{$randomEmail}}' } }, test(FIVE)),
    iterations: 200,
  },
  {
    name: 'a new token in each answer',
    item: createItem(
      'POST',
      '/api/v1/authn',
      { status: 'SUCCESS', sessionToken: '20111{{$randomUUID}}' },
      test(["pm.environment.set('token', pm.response.json().sessionToken);"]),
    ),
    iterations: 200,
  },
  { name: 'plain requests', item: createItem('GET', '/api/v1/users/00u1', undefined, []), iterations: 5_000 },
  {
    name: 'answers of 12 MB',
    item: createItem('GET', '/api/v1/users?limit=5000', undefined, test(['pm.response.json()'])),
    iterations: 3,
  },
];

const secretNames = ['apikey', ...Array.from({ length: 9 }, (_, index) => `secret${index}`)];

/** Makes one run with ten secrets that are bound to the target and hidden from scripts. */
async function runOnce({ item, iterations }: Workload): Promise<void> {
  const values = secretNames.map((key, index) => ({
    key,
    value: `00${index}Tn4-bench-secret_${index}xYz${index}`,
    type: 'secret',
    enabled: true,
  }));
  const environment: Environment = {
    kind: 'environment',
    scope: 'environment',
    id: 'e',
    name: 'E',
    values: [{ key: 'url', value: origin, type: 'default', enabled: true }, ...values],
  };
  const collection: Collection = {
    kind: 'collection',
    id: 'c',
    name: 'C',
    items: [item],
    variables: [],
    scripts: [],
  };
  const hosts = [new URL(origin).host];
  const secrets = values.map(({ key, value }): BoundSecret => ({ name: key, value, hosts }));
  const made = plan({ collection, environment, iterationCount: iterations, secrets });
  const mask = createMask();
  const host = createHost();
  let written = 0;
  const report = reporters.cli({
    plan: made,
    options: {},
    output: {
      isTerminal: false,
      hasColor: false,
      plainSymbols: false,
      verbose: false,
      write: (text) => void (written += mask.text(text).length),
    },
    writeReport: async () => undefined,
  });
  try {
    const result = await run(made, host, {
      facts: callFacts,
      mask,
      onEvent: (event) => report.onEvent(event),
    });
    await report.finish?.(result);
    expect([result.outcome, result.summary.requests.failed, written > 0]).toEqual(['completed', 0, true]);
  } finally {
    await host.close();
  }
}

/** The share of a run's time on the processor that goes to secrets, 0 to 1. */
async function measureShare(workload: Workload): Promise<number> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 250 });
  await session.post('Profiler.start');
  const before = process.cpuUsage();
  const threadBefore = readThreadTime();
  await runOnce(workload);
  const thread = readThreadTime() - threadBefore;
  const { user, system } = process.cpuUsage(before);
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  // Samples count the time that others had the processor as well, so they only say which part of the thread's own it is.
  return (toPart(profile) * thread) / (user + system);
}

/** Microseconds that the processor spent on this thread. Linux: utime and stime, in hundredths of a second. */
function readThreadTime(): number {
  const fields = readFileSync(`/proc/self/task/${process.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/**
 * The part of the busy time that is spent in the engine's secrets and in whatever they call; what the sandbox does with a
 * veiled script is its own.
 */
function toPart({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): number {
  const isOurs = new Map<number, boolean>();
  const within = new Map(
    nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)),
  );
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const judge = (id: number): boolean => {
    const known = isOurs.get(id);
    if (known !== undefined) return known;
    const { url } = byId.get(id)?.callFrame ?? { url: '' };
    const parent = within.get(id);
    const above = parent !== undefined && judge(parent);
    const ours = url.includes('/engine/src/secrets/') || (above && !url.includes('/packages/'));
    isOurs.set(id, ours);
    return ours;
  };
  const isIdle = (id: number): boolean => byId.get(id)?.callFrame.functionName === '(idle)';
  const sum = (counts: (id: number) => boolean): number =>
    samples.reduce((total, id, index) => total + (counts(id) ? (timeDeltas[index] ?? 0) : 0), 0);
  return sum(judge) / sum((id) => !isIdle(id));
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

it('measures what masking and binding cost', async () => {
  const said: string[] = [];
  for (const workload of workloads) {
    await runOnce(workload);
    const shares: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) shares.push(await measureShare(workload));
    expect(shares.every((share) => share > 0 && share < 1)).toBe(true);
    const percent = `${(median(shares) * 100).toFixed(1)} %`;
    said.push(`${percent} with ${workload.name}`);
    process.stdout.write(`${workload.name.padEnd(28)} ${percent}\n`);
  }
  if (process.env['CASTELLAN_KEEP_DOCS'] !== undefined) return;
  const file = fileURLToPath(new URL('docs/benchmarks.md', root));
  const text = await readFile(file, 'utf8');
  const line = `Masking and binding secrets, ten of them and those that answers bring, takes of a run’s time on the processor: ${said.join(', ')} (median of ${ROUNDS} runs).`;
  await writeFile(file, LINE.test(text) ? text.replace(LINE, line) : `${text.trimEnd()}\n\n${line}\n`);
});
