import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';

/** A web server on loopback, as the target of links. */
interface FileServer extends AsyncDisposable {
  readonly origin: string;
}

/** What a path answers with. */
interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
}

/** Serves files by their names. */
export async function serveFiles(paths: readonly string[]): Promise<FileServer> {
  const files = await Promise.all(
    paths.map(async (path) => [`/${basename(path)}`, await readFile(path)] as const),
  );
  return serveAnswers(
    Object.fromEntries(files.map(([name, body]) => [name, { status: 200, type: 'application/json', body }])),
  );
}

/** Serves fixed answers by path; anything else is a 404. */
export async function serveAnswers(answers: Readonly<Record<string, Answer>>): Promise<FileServer> {
  const server = createServer((request, response) => {
    const { status, type, body } = answers[request.url ?? ''] ?? {
      status: 404,
      type: 'text/plain',
      body: 'Not here.',
    };
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server has an address object.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
