// `npm run bench:org`: what the local org does a second, and with 100,000 users, beside a bare Hono route.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../scripts/build.mjs';
import { ensureInstalled, root } from '../scripts/install.mjs';
import { load } from './load.mjs';
import { median } from './measure.mjs';

const { values: options } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
  },
});

const TOKEN = '00bench';
const CONNECTIONS = 16;
const castellan = join(root, 'apps/cli/dist/main.mjs');
const bareHono = fileURLToPath(new URL('bare-hono.mjs', import.meta.url));
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);

ensureInstalled();
await build();
const folder = mkdtempSync(join(tmpdir(), 'castellan-bench-org-'));
try {
  await measureRequests();
  await measureMany(Number(options.users));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Reads and creates on an org that holds next to nothing. */
async function measureRequests() {
  const org = await start([castellan, ...orgArgs(join(folder, 'few'))]);
  const user = await send(org.origin, 'POST', '/api/v1/users', personCalled('reader'));
  const bare = await start([bareHono], { USER_BODY: JSON.stringify(user) });
  try {
    const next = () => ({ method: 'GET', path: `/api/v1/users/${user.id}` });
    const samples = [];
    for (let round = 0; round <= rounds; round += 1) {
      const alone = await load({ ...common(bare.origin), next });
      const org1 = await load({ ...common(org.origin), next });
      // The first round warms both up.
      if (round > 0) samples.push({ alone: alone.perSecond, org: org1.perSecond });
    }
    print('bare Hono route', `${whole(median(samples.map(({ alone }) => alone)))} requests/s`);
    print('read user by id', `${whole(median(samples.map((one) => one.org)))} requests/s`);
    print('  of the bare route', `${whole(100 * median(samples.map((one) => one.org / one.alone)))} %`);
    await measureCreating('create user', org.origin, (name) => personCalled(name));
    await measureCreating('create user with a password', org.origin, (name) => ({
      ...personCalled(name),
      credentials: { password: { value: 'Tidal#Ferry9' } },
    }));
  } finally {
    await org.stop();
    await bare.stop();
  }
}

/**
 * Users made on disk by several writers at once.
 * @param {string} what @param {string} origin @param {(name: string) => object} bodyOf
 */
async function measureCreating(what, origin, bodyOf) {
  let made = 0;
  const next = () => ({
    method: 'POST',
    path: '/api/v1/users',
    body: JSON.stringify(bodyOf(`${what.replaceAll(' ', '')}${(made += 1)}`)),
  });
  const samples = [];
  for (let round = 0; round <= rounds; round += 1)
    samples.push((await load({ ...common(origin), next })).perSecond);
  print(`${what}, ${CONNECTIONS} writers`, `${whole(median(samples.slice(1)))} requests/s`);
}

/** An org with many users, half of whom are in one group. @param {number} count */
async function measureMany(count) {
  const data = join(folder, 'many');
  const file = join(folder, 'seed.json');
  writeFileSync(file, JSON.stringify(seedOf(count)));
  const seeding = performance.now();
  const seeded = spawnSync(process.execPath, [castellan, 'org', 'seed', file, '--data', data], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (seeded.status !== 0) throw new Error('The org could not be seeded.');
  print(`seed ${count} users`, `${((performance.now() - seeding) / 1000).toFixed(1)} s`);
  const starting = [];
  for (let round = 0; round < 3; round += 1) {
    const begun = performance.now();
    const org = await start([castellan, ...orgArgs(data)]);
    await send(org.origin, 'GET', '/api/v1/users/me');
    starting.push({ seconds: (performance.now() - begun) / 1000, megabytes: memoryOf(org.pid) });
    if (round < 2) {
      await org.stop();
      continue;
    }
    try {
      await measureLists(org.origin, count);
      print('  memory after that', `${whole(memoryOf(org.pid))} MB`);
    } finally {
      await org.stop();
    }
  }
  print('start from disk', `${median(starting.map((one) => one.seconds)).toFixed(2)} s`);
  print('  memory at start', `${whole(Math.max(...starting.map((one) => one.megabytes)))} MB`);
}

/** @param {string} origin @param {number} count */
async function measureLists(origin, count) {
  const [half] = await send(origin, 'GET', '/api/v1/groups?q=Half');
  const lists = {
    'list 200 users': () => '/api/v1/users?limit=200',
    'search on a custom attribute': (/** @type {number} */ round) =>
      `/api/v1/users?search=${encodeURIComponent(`profile.badge eq "B${(round * 7919) % count}"`)}`,
    [`200 of ${count / 2} members`]: () => `/api/v1/groups/${half.id}/users?limit=200`,
  };
  for (const [name, pathOf] of Object.entries(lists)) {
    const times = [];
    for (let round = 0; round < 21; round += 1) {
      const begun = performance.now();
      await send(origin, 'GET', pathOf(round));
      times.push(performance.now() - begun);
    }
    print(name, `${median(times).toFixed(1)} ms`);
  }
}

/** @param {number} count */
function seedOf(count) {
  return {
    attributes: { users: { badge: { title: 'Badge', type: 'string' } } },
    groups: [{ profile: { name: 'Half' } }],
    users: Array.from({ length: count }, (_, number) => ({
      profile: { ...personCalled(`person${number}`).profile, badge: `B${number}` },
      ...(number % 2 === 0 ? { groups: ['Half'] } : {}),
    })),
  };
}

/** @param {string} name */
function personCalled(name) {
  const login = `${name}@example.com`;
  return {
    profile: { firstName: 'Ines', lastName: 'Okafor', email: login, login, department: 'Engineering' },
  };
}

/** @param {string} origin */
function common(origin) {
  return { origin, token: TOKEN, connections: CONNECTIONS, seconds };
}

/** @param {string} data */
function orgArgs(data) {
  return ['org', '--empty', '--port', '0', '--token', TOKEN, '--data', data];
}

/** @param {string} origin @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
async function send(origin, method, path, body) {
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: { authorization: `SSWS ${TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

/**
 * Starts a server and waits until it prints its address.
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ origin: string, pid: number, stop(): Promise<void> }>}
 */
function start(args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = new Promise((done) => child.once('close', done));
    closed.then(() => reject(new Error(`${args.join(' ')} ended early.`)));
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      const origin = /https?:\/\/[\d.]+:\d+(?=\s)/.exec(printed)?.[0];
      if (origin === undefined) return;
      const stop = async () => {
        child.kill('SIGINT');
        await closed;
      };
      resolve({ origin, pid: child.pid ?? 0, stop });
    });
  });
}

/** Megabytes that a process holds; 0 where there is no /proc. @param {number} pid */
function memoryOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** @param {number} value */
function whole(value) {
  return Math.round(value).toLocaleString('en');
}

/** @param {string} name @param {string} figure */
function print(name, figure) {
  console.log(`${name.padEnd(40)} ${figure.padStart(20)}`);
}
