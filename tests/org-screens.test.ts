import { text } from 'node:stream/consumers';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit } from './support/axe.ts';
import { launchBrowser } from './support/browser.ts';
import { chooseEnvironment, connect, openRequest, openWorld, send } from './support/workbench.ts';

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

it('follows a burst of events without a gap, also over a pause, and knows the requests of a run', async () => {
  await using world = await openWorld(browser);
  const { page } = world;
  await connect(world);
  const go = (place: string) =>
    page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click();
  const runFor = async (times: string) => {
    await go('Packs');
    const request = page.getByRole('treeitem', { name: 'Create User without Credentials' }).first();
    await page.getByLabel('Filter requests').fill('Create User without Credentials');
    await request.hover();
    await page.getByRole('button', { name: 'More for Create User without Credentials' }).first().click();
    await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
    await page.getByLabel('Or run it so many times').fill(times);
    await page.getByLabel('Rows side by side').fill('4');
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.getByRole('status').getByText('completed').waitFor();
  };
  await go('Org');
  await page.getByLabel('Count like').selectOption('off');
  const other = await page.context().newPage();
  await other.goto(world.url);
  await other.getByRole('treeitem', { name: 'Users (Okta API)' }).waitFor();
  await chooseEnvironment(other, 'Local org');
  await other.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Log' }).click();
  await other.getByRole('button', { name: 'Condition' }).click();
  await other.getByLabel('Compared with 1').fill('user.lifecycle.create');
  await other.getByText('eventType eq "user.lifecycle.create"').waitFor();
  const followed = other.getByRole('table', { name: 'System Log' });
  const count = async () =>
    (await followed.count()) === 0 ? 0 : Number(await followed.getAttribute('aria-rowcount'));
  const before = Math.max(1, await count());

  // More than two pages at once.
  await runFor('210');
  await expect.poll(count).toBe(before + 210);
  await other.getByRole('button', { name: 'Following' }).click();
  await runFor('30');
  await other.getByRole('button', { name: 'Follow', exact: true }).click();
  await expect.poll(count).toBe(before + 240);

  const saved = other.waitForEvent('download');
  await other.getByRole('button', { name: 'Save as CSV' }).click();
  const csv = await text(await (await saved).createReadStream());
  expect(csv.trim().split(/\r?\n/)).toHaveLength(before + 240);

  await followed.getByRole('row').nth(1).click();
  const details = other.getByRole('complementary', { name: 'Event' });
  await details.getByRole('button', { name: 'Open the request' }).click();
  await other.getByRole('heading', { name: 'Create User without Credentials' }).waitFor();
});

