import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox } from './index.ts';
import type { Sandbox } from './index.ts';
import { globalApi, pmApi } from './pm-api.ts';
import { runScript } from './testing.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
}, 60_000);
afterAll(() => sandbox.close());

/** Where a script finds each group. */
const PLACES = {
  Pm: 'pm',
  Info: 'pm.info',
  VariableScope: 'pm.environment',
  Request: 'pm.request',
  Response: 'pm.response',
  PropertyList: 'pm.request.headers',
  CookieList: 'pm.cookies',
  CookieJar: 'pm.cookies.jar()',
  Execution: 'pm.execution',
  Visualizer: 'pm.visualizer',
  Vault: 'pm.vault',
};

test.each(Object.entries(PLACES))('a script finds all that is declared of %s', async (group, place) => {
  const names = JSON.stringify(pmApi[group]?.map(({ name }) => name));
  const { console } = await runScript(
    sandbox,
    `console.log(${names}.filter((name) => !(name in ${place})));`,
  );
  const onlySometimes = { Execution: ['skipRequest'], Request: ['body', 'auth'] }[group] ?? [];
  expect(console[0]?.values).toEqual([onlySometimes]);
});

test('all of pm is declared', async () => {
  const names = pmApi['Pm']?.map(({ name }) => name).toSorted();
  const { console } = await runScript(sandbox, 'console.log(Object.keys(pm).sort());');
  expect(console[0]?.values).toEqual([names]);
});

test('a script finds every global that is declared', async () => {
  const names = JSON.stringify(globalApi.map(({ name }) => name));
  const { console } = await runScript(
    sandbox,
    `console.log(${names}.filter((name) => !(name in globalThis)));`,
  );
  expect(console[0]?.values).toEqual([[]]);
});

test('the declarations are the ones that the room exports', () => {
  const text = readFileSync(new URL('../pm.d.ts', import.meta.url), 'utf8');
  for (const { name } of [...globalApi, ...Object.values(pmApi).flat()]) expect(text).toContain(`${name}: `);
});
