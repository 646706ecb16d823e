import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import zlib from 'node:zlib';
import { createConnections } from './connections.ts';
import type { Connections } from './connections.ts';
import type { Timeline } from './events.ts';
import type { HeaderLine } from './headers.ts';
import { RefusedRequest } from './failures.ts';
import { toProxyAuthorization } from './proxy.ts';
import type { ChooseProxy } from './proxy.ts';
import type { TlsOptions } from './tls.ts';
import type { WireAddress } from './url.ts';

/** One request as it leaves: bytes, no decisions left. */
export interface WireRequest {
  readonly method: string;
  readonly address: WireAddress;
  readonly headers: readonly HeaderLine[];
  readonly body?: Uint8Array;
  readonly tls: TlsOptions;
  /** Milliseconds; 0 is none. */
  readonly timeout: number;
  readonly insecureParser: boolean;
  /** Sent no second time, not even when the kept connection turns out to be closed. */
  readonly once?: true;
  /** Connections to use instead of those that everybody shares. */
  readonly connections?: Connections;
}

export interface WireResponse {
  readonly code: number;
  readonly status: string;
  readonly httpVersion: string;
  readonly headers: readonly HeaderLine[];
  /** Decoded from its content encoding. */
  readonly body: Uint8Array;
  readonly size: { readonly headers: number; readonly body: number };
  /** Milliseconds. */
  readonly time: number;
  readonly timeline: Timeline;
}

/** Sends requests and keeps connections open between them. */
export interface Transport {
  /** Rejects with the error of the socket or the parser; `TimeoutError` and `AbortError` by name. */
  send(request: WireRequest, signal?: AbortSignal): Promise<WireResponse>;
  /** Connections that nobody else uses; requests that are sent one after another share one. Close them. */
  openConnections(): Connections;
  close(): void;
}

/** A transport over node's own HTTP. */
export function createTransport(chooseProxy: ChooseProxy): Transport {
  const openConnections = (): Connections => createConnections(chooseProxy);
  const shared = openConnections();
  return {
    async send(request, signal) {
      try {
        return await exchange(request, request.connections ?? shared, signal);
      } catch (error) {
        if (!(error instanceof StaleConnection)) throw error;
        // A kept connection may be closed by the server in the moment it is used again: once more on a new one.
        const fresh = openConnections();
        return await exchange(request, fresh, signal).finally(fresh.close);
      }
    },
    openConnections,
    close: shared.close,
  };
}

class StaleConnection extends Error {}

