// A server shaped like an Okta org, as fast as Node lets it be, so that the runner is what is measured.
import { createServer } from 'node:http';

const HEADERS = {
  'content-type': 'application/json',
  'x-rate-limit-limit': '600',
  'x-rate-limit-remaining': '599',
  'x-rate-limit-reset': '4102444800',
};

/** @param {number} number */
function user(number) {
  const login = `person${number}@example.com`;
  return {
    id: `00u${String(number).padStart(17, '0')}`,
    status: 'ACTIVE',
    created: '2026-01-01T00:00:00.000Z',
    profile: {
      login,
      email: login,
      firstName: 'Person',
      lastName: String(number),
      department: `Team ${number % 20}`,
    },
    _links: { self: { href: `https://org.example.com/api/v1/users/${number}` } },
  };
}

/** Pads a list of users to about 12 MB, so that parsing it is what is measured. */
function largeList() {
  const padding = 'x'.repeat(2_150);
  return JSON.stringify(Array.from({ length: 5_000 }, (_, number) => ({ ...user(number), note: padding })));
}

/**
 * Starts the target on a free port of loopback.
 * @returns {Promise<{ origin: string, takeCount: () => number, close: () => Promise<void> }>} `takeCount` is the
 *   number of requests since it was last asked
 */
export async function startTarget() {
  const list = largeList();
  const one = JSON.stringify(user(1));
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const [status, body] = answer(
        request.method ?? 'GET',
        request.url ?? '/',
        Buffer.concat(chunks).toString(),
      );
      response.writeHead(status, { ...HEADERS, 'content-length': Buffer.byteLength(body) });
      response.end(body);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The target has no port.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    takeCount() {
      const taken = count;
      count = 0;
      return taken;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  /** @param {string} method @param {string} url @param {string} body @returns {[number, string]} */
  function answer(method, url, body) {
    if (method === 'DELETE' || method === 'PUT') return [204, ''];
    if (url.startsWith('/api/v1/users?limit=5000')) return [200, list];
    if (method === 'POST' && body !== '') return [200, JSON.stringify({ ...user(1), ...JSON.parse(body) })];
    if (url.endsWith('/users') && url.includes('/groups/')) return [200, `[${one}]`];
    return [200, one];
  }
}
