import { get, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serveOrg, type ServedOrg } from './serve.ts';

let served: ServedOrg;
const headers = { authorization: 'SSWS tok' };

beforeEach(async () => {
  served = await serveOrg({ port: 0, token: 'tok', seed: 'sample' });
});
afterEach(() => served.close());

async function answerTo(path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(`${served.url}${path}`, { headers }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer));
    }).once('error', reject);
  });
}

test('every Link relation is a header line of its own', async () => {
  const answer = await answerTo('/api/v1/users?limit=1');
  const lines = answer.rawHeaders.flatMap((name, at) =>
    at % 2 === 0 && name.toLowerCase() === 'link' ? [answer.rawHeaders[at + 1]] : [],
  );
  expect(lines).toEqual([
    `<${served.url}/api/v1/users?limit=1>; rel="self"`,
    expect.stringMatching(/^<[^<>]+>; rel="next"$/),
  ]);
});

test('a body that is sent in pieces arrives whole', async () => {
  const body = JSON.stringify({ profile: { name: 'Zoë’s group', description: 'x'.repeat(1000) } });
  const status = await new Promise((resolve, reject) => {
    const sent = request(
      `${served.url}//api/v1/groups`,
      { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } },
      (answer) => resolve(answer.resume().statusCode),
    ).once('error', reject);
    for (const byte of Buffer.from(body)) sent.write(Buffer.of(byte));
    sent.end();
  });
  expect(status).toBe(200);
});

test('a body that grows beyond the limit is refused, and the connection goes on', async () => {
  const status = await new Promise((resolve, reject) => {
    const sent = request(
      `${served.url}/api/v1/groups`,
      { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } },
      (answer) => resolve(answer.resume().statusCode),
    ).once('error', reject);
    for (let piece = 0; piece < 20; piece += 1) sent.write('x'.repeat(100_000));
    sent.end();
  });
  expect(status).toBe(400);
  expect((await answerTo('/api/v1/users')).statusCode).toBe(200);
});

test('a client that hangs up in the middle of its body leaves nothing behind, and the org goes on', async () => {
  const { port, hostname } = new URL(served.url);
  await new Promise<void>((resolve, reject) => {
    const head = `POST /api/v1/groups HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: SSWS tok\r\n`;
    const socket = connect(Number(port), hostname, () => {
      const half = '{"profile": {"name": "Half a gr';
      socket.write(`${head}content-type: application/json\r\ncontent-length: 100\r\n\r\n${half}`, () =>
        socket.resetAndDestroy(),
      );
    });
    socket.once('close', () => resolve());
    socket.once('error', reject);
  });
  expect((await answerTo('/api/v1/users')).statusCode).toBe(200);
  const groups = await served.org.fetch(new Request(`${served.url}/api/v1/groups?q=Half`, { headers }));
  expect(await groups.json()).toEqual([]);
});

test('an address that has to be resolved or unescaped first is answered like the plain one', async () => {
  const plain = ['/api/v1/users/me', '//api/v1/users/me'];
  const wanting = ['/api/v1/groups/../users/me', '/api/v1/users/%6De', '/api/v1/users/admin%40example.com'];
  for (const path of [...plain, ...wanting]) expect(await answerTo(path)).toMatchObject({ statusCode: 200 });
  for (const path of ['/api/v1/users/"me"', '/api/v1/users/%zz', '/api/v1/users/a|b'])
    expect(await answerTo(path)).toMatchObject({ statusCode: 404 });
});

test('a method that no operation has is refused and the org goes on', async () => {
  const status = await new Promise((resolve, reject) => {
    request(`${served.url}/api/v1/users`, { method: 'TRACE' }, (answer) =>
      resolve(answer.resume().statusCode),
    )
      .once('error', reject)
      .end();
  });
  expect(status).toBe(405);
  expect((await answerTo('/api/v1/users')).statusCode).toBe(200);
});

test('a POST without a body has to say so', async () => {
  const { port, hostname } = new URL(served.url);
  const post = (lines: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        socket.end(
          `POST /api/v1/users/me/lifecycle/reset_factors HTTP/1.1\r\nhost: ${hostname}\r\n${lines}\r\n`,
        );
      });
      socket.once('data', (chunk) => resolve(chunk.toString('latin1').split('\r\n')[0] ?? ''));
      socket.once('error', reject);
    });
  expect(await post('authorization: SSWS tok\r\n')).toContain(' 411 ');
  expect(await post('authorization: SSWS tok\r\ncontent-length: 0\r\n')).toContain(' 200 ');
});

test('a taken port rejects with the error of Node', async () => {
  const port = Number(new URL(served.url).port);
  await expect(serveOrg({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
