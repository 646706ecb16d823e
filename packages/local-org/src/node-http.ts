import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { RequestListener } from 'node:http';
import { ConnectionCut } from './faults.ts';

/** What a request without a `Host` was sent to. */
const UNNAMED_HOST = 'localhost';

/** Lets a fetch function answer the requests of a Node server. What it throws ends in a bare 500 or a cut. */
export function toListener(fetch: (request: Request) => Promise<Response>): RequestListener {
  return getRequestListener(
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
}
