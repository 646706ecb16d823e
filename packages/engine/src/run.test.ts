import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { parseUrl } from '@castellan/collection';
import type { Collection, Environment, RequestDefinition } from '@castellan/collection';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHost, createPacing, plan, run, stream } from './index.ts';
import type { RunEvent, RunSettings } from './index.ts';

const server = http.createServer((request, response) => {
  const path = request.url ?? '/';
  if (path === '/redirect')
    response.writeHead(302, { location: '/landed?x=1', 'set-cookie': 'seen=yes' }).end();
  else if (path === '/zipped')
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('unzipped'));
  else if (path === '/slow') setTimeout(() => response.end(), 1000).unref();
  else {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      response.end(JSON.stringify({ method: request.method, path, headers: request.headers, body }));
    });
  }
});
const host = createHost();
let base = '';

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  base = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  await host.close();
  server.close();
});

test('fills variables in and sends headers and body', async () => {
  const { echoed } = await send({
    method: 'POST',
    url: parseUrl('{{url}}/users/{{id}}?q=a b'),
    headers: [{ key: 'X-Id', value: '{{id}}' }],
    body: { kind: 'raw', text: '{"id":"{{id}}"}', language: 'json' },
  });
  expect(echoed).toMatchObject({
    method: 'POST',
    path: '/users/7?q=a%20b',
    headers: { 'x-id': '7', 'content-type': 'application/json' },
    body: '{"id":"7"}',
  });
});

test('signs with an API key', async () => {
  const { echoed } = await send({
    method: 'GET',
    url: parseUrl('{{url}}/'),
    headers: [],
    auth: { type: 'apikey', parameters: { key: 'Authorization', value: 'SSWS {{id}}', in: 'header' } },
  });
  expect(echoed).toMatchObject({ headers: { authorization: 'SSWS 7' } });
});

test('follows redirects with cookies and a referer', async () => {
  const { echoed, events } = await send(get('{{url}}/redirect'));
  expect(echoed).toMatchObject({
    path: '/landed?x=1',
    headers: { cookie: 'seen=yes', referer: `${base}/redirect` },
  });
  expect(events.filter(({ kind }) => kind === 'request-sent')).toHaveLength(2);
});

test('decodes compressed answers', async () => {
  const { text } = await send(get('{{url}}/zipped'));
  expect(text).toBe('unzipped');
});

test('sends an unset variable as text unless it is told to refuse it', async () => {
  const request = get('{{url}}/{{missing}}');
  const { echoed } = await send(request);
  expect(echoed).toMatchObject({ path: '/%7B%7Bmissing%7D%7D' });
  const refused = await send(request, { refuseUnresolved: true });
  expect(refused.failure).toMatchInlineSnapshot(`
    {
      "code": "unresolved-variable",
      "error": {
        "message": "{{missing}} has no value",
        "name": "Error",
      },
      "sentence": "{{missing}} in the address has no value, so nothing was sent. Choose an environment that sets it, or add it to the one in use.",
      "variables": [
        "missing",
      ],
    }
  `);
  expect(refused.events.some(({ kind }) => kind === 'request-sent')).toBe(false);
});

test('explains a dead address', async () => {
  const { failure } = await send(get('http://127.0.0.1:1/'));
  expect(failure).toMatchObject({
    code: 'connection-refused',
    error: { message: 'connect ECONNREFUSED 127.0.0.1:1' },
    sentence:
      'Nothing listens at 127.0.0.1:1: the connection was refused. Start the server there, or correct the port.',
  });
});

test('explains an answer that does not come', async () => {
  const { failure } = await send(get('{{url}}/slow'), { requestTimeout: 20 });
  expect(failure).toMatchObject({ code: 'timeout', error: { message: 'ESOCKETTIMEDOUT' } });
});

test('explains an address that is not HTTP', async () => {
  const { failure } = await send(get('ftp://example.com/'));
  expect(failure).toMatchObject({ code: 'invalid-address', error: { message: 'Invalid protocol: ftp:' } });
});

test('keeps quiet about the token in a failure', async () => {
  const { failure } = await send({
    ...get('http://127.0.0.1:1/'),
    auth: { type: 'bearer', parameters: { token: 'very-secret' } },
  });
  expect(JSON.stringify(failure)).not.toContain('very-secret');
});

