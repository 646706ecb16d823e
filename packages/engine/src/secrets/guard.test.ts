import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseUrl } from '@castellan/collection';
import type { Auth, Collection, RequestDefinition, Script } from '@castellan/collection';
import { createSandbox } from '@castellan/sandbox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHost, plan, run } from '../index.ts';
import type { BoundSecret, RunEvent } from '../index.ts';

/** Two addresses: `home`, which the secret belongs to, and `away`, which notes what it gets. */
const reached: string[] = [];
const away = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    reached.push(`${request.url} ${JSON.stringify(request.headers)} ${Buffer.concat(chunks)}`);
    response.end('{}');
  });
});
const home = http.createServer((request, response) => {
  if (request.url?.startsWith('/to-away') === true) {
    const carried = new URL(request.url, 'http://x').searchParams.get('carry') ?? '';
    response.writeHead(307, { location: `${awayUrl}/landed?token=${carried}` }).end();
    return;
  }
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ headers: request.headers, url: request.url }));
});
/** One sandbox for all runs: starting one takes longer than everything else here. */
const sandbox = createSandbox();
const host = createHost({
  createSandbox: async () => ({ ...(await sandbox), close: async () => undefined }),
});
let homeUrl = '';
let awayUrl = '';

beforeAll(async () => {
  homeUrl = await listen(home);
  awayUrl = await listen(away);
});
afterAll(async () => {
  await host.close();
  await (await sandbox).close();
  home.close();
  away.close();
});

async function listen(server: http.Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, done));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  return `http://127.0.0.1:${port}`;
}

const VALUE = '00hN7+q/Kz=Secret-value~42';

interface World {
  readonly url?: string;
  readonly headers?: RequestDefinition['headers'];
  readonly body?: string;
  readonly auth?: Auth;
  readonly prerequest?: string;
  readonly test?: string;
  readonly readable?: boolean;
}

/** Runs one request with the secret `apikey`, which belongs to `home`. */
async function send(world: World): Promise<{ events: RunEvent[]; text: string; failure?: string }> {
  reached.length = 0;
  const scripts: Script[] = [];
  if (world.prerequest !== undefined) scripts.push({ listen: 'prerequest', source: world.prerequest });
  if (world.test !== undefined) scripts.push({ listen: 'test', source: world.test });
  const request: RequestDefinition = {
    method: world.body === undefined ? 'GET' : 'POST',
    url: parseUrl(world.url ?? `${homeUrl}/users`),
    headers: world.headers ?? [],
    ...(world.body === undefined ? {} : { body: { kind: 'raw', text: world.body, language: 'json' } }),
    ...(world.auth === undefined ? {} : { auth: world.auth }),
  };
  const collection: Collection = {
    kind: 'collection',
    id: 'c',
    name: 'C',
    variables: [],
    scripts: [],
    items: [{ kind: 'request', id: 'r', name: 'R', request, examples: [], variables: [], scripts }],
  };
  const secret: BoundSecret = {
    name: 'apikey',
    value: VALUE,
    hosts: [new URL(homeUrl).host],
    ...(world.readable === true ? { readable: true } : {}),
  };
  const value = { key: 'apikey', value: VALUE, type: 'secret', enabled: true };
  const events: RunEvent[] = [];
  const made = plan({
    collection,
    environment: { kind: 'environment', scope: 'environment', id: 'e', name: 'E', values: [value] },
    secrets: [secret],
  });
  await run(made, host, { onEvent: (event) => void events.push(event) });
  const failed = events.find((event) => event.kind === 'request-failed');
  return {
    events,
    text: decodeBodies(events),
    ...(failed === undefined ? {} : { failure: failed.failure.sentence }),
  };
}

/** Everything that events say, bodies decoded. */
function decodeBodies(events: readonly RunEvent[]): string {
  return JSON.stringify(events, (key, value: unknown) =>
    key === 'bodyBase64' ? Buffer.from(String(value), 'base64').toString() : value,
  );
}

const failedTests = (events: readonly RunEvent[]) =>
  events.filter((event) => event.kind === 'assertion' && !event.assertion.passed);

test('a secret reaches its own host and stands in no event', async () => {
  const headers = [{ key: 'Authorization', value: 'SSWS {{apikey}}' }];
  const { text, failure, events } = await send({
    headers,
    test: 'pm.test("it came", () => pm.expect(pm.response.json().headers.authorization).to.include("SSWS "));',
  });
  expect(failure).toBeUndefined();
  expect(failedTests(events)).toEqual([]);
  expect(text).toContain('SSWS ••••');
  expect(text).not.toContain(VALUE);
});

