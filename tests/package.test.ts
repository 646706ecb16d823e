import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createFolder, runProgram } from './support/castellan.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'apps/cli');
const compiler = join(root, 'node_modules/typescript/bin/tsc');

/** What npm prints; a failure of it fails the test with what it said. */
async function npm(args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', args, { cwd, shell: process.platform === 'win32' });
  return stdout;
}

const consumer = `
import { run, RunFailure, version } from 'castellan';
import type { RunEvent, RunOptions, Summary } from 'castellan';

const options: RunOptions = {
  collection: 'users.json',
  envVar: [{ key: 'url', value: 'http://127.0.0.1:9' }],
  iterationData: [{ login: 'ada@example.com' }],
  reporter: { junit: { export: 'out.xml' } },
  onEvent(event: RunEvent) {
    switch (event.kind) {
      case 'assertion': {
        const name: string = event.assertion.name;
        return console.log(name, event.itemName);
      }
      case 'request-failed':
        return console.error(event.failure.sentence);
      default:
        return undefined;
    }
  },
};

try {
  const { failed, result } = await run(options);
  const assertions: number = result.summary.assertions.failed;
  console.log(version, failed, assertions);
} catch (error) {
  if (error instanceof RunFailure) console.error(error.message);
}

const emitter = run({ collection: {} }, (error: Error | null, summary?: Summary) => {
  const total: number | undefined = summary?.run.stats.requests.total;
  const code: number | undefined = summary?.run.executions[0]?.response?.code;
  const first: string | undefined = summary?.run.failures[0]?.error.message;
  console.log(error, total, code, first);
});
emitter
  .on('request', (error, { request, response, item }) => {
    const url: string = request.url.toString();
    console.log(error?.message, item.name, url, response?.responseTime.toFixed(), response?.headers.get('link'));
  })
  .on('assertion', (error, { assertion, skipped }) => console.log(error?.name, assertion.length, skipped === true))
  .on('done', (_error, summary) => console.log(summary.run.timings['responseAverage']));

// @ts-expect-error -- a collection is needed
run({ environment: 'local.json' });
// @ts-expect-error -- times are numbers
run({ collection: 'users.json', timeout: '3s' });
// @ts-expect-error -- no such name
run({ collection: 'users.json', onEvent: ({ kind }) => { if (kind === 'nothing') return; } });
`;

const script = `
pm.test('has a login', () => {
  const { profile } = pm.response.json();
  pm.expect(profile.login).to.match(/@example\\.com$/);
});
pm.environment.set('userId', pm.response.headers.get('x-user'));
const again: Promise<Sandbox.Response> = pm.sendRequest('http://127.0.0.1:9');
// @ts-expect-error -- no such function
pm.sendMail('ada@example.com');
`;

test('the packed package installs without a network, runs, and brings types that need no other package', async () => {
  await using folder = await createFolder();
  const packed = await npm(['pack', '--json', '--pack-destination', folder.path], cli);
  // What the build of the types printed stands before npm's list.
  const [{ filename }] = JSON.parse(packed.slice(packed.indexOf('[\n'))) as [{ filename: string }];

  const app = join(folder.path, 'app');
  await mkdir(app);
  await writeFile(join(app, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  await npm(
    ['install', '--offline', '--omit=optional', '--no-audit', '--no-fund', join(folder.path, filename)],
    app,
  );
  const types = await readFile(join(app, 'node_modules/castellan/dist/index.d.ts'), 'utf8');
  expect(types.match(/from '[^']+'/g)).toEqual(["from 'node:events'"]);

  await writeFile(join(app, 'consumer.ts'), consumer);
  await writeFile(join(app, 'script.ts'), script);
  const strict = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    target: 'es2023',
    module: 'nodenext',
  };
  const typeRoots = [join(root, 'node_modules/@types')];
  const projects = {
    consumer: { compilerOptions: { ...strict, types: ['node'], typeRoots }, files: ['consumer.ts'] },
    script: {
      compilerOptions: { ...strict, lib: ['es2023'], types: ['castellan/pm'] },
      files: ['script.ts'],
    },
  };
  for (const [name, config] of Object.entries(projects)) {
    await writeFile(join(app, `tsconfig.${name}.json`), JSON.stringify(config));
    const checked = await runProgram(compiler, ['-p', `tsconfig.${name}.json`, '--pretty', 'false'], {
      cwd: app,
    });
    expect({ name, ...checked }).toMatchObject({ name, code: 0, stdout: '' });
  }

  await writeFile(
    join(app, 'run.js'),
    "import { run } from 'castellan';\n" +
      "const { result } = await run({ collection: { info: { name: 'None' }, item: [] } });\n" +
      'console.log(result.outcome);\n',
  );
  expect(await runProgram(join(app, 'run.js'), [], { cwd: app })).toMatchObject({
    code: 0,
    stdout: 'completed\n',
  });
}, 120_000);
