import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { ConnectionCut } from './faults.ts';

const UNNAMED_HOST = 'localhost';

/** Lets a fetch function answer the requests of a Node server. A thrown error ends in a bare 500. */
export function toListener(fetch: (request: Request) => Promise<Response>): RequestListener {
  return (incoming, outgoing) => {
    pass(fetch, incoming, outgoing).catch((thrown: unknown) => {
      if (thrown instanceof ConnectionCut) {
        incoming.destroy();
        return;
      }
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.end();
    });
  };
}

async function pass(
  fetch: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const request = toRequest(incoming);
  if (!request) {
    outgoing.writeHead(400, { connection: 'close' }).end();
    return;
  }
  const response = await fetch(request);
  outgoing.writeHead(response.status, toHeaderLines(response.headers).flat());
  outgoing.end(response.body === null ? undefined : Buffer.from(await response.arrayBuffer()));
  // Whoever answers before the body is read leaves the rest of it in the connection.
  incoming.resume();
}

/** Nothing for what no fetch request can say: a method like TRACE, a host that is no host. */
function toRequest(incoming: IncomingMessage): Request | undefined {
  const { method = 'GET' } = incoming;
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const hasBody = method !== 'GET' && method !== 'HEAD';
  try {
    // A path may begin with `//`, so the address is put together by hand.
    const url = `http://${incoming.headers.host ?? UNNAMED_HOST}${incoming.url ?? '/'}`;
    // The stream of Node is the one that fetch takes; their types differ in name only.
    const body = hasBody ? (Readable.toWeb(incoming) as ReadableStream<Uint8Array>) : null;
    return new Request(url, { method, headers, body, ...(hasBody ? { duplex: 'half' } : {}) });
  } catch {
    return undefined;
  }
}

/**
 * The header lines of an answer. Headers of fetch join several values by commas; Okta writes every relation of `Link`
 * as a line of its own (core-okta-api#link-header), and clients count on that.
 */
function toHeaderLines(headers: Headers): [name: string, value: string][] {
  const lines: [string, string][] = [];
  for (const [name, value] of headers) {
    // An address in a link holds no `<`: the next one begins the next link.
    const values = name === 'link' ? value.split(/,\s*(?=<)/) : [value];
    for (const one of values) lines.push([name, one]);
  }
  return lines;
}
