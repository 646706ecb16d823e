import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import https from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { readProxies } from './proxy.ts';
import { createTlsChoice } from './tls.ts';
import type { TlsSettings } from './tls.ts';
import { createTransport } from './transport.ts';
import type { WireResponse } from './transport.ts';
import { parseAddress, toWire } from './url.ts';

const pem = (name: string): Buffer => readFileSync(new URL(`fixtures/tls/${name}`, import.meta.url));
const CLIENT = { matches: ['https://localhost/*'], cert: pem('client.pem'), key: pem('client.key') };
const open: Server[] = [];

afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

test('shows the client certificate whose pattern fits, opened with its passphrase', async () => {
  const url = await serveSecure();
  const trusted: TlsSettings = { extraCa: pem('ca.pem'), clientCertificates: [] };
  await expect(send(url, trusted)).rejects.toThrow(/certificate required|ECONNRESET|socket hang up/);
  const known = { ...trusted, clientCertificates: [{ ...CLIENT, passphrase: 'example' }] };
  expect(textOf(await send(url, known))).toBe('ada');
  const packed = [{ matches: ['https://localhost/*'], pfx: pem('client.p12'), passphrase: 'example' }];
  expect(textOf(await send(url, { ...trusted, clientCertificates: packed }))).toBe('ada');
  const other = [{ ...CLIENT, matches: ['https://example.com/*'], passphrase: 'example' }];
  await expect(send(url, { ...trusted, clientCertificates: other })).rejects.toThrow(
    /certificate required|ECONNRESET|socket hang up/,
  );
});

test('trusts an authority that was added, and everybody when the check is off', async () => {
  const url = await serveSecure({ requestCert: false });
  await expect(send(url, {})).rejects.toThrow('certificate');
  expect((await send(url, { extraCa: pem('ca.pem') })).code).toBe(200);
  expect((await send(url, {}, { verify: false })).code).toBe(200);
});

test('asks a proxy for the whole address, with its account', async () => {
  const proxy = await serve(
    http.createServer((request, response) => {
      response.end(`${request.url} ${request.headers['proxy-authorization']}`);
    }),
  );
  const answer = await send(
    'http://example.com:81/a?b=1',
    {},
    { proxy: `http://ada:s%20t@localhost:${proxy}` },
  );
  const account = Buffer.from('ada:s t').toString('base64');
  expect(textOf(answer)).toBe(`http://example.com:81/a?b=1 Basic ${account}`);
});

test('sends https through a tunnel of the proxy, and says when there is none', async () => {
  const url = await serveSecure({ requestCert: false });
  const asked: string[] = [];
  const proxy = await serve(createTunnels(asked, 200));
  const trusted = { extraCa: pem('ca.pem') };
  expect((await send(url, trusted, { proxy: `http://localhost:${proxy}` })).code).toBe(200);
  expect(asked).toEqual([new URL(url).host]);
  const closed = await serve(createTunnels([], 407));
  await expect(send(url, trusted, { proxy: `http://localhost:${closed}` })).rejects.toThrow(
    'tunneling socket could not be established, statusCode=407',
  );
});

interface Ways {
  readonly verify?: boolean;
  readonly proxy?: string;
}

async function send(url: string, settings: TlsSettings, ways: Ways = {}): Promise<WireResponse> {
  const transport = createTransport(readProxies({ HTTP_PROXY: ways.proxy }));
  const address = toWire(parseAddress(url));
  try {
    return await transport.send({
      method: 'GET',
      address,
      headers: [['Host', address.host]],
      tls: createTlsChoice(settings)(address, ways.verify ?? true, {}),
      timeout: 0,
      insecureParser: false,
    });
  } finally {
    transport.close();
  }
}

function textOf(response: WireResponse): string {
  return Buffer.from(response.body).toString('utf8');
}

/** A server that answers with the name in the client's certificate. */
async function serveSecure({ requestCert = true } = {}): Promise<string> {
  const tls = { key: pem('server.key'), cert: pem('server.pem'), ca: pem('ca.pem') };
  const answer: RequestListener = (request, response) => {
    // An https server's sockets are TLS.
    const { subject } = (request.socket as TLSSocket).getPeerCertificate();
    response.end(requestCert ? subject.CN : 'anybody');
  };
  const port = await serve(
    https.createServer({ ...tls, requestCert, rejectUnauthorized: requestCert }, answer),
  );
  return `https://localhost:${port}/`;
}

function createTunnels(asked: string[], code: number): Server {
  const server = http.createServer();
  server.on('connect', (request: IncomingMessage, socket) => {
    asked.push(request.url ?? '');
    socket.write(`HTTP/1.1 ${code} x\r\n\r\n`);
    if (code !== 200) return socket.end();
    const [host, port] = (request.url ?? '').split(':');
    const target = connect(Number(port), host);
    socket.pipe(target).pipe(socket);
    socket.on('error', () => target.destroy());
    target.on('error', () => socket.destroy());
  });
  return server;
}

async function serve(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((done) => void server.listen(0, 'localhost', done));
  // It listens at a port.
  return (server.address() as AddressInfo).port;
}
