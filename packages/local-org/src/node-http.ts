import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Incoming, Outgoing } from './exchange.ts';
import { ConnectionCut } from './faults.ts';

/** Who answers the requests of a Node server. */
export interface Answerers {
  /** Everything under `/api/`: nearly every request. */
  api(incoming: Incoming): Promise<Outgoing>;
  /** Everything else: pages, pictures, what does not look like a request of the API. */
  fetch(request: Request): Promise<Response>;
}

/** What a request without a `Host` was sent to. */
const UNNAMED_HOST = 'localhost';

/** A path that stands in an address as it is, so that nothing has to be escaped or resolved. */
const PLAIN_API_PATH = /^\/+api\/(?!.*\/\.)[\w.~!$&'()*+,;=:@%/-]*$/;
const PLAIN_HOST = /^[\w.-]+(:\d+)?$/;

/** Answers the requests of a Node server. What is thrown ends in a bare 500 or a cut connection. */
export function toListener({ api, fetch }: Answerers): RequestListener {
  const listener = getRequestListener(
    async (request, { incoming }) => {
      try {
        return await fetch(request);
      } catch (thrown) {
        if (!(thrown instanceof ConnectionCut)) throw thrown;
        incoming.destroy();
        return RESPONSE_ALREADY_SENT;
      }
    },
    { hostname: UNNAMED_HOST },
  );
  return (message, response) => {
    if (!hasLength(message)) {
      response.writeHead(411, { 'content-length': 0 }).end();
      return;
    }
    const incoming = fromMessage(message);
    if (incoming === undefined) void listener(message, response);
    else
      void api(incoming)
        .then((outgoing) => write(response, outgoing))
        .catch(cut(message, response));
  };
}

/** Okta: a POST or PUT says how long its body is, be it 0 (core-okta-api#delete); what else 411 says is not documented. */
function hasLength({ method, headers }: IncomingMessage): boolean {
  if (method !== 'POST' && method !== 'PUT') return true;
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/** A request of the API as the pipeline takes it; `undefined` for any other, and for addresses that want a closer look. */
function fromMessage(message: IncomingMessage): Incoming | undefined {
  const { headers, method = 'GET', url = '' } = message;
  const { host = UNNAMED_HOST } = headers;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  if (!PLAIN_API_PATH.test(path) || !PLAIN_HOST.test(host)) return undefined;
  return {
    method,
    origin: `http://${host.toLowerCase()}`,
    path,
    search: mark < 0 ? '' : url.slice(mark + 1),
    header(name) {
      const value = headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    read: (limit) => readMessage(message, limit),
  };
}

const NO_BYTES = new Uint8Array();

async function readMessage(message: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  const { 'content-length': announced, 'transfer-encoding': coding } = message.headers;
  if (Number(announced ?? 0) > limit) return undefined;
  if (coding === undefined && Number(announced ?? 0) === 0) return NO_BYTES;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    message.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else resolve(undefined);
    });
    message.once('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    message.once('error', reject);
  });
}

function write(response: ServerResponse, { status, headers, body }: Outgoing): void {
  // A server of Node leaves lists as they are.
  const lines = headers as Record<string, string | string[] | number>;
  if (body !== undefined)
    lines['content-length'] = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  else if (status !== NO_CONTENT) lines['content-length'] = 0;
  response.writeHead(status, lines).end(body);
}

const NO_CONTENT = 204;

function cut(message: IncomingMessage, response: ServerResponse) {
  return (thrown: unknown): void => {
    if (thrown instanceof ConnectionCut) message.destroy();
    else if (response.headersSent) response.destroy();
    else response.writeHead(500, { 'content-length': 0 }).end();
  };
}
