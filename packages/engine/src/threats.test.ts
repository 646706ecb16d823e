import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseUrl } from '@castellan/collection';
import type { Collection, RequestDefinition } from '@castellan/collection';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHost, plan, run } from './index.ts';
import type { RunEvent } from './index.ts';

const MEGABYTE = 1024 * 1024;
const bomb = gzipSync(Buffer.alloc(300 * MEGABYTE), { level: 1 });

const reached: http.IncomingHttpHeaders[] = [];
const server = http.createServer((request, response) => {
  reached.push(request.headers);
  if (request.url === '/bomb') response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
  else request.resume().on('end', () => response.end('{}'));
});
let url = '';
let folder = '';
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  url = `http://127.0.0.1:${port}`;
  folder = await mkdtemp(join(tmpdir(), 'castellan-threats-'));
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

interface World {
  readonly values?: Readonly<Record<string, string>>;
  readonly workingDir?: string;
}

/** Sends one request and says why it failed, if it did. */
async function send(
  request: RequestDefinition,
  { values = {}, workingDir }: World = {},
): Promise<string | undefined> {
  reached.length = 0;
  const collection: Collection = {
    kind: 'collection',
    id: 'c',
    name: 'C',
    variables: Object.entries(values).map(([key, value]) => ({ key, value })),
    scripts: [],
    items: [{ kind: 'request', id: 'r', name: 'R', request, examples: [], variables: [], scripts: [] }],
  };
  const host = createHost(workingDir === undefined ? {} : { workingDir, allowOutsideFiles: false });
  const events: RunEvent[] = [];
  await run(plan({ collection }), host, { onEvent: (event) => void events.push(event) });
  await host.close();
  return events.find((event) => event.kind === 'request-failed')?.failure.sentence;
}

test.each(['x\r\nX-Injected: 1', 'x\nX-Injected: 1', 'x\r\n\r\nGET /other HTTP/1.1\r\nHost: y\r\n\r\n'])(
  'a variable cannot add a header or a request: %j',
  async (value) => {
    const headers = [{ key: 'X-Name', value: '{{name}}' }];
    await send({ method: 'GET', url: parseUrl(`${url}/{{name}}`), headers }, { values: { name: value } });
    expect(reached.length).toBeLessThanOrEqual(1);
    expect(reached.flatMap((sent) => Object.keys(sent))).not.toContain('x-injected');
  },
);

test('an answer that unpacks to more than memory should hold is refused', async () => {
  const failure = await send({ method: 'GET', url: parseUrl(`${url}/bomb`), headers: [] });
  expect(failure).toContain('unpacks to more than 256 MB');
});

test('a body’s file is not read from outside of the working folder, by path or by link', async () => {
  const workingDir = join(folder, 'inside');
  await mkdir(workingDir);
  await writeFile(join(folder, 'outside.txt'), 'private');
  await symlink(join(folder, 'outside.txt'), join(workingDir, 'link.txt'));
  await writeFile(join(workingDir, 'own.txt'), 'fine');
  const withFile = (path: string): RequestDefinition => ({
    method: 'POST',
    url: parseUrl(url),
    headers: [],
    body: { kind: 'file', source: path },
  });
  expect(await send(withFile('own.txt'), { workingDir })).toBeUndefined();
  const lengthOf = async (path: string) => {
    await send(withFile(path), { workingDir });
    return reached.map((sent) => sent['content-length'] ?? '0');
  };
  for (const path of ['../outside.txt', 'link.txt', join(folder, 'outside.txt')])
    expect((await lengthOf(path)).filter((length) => length !== '0')).toEqual([]);
});