test('a sandbox that does not start fails the script and not the run', async () => {
  const broken = createHost({ createSandbox: () => Promise.reject(new Error('no image')) });
  const collection: Collection = {
    ...toCollection(get(base)),
    scripts: [{ listen: 'prerequest', source: 'pm.test' }],
  };
  const { outcome, summary } = await run(plan({ collection }), broken);
  await broken.close();
  expect(outcome).toBe('completed');
  expect(summary).toMatchObject({
    requests: { total: 1, failed: 0 },
    prerequestScripts: { total: 1, failed: 1 },
  });
});

test('fills dynamic variables in, those with long lists too', async () => {
  const { echoed } = await send(get('{{url}}/{{$randomFirstName}}/{{$randomUUID}}/{{$randomNobodyKnows}}'));
  expect(echoed).toMatchObject({
    path: expect.stringMatching(/^\/[A-Z][\w'%]+\/[\da-f-]{36}\/.*NobodyKnows/),
  });
});

test('stops when it is told to', async () => {
  const controller = new AbortController();
  const running = runOne(get('{{url}}/slow'), {}, controller.signal);
  controller.abort();
  const { events } = await running;
  expect(events.at(-1)).toMatchObject({ kind: 'run-finished', outcome: 'stopped' });
});

test('streams the same events', async () => {
  const collection = toCollection(get(base));
  const kinds: string[] = [];
  for await (const event of stream(plan({ collection, iterationCount: 2 }), host))
    if (event.kind !== 'pace') kinds.push(event.kind);
  const one = ['iteration-started', 'item-started', 'request-sent', 'response-received', 'item-finished'];
  const row = ['row-started', ...one, 'iteration-finished', 'row-finished'];
  const both = [...row, ...row];
  expect(kinds).toEqual(['run-started', ...both, 'run-finished']);
});

test('runs rows side by side and tells of them in their order', async () => {
  const collection = toCollection(get(`${base}/{{id}}`));
  const data = Array.from({ length: 40 }, (_, id) => ({ id }));
  const events: RunEvent[] = [];
  const result = await run(plan({ collection, data, settings: { lanes: 8, strict: true } }), host, {
    pacing: createPacing(host),
    onEvent: (event) => void events.push(event),
  });
  expect(result.summary.rows).toEqual({ total: 40, done: 40, failed: 0, inDoubt: 0, notReached: 0 });
  const asked = events.filter((event) => event.kind === 'request-sent').map(({ request }) => request.url);
  expect(asked).toEqual(data.map(({ id }) => `${base}/${id}`));
  const executions = events.flatMap((event) => (event.kind === 'item-started' ? [event.execution] : []));
  expect(executions).toEqual(data.map(({ id }) => id));
});

function get(url: string): RequestDefinition {
  return { method: 'GET', url: parseUrl(url), headers: [] };
}

async function send(request: RequestDefinition, settings: RunSettings = {}) {
  const { events } = await runOne(request, settings);
  const received = events.findLast((event) => event.kind === 'response-received');
  const failed = events.find((event) => event.kind === 'request-failed');
  const text = Buffer.from(received?.response.bodyBase64 ?? '', 'base64').toString();
  const echoed: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
  return { events, text, echoed, failure: failed?.failure };
}

async function runOne(request: RequestDefinition, settings: RunSettings, signal?: AbortSignal) {
  const collection = toCollection(request);
  const environment: Environment = {
    kind: 'environment',
    scope: 'environment',
    id: 'e',
    name: 'Environment',
    values: [
      { key: 'url', value: base, type: 'default', enabled: true },
      { key: 'id', value: 7, type: 'default', enabled: true },
    ],
  };
  const events: RunEvent[] = [];
  const result = await run(plan({ collection, environment, settings }), host, {
    onEvent: (event) => void events.push(event),
    ...(signal === undefined ? {} : { signal }),
  });
  return { events, result };
}

function toCollection(request: RequestDefinition): Collection {
  return {
    kind: 'collection',
    id: 'c',
    name: 'Collection',
    items: [{ kind: 'request', id: 'r', name: 'Request', request, variables: [], scripts: [], examples: [] }],
    variables: [],
    scripts: [],
  };
}
