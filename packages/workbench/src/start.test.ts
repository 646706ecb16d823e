import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseUrl, type Collection, type Environment, type RequestItem } from '@castellan/collection';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createClient } from './api/client.ts';
import type { Formats, ReadFile } from './imports/formats.ts';
import { createEngine, type RunEngine } from './runs/engine.ts';
import { startWorkbench, type RunningWorkbench, type WorkbenchOptions } from './start.ts';

let folder: string;
let running: RunningWorkbench[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castellan-workbench-'));
  await writeFile(join(folder, 'index.html'), '<meta name="csp-nonce" content="__NONCE__">');
  running = [];
});
afterEach(async () => {
  for (const workbench of running) await workbench.close();
  await rm(folder, { recursive: true, force: true });
});

const item: RequestItem = {
  kind: 'request',
  id: 'r1',
  name: 'List users',
  request: { method: 'GET', url: { raw: '{{url}}/api/v1/users', query: [], pathVariables: [] }, headers: [] },
  variables: [],
  scripts: [],
  examples: [],
};
const users: Collection = {
  kind: 'collection',
  id: 'c1',
  name: 'Users',
  items: [{ kind: 'folder', id: 'f1', name: 'Find', items: [item], variables: [], scripts: [] }],
  variables: [],
  scripts: [],
};
const environment: Environment = {
  kind: 'environment',
  scope: 'environment',
  id: 'e1',
  name: 'Acme',
  values: [
    { key: 'url', value: 'https://acme.example.com', type: 'text', enabled: true },
    { key: 'apikey', value: '00dropped-secret-value', type: 'text', enabled: true },
  ],
};

/** The model itself as a format: what the files look like is not this room's business. */
const formats: Formats = {
  readAny: readModel,
  readBytes: (bytes) => readModel(new TextDecoder().decode(bytes)),
  readFolder: (files) => files.flatMap(({ content }) => readModel(String(content))),
  writeCollection: (collection) => JSON.stringify(collection),
  writeEnvironment: (value) => JSON.stringify(value),
};

function readModel(text: string): ReadFile[] {
  const thing: unknown = JSON.parse(text);
  if (typeof thing !== 'object' || thing === null || !('kind' in thing))
    throw new Error('This is no collection.');
  const base = { notes: [], format: 'model' };
  return [
    // The tests put nothing but models into files.
    { ...base, kind: thing.kind, [String(thing.kind)]: thing } as unknown as ReadFile,
  ];
}

/** Answers with every value of the environment in the body, as a careless server would. */
const engine: RunEngine = {
  async *run({ environment: chosen, itemId, edited }) {
    const text = JSON.stringify(chosen?.values.map((row) => row.value));
    const request = { method: 'GET', url: `https://x.example.com/?t=${text}`, headers: [], bodySize: 0 };
    yield {
      kind: 'response-received',
      at: 0,
      iteration: 0,
      execution: 0,
      itemId: itemId ?? '',
      itemName: edited?.name ?? '',
      folders: [],
      source: 'item',
      request,
      response: {
        code: 200,
        status: 'OK',
        httpVersion: '1.1',
        headers: [],
        bodyBase64: Buffer.from(text ?? '').toString('base64'),
        size: { headers: 0, body: 0 },
        time: 1,
        timeline: {},
      },
    };
  },
};

async function start(options: Partial<WorkbenchOptions> = {}) {
  const workbench = await startWorkbench({
    port: 0,
    workspace: join(folder, 'workspace'),
    home: join(folder, 'home'),
    webAssets: folder,
    version: '0',
    formats,
    facts: {
      authorizationSchemes: ['SSWS'],
      placeholderHosts: [],
      addressVariable: 'url',
      operations: [],
      replacements: [],
    },
    engine,
    ...options,
  });
  running.push(workbench);
  const page = await fetch(workbench.url);
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const call = createClient((path, init) =>
    fetch(workbench.url + path, { ...init, headers: { ...headersOf(init), cookie } }),
  );
  return { ...workbench, call, cookie, page };
}

