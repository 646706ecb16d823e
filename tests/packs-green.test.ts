import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createFolder, runCli, runProgram, startCli } from './support/castellan.ts';

const packs = fileURLToPath(new URL('../packs/', import.meta.url));
const newman = createRequire(import.meta.url).resolve('newman/bin/newman.js');

/** Castellan's own packs: each runs from top to bottom without a red assertion. */
const GREEN = [
  'authentication',
  'sessions',
  'users',
  'factors',
  'groups',
  'admin-roles',
  'apps',
  'schemas',
  'user-types',
  'linked-objects',
  'events',
  'system-log',
  'api-tokens',
  'subscriptions',
] as const;

/** What a run with `--reporter-json-export` tells, as far as it is looked at. */
interface Report {
  readonly run: {
    readonly stats: Readonly<Record<'requests' | 'assertions', { total: number; failed: number }>>;
    readonly failures: readonly {
      readonly source?: { name?: string };
      readonly error: { message: string };
    }[];
  };
}

const RUNNERS = {
  'castellan run': (args: readonly string[]) => runCli(['run', ...args]),
  // The outside witness: what is green only in our own engine proves little.
  Newman: (args: readonly string[]) => runProgram(newman, ['run', ...args]),
};

describe.each(GREEN)('the pack %s', (pack) => {
  it.each(Object.entries(RUNNERS))('runs green from top to bottom with %s', async (_, run) => {
    await using folder = await createFolder();
    await using org = await startCli(['org', '--empty', '--port', '0', '--token', '00green'], /Ctrl-C/);
    const report = join(folder.path, 'report.json');
    const environment = await writeEnvironment(folder.path, org.address('Local org'));
    const collection = join(packs, `${pack}.json`);
    await run([collection, '-e', environment, '--reporters', 'json', '--reporter-json-export', report]);
    const { stats, failures } = (JSON.parse(await readFile(report, 'utf8')) as Report).run;
    expect(failures.map(({ source, error }) => `${source?.name}: ${error.message}`)).toEqual([]);
    expect(stats.requests.failed).toBe(0);
    expect(stats.assertions.total).toBeGreaterThanOrEqual(stats.requests.total);
  });
});

/** The environment that comes with the packs, filled in like a person would. */
async function writeEnvironment(folder: string, url: string): Promise<string> {
  const template = JSON.parse(await readFile(join(packs, 'okta.postman_environment.json'), 'utf8')) as {
    values: { key: string; value: string }[];
  };
  const given: Readonly<Record<string, string>> = { url, apikey: '00green' };
  const values = template.values.map((one) => ({ ...one, value: given[one.key] ?? one.value }));
  const path = join(folder, 'environment.json');
  await mkdir(folder, { recursive: true });
  await writeFile(path, JSON.stringify({ ...template, values }));
  return path;
}
