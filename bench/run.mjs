// `npm run bench`: the same workloads with Castellan, Newman and Bruno, in turn, against one local server.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../scripts/build.mjs';
import { ensureInstalled, root } from '../scripts/install.mjs';
import { measure, median } from './measure.mjs';
import { writeReport } from './report.mjs';
import { startTarget } from './target.mjs';
import { limited, workloads, writeWorkload } from './workloads.mjs';

const { values: options } = parseArgs({
  options: {
    workloads: { type: 'string', default: 'W1,W2,W3,W4,W5,W6' },
    runs: { type: 'string', default: '5' },
    runners: { type: 'string', default: 'castellan,newman,bruno' },
    json: { type: 'string' },
    'keep-docs': { type: 'boolean' },
  },
});

/** What the peers are; they are installed beside the checkout's other packages, never with the product. */
const PEERS = { newman: 'newman@6.2.2', bruno: '@usebruno/cli@4.1.0' };
const peersFolder = fileURLToPath(new URL('../node_modules/.castellan-peers', import.meta.url));

/** Who takes part, in this order in every round. */
const RUNNERS = ['castellan', ...Object.keys(PEERS)];
/** A runner that needs longer than this is measured once. */
const PATIENCE_SECONDS = 60;

ensureInstalled();
await build();
const names = options.runners.split(',');
for (const name of names) if (name in PEERS) installPeer(/** @type {keyof typeof PEERS} */ (name));

const target = await startTarget();
const folder = mkdtempSync(join(tmpdir(), 'castellan-bench-'));
/** @type {import('./report.mjs').Results} */
const results = {};
try {
  for (const workload of workloads.filter(({ name }) => options.workloads.split(',').includes(name))) {
    results[workload.name] = await runWorkload(workload);
    print(workload, results[workload.name] ?? {});
  }
  if (options.workloads.split(',').includes(limited.name)) await runLimited();
} finally {
  await target.close();
  rmSync(folder, { recursive: true, force: true });
}
const machine = {
  cpus: cpus().length,
  model: cpus()[0]?.model ?? 'unknown',
  gigabytes: Math.round(totalmem() / 2 ** 30),
  system: `${type()} ${release()}`,
  node: process.version,
  load: loadavg()[0] ?? 0,
};
if (options.json !== undefined)
  writeFileSync(options.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
const isComplete =
  names.length === RUNNERS.length && workloads.every(({ name }) => results[name] !== undefined);
if (isComplete && options['keep-docs'] !== true) {
  const file = join(root, 'docs/benchmarks.md');
  writeFileSync(file, writeReport(results, machine, PEERS));
  console.log(`\nWrote ${file}.`);
}
if (names.includes('castellan')) {
  console.log('\nWhat masking and binding secrets takes of a run:');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  spawnSync(process.execPath, [vitest, 'run', '--project', 'measure', 'tests/bench/secrets.measure.ts'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...(options['keep-docs'] === true ? { CASTELLAN_KEEP_DOCS: '1' } : {}) },
  });
}

/** @param {import('./workloads.mjs').Workload} workload */
async function runWorkload(workload) {
  const place = join(folder, workload.name);
  writeWorkload(workload, target.origin, place);
  if (names.includes('bruno')) await convertForBruno(place);
  /** @type {Record<string, { seconds: number[], megabytes: number[] }>} */
  const samples = {};
  for (let round = 0; round < Number(options.runs); round += 1) {
    for (const name of names) {
      const known = samples[name]?.seconds;
      if (known !== undefined && Math.min(...known) > PATIENCE_SECONDS) continue;
      target.takeCount();
      const { command, cwd } = commandOf(name, workload, place);
      const { seconds, megabytes, code } = await measure(command, cwd);
      const wanted = workload.items.length * workload.iterations;
      const seen = target.takeCount();
      if (code !== 0 || seen !== wanted)
        throw new Error(
          `${name} on ${workload.name}: exit code ${code}, ${seen} of ${wanted} requests arrived.`,
        );
      const sample = (samples[name] ??= { seconds: [], megabytes: [] });
      sample.seconds.push(seconds);
      sample.megabytes.push(megabytes);
    }
  }
  return Object.fromEntries(
    Object.entries(samples).map(([name, { seconds, megabytes }]) => [
      name,
      { seconds: median(seconds), megabytes: Math.max(...megabytes), runs: seconds.length },
    ]),
  );
}

