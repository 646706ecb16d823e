import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type * as Library from '../apps/cli/src/index.ts';
import { createFolder, runCli } from './support/castellan.ts';

const built = (name: string): string => fileURLToPath(new URL(`../apps/cli/dist/${name}`, import.meta.url));
// The built library is what the types of its source say.
const { run } = (await import(built('index.mjs'))) as typeof Library;

interface ItemOptions {
  readonly test?: string;
  readonly prerequest?: string;
}

function toItem(name: string, url: string, { test: tested, prerequest }: ItemOptions = {}): object {
  const toEvent = (listen: string, exec: string | undefined) =>
    exec === undefined ? [] : [{ listen, script: { exec: [exec] } }];
  return { name, request: url, event: [...toEvent('prerequest', prerequest), ...toEvent('test', tested)] };
}

function toCollection(...item: object[]): object {
  return { info: { name: 'Journey' }, item };
}

/** A server that says `hello`, and waits for ever under `/never`. */
async function serve() {
  const server = createServer((request, response) => {
    if (request.url !== '/never') response.end('hello');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // It listens at a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked: (path: string) =>
      new Promise<void>((resolve) => server.on('request', ({ url }) => url === path && resolve())),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('Ctrl-C in the middle of a run still writes every report', async () => {
  await using server = await serve();
  await using folder = await createFolder();
  const place = (name: string): string => join(folder.path, name);
  const items = [toItem('Answers', `${server.url}/`), toItem('Never', `${server.url}/never`)];
  await writeFile(place('c.json'), JSON.stringify(toCollection(...items)));
  const reports = ['json', 'junit', 'html'];
  const files = reports.map((name) => `--reporter-${name}-export out/report.${name}`);
  const options = [...files, '--export-environment out/environment.json'].join(' ');
  const child = spawn(
    process.execPath,
    [built('main.mjs'), ...`run c.json -r cli,json,junit,html ${options}`.split(' ')],
    { cwd: folder.path },
  );
  await server.asked('/never');
  child.kill('SIGINT');
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(130);
  for (const name of reports)
    expect(await readFile(place(`out/report.${name}`), 'utf8')).toContain('Answers');
  expect(JSON.parse(await readFile(place('out/environment.json'), 'utf8'))).toMatchObject({ values: [] });
});

test('a reporter of another package hears the documented events, one that throws is named and left out', async () => {
  await using server = await serve();
  await using folder = await createFolder();
  const passes = "pm.test('passes', () => pm.response.to.have.status(200)); console.log('said');";
  await writeFile(
    join(folder.path, 'c.json'),
    JSON.stringify(toCollection({ name: 'Folder', item: [toItem('One', server.url, { test: passes })] })),
  );
  await addReporter(folder.path, 'newman-reporter-notes', NOTES);
  await addReporter(
    folder.path,
    '@example/newman-reporter-broken',
    "module.exports = function (emitter) { emitter.on('request', () => { throw new Error('no ink'); }); };",
  );
  const { code, stderr, stdout } = await runCli(
    ['run', 'c.json', '-r', 'cli,notes,@example/broken,missing', '--reporter-notes-export', 'notes.json'],
    { cwd: folder.path },
  );
  expect(code).toBe(0);
  expect(stdout).toContain('passes');
  expect(stderr).toContain('the reporter "@example/broken" failed and is left out: no ink');
  expect(stderr).toContain('there is no reporter "missing"');
  const notes = JSON.parse(await readFile(join(folder.path, 'notes.json'), 'utf8')) as unknown;
  expect(notes).toEqual({
    events: (
      'start beforeIteration beforeItem beforePrerequest prerequest beforeRequest request beforeTest ' +
      'beforeScript assertion console script test item iteration beforeDone'
    ).split(' '),
    request: ['GET', `${server.url}/`, 200, 'hello'],
    item: 'Folder / One',
    assertion: 'passes',
    console: ['said'],
    total: 1,
  });
});

test("the library's callback gets Newman's summary", async () => {
  await using server = await serve();
  const fails = "pm.test('fails', () => pm.expect(1).to.equal(2)); pm.environment.set('a', 'b');";
  const heard: string[] = [];
  const [error, summary] = await new Promise<[Error | null, Library.Summary | undefined]>((resolve) => {
    run({ collection: toCollection(toItem('One', server.url, { test: fails })) }, (...told) =>
      resolve(told as [Error | null, Library.Summary | undefined]),
    )
      .on('start', () => heard.push('start'))
      .on('done', () => heard.push('done'));
  });
  expect(error).toBeNull();
  expect(heard).toEqual(['start', 'done']);
  expect(summary?.run.stats.assertions).toEqual({ total: 1, pending: 0, failed: 1 });
  expect(summary?.run.failures).toMatchObject([
    { at: 'assertion:0 in test-script', error: { name: 'AssertionError', test: 'fails' } },
  ]);
  expect(JSON.parse(JSON.stringify(summary?.environment))).toMatchObject({
    values: [{ key: 'a', value: 'b' }],
  });
});

test('the library is a promise with typed events, and refuses what cannot be run', async () => {
  await using server = await serve();
  const codes: number[] = [];
  const { failed, result } = await run({
    collection: toCollection(toItem('One', server.url)),
    iterationCount: 2,
    onEvent(event) {
      if (event.kind === 'response-received') codes.push(event.response.code);
    },
  });
  expect({ failed, codes, total: result.summary.requests.total }).toEqual({
    failed: false,
    codes: [200, 200],
    total: 2,
  });
  await expect(run({ collection: 'missing.json' })).rejects.toThrow(
    'collection could not be loaded: missing.json cannot be read.',
  );
  const options = { collection: toCollection(), requestAgents: {} };
  await expect(run(options)).rejects.toThrow('requestAgents is not supported');
});

test('a collection that calls itself for ever is stopped by the limit', async () => {
  await using server = await serve();
  await using folder = await createFolder();
  const loops = toItem('Loop', server.url, { test: "pm.execution.setNextRequest('Loop')" });
  await writeFile(join(folder.path, 'c.json'), JSON.stringify(toCollection(loops)));
  const { code, stdout } = await runCli(['run', 'c.json', '--loop-limit', '20'], { cwd: folder.path });
  expect(code).toBe(1);
  expect(stdout).toContain('20 requests in one iteration, the last one "Loop"');
});

test.each([
  [
    'a row with a value too many',
    ['a,b', '1,2', '1,2,3'],
    /line 3.*it has 3 values, and the first line names fewer columns/,
  ],
  ['a quote that does not end', ['a,b', '1,"2'], /line 2.*the quotes of the column “b”/],
])('%s is named with its row', async (_title, lines, sentence) => {
  await using folder = await createFolder();
  await writeFile(
    join(folder.path, 'c.json'),
    JSON.stringify(toCollection(toItem('One', 'http://127.0.0.1:1'))),
  );
  await writeFile(join(folder.path, 'd.csv'), lines.join('\n'));
  const { code, stderr } = await runCli(['run', 'c.json', '-d', 'd.csv'], { cwd: folder.path });
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(sentence) });
});

/** Writes down every event it hears, and what the things in them say of themselves. */
const NOTES = `module.exports = function (emitter, options) {
  const notes = { events: [] };
  const names = ['start', 'beforeIteration', 'beforeItem', 'beforePrerequest', 'prerequest', 'beforeScript',
    'script', 'beforeRequest', 'request', 'beforeTest', 'test', 'assertion', 'console', 'item', 'iteration',
    'beforeDone', 'exception'];
  for (const name of names) emitter.on(name, () => notes.events.push(name));
  emitter.on('request', (error, { request, response }) => {
    notes.request = [request.method, request.url.toString(), response.code, response.text()];
  });
  emitter.on('item', (error, { item }) => (notes.item = item.parent().name + ' / ' + item.name));
  emitter.on('assertion', (error, { assertion }) => (notes.assertion = assertion));
  emitter.on('console', (error, { messages }) => (notes.console = messages));
  emitter.on('beforeDone', (error, { summary }) => {
    notes.total = summary.run.stats.requests.total;
    emitter.exports.push({ name: 'notes', default: 'notes.json', path: options.export, content: JSON.stringify(notes) });
  });
};`;

async function addReporter(folder: string, name: string, source: string): Promise<void> {
  const place = join(folder, 'node_modules', name);
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'package.json'), JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
  await writeFile(join(place, 'index.js'), source);
}

