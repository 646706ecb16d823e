import { createServer } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit } from './support/axe.ts';
import { launchBrowser } from './support/browser.ts';
import { type RunningCli, startCli } from './support/castellan.ts';

const PASSWORD = 'Harbour-9-lantern';
const TOKEN = 'console-test-token';

let browser: Browser;
let castellan: RunningCli;
let org: string;
beforeAll(async () => {
  browser = await launchBrowser();
  castellan = await startCli(['org', '--port', '0', '--token', TOKEN], /Ctrl-C/, {
    env: { CASTELLAN_ADMIN_PASSWORD: PASSWORD },
  });
  org = castellan.address('Local org');
});
afterAll(async () => {
  await browser?.close();
  await castellan?.[Symbol.asyncDispose]();
});

async function openConsole(colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${org}/admin`);
  await page.getByLabel('Username').fill('admin@example.com');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByLabel('Password').press('Enter');
  await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
  return page;
}

const MOST_STOPS = 80;

/** Presses Tab until the control with this role and name has the focus. */
async function tabTo(
  page: Page,
  role: 'button' | 'link' | 'textbox' | 'combobox',
  name: string,
): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: true }).first();
  await wanted.waitFor();
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await wanted.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached the ${role} “${name}”.`);
}

async function callApi(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${org}${path}`, {
    method,
    headers: { authorization: `SSWS ${TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

it.each(['light', 'dark'] as const)('axe finds nothing on any page of the console in %s', async (scheme) => {
  const page = await openConsole(scheme);
  const links = await page
    .getByRole('navigation')
    .getByRole('link')
    .evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
  expect(links.length).toBeGreaterThan(10);
  const found: Record<string, string[]> = {};
  for (const link of links) {
    await page.goto(`${org}${link}`);
    for (const summary of await page.locator('summary').all()) await summary.click();
    const violations = await audit(page);
    if (violations.length > 0) found[link] = violations;
  }
  await page.goto(`${org}/admin/people`);
  await page.getByRole('rowheader').getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Profile' }).waitFor();
  const violations = await audit(page);
  if (violations.length > 0) found['person'] = violations;
  expect(found).toEqual({});
  await page.context().close();
});

it('adds a person, puts them into a group and deactivates them with the keyboard alone', async () => {
  const page = await openConsole();
  await tabTo(page, 'link', 'People');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'People', exact: true }).waitFor();
  await page.locator('summary').focus();
  await page.keyboard.press('Enter');
  for (const [name, value] of [
    ['First name', 'Quill'],
    ['Last name', 'Example'],
    ['Login', 'quill@example.com'],
    ['Mail', 'quill@example.com'],
  ] as const) {
    await tabTo(page, 'textbox', name);
    await page.keyboard.type(value);
  }
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('Added Quill Example.').waitFor();

  await tabTo(page, 'combobox', 'Group');
  await page.keyboard.type('Sales');
  await tabTo(page, 'button', 'Add to group');
  await page.keyboard.press('Enter');
  await page.getByRole('rowheader', { name: 'Sales' }).waitFor();

  await tabTo(page, 'button', 'Deactivate');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await callApi('GET', '/api/v1/users/quill@example.com')).not.toMatchObject({
    status: 'DEPROVISIONED',
  });
  await tabTo(page, 'button', 'Deactivate');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('Deactivated Quill Example.').waitFor();
  await page.context().close();
});

it('follows the System Log while events are written', async () => {
  const page = await openConsole();
  await page.goto(`${org}/admin/log`);
  await page.getByRole('button', { name: 'Follow' }).click();
  const profile = { name: 'Followed by the log' };
  await callApi('POST', '/api/v1/groups', { profile });
  const row = page.getByRole('row').filter({ hasText: profile.name });
  await row.waitFor();
  expect(await row.innerText()).toContain('Admin Example');
  await page.context().close();
});

it('makes the next calls fail on purpose, and stops doing so', async () => {
  const page = await openConsole();
  await page.getByRole('link', { name: 'Clock and faults' }).click();
  await page.getByRole('combobox', { name: 'Answer' }).selectOption({ label: '503, read only' });
  await page.getByRole('combobox', { name: 'To', exact: true }).selectOption('groups/listGroups');
  await page.getByRole('button', { name: 'Add fault' }).click();
  await page.getByRole('rowheader', { name: '503, read only' }).waitFor();
  expect(await callApi('GET', '/api/v1/groups')).toMatchObject({ errorCode: 'E0000010' });
  await page.getByRole('button', { name: 'Remove 503, read only' }).click();
  await page.getByText('Everything is answered as it should be.').waitFor();
  expect(await callApi('GET', '/api/v1/groups')).toBeInstanceOf(Array);
  await page.context().close();
});

it('is not ridden by a page of another address that the signed-in browser opens', async () => {
  const page = await openConsole();
  const attack = `<form method="post" action="${org}/admin/clock/-/freeze"><input name="csrf" value="guessed"></form>
    <script>document.forms[0].submit()</script>`;
  const other = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end(attack);
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  for (const host of ['127.0.0.1', 'localhost']) {
    await page.goto(`http://${host}:${port}/`);
    await page.getByText('This request came from another site.').waitFor();
  }
  other.close();
  expect(await callApi('GET', '/api/local/v1/clock')).toMatchObject({ frozen: false });
  await page.context().close();
});
