// What Hono alone answers: one route with a user as its body. `bench/org.mjs` measures the local org beside it.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// Hono is a dependency of the workbench, not of the checkout's root.
const require = createRequire(new URL('../packages/workbench/package.json', import.meta.url));
const load = (/** @type {string} */ name) => import(pathToFileURL(require.resolve(name)).href);
const { serve } = await load('@hono/node-server');
const { Hono } = await load('hono');

const user = JSON.parse(process.env['USER_BODY'] ?? '{}');
const app = new Hono().get(
  '/api/v1/users/:userId',
  (/** @type {{ json(value: unknown): Response }} */ context) => context.json(user),
);
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (/** @type {{ port: number }} */ { port }) => {
  process.stdout.write(`Bare route   http://127.0.0.1:${port}\n`);
});