function exchange(
  request: WireRequest,
  connections: Connections,
  signal: AbortSignal | undefined,
): Promise<WireResponse> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const since = () => performance.now() - start;
    const timeline: { -readonly [stage in keyof Timeline]: Timeline[stage] } = {};
    const { address } = request;
    const { agent, proxy } = connections.route(request);
    const next = proxy ?? address;
    const headers = [...request.headers, ...toProxyHeaders(proxy)];
    const sent = (next.protocol === 'https:' ? https : http).request({
      method: request.method,
      hostname: next.hostname,
      ...(next.port ? { port: next.port } : {}),
      path: proxy === undefined ? address.path : `${address.protocol}//${address.host}${address.path}`,
      ...(isUnframed(request) ? {} : { headers: headers.flat() }),
      setHost: false,
      agent,
      ...(isLocal(next.hostname) ? { lookup: lookupLocal } : {}),
      ...(request.insecureParser ? { insecureHTTPParser: true } : {}),
      ...(signal === undefined ? {} : { signal }),
    });
    if (isUnframed(request)) setUnframed(sent, headers);
    const timer = request.timeout > 0 ? setTimeout(expire, request.timeout) : undefined;
    sent.on('socket', (socket) => {
      if (!socket.connecting) return;
      socket.once('lookup', () => (timeline.dns = since()));
      socket.once('connect', () => (timeline.connect = since()));
      socket.once('secureConnect', () => (timeline.tls = since()));
    });
    sent.on('response', (message) => {
      timeline.firstByte = since();
      const chunks: Buffer[] = [];
      message.on('data', (chunk: Buffer) => chunks.push(chunk));
      message.on('error', fail);
      message.on('end', () => {
        clearTimeout(timer);
        timeline.end = since();
        try {
          resolve(toWireResponse(message, chunks, timeline));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    sent.on('error', fail);
    sent.end(request.body);

    function expire(): void {
      sent.destroy(
        Object.assign(new Error('ESOCKETTIMEDOUT'), { name: 'TimeoutError', code: 'ESOCKETTIMEDOUT' }),
      );
    }

    function fail(error: NodeJS.ErrnoException): void {
      clearTimeout(timer);
      const isStale = sent.reusedSocket && error.code === 'ECONNRESET' && timeline.firstByte === undefined;
      reject(isStale && request.once !== true ? new StaleConnection() : toSingle(error));
    }
  });
}

function toProxyHeaders(proxy: URL | undefined): HeaderLine[] {
  const authorization = proxy && toProxyAuthorization(proxy);
  return authorization === undefined ? [] : [['Proxy-Authorization', authorization]];
}

/** A body without a length: node would send it in chunks, and Postman sends it as it is. */
function isUnframed({ body, headers }: WireRequest): boolean {
  if (body === undefined || body.length === 0) return false;
  return !headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
}

function setUnframed(sent: http.ClientRequest, headers: readonly HeaderLine[]): void {
  sent.useChunkedEncodingByDefault = false;
  for (const [name, value] of headers) sent.appendHeader(name, value);
}

/** Of several addresses that were tried the last one speaks, as it did before node tried them side by side. */
function toSingle(error: Error): Error {
  if (!(error instanceof AggregateError)) return error;
  const last: unknown = error.errors.at(-1);
  return last instanceof Error ? last : error;
}

/** RFC 6761, 6.3: every name under `localhost` is this machine. */
function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}

const lookupLocal: LookupFunction = (_hostname, options, callback) => {
  const addresses = [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ];
  if (options.all === true) process.nextTick(() => callback(null, addresses));
  else process.nextTick(() => callback(null, '127.0.0.1', 4));
};

function toWireResponse(message: http.IncomingMessage, chunks: Buffer[], timeline: Timeline): WireResponse {
  const raw = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  const headers: HeaderLine[] = [];
  let headerBytes = 0;
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    const name = message.rawHeaders[index] ?? '';
    const value = message.rawHeaders[index + 1] ?? '';
    headers.push([name, value]);
    headerBytes += name.length + value.length + 4;
  }
  const status = Buffer.from(message.statusMessage ?? '', 'latin1').toString('utf8');
  return {
    code: message.statusCode ?? 0,
    status,
    httpVersion: message.httpVersion,
    headers,
    body: raw.length === 0 ? raw : unpack(raw, message.headers['content-encoding']),
    // The status line and the empty line count too.
    size: { headers: headerBytes + `HTTP/1.1 ${message.statusCode} ${status}`.length + 4, body: raw.length },
    time: Math.ceil(timeline.end ?? 0),
    timeline,
  };
}

/** What an answer may unpack to, in bytes: far more than any API sends, and less than a machine's memory. */
const MOST_UNPACKED = 256 * 1024 * 1024;

/** Unpacks a body. An answer that breaks off is read as far as it goes; one that is a bomb is refused. */
function unpack(body: Buffer, encoding: string | undefined): Uint8Array {
  try {
    return decode(body, encoding);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new RefusedRequest(
      'other',
      'The answer unpacks to more than 256 MB',
      `The answer has ${body.length} bytes and unpacks to more than 256 MB, so it was not read. Ask for less at once, for example with a limit.`,
    );
  }
}

function decode(body: Buffer, encoding: string | undefined): Uint8Array {
  const options = { finishFlush: zlib.constants.Z_SYNC_FLUSH, maxOutputLength: MOST_UNPACKED };
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return zlib.gunzipSync(body, options);
    case 'deflate':
      // RFC 9110 means zlib, many servers send bare deflate; the low half of the first byte tells them apart.
      return ((body[0] ?? 0) & 0x0f) === 8
        ? zlib.inflateSync(body, options)
        : zlib.inflateRawSync(body, options);
    case 'br':
      return zlib.brotliDecompressSync(body, { maxOutputLength: MOST_UNPACKED });
    default:
      return body;
  }
}
