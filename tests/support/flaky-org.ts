import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOrg, type Org } from '@castellan/local-org';

/** What happens to one write on its way: all of it, or something worse. */
type Fate = 'answered' | 'lost-before' | 'lost-after';

export interface FlakyOrg extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
  /** Writes that arrived. */
  readonly writes: number;
  readonly reads: number;
  /** Asked about each write before the org sees it; everything is answered unless a test says otherwise. */
  decide: (write: number) => Fate;
  /** The same for each read. */
  onRead: (read: number) => Fate;
  /** Told of each write when the org has done it, before the answer leaves. */
  onDone: (write: number) => void;
  /** Logins of everybody but the administrator, as the org has them. */
  listLogins(): Promise<string[]>;
  countStatus(status: string): Promise<number>;
  /** Stops listening as if the machine were gone, and listens again at the same port. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
}

const TOKEN = '00token-of-this-test';

/** A local org behind a network that a test can break. */
export async function startFlakyOrg(): Promise<FlakyOrg> {
  const org = await createOrg({ seed: 'empty', token: TOKEN });
  let writes = 0;
  let reads = 0;
  let port = 0;
  let server = listenWith();
  await listen();

  const flaky: FlakyOrg = {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    token: TOKEN,
    get writes() {
      return writes;
    },
    get reads() {
      return reads;
    },
    decide: () => 'answered',
    onRead: () => 'answered',
    onDone: () => undefined,
    listLogins: async () =>
      (await listUsers(org))
        .map(({ profile }) => profile.login)
        .filter((login) => login !== 'admin@example.com'),
    countStatus: async (wanted) => (await listUsers(org)).filter(({ status }) => status === wanted).length,
    goDown,
    async comeBack() {
      server = listenWith();
      await listen();
    },
    async [Symbol.asyncDispose]() {
      await goDown();
      await org.close();
    },
  };
  return flaky;

  function listenWith() {
    return createServer((request, response) => void answer(request, response));
  }

  async function listen(): Promise<void> {
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    // A TCP server has an address object.
    port = (server.address() as AddressInfo).port;
  }

  async function goDown(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await toRequest(request, port);
    const isWrite = asked.method === 'POST';
    if (isWrite) writes += 1;
    else reads += 1;
    const fate = isWrite ? flaky.decide(writes) : flaky.onRead(reads);
    if (fate === 'lost-before') return void request.socket.destroy();
    const answered = await org.fetch(asked);
    const body = Buffer.from(await answered.arrayBuffer());
    if (isWrite) flaky.onDone(writes);
    if (fate === 'lost-after') return void request.socket.destroy();
    response.writeHead(answered.status, [...answered.headers].flat()).end(body);
  }
}

async function toRequest(request: IncomingMessage, port: number): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // a request without an encoding
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && !/^(host|connection|content-length)$/.test(name) ? [[name, value]] : [],
  );
  return new Request(`http://127.0.0.1:${port}${request.url ?? '/'}`, {
    method: request.method ?? 'GET',
    headers,
    ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
  });
}

interface ListedUser {
  readonly status: string;
  readonly profile: { readonly login: string };
}

async function listUsers(org: Org): Promise<ListedUser[]> {
  const users: ListedUser[] = [];
  let url: string | undefined = 'http://127.0.0.1/api/v1/users?limit=200';
  while (url !== undefined) {
    const page = await org.fetch(new Request(url, { headers: { authorization: `SSWS ${TOKEN}` } }));
    users.push(...((await page.json()) as ListedUser[])); // Okta's list of users
    url = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
  }
  return users;
}