it('shows an org at a glance, and turns a local one', async () => {
  await using world = await openWorld(browser);
  const { page } = world;
  await connect(world);
  let tellLimits = (): void => undefined;
  const told = new Promise<void>((resolve) => {
    tellLimits = resolve;
  });
  await page.route('**/api/environments/*/org', async (route) => {
    if (route.request().postData()?.includes('/api/local/v1/limits') === true) await told;
    await route.continue();
  });
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Org' }).click();
  await page.getByRole('region', { name: 'Token' }).getByText('admin@example.com').waitFor();
  await page.getByRole('region', { name: 'People by status' }).getByText('ACTIVE').waitFor();
  await page.getByRole('region', { name: 'Token' }).getByText('29 days left').waitFor();
  await page
    .getByRole('region', { name: 'Token' })
    .getByText('Enough for every request of this workspace whose rights are known: Super Administrator.')
    .waitFor();
  await page.getByRole('meter', { name: 'Left of /api/v1/logs' }).waitFor();
  const local = page.getByRole('region', { name: 'Local org' });
  // Whose limits count is not guessed: nothing can be chosen before the org has told it.
  await local
    .getByRole('status')
    .getByText(/^\d{4}-/)
    .waitFor();
  expect(await local.getByLabel('Count like').count()).toBe(0);
  tellLimits();
  expect(await local.getByLabel('Count like').inputValue()).toBe('off');
  await local.getByLabel('How many requests fail').fill('none');
  await local.getByText('A whole number from 1 on belongs here.').waitFor();
  await local.getByLabel('How many requests fail').fill('2');
  await local.getByRole('combobox', { name: 'How they fail' }).selectOption('internal-error');
  await local.getByRole('button', { name: 'Set', exact: true }).click();
  await local.getByText('internal-error').waitFor();
  await local.getByRole('button', { name: 'Remove this failure' }).click();
  await expect.poll(() => local.getByText('internal-error for').count()).toBe(0);
  await local.getByRole('button', { name: 'Freeze' }).click();
  await local.getByText('stands still').waitFor();
  await local.getByRole('button', { name: 'The machine’s time' }).click();

  // A seed with a fault in it changes nothing and says where the fault is.
  const held = local.getByRole('region', { name: 'What it holds' });
  await held.getByLabel(/Put in what a seed file says/).fill('groups: 7');
  await held.getByRole('button', { name: 'Seed' }).click();
  await held.getByRole('alert').waitFor();
  const states = local.getByRole('region', { name: 'States and copies' });
  await states.getByLabel('Name of this state').fill('before');
  await states.getByRole('button', { name: 'Keep this state' }).click();
  await states.getByRole('button', { name: 'Forget before' }).waitFor();
  const groups = () => held.locator('dt', { hasText: 'groups' }).locator('+ dd').innerText();
  const before = Number(await groups());
  await held.getByLabel(/Put in what a seed file says/).fill('groups:\n  - profile: { name: Seeded }');
  await held.getByRole('button', { name: 'Seed' }).click();
  await expect.poll(groups).toBe(String(before + 1));
  page.on('dialog', (dialog) => void dialog.accept());
  await states.getByRole('button', { name: 'Go back' }).click();
  await expect.poll(groups).toBe(String(before));
  await states.getByRole('button', { name: 'Open a copy' }).click();
  await states.getByText('Copy at').waitFor();
  expect(await audit(page)).toEqual([]);

  // Reset takes the token away, and the environment gets a new one.
  await states.getByRole('button', { name: 'Reset the org' }).click();
  await page.getByRole('region', { name: 'Token' }).getByText('admin@example.com').waitFor();
  await page.getByRole('button', { name: 'New token' }).click();
  await page.getByText('“Local org” has a new token.').waitFor();
  await page.getByRole('button', { name: 'Stop the org' }).click();
  await page.getByRole('heading', { name: 'The local org is stopped' }).waitFor();
  await page.getByRole('contentinfo').getByText('Local org: stopped').waitFor();
  await expect(fetch(`${world.org}/api/v1/users/me`)).rejects.toThrow('fetch failed');
  expect(await audit(page)).toEqual([]);
  await page.getByRole('button', { name: 'Start the local org' }).click();
  await page.getByRole('region', { name: 'Token' }).getByText('admin@example.com').waitFor();
  expect(await page.content()).not.toMatch(/00[A-Za-z0-9_-]{40}/);
});

it('warns of a token that ends within a week', async () => {
  await using world = await openWorld(browser);
  const { page } = world;
  await connect(world);
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Org' }).click();
  const answered = page.getByRole('region', { name: 'Token' });
  await answered.getByText('days left').waitFor();
  // The page’s clock stands in for the weeks in which nobody used the token.
  await page.clock.setFixedTime(Date.now() + 25 * 24 * 3_600_000);
  const places = page.getByRole('navigation', { name: 'Places' });
  await places.getByRole('button', { name: 'History' }).click();
  await places.getByRole('button', { name: 'Org' }).click();
  await answered.getByRole('alert').getByText('ends in').waitFor();
  await page
    .getByRole('contentinfo')
    .getByRole('button', { name: /A token ends in/ })
    .waitFor();
  await page.getByRole('button', { name: 'Environment quick look' }).click();
  await page.getByRole('dialog').getByRole('alert').getByText('Look at Org').waitFor();
  expect(await audit(page)).toEqual([]);
});
