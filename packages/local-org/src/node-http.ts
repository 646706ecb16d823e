import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { IncomingMessage, RequestListener } from 'node:http';
import { ConnectionCut } from './faults.ts';

/** What a request without a `Host` was sent to. */
const UNNAMED_HOST = 'localhost';

/** Lets a fetch function answer the requests of a Node server. What it throws ends in a bare 500 or a cut. */
export function toListener(fetch: (request: Request) => Promise<Response>): RequestListener {
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
  return (incoming, outgoing) => {
    if (hasLength(incoming)) void listener(incoming, outgoing);
    else outgoing.writeHead(411, { 'content-length': 0 }).end();
  };
}

/** Okta: a POST or PUT says how long its body is, be it 0 (core-okta-api#delete); what else 411 says is not documented. */
function hasLength({ method, headers }: IncomingMessage): boolean {
  if (method !== 'POST' && method !== 'PUT') return true;
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}