function headersOf(init: RequestInit): Record<string, string> {
  return Object.fromEntries(new Headers(init.headers));
}

async function importText(call: ReturnType<typeof createClient>, ...texts: unknown[]) {
  const sources = texts.map((text) => ({
    kind: 'text' as const,
    text: JSON.stringify(text),
    name: 'a file',
  }));
  const plan = await call('POST /api/imports', { body: { sources } });
  return call('POST /api/imports/{planId}/apply', {
    path: { planId: plan.id },
    body: { existing: 'keep-both' },
  });
}

it('refuses whoever is not its own page', async () => {
  const { url, cookie } = await start();
  const ask = async (headers: Record<string, string>) =>
    (await fetch(`${url}/api/status`, { headers })).json() as Promise<{ code: string }>; // its error shape
  expect((await ask({})).code).toBe('no-session');
  expect((await ask({ cookie, origin: 'https://evil.example.com' })).code).toBe('foreign-origin');
  expect((await ask({ cookie, 'sec-fetch-site': 'cross-site' })).code).toBe('foreign-origin');
});

it('gives its session to nobody but its own page, also when that asks again', async () => {
  const { url } = await start();
  const ask = (headers: Record<string, string>) => fetch(url, { headers });
  const foreign = await ask({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' });
  expect([foreign.status, foreign.headers.get('set-cookie')]).toEqual([403, null]);
  const disguised = await ask({ origin: 'https://evil.example.com', 'sec-fetch-site': 'same-origin' });
  expect([disguised.status, disguised.headers.get('set-cookie')]).toEqual([403, null]);
  const own = await ask({ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' });
  expect(own.headers.get('set-cookie')).toContain('castellan-');
});

it('gives its page a strict policy and a cookie that scripts cannot read', async () => {
  const { page } = await start();
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.headers.get('set-cookie')).toContain('HttpOnly; SameSite=Strict');
  expect(await page.text()).not.toContain('__NONCE__');
});

it('ends a second start on the same workspace with a sentence that names the first', async () => {
  const first = await start();
  await expect(start()).rejects.toThrow(
    `already runs on the workspace ${join(folder, 'workspace')} at ${first.url}`,
  );
});

it('says that a port is in use and leaves the workspace free', async () => {
  const first = await start();
  const other = { workspace: join(folder, 'other') };
  await expect(start({ port: first.port, ...other })).rejects.toThrow('is in use');
  await start(other);
});

it('plans an import before it writes, and writes what was planned', async () => {
  const { call } = await start();
  const plan = await call('POST /api/imports', {
    body: {
      sources: [
        { kind: 'text', text: JSON.stringify(users), name: 'users.json' },
        { kind: 'text', text: '{}', name: 'other.json' },
      ],
    },
  });
  expect(plan.entries).toMatchObject([{ name: 'Users', requests: 1, folders: 1, exists: false }]);
  expect(plan.refused).toEqual([{ source: 'other.json', sentence: 'This is no collection.' }]);
  expect(await readdir(join(folder, 'workspace', 'collections'))).toEqual([]);
  await call('POST /api/imports/{planId}/apply', { path: { planId: plan.id }, body: { existing: 'skip' } });
  expect(await readdir(join(folder, 'workspace', 'collections'))).toEqual(['Users.json']);
});

it('updates what was imported before and keeps what was edited here', async () => {
  const { call } = await start();
  await importText(call, users);
  const path = { collectionId: 'c1', itemId: 'r1' };
  const edited = { ...item, scripts: [{ listen: 'test', source: 'mine' }] };
  await call('PUT /api/collections/{collectionId}/requests/{itemId}', { path, body: edited as never }); // readonly model
  const withRequest = (method: string, headers: unknown[] = []) => ({
    ...users,
    items: [{ ...users.items[0], items: [{ ...item, request: { ...item.request, method, headers } }] }],
  });
  const planOf = async (thing: unknown) => {
    const sources = [{ kind: 'text' as const, text: JSON.stringify(thing), name: 'users.json' }];
    return call('POST /api/imports', { body: { sources } });
  };
  const apply = async (planId: string, entry: object = {}) =>
    call('POST /api/imports/{planId}/apply', {
      path: { planId },
      body: { existing: 'update', entries: { 1: entry } },
    });
  const opened = async () =>
    (await call('GET /api/collections/{collectionId}/requests/{itemId}', { path })).item;

  const newer = await planOf(withRequest('POST', [{ key: 'Authorization', value: 'SSWS{{apikey}}' }]));
  expect(newer.entries).toMatchObject([
    {
      state: 'changed',
      changes: [{ place: 'Users / Find / List users', parts: ['method', 'headers'] }],
      kept: [{ parts: ['scripts'] }],
      conflicts: [],
      repairs: [{ id: 'authorization-space', chosen: false }],
    },
  ]);
  await apply(newer.id, { repairs: [{ id: 'authorization-space' }] });
  expect(await opened()).toMatchObject({
    request: { method: 'POST', headers: [{ value: 'SSWS {{apikey}}' }] },
    scripts: [{ source: 'mine' }],
  });

  const unrepaired = await planOf(withRequest('POST', [{ key: 'Authorization', value: 'SSWS{{apikey}}' }]));
  await apply(unrepaired.id, { repairs: [] });
  expect(await opened()).toMatchObject({ request: { headers: [{ value: 'SSWS{{apikey}}' }] } });
  const later = await planOf(withRequest('POST', [{ key: 'Authorization', value: 'SSWS{{apikey}}' }]));
  await apply(later.id, { repairs: [{ id: 'authorization-space' }] });
  expect(await opened()).toMatchObject({ request: { headers: [{ value: 'SSWS {{apikey}}' }] } });

  const again = await planOf(withRequest('POST', [{ key: 'Authorization', value: 'SSWS{{apikey}}' }]));
  expect(again.entries).toMatchObject([{ state: 'same', changes: [], repairs: [{ chosen: true }] }]);

  await call('PUT /api/collections/{collectionId}/requests/{itemId}', {
    path,
    body: { ...(await opened()), request: { ...(await opened()).request, method: 'PUT' } },
  });
  const conflicting = await planOf(withRequest('PATCH'));
  expect(conflicting.entries[0]?.conflicts).toMatchObject([
    { part: 'method', base: 'POST', mine: 'PUT', theirs: 'PATCH' },
  ]);
  const [conflict] = conflicting.entries[0]?.conflicts ?? [];
  await apply(conflicting.id, { conflicts: { [conflict?.id ?? '']: 'theirs' } });
  expect((await opened()).request.method).toBe('PATCH');
});

it('keeps secrets out of the workspace, the page and every event', async () => {
  const { call } = await start();
  await importText(call, users, environment);
  const { environments } = await call('GET /api/environments');
  const stream = await call('POST /api/sends', {
    body: { collectionId: 'c1', item, environmentId: 'e1' } as never, // readonly model
  });
  const seen = [JSON.stringify(environments), await stream.text()];
  const kept = join(folder, 'workspace', '.castellan', 'imports');
  for (const name of await readdir(kept)) seen.push(await readFile(join(kept, name), 'utf8'));
  const body = /"bodyBase64":"([^"]+)"/.exec(seen[1] ?? '')?.[1] ?? '';
  seen.push(Buffer.from(body, 'base64').toString());
  seen.push(await readFile(join(folder, 'workspace', 'environments', 'Acme.json'), 'utf8'));
  expect(seen.join('\n')).not.toContain('00dropped-secret-value');
  expect(body === '' ? '' : Buffer.from(body, 'base64').toString()).toContain('••••');
  const [vault = ''] = await readdir(join(folder, 'home', 'secrets'));
  expect((await stat(join(folder, 'home', 'secrets', vault))).mode & 0o777).toBe(0o600);
});

it('gives a large body as bytes, masked, to whoever has the session and to nobody else', async () => {
  const padding = 'x'.repeat(100_000);
  const large: Environment = {
    ...environment,
    values: [...environment.values, { key: 'padding', value: padding, type: 'text', enabled: true }],
  };
  const { call, url } = await start();
  await importText(call, users, large);
  const stream = await call('POST /api/sends', {
    body: { collectionId: 'c1', item, environmentId: 'e1' } as never, // readonly model
  });
  const events = await stream.text();
  const bodyId = /"bodyId":"([^"]+)"/.exec(events)?.[1] ?? '';
  expect(events).not.toContain('00dropped-secret-value');
  expect(events).toContain('"bodyBase64":""');
  const answer = await call('GET /api/bodies/{bodyId}', { path: { bodyId } });
  const text = await answer.text();
  expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  expect(text).toContain(padding);
  expect(text).toContain('••••');
  expect(text).not.toContain('00dropped-secret-value');

  expect((await fetch(`${url}/api/bodies/${bodyId}`)).status).toBe(401);
  await expect(call('GET /api/bodies/{bodyId}', { path: { bodyId: 'other' } })).rejects.toThrow(
    'Send the request again',
  );
});

