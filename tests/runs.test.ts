import { once } from 'node:events';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit } from './support/axe.ts';
import { launchBrowser } from './support/browser.ts';
import { createFolder, runCli } from './support/castellan.ts';
import { startFlakyOrg } from './support/flaky-org.ts';
import { writeImport } from './support/import-users.ts';
import { chooseEnvironment, openWorld } from './support/workbench.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** A directory that knows every login but those with a 7 at their end; it can be held up. */
async function serveDirectory() {
  let answered = 0;
  let holdAfter = Number.POSITIVE_INFINITY;
  let waiting: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    if (answered >= holdAfter) await new Promise<void>((resolve) => waiting.push(resolve));
    answered += 1;
    const isKnown = request.url?.endsWith('7') !== true;
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(isKnown ? { id: request.url } : { errorCode: 'E0000007', errorSummary: 'Not found' }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold(after: number) {
      holdAfter = after;
    },
    release() {
      holdAfter = Number.POSITIVE_INFINITY;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function withLookup(origin: string) {
  return async (workspace: string) => {
    await mkdir(join(workspace, 'collections'), { recursive: true });
    const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
    const lookup = {
      info: { _postman_id: 'c1', name: 'Look people up', schema },
      item: [{ name: 'Find by login', request: { method: 'GET', url: `${origin}/{{login}}` } }],
    };
    await writeFile(join(workspace, 'collections', 'lookup.json'), JSON.stringify(lookup));
  };
}

async function chooseRows(page: Page, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, row) => `person${row}@${row}`);
  await page.getByLabel('Data file').setInputFiles({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['who', ...rows].join('\n')),
  });
  await page.getByText(`${count.toLocaleString('en')} rows`, { exact: true }).waitFor();
}

it('watches 1,000 rows to the end, over a reload in the middle, and hands the failed ones out', async () => {
  await using directory = await serveDirectory();
  await using world = await openWorld(browser, { prepare: withLookup(directory.origin) });
  const { page, url } = world;
  await page.goto(url);
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Runs' }).click();
  await chooseRows(page, 1000);

  // The column has another name than the variable: the run says so, and the column is matched.
  await page.getByRole('note').getByText('login').waitFor();
  await page.getByLabel('Variable for who').selectOption('login');
  await expect.poll(() => page.getByRole('note').count()).toBe(0);
  await page.getByLabel('Rows side by side').fill('x');
  await page.getByText('A whole number from 1 to 64 belongs here.').waitFor();
  await page.getByLabel('Rows side by side').fill('8');

  directory.hold(400);
  await page.getByRole('button', { name: 'Start the run' }).click();
  const bar = page.getByRole('progressbar', { name: 'Rows' });
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(300);
  await page.reload();
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(300);
  directory.release();
  await page.getByRole('heading', { name: 'Look people up' }).waitFor();
  await page.getByRole('status').getByText('completed').waitFor();
  expect(await bar.getAttribute('aria-valuenow')).toBe('1000');

  const failed = page.getByRole('table', { name: 'Failed rows' });
  expect(await failed.getAttribute('aria-rowcount')).toBe('101');
  await failed.getByText('404 E0000007').first().waitFor();
  await failed.getByText('Not found', { exact: true }).first().waitFor();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Rows not done' }).click();
  const csv = await text(await (await download).createReadStream());
  expect(csv.trimEnd().split('\n')).toHaveLength(101);
  expect(csv).toContain('person7@7');

  const report = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Report' }).click();
  await page.getByRole('menuitem', { name: 'JUnit XML' }).click();
  expect(await text(await (await report).createReadStream())).toContain('<testsuites');
});

it('pauses, goes on, stops, runs the rest and compares the two runs', async () => {
  await using directory = await serveDirectory();
  await using world = await openWorld(browser, { prepare: withLookup(directory.origin) });
  const { page, url } = world;
  await page.goto(url);
  await page.getByRole('treeitem', { name: 'Look people up' }).hover();
  await page.getByRole('button', { name: 'More for Look people up' }).click();
  await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
  await chooseRows(page, 60);
  await page.getByLabel('Variable for who').selectOption('login');
  directory.hold(20);
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Stop after this row' }).click();
  directory.release();
  await page.getByRole('status').getByText('stopped').waitFor();

  await page.getByRole('button', { name: 'Run the rest' }).click();
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.getByRole('status').getByText('completed').waitFor();

  const list = page.getByRole('navigation', { name: 'Runs' });
  expect(await list.getByRole('listitem').count()).toBe(2);
  for (const box of await list.getByRole('checkbox').all()) await box.check();
  await list.getByRole('button', { name: 'Compare the two' }).click();
  await page.getByRole('table', { name: 'Figures' }).getByText('Rows done').waitFor();

  // Runs are kept over a restart.
  await world.restart();
  await page.goto(url);
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Runs' }).click();
  await expect.poll(() => list.getByRole('listitem').count()).toBe(2);
});

