import { text } from 'node:stream/consumers';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit } from './support/axe.ts';
import { launchBrowser } from './support/browser.ts';
import { serve } from './support/serve.ts';
import { openRequest, openWorld, send, withRequests } from './support/workbench.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** One white pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=',
  'base64',
);

it('shows pages without letting them act, and pictures; and what came with an answer', async () => {
  const html = '<h1>Hello from the page</h1><script>top.document.title = "taken over"</script>';
  await using server = await serve({
    '/page': ['text/html', html],
    '/picture': ['image/png', PIXEL],
    '/list': ['application/json', '[{"n":10},{"n":9}]'],
  });
  await using world = await openWorld(browser, {
    prepare: withRequests({
      Page: `${server.origin}/page`,
      Picture: `${server.origin}/picture`,
      List: `${server.origin}/list`,
    }),
  });
  const { page, url } = world;
  await page.goto(url);
  await openRequest(page, 'Mine', 'Page');
  let response = await send(page);
  await response.getByRole('tab', { name: 'Preview' }).click();
  await page.frameLocator('iframe[title=Preview]').getByText('Hello from the page').waitFor();
  expect(await page.title()).toBe('Castellan');
  expect(await page.locator('iframe[title=Preview]').getAttribute('sandbox')).toBe('');

  await openRequest(page, 'Mine', 'Picture');
  response = await send(page);
  await response.getByRole('tab', { name: 'Preview' }).click();
  const width = () => page.evaluate<number>(`document.querySelector('img[alt="The answer"]')?.naturalWidth`);
  await expect.poll(width).toBe(1);

  await openRequest(page, 'Mine', 'List');
  response = await send(page);
  await response.getByRole('tab', { name: 'Headers' }).click();
  await response.getByRole('table', { name: 'Response headers' }).getByText('application/json').waitFor();
  await response.getByRole('tab', { name: 'Timeline' }).click();
  await response.getByText('First byte').waitFor();
});

const PDF = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF';

it('hands a PDF to the viewer of the browser, and offers it as a file where there is none', async () => {
  await using server = await serve({ '/document': ['application/pdf', PDF] });
  await using world = await openWorld(browser, {
    prepare: withRequests({ Document: `${server.origin}/document` }),
  });
  const { page, url } = world;
  const open = async () => {
    await page.goto(url);
    await openRequest(page, 'Mine', 'Document');
    await (await send(page)).getByRole('tab', { name: 'Preview' }).click();
  };
  await page.addInitScript(
    `Object.defineProperty(navigator, 'pdfViewerEnabled', { get: () => false, configurable: true })`,
  );
  await open();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save it as a file' }).click();
  expect((await saved).suggestedFilename()).toBe('Document.pdf');
  expect(await text(await (await saved).createReadStream())).toBe(PDF);
  expect(await audit(page)).toEqual([]);

  await page.addInitScript(
    `Object.defineProperty(navigator, 'pdfViewerEnabled', { get: () => true, configurable: true })`,
  );
  await open();
  const source = await page.locator('iframe[title=Preview]').getAttribute('src');
  expect(source).toContain(`blob:${url}`);
});

it('lists the cookies that an answer sets, and keeps the values of sessions to itself', async () => {
  const cookies = ['flavour=ginger; Path=/; Max-Age=60', 'sid=102-secret-session; Path=/; HttpOnly'];
  await using server = await serve({ '/in': ['application/json', '{}', { 'set-cookie': cookies }] });
  await using world = await openWorld(browser, { prepare: withRequests({ In: `${server.origin}/in` }) });
  const { page, url } = world;
  await page.goto(url);
  await openRequest(page, 'Mine', 'In');
  const response = await send(page);
  await response.getByRole('tab', { name: 'Cookies' }).click();
  const table = response.getByRole('table', { name: 'Cookies of the answer' });
  await expect
    .poll(() => table.getByRole('row').allInnerTexts())
    .toEqual([
      expect.stringContaining('Name'),
      expect.stringContaining('flavour'),
      expect.stringContaining('sid'),
    ]);
  await table.getByRole('cell', { name: 'ginger' }).waitFor();
  await table.getByRole('cell', { name: 'Path=/; Max-Age=60' }).waitFor();
  expect(await page.content()).not.toContain('secret-session');
  expect(await audit(page)).toEqual([]);
});

it('sorts, filters and copies the rows of a list, and saves them as CSV', async () => {
  const list = [
    { id: 10, name: 'Ines, "the first"', group: { name: 'A' } },
    { id: 9, name: '=1+1', group: { name: 'B' } },
    { id: 8, name: 'Omar\tOkafor', group: { name: 'B' } },
  ];
  await using server = await serve({ '/list': ['application/json', JSON.stringify(list)] });
  await using world = await openWorld(browser, { prepare: withRequests({ List: `${server.origin}/list` }) });
  const { page, url } = world;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(url);
  await openRequest(page, 'Mine', 'List');
  const response = await send(page);
  await response.getByRole('tab', { name: 'Table' }).click();
  const ids = () => response.getByRole('row').locator('[role=cell]:first-child').allInnerTexts();
  await response.getByRole('button', { name: 'id', exact: true }).click();
  await expect.poll(ids).toEqual(['8', '9', '10']);
  await response.getByRole('button', { name: 'id', exact: true }).click();
  await expect.poll(ids).toEqual(['10', '9', '8']);

  await response.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByText('Copied 3 rows.').waitFor();
  // A tab within a cell would begin the next one, and what looks like a formula would be one.
  expect((await page.evaluate<string>('navigator.clipboard.readText()')).split('\n')).toEqual([
    'id\tname\tgroup.name',
    '10\t"Ines, ""the first"""\tA',
    "9\t'=1+1\tB",
    '8\t"Omar\tOkafor"\tB',
  ]);
  await response.getByLabel('Filter rows').fill('b');
  await expect.poll(ids).toEqual(['9', '8']);
  const saved = page.waitForEvent('download');
  await response.getByRole('button', { name: 'Save as CSV' }).click();
  expect((await saved).suggestedFilename()).toBe('List.csv');
  expect((await text(await (await saved).createReadStream())).split('\r\n')).toEqual([
    '"id","name","group.name"',
    '"9","\'=1+1","B"',
    '"8","Omar\tOkafor","B"',
  ]);
});
