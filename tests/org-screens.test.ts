import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import { connect, openRequest, openWorld, send } from './support/workbench.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

it('follows the System Log as things happen, each event once, and opens the request behind one', async () => {
  await using world = await openWorld(browser);
  const { page } = world;
  await connect(world);
  const go = (place: string) =>
    page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click();
  const create = async () => {
    await go('Packs');
    await openRequest(page, 'Users (Okta API)', 'Create User without Credentials');
    await (await send(page)).getByText('200 OK').waitFor();
    await go('Log');
  };
  await create();
  const table = page.getByRole('table', { name: 'System Log' });
  await page.getByRole('button', { name: 'Condition' }).click();
  await page.getByLabel('Compared with 1').fill('user.lifecycle.create');
  await page.getByText('eventType eq "user.lifecycle.create"').waitFor();
  const count = async () => Number(await table.getAttribute('aria-rowcount'));
  await table.getByText('user.lifecycle.create').first().waitFor();
  const before = await count();

  // While the log is followed, another user comes from elsewhere.
  const other = await page.context().newPage();
  await other.goto(world.url);
  await openRequest(other, 'Users (Okta API)', 'Create User without Credentials');
  await (await send(other)).getByText('200 OK').waitFor();
  await expect.poll(count).toBe(before + 1);

  await table.getByRole('row').nth(1).click();
  const details = page.getByRole('complementary', { name: 'Event' });
  await details.getByRole('button', { name: 'Open the request' }).click();
  await page.getByRole('heading', { name: 'Create User without Credentials' }).waitFor();
});

it('shows an org at a glance, and turns a local one', async () => {
  await using world = await openWorld(browser);
  const { page } = world;
  await connect(world);
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Org' }).click();
  await page.getByRole('region', { name: 'Token' }).getByText('admin@example.com').waitFor();
  await page.getByRole('region', { name: 'People by status' }).getByText('ACTIVE').waitFor();
  const local = page.getByRole('region', { name: 'Local org' });
  await local.getByLabel('How many requests fail').fill('none');
  await local.getByText('A whole number from 1 on belongs here.').waitFor();
  await local.getByLabel('How many requests fail').fill('2');
  await local.getByRole('combobox', { name: 'How they fail' }).selectOption('internal-error');
  await local.getByRole('button', { name: 'Set' }).click();
  await local.getByText('internal-error').waitFor();
  await local.getByRole('button', { name: 'Freeze' }).click();
  await local.getByText('stands still').waitFor();
  expect(await page.content()).not.toMatch(/00[A-Za-z0-9_-]{40}/);
});
