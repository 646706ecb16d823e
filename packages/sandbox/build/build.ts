import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import type { Plugin } from 'rolldown';
import { createImage } from '../src/machine.ts';

const room = findRoom(dirname(fileURLToPath(import.meta.url)));
const fromRoom = createRequire(join(room, 'package.json'));

/** Builds what a sandbox loads: the worker, QuickJS, and the two images with the libraries in them. */
export async function buildSandbox({ outDir }: { readonly outDir: string }): Promise<void> {
  mkdirSync(outDir, { recursive: true });
  await bundleWorker(outDir, 'worker', 'mjs');
  await bundleWorker(outDir, 'on-demand', 'cjs');
  const wasm = readFileSync(findWasm());
  writeFileSync(join(outDir, 'quickjs.wasm'), wasm);
  for (const flavour of ['core', 'full']) {
    const { bytes, ...addresses } = await createImage(wasm, await bundleInside(flavour));
    writeFileSync(join(outDir, `${flavour}.image`), bytes);
    writeFileSync(join(outDir, `${flavour}.json`), JSON.stringify(addresses));
  }
}

/** The folder of the files for this state of the sources, built if it is not there yet. */
export async function cachedSandbox(): Promise<URL> {
  const cache = join(room, '../../node_modules/.cache/castellan-sandbox', hashSources());
  if (!existsSync(cache)) {
    const draft = `${cache}.${process.pid}.${Math.random().toString(36).slice(2)}`;
    await buildSandbox({ outDir: draft });
    // Somebody else may have finished the same folder in the meantime; then theirs is as good.
    if (!existsSync(cache)) renameSync(draft, cache);
  }
  return pathToFileURL(`${cache}/`);
}

async function bundleWorker(outDir: string, name: string, extension: 'cjs' | 'mjs'): Promise<void> {
  const input = join(room, 'src', `${name}.ts`);
  const bundle = await rolldown({ input, platform: 'node', logLevel: 'silent' });
  await bundle.write({
    file: join(outDir, `${name}.${extension}`),
    format: extension === 'cjs' ? 'cjs' : 'esm',
    minify: true,
    codeSplitting: false,
  });
  await bundle.close();
}

async function bundleInside(flavour: string): Promise<string> {
  const bundle = await rolldown({
    input: join(room, 'inside', `${flavour}.ts`),
    platform: 'browser',
    logLevel: 'warn',
    plugins: [withoutTables(), withLightChai()],
    resolve: { alias: aliases() },
    transform: { define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' } },
  });
  // Chai shows the names of classes in what it says of values.
  const names = { function: true, class: true };
  const minify = { compress: { keepNames: names }, mangle: { keepNames: names } };
  const { output } = await bundle.generate({ format: 'iife', minify, codeSplitting: false });
  await bundle.close();
  return output[0].code;
}

/** Puts calls to the worker in the place of the lists that dynamic variables draw from. */
function withoutTables(): Plugin {
  const path = 'postman-collection/lib/superstring/dynamic-variables.js';
  // What the version pinned in package.json exports: generators by name.
  const names = Object.keys(fromRoom(path) as object);
  const target = fromRoom.resolve(path);
  return {
    name: 'without-tables',
    load: {
      filter: { id: target },
      handler: () =>
        `module.exports = require(${JSON.stringify(join(room, 'inside/dynamic.ts'))})` +
        `.createGenerators(${JSON.stringify(names)});`,
    },
  };
}

/** Wraps two of chai's functions: see inside/light-chai.ts. */
function withLightChai(): Plugin {
  const light = JSON.stringify(join(room, 'inside/light-chai.ts'));
  const wraps = { proxify: 'lightenProxify', transferFlags: 'lightenTransfer' };
  return {
    name: 'with-light-chai',
    transform: {
      filter: { id: /chai\/lib\/chai\/utils\/(?:proxify|transferFlags)\.js$/ },
      handler: (code, id) => {
        const name = id.endsWith('proxify.js') ? wraps.proxify : wraps.transferFlags;
        return `${code};\nmodule.exports = require(${light}).${name}(module.exports);`;
      },
    },
  };
}

/** Node's modules as packages for other surroundings; the slash keeps Node's own from being found. */
function aliases(): Record<string, string> {
  const names = {
    assert: 'assert/',
    buffer: 'buffer/',
    events: 'events/',
    path: 'path-browserify',
    punycode: 'punycode/',
    querystring: 'querystring-es3',
    stream: 'stream-browserify',
    string_decoder: 'string_decoder/',
    url: 'url/',
    util: 'util/',
  };
  const found = Object.entries(names).map(([name, module]) => [name, fromRoom.resolve(module)]);
  // One copy for scripts and for postman-collection; tables that stay with the worker.
  found.push(['lodash', fromRoom.resolve('lodash')], ['iconv-lite', join(room, 'inside/charsets.ts')]);
  // What no script may have, though a library asks for it while it loads.
  const absent = ['crypto', 'fs', 'http', 'https', 'net', 'tls', 'zlib', 'os', 'child_process', 'timers'];
  const refused = absent.map((name) => [name, join(room, 'inside/absent.js')]);
  return Object.fromEntries([...found, ...refused]);
}

function findWasm(): string {
  const entry = fromRoom.resolve('@jitl/quickjs-wasmfile-release-sync');
  return join(dirname(entry), 'emscripten-module.wasm');
}

function hashSources(): string {
  const hash = createHash('sha256').update(readFileSync(join(room, 'package.json')));
  for (const folder of ['build', 'inside', 'src']) {
    for (const name of readdirSync(join(room, folder)).toSorted()) {
      if (!name.includes('.test.')) hash.update(name).update(readFileSync(join(room, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function findRoom(folder: string): string {
  const path = join(folder, 'package.json');
  if (existsSync(path) && readFileSync(path, 'utf8').includes('"@castellan/sandbox"')) return folder;
  return findRoom(dirname(folder));
}
