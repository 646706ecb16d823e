// Builds what is not run from source: the sandbox's image, the command line and the web app.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { root } from './install.mjs';

const dist = join(root, 'apps/cli/dist');

/**
 * What is built, from what, and how. A target is stale when a file of its inputs has another size or time
 * than at its last build.
 * @type {readonly { name: string, inputs: readonly string[], output: string, build: () => Promise<void> }[]}
 */
const targets = [
  {
    name: 'sandbox',
    inputs: [
      'packages/sandbox/build',
      'packages/sandbox/inside',
      'packages/sandbox/src',
      'packages/sandbox/package.json',
    ],
    output: join(dist, 'sandbox'),
    build: buildSandbox,
  },
  {
    name: 'packs',
    inputs: ['packs'],
    output: join(dist, 'packs'),
    build: copyPacks,
  },
  {
    name: 'command line',
    inputs: ['apps/cli/src', 'apps/cli/package.json', ...sourcesOfPackages()],
    output: join(dist, 'main.mjs'),
    build: buildCommandLine,
  },
  {
    name: 'web app',
    inputs: [
      'apps/web',
      'packages/collection/src',
      'packages/okta-api/src',
      'packages/workbench/src',
      'packages/sandbox/pm.d.ts',
    ],
    output: join(dist, 'web'),
    build: buildWebApp,
  },
];

/** Builds what is stale. Says on stderr what it builds, and nothing when all is fresh. */
export async function build() {
  mkdirSync(dist, { recursive: true });
  for (const target of targets) {
    const stamp = join(dist, `.${target.name.replaceAll(' ', '-')}.stamp`);
    const wanted = fingerprint(target.inputs);
    if (existsSync(target.output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) continue;
    process.stderr.write(`Building the ${target.name} …\n`);
    rmSync(stamp, { force: true });
    await target.build();
    writeFileSync(stamp, wanted);
  }
}

function sourcesOfPackages() {
  return readdirSync(join(root, 'packages')).map((room) => `packages/${room}/src`);
}

async function buildSandbox() {
  const { bundle } = await import('./bundle.mjs');
  const { buildSandbox } = await bundle('packages/sandbox/build/build.ts');
  rmSync(join(dist, 'sandbox'), { recursive: true, force: true });
  await buildSandbox({ outDir: join(dist, 'sandbox') });
}

async function copyPacks() {
  rmSync(join(dist, 'packs'), { recursive: true, force: true });
  cpSync(join(root, 'packs'), join(dist, 'packs'), { recursive: true });
}

async function buildCommandLine() {
  const { build: rolldown } = await import('rolldown');
  for (const name of readdirSync(dist)) if (name.endsWith('.mjs')) rmSync(join(dist, name));
  const { version } = JSON.parse(readFileSync(join(root, 'apps/cli/package.json'), 'utf8'));
  await rolldown({
    input: { main: join(root, 'apps/cli/src/main.ts'), index: join(root, 'apps/cli/src/index.ts') },
    platform: 'node',
    logLevel: 'warn',
    // A binary of the platform, where there is one for it.
    external: ['@napi-rs/keyring'],
    transform: { define: { __CASTELLAN_VERSION__: JSON.stringify(version) } },
    output: {
      dir: dist,
      format: 'esm',
      entryFileNames: '[name].mjs',
      chunkFileNames: '[name]-[hash].mjs',
      minify: false,
    },
  });
}

async function buildWebApp() {
  const { createRequire } = await import('node:module');
  const fromWeb = createRequire(join(root, 'apps/web/package.json'));
  const vite = await import(pathToFileURL(fromWeb.resolve('vite')).href);
  // Whoever builds from a test would get React’s development build, which is several times slower.
  process.env['NODE_ENV'] = 'production';
  await vite.build({
    root: join(root, 'apps/web'),
    logLevel: 'warn',
    // The page's first load is one chunk, 216 KB gzip.
    build: { outDir: join(dist, 'web'), emptyOutDir: true, chunkSizeWarningLimit: 800 },
  });
}

/** @param {readonly string[]} inputs files and folders, from the root */
function fingerprint(inputs) {
  const hash = createHash('sha256');
  for (const path of ['package-lock.json', 'scripts/build.mjs', ...inputs]) addToHash(hash, join(root, path));
  return hash.digest('hex');
}

/** @param {import('node:crypto').Hash} hash @param {string} path */
function addToHash(hash, path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory()) {
    hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).toSorted()) {
    if (name === 'node_modules' || name === 'dist' || name.startsWith('.')) continue;
    addToHash(hash, join(path, name));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { ensureInstalled } = await import('./install.mjs');
  ensureInstalled();
  await build();
}