it('takes a clear secret out of a file that was dropped into the folder', async () => {
  const first = await start();
  await first.close();
  running = [];
  await writeFile(join(folder, 'workspace', 'environments', 'dropped.json'), JSON.stringify(environment));
  const { call } = await start();
  const { environments } = await call('GET /api/environments');
  expect(environments[0]?.values[1]).toEqual({
    key: 'apikey',
    type: 'secret',
    enabled: true,
    hasValue: true,
    hosts: ['acme.example.com'],
    readable: false,
  });
  const text = await readFile(join(folder, 'workspace', 'environments', 'dropped.json'), 'utf8');
  expect(text).not.toContain('00dropped-secret-value');
});

it('shows a file that others put into the folder, without being asked', async () => {
  const { call } = await start();
  const changes = await call('GET /api/changes');
  const reader = changes.body?.getReader();
  await writeFile(join(folder, 'workspace', 'collections', 'dropped.json'), JSON.stringify(users));
  const part = await reader?.read();
  await reader?.cancel();
  expect(new TextDecoder().decode(part?.value)).toContain('"kind":"collections"');
  expect((await call('GET /api/collections')).collections.map(({ name }) => name)).toEqual(['Users']);
});

it('keeps the value of a secret whose row is saved without one, also under a new name', async () => {
  const { call } = await start();
  await importText(call, environment);
  const body = {
    name: 'Acme',
    values: [{ key: 'token', was: 'apikey', type: 'secret' as const, enabled: true }],
  };
  const saved = await call('PUT /api/environments/{environmentId}', { path: { environmentId: 'e1' }, body });
  expect(saved.values).toMatchObject([{ key: 'token', type: 'secret', enabled: true, hasValue: true }]);
});

