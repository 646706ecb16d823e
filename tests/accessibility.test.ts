import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit } from './support/axe.ts';
import { launchBrowser } from './support/browser.ts';
import { createFolder, startCli } from './support/castellan.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

it.each(['light', 'dark'] as const)('axe finds nothing on the walk’s screens in %s', async (colorScheme) => {
  await using folder = await createFolder();
  await using castellan = await startCli(
    ['start', '--no-open', '--port', '0', '--org-port', '0', '--workspace', join(folder.path, 'workspace')],
    /Ctrl-C/,
    { env: { CASTELLAN_HOME: join(folder.path, 'home') } },
  );
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);

  await page.goto(castellan.address('Workbench'));
  await page.getByRole('button', { name: 'Connect the local org' }).waitFor();
  expect(await audit(page)).toEqual([]);

  await page.getByRole('button', { name: 'Connect the local org' }).click();
  await page.getByRole('button', { name: 'Add the nine packs' }).click();
  await page.getByRole('button', { name: /Open .List users/ }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('region', { name: 'Response' }).getByText('200 OK').waitFor();
  expect(await audit(page)).toEqual([]);

  await page.getByRole('banner').getByRole('button', { name: 'Import' }).click();
  await page.getByRole('dialog').waitFor();
  expect(await audit(page)).toEqual([]);

  const [, login = '', password = ''] = /sign in as (\S+) with (\S+)\)/.exec(castellan.stdout) ?? [];
  await page.goto(`${castellan.address('Local org')}/admin`);
  expect(await audit(page)).toEqual([]);
  await page.getByLabel('Username').fill(login);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'API', exact: true }).click();
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.getByRole('dialog').waitFor();
  expect(await audit(page)).toEqual([]);
  await context.close();
});