it('goes on after a crash of the workbench with nothing lost and nothing twice, beside runs of the command line', async () => {
  await using org = await startFlakyOrg();
  await using folder = await createFolder();
  const { args, files, logins } = await writeImport(folder.path, org, 150);
  await using world = await openWorld(browser, {
    async prepare(workspace) {
      await mkdir(join(workspace, 'collections'), { recursive: true });
      await mkdir(join(workspace, 'environments'), { recursive: true });
      await copyFile(files.collection, join(workspace, 'collections', 'import.json'));
      await copyFile(files.environment, join(workspace, 'environments', 'test.json'));
    },
  });
  const { page, url } = world;
  const env = { CASTELLAN_HOME: world.home };
  const go = async () => {
    await page.goto(url);
    await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Runs' }).click();
  };
  await go();
  await chooseEnvironment(page, 'Test');
  await page.getByLabel('Data file').setInputFiles(files.data);
  await page.getByText('150 rows', { exact: true }).waitFor();
  await page.getByText('150 ×').waitFor();
  await page.getByLabel('Rows side by side').fill('4');
  let killed: Promise<void> | undefined;
  org.onDone = (write) => {
    if (write === 61) killed = world.castellan.kill();
  };
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.getByText('The workbench does not answer').waitFor();
  await killed;
  expect(org.writes).toBeLessThan(150);

  await world.restart();
  await go();
  const list = page.getByRole('navigation', { name: 'Runs' });
  await list.getByRole('button', { name: /interrupted/ }).click();
  await page.getByRole('status').getByText('interrupted').waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('status').getByText('completed').waitFor();
  const bar = page.getByRole('progressbar', { name: 'Rows' });
  await expect.poll(() => bar.getAttribute('aria-valuenow')).toBe('150');
  expect((await org.listLogins()).toSorted()).toEqual(logins.toSorted());
  const all = page.getByRole('tab', { name: 'All rows' });
  await all.click();
  expect(await page.getByRole('table', { name: 'All rows' }).getAttribute('aria-rowcount')).toBe('151');

  // One list: the command line knows this run, and the app those of the command line.
  const listed = JSON.parse((await runCli(['runs', '--json'], { env })).stdout);
  expect(listed).toMatchObject([{ state: 'completed', rows: { total: 150, done: 150 } }]);
  const refused = await runCli(['resume', listed[0].id], { env });
  expect(refused.stderr).toContain('was started in the app');
  await runCli([...args, '--journal', join(folder.path, 'cli.journal')], { env });
  await page.reload();
  await list.getByRole('button', { name: /of the command line/ }).click();
  await page.getByText('This run belongs to the command line').waitFor();
  await expect.poll(() => bar.getAttribute('aria-valuenow')).toBe('150');
});

it('asks before it goes on with something that changed since', async () => {
  await using directory = await serveDirectory();
  await using world = await openWorld(browser, { prepare: withLookup(directory.origin) });
  const { page, url, workspace } = world;
  await page.goto(url);
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Runs' }).click();
  await chooseRows(page, 20);
  await page.getByLabel('Variable for who').selectOption('login');
  directory.hold(5);
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.getByRole('button', { name: 'Stop after this row' }).click();
  directory.release();
  await page.getByRole('status').getByText('stopped').waitFor();

  const file = join(workspace, 'collections', 'lookup.json');
  await writeFile(file, (await readFile(file, 'utf8')).replace('{{login}}', '{{login}}?again'));
  await world.restart();
  await page.goto(url);
  await page
    .getByRole('navigation', { name: 'Runs' })
    .getByRole('button', { name: /stopped/ })
    .click();
  await page.getByRole('button', { name: 'Resume' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Since this run began, the collection changed.').waitFor();
  await dialog.getByRole('button', { name: 'Go on all the same' }).click();
  await page.getByRole('status').getByText('completed').waitFor();
  const bar = page.getByRole('progressbar', { name: 'Rows' });
  await expect.poll(() => bar.getAttribute('aria-valuenow')).toBe('20');
});

it('sends the requests of a row that were chosen, in the order that was chosen', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  const item = ['one', 'two', 'three', 'four'].map((name) => ({ name, request: `${origin}/${name}` }));
  await using world = await openWorld(browser, {
    async prepare(workspace) {
      await mkdir(join(workspace, 'collections'), { recursive: true });
      const steps = { info: { name: 'Steps', schema }, item };
      await writeFile(join(workspace, 'collections', 'steps.json'), JSON.stringify(steps));
    },
  });
  const { page, url } = world;
  await page.goto(url);
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Runs' }).click();
  await page.getByText('All 4 requests, in the order of the tree').click();
  const steps = page.getByRole('list', { name: 'Requests of a row' });
  await steps.getByRole('checkbox', { name: /two/ }).uncheck();
  await steps.getByRole('button', { name: 'Send four earlier' }).click();
  await page.getByText('3 of 4 requests, in an order of their own').waitFor();
  expect(await audit(page)).toEqual([]);
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.getByRole('status').getByText('completed').waitFor();
  expect(asked).toEqual(['/one', '/four', '/three']);
  server.close();
});