it('says to whom a secret may go, and changes it', async () => {
  const { call } = await start();
  await importText(call, environment);
  const path = { environmentId: 'e1', key: 'apikey' };
  const rule = 'PUT /api/environments/{environmentId}/secrets/{key}';
  const ruled = await call(rule, { path, body: { hosts: ['acme.okta.com:8443'], readable: true } });
  expect(ruled.values[1]).toMatchObject({ hosts: ['acme.okta.com:8443'], readable: true });
  const anywhere = await call(rule, { path, body: { hosts: null } });
  expect(anywhere.values[1]).toEqual({
    key: 'apikey',
    type: 'secret',
    enabled: true,
    hasValue: true,
    readable: true,
  });
  await expect(call(rule, { path, body: { hosts: ['https://acme.okta.com/'] } })).rejects.toThrow(
    'hosts alone',
  );
  await expect(call(rule, { path: { ...path, key: 'other' }, body: { hosts: null } })).rejects.toThrow(
    'no value for the secret “other”',
  );
});

it('guards a production org until a person chooses otherwise, and keeps what they choose in the file', async () => {
  const { call } = await start();
  await importText(call, environment);
  const [before] = (await call('GET /api/environments')).environments;
  expect(before).toMatchObject({
    org: 'production',
    host: 'acme.example.com',
    guard: { kind: 'production', confirm: 'irreversible' },
    guardIsChosen: false,
  });
  const path = { environmentId: 'e1' };
  const guard = { kind: 'preview' as const, readOnly: true };
  const chosen = await call('PUT /api/environments/{environmentId}/guard', { path, body: { guard } });
  expect(chosen).toMatchObject({ org: 'preview', guard, guardIsChosen: true });
  const file = join(folder, 'workspace', 'environments', 'Acme.json');
  expect(await readFile(file, 'utf8')).toContain('"readOnly":true');
  await call('PUT /api/environments/{environmentId}/guard', { path, body: { guard: null } });
  expect(await readFile(file, 'utf8')).not.toContain('readOnly');
});