test.each([
  { bail: true, sent: ['/one'], scripts: ['AssertionFailure: first, second'] },
  { bail: ['folder'], sent: ['/one', '/two'], scripts: ['Error: broken'] },
  { bail: false, sent: ['/one', '/two', '/three'], scripts: ['Error: broken'] },
])('with bail $bail the run sends $sent', async ({ bail, sent, scripts }) => {
  await using server = await serve();
  const fails = "for (const name of ['first', 'second']) pm.test(name, () => { throw new Error(name); });";
  const addresses: string[] = [];
  const errors: string[] = [];
  await run({
    collection: toCollection(
      toItem('One', `${server.url}/one`, { test: fails }),
      toItem('Two', `${server.url}/two`, { test: "throw new Error('broken')" }),
      toItem('Three', `${server.url}/three`),
    ),
    bail,
    onEvent(event) {
      if (event.kind === 'request-sent') addresses.push(new URL(event.request.url).pathname);
      if (event.kind === 'script-finished' && event.error !== undefined)
        errors.push(`${event.error.name}: ${event.error.message}`);
    },
  });
  expect({ addresses, errors }).toEqual({ addresses: sent, errors: scripts });
});

test('setNextRequest without a name changes nothing', async () => {
  await using server = await serve();
  const { result } = await run({
    collection: toCollection(
      toItem('One', server.url, { test: 'pm.execution.setNextRequest(undefined)' }),
      toItem('Two', server.url),
    ),
  });
  expect(result.summary.requests.total).toBe(2);
});
