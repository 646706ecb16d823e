import { parseUrl } from '@castellan/collection';
import type { Collection, DataRow } from '@castellan/collection';
import { createHost, createPacing, plan, run } from '@castellan/engine';
import type { RunEvent, RunHost, Transport, WireRequest } from '@castellan/engine';
import { createOrg } from '@castellan/local-org';
import { expect, it } from 'vitest';
import { createMisbehavingServer } from './support/misbehaving-server.ts';
import { createVirtualClock, type VirtualClock } from './support/virtual-time.ts';

/** Milliseconds that an answer takes. */
const LATENCY = 120;
const ROWS = 5000;
const TOKEN = '00token-of-this-test';

interface Answerer {
  fetch(request: Request): Promise<Response>;
  /** Its answers take time of the virtual clock; else they take none. */
  readonly isOnTheClock?: true;
}

/** The host of a run on virtual time, whose network is a function. */
function createVirtualHost(clock: VirtualClock, answerer: Answerer): RunHost & { readonly seen: number[] } {
  const seen: number[] = [];
  const host = createHost();
  const transport: Transport = {
    ...host.transport,
    async send(request, signal) {
      await clock.wait(LATENCY / 2, signal);
      const answer = answerer.fetch(toRequest(request));
      const response = await (answerer.isOnTheClock === true ? answer : clock.during(answer));
      const body = new Uint8Array(await clock.during(response.arrayBuffer()));
      await clock.wait(LATENCY / 2, signal);
      seen.push(response.status);
      return {
        code: response.status,
        status: response.statusText,
        httpVersion: '1.1',
        headers: [...response.headers],
        body,
        size: { headers: 0, body: body.length },
        time: LATENCY,
        timeline: {},
      };
    },
  };
  return { ...host, transport, now: clock.now, wait: clock.wait, seen };
}

function toRequest({ method, address, headers, body }: WireRequest): Request {
  const kept = headers.filter(([name]) => !/^(host|connection|content-length)$/i.test(name));
  return new Request(address.href, {
    method,
    headers: kept.map(([name, value]): [string, string] => [name, value]),
    ...(body === undefined || body.length === 0 ? {} : { body: Buffer.from(body) }),
  });
}

interface Call {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

function toCollection(origin: string, calls: readonly Call[]): Collection {
  return {
    kind: 'collection',
    id: 'limits',
    name: 'Limits',
    variables: [],
    scripts: [],
    items: calls.map(({ name, method, path, body }) => ({
      kind: 'request',
      id: name,
      name,
      variables: [],
      scripts: [],
      examples: [],
      request: {
        method,
        url: parseUrl(`${origin}${path}`),
        headers: [
          { key: 'Authorization', value: `SSWS ${TOKEN}` },
          { key: 'Content-Type', value: 'application/json' },
        ],
        ...(body === undefined ? {} : { body: { kind: 'raw', text: JSON.stringify(body) } }),
      },
    })),
  };
}

const people = (count: number): DataRow[] =>
  Array.from({ length: count }, (_, row) => ({ login: `row${row}@example.com`, last: `Row ${row}` }));

/** Runs every row in lanes on virtual time and counts. */
async function runRows(
  answerer: Answerer,
  clock: VirtualClock,
  {
    calls,
    rows = people(ROWS),
    lanes = 16,
    capacity = 0.8,
  }: { calls: readonly Call[]; rows?: DataRow[]; lanes?: number; capacity?: number },
) {
  const host = createVirtualHost(clock, answerer);
  const events: RunEvent[] = [];
  const planned = plan({
    collection: toCollection('http://org.example.com', calls),
    data: rows,
    settings: { lanes, strict: true, capacity },
  });
  const started = clock.now();
  const { summary, outcome } = await clock.run(
    run(planned, host, {
      pacing: createPacing(host),
      onEvent: (event) => {
        if (event.kind === 'row-finished' && event.verdict !== 'done') events.push(event);
      },
    }),
  );
  const refused = host.seen.filter((code) => code === 429).length;
  return { summary, outcome, events, time: clock.now() - started, refused: refused / host.seen.length };
}

/** The time that a limit imposes on so many requests in windows of a minute. */
function imposed(requests: number, aWindow: number): number {
  return (Math.ceil(requests / aWindow) - 1) * 60_000;
}

it.for([90_000, -90_000])('applies every row once at a server whose clock is %i ms off', async (skew) => {
  const clock = createVirtualClock();
  const limits = { users: 600, groups: 500, apps: 400, logs: 900 };
  const server = createMisbehavingServer({
    clock,
    skew,
    limits,
    window: 60_000,
    others: 0.3,
    crowd: 12,
    moods: 1009,
    work: () => clock.wait(30),
  });
  const names = Object.keys(limits);
  const rows = people(ROWS).map((row, index) => ({ ...row, bucket: names[index % 4] ?? '', index }));
  const calls = [{ name: 'Write', method: 'POST', path: '/{{bucket}}/{{index}}', body: {} }];
  const result = await runRows(server, clock, { calls, rows, lanes: 32 });
  expect(result.events.slice(0, 3)).toEqual([]);
  expect([...server.applied.values()].filter((times) => times !== 1)).toEqual([]);
  expect(server.applied.size).toBe(ROWS);
  expect(result.refused).toBeLessThanOrEqual(0.005);
  expect(result.time).toBeLessThanOrEqual(1.05 * imposed(ROWS / 4, 400 * 0.7));
});

it('applies every row once at an org of the plan Enterprise', async () => {
  const clock = createVirtualClock();
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
  const org = await createOrg({
    plan: 'enterprise',
    seed: 'empty',
    token: TOKEN,
    host: { now: clock.now, random },
  });
  const kinds = [
    { method: 'POST', path: 'users?activate=false' },
    { method: 'GET', path: 'users/me' },
    { method: 'GET', path: 'groups' },
    { method: 'GET', path: 'meta/types/user' },
  ];
  const rows = people(ROWS).map((row, index) => ({ ...row, ...kinds[index % kinds.length] }));
  const profile = { login: '{{login}}', email: '{{login}}', firstName: 'Row', lastName: '{{last}}' };
  const calls = [{ name: 'Call', method: '{{method}}', path: '/api/v1/{{path}}', body: { profile } }];
  // One token may use half of each bucket: 300 calls a minute.
  const result = await runRows(org, clock, { calls, rows, lanes: 32, capacity: 1 });
  expect(result.events.slice(0, 3)).toEqual([]);
  expect(result.summary.rows).toMatchObject({ total: ROWS, done: ROWS });
  expect(result.refused).toBeLessThanOrEqual(0.005);
  expect(result.time).toBeLessThanOrEqual(1.05 * imposed(ROWS / 4, 300));
});