it('runs no strange script before a person has agreed to it, and asks again when it changes', async () => {
  const { call } = await start();
  const withScript = (source: string) => ({ ...users, scripts: [{ listen: 'prerequest', source }] });
  await importText(call, withScript('console.log(1)'));
  const outline = async () => (await call('GET /api/collections')).collections[0]?.trust;
  const order = { collectionId: 'c1', item, environmentId: null } as never; // readonly model
  const send = async (more: object = {}) => {
    const answer = await call('POST /api/sends', { body: { ...(order as object), ...more } as never });
    return answer.text();
  };
  await expect(send()).rejects.toMatchObject({
    code: 'untrusted',
    message: expect.stringContaining('a file'),
  });
  const run = { collectionId: 'c1', environmentId: null };
  await expect(call('POST /api/runs', { body: run })).rejects.toMatchObject({ code: 'untrusted' });
  expect(await send({ scripts: 'skip' })).toContain('response-received');
  const seen = await outline();
  expect(seen).toMatchObject({ state: 'asks', scripts: 1, strange: 1, source: 'a file' });
  const path = { collectionId: 'c1' };
  await expect(
    call('POST /api/collections/{collectionId}/trust', { path, body: { digest: 'another' } }),
  ).rejects.toThrow('have changed since they were shown');
  await call('POST /api/collections/{collectionId}/trust', { path, body: { digest: seen?.digest ?? '' } });
  expect(await send()).toContain('response-received');
  // Whoever writes a script here has agreed to it.
  const mine = { ...item, scripts: [{ listen: 'test', source: 'console.log("mine")' }] };
  await call('PUT /api/collections/{collectionId}/requests/{itemId}', {
    path: { ...path, itemId: 'r1' },
    body: mine as never, // readonly model
  });
  expect(await outline()).toMatchObject({ state: 'trusted', scripts: 2 });
  // Somebody else's change of the file is none of theirs.
  const file = join(folder, 'workspace', 'collections', 'Users.json');
  const changes = (await call('GET /api/changes')).body?.getReader();
  await writeFile(file, (await readFile(file, 'utf8')).replace('console.log(1)', 'console.log(2)'));
  await changes?.read();
  await changes?.cancel();
  expect(await outline()).toMatchObject({ state: 'asks', strange: 1 });
  const inWorkspace = await readdir(join(folder, 'workspace'), { recursive: true });
  expect(inWorkspace.filter((name) => name.includes('trust'))).toEqual([]);
});

