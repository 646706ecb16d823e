import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit } from './support/axe.ts';
import { launchBrowser } from './support/browser.ts';
import { tour } from './support/tour.ts';
import { focused, openWorld } from './support/workbench.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

it.each(['light', 'dark'] as const)(
  'axe finds nothing on any screen in %s',
  { timeout: 120_000 },
  async (colorScheme) => {
    await using world = await openWorld(browser, { colorScheme });
    const { page, org, castellan } = world;
    const found: string[] = [];
    await tour(world, async (name) => {
      found.push(...(await audit(page)).map((line) => `${name}: ${line}`));
    });
    expect(found).toEqual([]);

    const [, login = '', password = ''] = /sign in as (\S+) with (\S+)\)/.exec(castellan.stdout) ?? [];
    await page.goto(`${org}/admin`);
    expect(await audit(page)).toEqual([]);
    await page.getByLabel('Username').fill(login);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'API', exact: true }).click();
    await page.getByRole('button', { name: 'Create token' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await audit(page)).toEqual([]);
  },
);

it('goes from a request to its answer by keyboard alone', async () => {
  await using world = await openWorld(browser);
  const { page, url } = world;
  await page.goto(url);
  await page.getByRole('button', { name: 'Connect the local org' }).waitFor();
  const press = async (name: string) => {
    await page.getByRole('button', { name }).focus();
    await page.keyboard.press('Enter');
  };
  await press('Connect the local org');
  await page.getByText('its token kept as a secret').waitFor();
  await press('Add the nine packs');
  await page.getByRole('treeitem', { name: 'Users (Okta API)' }).waitFor();
  await page.keyboard.press('ControlOrMeta+k');
  await focused(page, page.getByRole('combobox', { name: /Search requests/ }));
  await page.keyboard.type('find user');
  await page
    .getByRole('option', { name: /Find User/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: /Find User/, selected: true }).waitFor();
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.getByRole('region', { name: 'Response' }).getByText('200 OK').waitFor();

  // In the tree: arrows move, Right opens, Enter opens a request; Alt W closes it.
  await page.getByRole('treeitem', { name: 'Users (Okta API)' }).focus();
  await page.keyboard.press('End');
  await focused(page, page.getByRole('treeitem').last());
  await page.keyboard.press('Enter');
  const tabs = page.getByRole('tablist', { name: 'Open requests' }).getByRole('tab');
  await expect.poll(() => tabs.count()).toBe(2);
  await page.keyboard.press('Alt+w');
  await expect.poll(() => tabs.count()).toBe(1);
  const focus = () => page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
  await page.keyboard.press('Tab');
  expect(await focus()).not.toBe('none');
});