const basic = (text: string) => Buffer.from(text).toString('base64');

test.each<[string, () => World]>([
  ['a header', () => ({ url: awayUrl, headers: [{ key: 'Authorization', value: 'SSWS {{apikey}}' }] })],
  ['a query', () => ({ url: `${awayUrl}/?q={{apikey}}` })],
  ['a path', () => ({ url: `${awayUrl}/{{apikey}}/x` })],
  ['a body', () => ({ url: awayUrl, body: '{"t":"{{apikey}}"}' })],
  [
    'basic auth',
    () => ({
      url: awayUrl,
      auth: { type: 'basic', parameters: { username: 'u', password: '{{apikey}}' } },
    }),
  ],
  [
    'an address that a script changes',
    () => ({ headers: [{ key: 'X', value: '{{apikey}}' }], prerequest: `pm.request.url = '${awayUrl}/';` }),
  ],
  [
    'a redirect that keeps its query',
    () => ({ url: `${homeUrl}/to-away?carry=${encodeURIComponent(VALUE)}` }),
  ],
  [
    'a redirect that keeps other headers than Authorization',
    () => ({ url: `${homeUrl}/to-away`, headers: [{ key: 'X-Token', value: '{{apikey}}' }] }),
  ],
])('a secret is not carried to another host in %s', async (_, world) => {
  const { failure, text } = await send(world());
  expect(failure).toContain('would carry the secret {{apikey}}');
  expect(reached).toEqual([]);
  expect(text).not.toContain(VALUE);
  expect(text).not.toContain(basic(`u:${VALUE}`));
});

test('a redirect to another host goes on without the Authorization header', async () => {
  const headers = [{ key: 'Authorization', value: 'SSWS {{apikey}}' }];
  // Another name for the same machine is another host.
  awayUrl = awayUrl.replace('127.0.0.1', 'localhost');
  const { failure } = await send({ url: `${homeUrl}/to-away`, headers });
  expect(failure).toBeUndefined();
  expect(reached).toHaveLength(1);
  expect(reached[0]).not.toContain(VALUE);
});

test('a script sees a handle, can pass it on to the right host and to no other', async () => {
  const { text, events } = await send({
    prerequest: `
      const seen = pm.environment.get('apikey');
      console.log('seen', seen, btoa(seen));
      pm.test('hidden', () => pm.expect(seen).to.not.include('Secret-value'));
      pm.sendRequest({ url: '${homeUrl}/nested', header: { Authorization: 'SSWS ' + seen } }, (error, answer) => {
        pm.test('right host', () => pm.expect(error).to.equal(null));
        pm.test('still hidden', () => pm.expect(answer.text()).to.not.include('Secret-value'));
      });
      pm.sendRequest({ url: '${awayUrl}/nested', header: { Authorization: 'SSWS ' + seen } }, (error) => {
        pm.test('wrong host', () => pm.expect(String(error)).to.include('belongs to'));
      });
      pm.environment.set('copy', seen);`,
    headers: [{ key: 'X-Copy', value: '{{copy}}' }],
    test: `pm.test('passed on', () => pm.expect(pm.response.json().headers['x-copy']).to.include('secret_apikey_'));`,
  });
  expect(failedTests(events)).toEqual([]);
  expect(reached).toEqual([]);
  expect(text).not.toContain(VALUE);
  expect(text).not.toContain('secret_apikey_');
});

test('what a script computes from a handle is not sent as if it were right', async () => {
  const { failure } = await send({
    prerequest: `pm.request.headers.add({ key: 'Authorization', value: 'Basic ' + btoa('u:' + pm.environment.get('apikey')) });`,
  });
  expect(failure).toContain('which scripts cannot read');
});

test('a script reads a secret that it may read, and still cannot carry it elsewhere', async () => {
  const { events, text } = await send({
    readable: true,
    prerequest: `
      const seen = pm.environment.get('apikey');
      pm.test('seen', () => pm.expect(seen).to.include('Secret-value'));
      console.log(seen, encodeURIComponent(seen), btoa(seen));
      pm.sendRequest('${awayUrl}/?q=' + btoa('x' + seen), (error) => {
        pm.test('refused', () => pm.expect(String(error)).to.include('belongs to'));
      });`,
  });
  expect(failedTests(events)).toEqual([]);
  expect(reached).toEqual([]);
  expect(text).not.toContain(VALUE);
  expect(text).not.toContain(basic(VALUE));
});
