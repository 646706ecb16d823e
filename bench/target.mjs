// A server shaped like an Okta org, as fast as Node lets it be, so that the runner is what is measured.
import { createServer } from 'node:http';

const HEADERS = {
  'content-type': 'application/json',
  'x-rate-limit-limit': '600',
  'x-rate-limit-remaining': '599',
  'x-rate-limit-reset': '4102444800',
};

/** What `/limited/` allows in a window, milliseconds. */
const LIMITED = { requests: 50, window: 5000 };

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
 * @returns {Promise<{ origin: string, takeCount: () => number, takeApplied: () => Map<string, number>,
 *   close: () => Promise<void> }>} `takeCount` is the number of requests since it was last asked, `takeApplied` how often
 *   each login was created under the limit since then
 */
export async function startTarget() {
  const list = largeList();
  const one = JSON.stringify(user(1));
  let count = 0;
  /** @type {{ end: number, used: number } | undefined} */
  let window;
  /** @type {Map<string, number>} */
  let applied = new Map();
  const server = createServer((request, response) => {
    count += 1;
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const path = request.url ?? '/';
      const isLimited = path.startsWith('/limited/');
      const [status, body, limits] = isLimited
        ? answerLimited(text)
        : [...answer(request.method ?? 'GET', path, text), {}];
      response.writeHead(status, { ...HEADERS, ...limits, 'content-length': Buffer.byteLength(body) });
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
    takeApplied() {
      const taken = applied;
      applied = new Map();
      window = undefined;
      return taken;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  /**
   * Fixed windows like an org's: 50 requests, then 429 until the window ends.
   * @param {string} text @returns {[number, string, Record<string, string>]}
   */
  function answerLimited(text) {
    const now = Date.now();
    if (window === undefined || now >= window.end)
      window = { end: Math.floor((now + LIMITED.window) / 1000) * 1000, used: 0 };
    const isOver = window.used >= LIMITED.requests;
    if (!isOver) window.used += 1;
    const limits = {
      'x-rate-limit-limit': String(LIMITED.requests),
      'x-rate-limit-remaining': String(LIMITED.requests - window.used),
      'x-rate-limit-reset': String(window.end / 1000),
    };
    if (isOver) return [429, '{"errorCode":"E0000047","errorSummary":"Too many requests."}', limits];
    const { login } = JSON.parse(text).profile;
    applied.set(login, (applied.get(login) ?? 0) + 1);
    return [200, one, limits];
  }

  /** @param {string} method @param {string} url @param {string} body @returns {[number, string]} */
  function answer(method, url, body) {
    if (method === 'DELETE' || method === 'PUT') return [204, ''];
    if (url.startsWith('/api/v1/users?limit=5000')) return [200, list];
    if (method === 'POST' && body !== '') return [200, JSON.stringify({ ...user(1), ...JSON.parse(body) })];
    if (url.endsWith('/users') && url.includes('/groups/')) return [200, `[${one}]`];
    return [200, one];
  }
}