/** Not who is faster, but what became of the rows, and what the tool says of them: its exit code. */
async function runLimited() {
  const place = join(folder, limited.name);
  writeWorkload(limited, target.origin, place);
  if (names.includes('bruno')) await convertForBruno(place);
  console.log(`\n${limited.name}  ${limited.what}`);
  for (const name of names.flatMap((each) =>
    each === 'castellan' ? ['castellan --lanes auto', 'castellan'] : [each],
  )) {
    const { command, cwd } = commandOf(name.split(' ')[0] ?? '', limited, place);
    target.takeApplied();
    const more = name.includes(' ') ? ['--lanes', 'auto', '--capacity', '100%'] : [];
    const { seconds, code } = await measure([...command, ...more], cwd);
    const applied = target.takeApplied();
    const twice = [...applied.values()].filter((times) => times > 1).length;
    console.log(
      `  ${name.padEnd(24)} ${String(applied.size).padStart(3)} of ${limited.iterations} rows applied, ${twice} twice, exit code ${code}, ${seconds.toFixed(1)} s`,
    );
  }
}

/** @param {string} name @param {import('./workloads.mjs').Workload} workload @param {string} place */
function commandOf(name, workload, place) {
  const data =
    workload.rows === undefined ? ['-n', String(workload.iterations)] : ['-d', join(place, 'data.csv')];
  const postman = ['run', join(place, 'collection.json'), '-e', join(place, 'environment.json'), ...data];
  switch (name) {
    case 'castellan':
      return { command: [process.execPath, join(root, 'apps/cli/dist/main.mjs'), ...postman], cwd: place };
    case 'newman':
      return {
        command: [
          process.execPath,
          join(peersFolder, 'newman/node_modules/newman/bin/newman.js'),
          ...postman,
        ],
        cwd: place,
      };
    case 'bruno': {
      const rows =
        workload.rows === undefined
          ? ['--iteration-count', String(workload.iterations)]
          : ['--csv-file-path', join(place, 'data.csv')];
      const bru = join(peersFolder, 'bruno/node_modules/@usebruno/cli/bin/bru.js');
      return {
        // Its safe sandbox breaks on W4's answers; this is its faster one.
        command: [process.execPath, bru, 'run', '-r', '--sandbox', 'developer', '--env', 'bench', ...rows],
        cwd: join(place, 'bruno'),
      };
    }
    default:
      throw new Error(`There is no runner ${name}; there are castellan, newman and bruno.`);
  }
}

/** @param {keyof typeof PEERS} name */
function installPeer(name) {
  const place = join(peersFolder, name);
  if (existsSync(join(place, 'node_modules'))) return;
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), '{ "private": true }\n');
  process.stderr.write(`Installing ${PEERS[name]} …\n`);
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', PEERS[name]];
  const npm = spawnSync('npm', args, {
    cwd: place,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) throw new Error(`npm could not install ${PEERS[name]}.`);
}

/**
 * Writes a workload as Bruno's own folder, with Bruno's own converter.
 * @param {string} place
 */
async function convertForBruno(place) {
  const fromBruno = createRequire(join(peersFolder, 'bruno/package.json'));
  const { postmanToBruno, postmanToBrunoEnvironment } = fromBruno('@usebruno/converters');
  const { stringifyRequest, stringifyEnvironment } = fromBruno('@usebruno/filestore');
  const read = (/** @type {string} */ name) => JSON.parse(readFileSync(join(place, name), 'utf8'));
  const folder = join(place, 'bruno');
  mkdirSync(join(folder, 'environments'), { recursive: true });
  writeFileSync(join(folder, 'bruno.json'), '{ "version": "1", "name": "bench", "type": "collection" }\n');
  const converted = await postmanToBruno(read('collection.json'));
  for (const item of (converted.collection ?? converted).items)
    writeFileSync(join(folder, `${item.name}.bru`), stringifyRequest(item, { format: 'bru' }));
  const environment = stringifyEnvironment(await postmanToBrunoEnvironment(read('environment.json')), {
    format: 'bru',
  });
  writeFileSync(join(folder, 'environments/bench.bru'), environment);
}

/** @param {import('./workloads.mjs').Workload} workload @param {Record<string, import('./report.mjs').Result>} result */
function print(workload, result) {
  console.log(`\n${workload.name}  ${workload.what}`);
  const own = result['castellan'];
  for (const [name, { seconds, megabytes }] of Object.entries(result)) {
    const ratio =
      own === undefined || name === 'castellan'
        ? ''
        : `castellan takes ${(own.seconds / seconds).toFixed(2)} of its time`;
    console.log(
      `  ${name.padEnd(10)} ${seconds.toFixed(3).padStart(8)} s  ${megabytes.toFixed(0).padStart(5)} MB  ${ratio}`,
    );
  }
}