it('renames, moves, deletes and takes back', async () => {
  const { call } = await start();
  await importText(call, users);
  const path = { collectionId: 'c1' };
  const edits = 'POST /api/collections/{collectionId}/edits';
  await call(edits, { path, body: { kind: 'move', itemId: 'r1', parentId: null, index: 0 } });
  await call(edits, { path, body: { kind: 'rename', itemId: 'r1', name: 'All users' } });
  await call(edits, { path, body: { kind: 'delete', itemId: 'f1' } });
  const outline = async () =>
    (await call('GET /api/collections')).collections[0]?.items.map(({ name }) => name);
  expect(await outline()).toEqual(['All users']);
  await call('POST /api/collections/{collectionId}/undo', { path });
  expect(await outline()).toEqual(['All users', 'Find']);
  await expect(call(edits, { path, body: { kind: 'move', itemId: 'f1', parentId: 'f1' } })).rejects.toThrow(
    'cannot move into itself',
  );
});

it('hides what an answer brings from the page and the history, and shows it to whoever asks for it', async () => {
  const token = '20111-brought-by-an-answer';
  const server = createServer((_, response) => {
    response.setHeader('set-cookie', 'sid=102-brought-cookie; Path=/; HttpOnly');
    response.end(JSON.stringify({ status: 'SUCCESS', sessionToken: token, login: 'ann@example.com' }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  try {
    const { call } = await start({ engine: createEngine() });
    await importText(call, users);
    const send = async (headers: object[]) => {
      const request = { ...item.request, url: parseUrl(`http://127.0.0.1:${port}/`), headers };
      const body = { collectionId: 'c1', item: { ...item, request }, environmentId: null } as never; // readonly model
      return (await call('POST /api/sends', { body })).text();
    };
    const first = await send([]);
    const answerId = /"answerId":"([^"]+)"/.exec(first)?.[1] ?? '';
    const shown = await call('GET /api/answers/{answerId}', { path: { answerId } });
    expect(Buffer.from(shown.bodyBase64, 'base64').toString()).toContain(token);
    // What was brought before is a secret everywhere after.
    const second = await send([{ key: 'X-Token', value: token }]);
    const { entries } = await call('POST /api/history', { body: { text: 'ann@example.com' } });
    expect(entries).toHaveLength(2);
    await running.pop()?.close();
    const seen = [first, second, ...(await readAll(join(folder, 'home', 'history')))].join('\n');
    const bodies = [...seen.matchAll(/"bodyBase64":"([^"]+)"/g)].map(([, body = '']) => body);
    const text = [seen, ...bodies.map((body) => Buffer.from(body, 'base64').toString())].join('\n');
    expect(text).toContain('ann@example.com');
    for (const secret of [token, '102-brought-cookie']) expect(text).not.toContain(secret);
  } finally {
    server.close();
  }
});

async function readAll(directory: string): Promise<string[]> {
  return Promise.all((await readdir(directory)).map((name) => readFile(join(directory, name), 'utf8')));
}

it('goes on with a run that a restart stopped, and once when two pages ask for it', async () => {
  const server = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server has an address object.
  const { port } = server.address() as AddressInfo;
  const url = { raw: '', protocol: 'http', host: ['127', '0', '0', '1'], port: String(port), path: ['x'] };
  const silent = { ...item, request: { ...item.request, url: { ...item.request.url, ...url } } };
  const first = await start();
  await importText(first.call, { ...users, items: [silent] });
  const asked = once(server, 'request');
  const body = { collectionId: 'c1', environmentId: null, iterations: 3 };
  const { id } = await first.call('POST /api/runs', { body });
  await asked;
  await first.close();
  running = [];

  const { call } = await start();
  const [entry] = (await call('GET /api/runs')).runs;
  expect(entry).toMatchObject({ id, state: 'stopped', resumable: true, attempts: 1, done: 0 });
  const again = once(server, 'request');
  const resume = () =>
    call('POST /api/runs/{runId}/resume', { path: { runId: id }, body: { acceptsChanges: false } });
  const both = await Promise.allSettled([resume(), resume()]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await again;
  await expect(resume()).rejects.toThrow('This run is under way.');
  expect((await call('GET /api/runs')).runs).toMatchObject([{ id, state: 'running', attempts: 2 }]);
  server.closeAllConnections();
  server.close();
});
