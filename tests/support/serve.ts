import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a path is answered: a type, a body, and further headers. */
type Served = readonly [
  type: string,
  body: string | Buffer,
  headers?: Readonly<Record<string, string | string[]>>,
];

/** A server that answers each path the same at every time; other paths with nothing. */
export async function serve(answers: Readonly<Record<string, Served>>) {
  const server = createServer((request, response) => {
    const [type, body, headers] = answers[request.url ?? ''] ?? ['text/plain', ''];
    response.writeHead(200, { 'content-type': type, ...headers });
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
