import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit } from './support/axe.ts';
import { launchBrowser } from './support/browser.ts';
import { serve } from './support/serve.ts';
import {
  connect,
  focused,
  openRequest,
  openWorld,
  remembered,
  send,
  withRequests,
} from './support/workbench.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const body = (page: Page) => page.getByRole('textbox', { name: 'Response body' });

it('opens 20 MB, scrolls to their end, searches, filters and shows them as they came', async () => {
  const user = (number: number) => ({
    id: `00u${String(number).padStart(17, '0')}`,
    profile: { login: `user${number}@example.com`, n: 1 },
  });
  const users = Array.from({ length: 210_000 }, (_, number) => user(number));
  const text = JSON.stringify(users);
  expect(text.length).toBeGreaterThan(20_000_000 * 0.8);
  await using server = await serve({ '/users': ['application/json', text] });
  await using world = await openWorld(browser, {
    prepare: withRequests({ Large: `${server.origin}/users` }),
  });
  const { page, url } = world;
  await page.goto(url);
  await openRequest(page, 'Mine', 'Large');
  const response = await send(page);
  await body(page).getByText('"user0@example.com"').waitFor();
  // Only what is in sight is drawn.
  expect(await body(page).locator('> div > div').count()).toBeLessThan(200);

  await body(page).focus();
  await page.keyboard.press('End');
  await body(page).getByText('"user209999@example.com"').waitFor();
  await page.keyboard.press('Home');
  await body(page).getByText('"user0@example.com"').waitFor();
  await response.getByLabel('Find in the body').fill('USER123456@');
  await response.getByRole('status').getByText('1 of 1').waitFor();
  await body(page).getByText('"user123456@example.com"').waitFor();
  await response.getByLabel('Find in the body').fill('');
  await response.getByLabel('Filter by JSONPath').fill('$[777].profile.login');
  await body(page).getByText('"user777@example.com"').waitFor();
  await response.getByLabel('Filter by JSONPath').fill('');
  await response.getByRole('button', { name: 'Raw' }).click();
  await expect.poll(() => body(page).innerText()).toContain('[{"id":"00u00000000000000000"');
  const saved = page.waitForEvent('download');
  await response.getByRole('button', { name: 'Save the body as a file' }).click();
  expect((await saved).suggestedFilename()).toBe('Large.json');
});

it('scrolls through more lines than a browser can draw at once', async () => {
  const last = 1_600_000;
  const numbers = Array.from({ length: last + 1 }, (_, number) => `n${number}`);
  await using server = await serve({ '/numbers': ['application/json', JSON.stringify(numbers)] });
  await using world = await openWorld(browser, {
    prepare: withRequests({ Numbers: `${server.origin}/numbers` }),
  });
  const { page, url } = world;
  await page.goto(url);
  await openRequest(page, 'Mine', 'Numbers');
  await send(page);
  const line = (number: number) => body(page).getByText(`"n${number}"`, { exact: true });
  await line(0).waitFor();
  await body(page).focus();
  await page.keyboard.press('End');
  await line(last).waitFor();
  await body(page).hover();
  // Ten rows, not a share of the whole.
  await page.mouse.wheel(0, -190);
  await line(last - 40).waitFor();
  expect(await line(last - 400).count()).toBe(0);
  await page.evaluate(`document.querySelector('[aria-label="Response body"]').scrollTop = 15e6`);
  await line(last / 2).waitFor();
});

it('folds, unfolds and follows ids by keyboard', async () => {
  await using world = await openWorld(browser);
  const { page } = world;
  await connect(world);
  await send(page);
  await body(page).getByText('"id"').first().waitFor();
  await body(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await body(page)
    .getByText(/^\d+ lines$/)
    .waitFor();
  await page.keyboard.press('ArrowRight');
  await expect
    .poll(() =>
      body(page)
        .getByText(/^\d+ lines$/)
        .count(),
    )
    .toBe(0);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByLabel('Address').inputValue()).toMatch(/\/api\/v1\/users\/00u/);
});

it('writes the request as code, with secrets as variables', async () => {
  await using world = await openWorld(browser);
  const { page, org } = world;
  await connect(world);
  await page.getByRole('tab', { name: 'Code' }).click();
  const code = page.getByRole('textbox', { name: 'Code' });
  await expect.poll(() => code.innerText()).toContain('curl');
  expect(await code.innerText()).toContain(org);
  expect(await code.innerText()).not.toMatch(/SSWS 00/);
  const languages = await page.getByLabel('Language').locator('option').allInnerTexts();
  expect(languages.length).toBeGreaterThan(5);
  await page.getByLabel('Language').selectOption({ label: 'Node (Okta SDK)' });
  await expect.poll(() => code.innerText()).toContain('listUsers');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByText('Copied the code.').waitFor();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('listUsers');
});

it('shows that the workbench is lost, comes back by itself, and keeps what is not saved', async () => {
  await using world = await openWorld(browser);
  const { page } = world;
  await connect(world);
  await page.getByLabel('Address').fill('{{url}}/api/v1/users?limit=1');
  const again = world.restart();
  await page.getByRole('contentinfo').getByText('The workbench does not answer').waitFor();
  // Also what is edited while nobody answers.
  await page.getByLabel('Address').fill('{{url}}/api/v1/users?limit=2');
  await again;
  await expect.poll(() => page.getByText('The workbench does not answer').count()).toBe(0);
  expect(await page.getByLabel('Address').inputValue()).toBe('{{url}}/api/v1/users?limit=2');
  const response = await send(page);
  await response.getByText('200 OK').waitFor();
  await page.keyboard.press('ControlOrMeta+s');
  await page.getByText('Saved “List Users”.').waitFor();
});

it('keeps how a person wants it: looks, sending, keys; wrong input says so beside its field', async () => {
  await using server = await serve({ '/': ['application/json', '{"a":1}'] });
  await using world = await openWorld(browser, {
    prepare: withRequests({ One: `${server.origin}/` }),
    colorScheme: 'light',
  });
  const { page, url } = world;
  await page.goto(url);
  await page.getByRole('button', { name: 'Skip this' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const isDark = () => page.evaluate<boolean>(`document.documentElement.dataset.theme === 'dark'`);
  await page.keyboard.press('ControlOrMeta+,');
  await settings.getByLabel('Theme').selectOption('Dark');
  await expect.poll(isDark).toBe(true);
  await settings.getByLabel('Text of code and answers').fill('99');
  await settings.getByLabel('Text of code and answers').press('Enter');
  await settings.getByRole('alert').getByText('The text is 10 to 20 pixels high.').waitFor();
  await settings.getByLabel('Text of code and answers').fill('15');
  await settings.getByLabel('Text of code and answers').press('Enter');

  await settings.getByRole('tab', { name: 'Sending' }).click();
  await settings.getByLabel('Proxy', { exact: true }).selectOption('This one');
  await settings.getByLabel('Address of the proxy').fill('no address');
  await settings.getByLabel('Address of the proxy').press('Enter');
  await settings.getByRole('alert').getByText('Write the proxy as').waitFor();
  // Nobody listens there: what is sent goes by the proxy.
  await settings.getByLabel('Address of the proxy').fill('http://127.0.0.1:9');
  await settings.getByLabel('Address of the proxy').press('Enter');
  await settings.getByLabel('Not for').waitFor();

  await settings.getByRole('tab', { name: 'Shortcuts' }).click();
  await settings.getByRole('button', { name: /^Key of Send the request/ }).click();
  await focused(page, settings.getByLabel('New key of Send the request'));
  await page.keyboard.press('j');
  await settings.getByRole('alert').getByText('needed for typing').waitFor();
  await page.keyboard.press('ControlOrMeta+j');
  await settings.getByRole('alert').getByText('“Show or hide the console” has Ctrl J').waitFor();
  await settings.getByRole('button', { name: 'Take it' }).click();
  await settings.getByRole('button', { name: 'Key of Show or hide the console: none' }).waitFor();
  await page.keyboard.press('Escape');

  const opened = remembered(page, '"itemId"');
  await openRequest(page, 'Mine', 'One');
  await opened;
  await page.keyboard.press('ControlOrMeta+j');
  await page.getByRole('region', { name: 'Response' }).getByText('the connection was refused').waitFor();
  await world.restart();
  await page.reload();
  await expect.poll(isDark).toBe(true);
  // The theme is there before anything listens to keys.
  await page.getByRole('tab', { name: 'One', selected: true }).waitFor();
  await page.keyboard.press('ControlOrMeta+,');
  await settings.getByRole('tab', { name: 'Shortcuts' }).click();
  await settings.getByRole('button', { name: 'Reset all' }).click();
  await settings.getByRole('button', { name: 'Key of Send the request: Ctrl Enter' }).waitFor();
  await settings.getByRole('tab', { name: 'Sending' }).click();
  const kept = page.waitForResponse(
    (answer) =>
      answer.url().endsWith('/api/preferences') &&
      answer.request().postData()?.includes('"kind":"none"') === true,
  );
  await settings.getByLabel('Proxy', { exact: true }).selectOption('None');
  await kept;
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+Enter');
  const response = page.getByRole('region', { name: 'Response' });
  await response.getByText('200 OK').waitFor();
  const size = `getComputedStyle(document.querySelector('[aria-label="Response body"]')).fontSize`;
  expect(await page.evaluate(size)).toBe('15px');
});

it('shows two requests beside each other, and goes from one to the other by key', async () => {
  await using server = await serve({
    '/one': ['application/json', '{"answer":"of one"}'],
    '/two': ['application/json', '{"answer":"of two"}'],
  });
  await using world = await openWorld(browser, {
    prepare: withRequests({ One: `${server.origin}/one`, Two: `${server.origin}/two` }),
  });
  const { page, url } = world;
  await page.goto(url);
  await openRequest(page, 'Mine', 'One');
  await openRequest(page, 'Mine', 'Two');
  await page.keyboard.press('ControlOrMeta+\\');
  const [active, beside] = ['Response', 'Response beside'].map((name) =>
    page.getByRole('region', { name, exact: true }),
  );
  await beside?.waitFor();
  await page.keyboard.press('ControlOrMeta+Enter');
  await active?.getByText('"of two"').waitFor();
  await page.keyboard.press('Alt+\\');
  await page.keyboard.press('ControlOrMeta+Enter');
  await active?.getByText('"of one"').waitFor();
  await beside?.getByText('"of two"').waitFor();
  expect(await audit(page)).toEqual([]);

  const isKept = remembered(page, '"isLeft"');
  await page.getByRole('tab', { name: /Two/ }).click();
  await isKept;
  await page.reload();
  await beside?.waitFor();
  await page.getByRole('button', { name: 'Show this request alone' }).first().click();
  await expect.poll(() => beside?.count()).toBe(0);
});

it('finds people and groups of the chosen org in the palette, and opens the request that reads them', async () => {
  await using world = await openWorld(browser);
  const { page } = world;
  await connect(world);
  await page.keyboard.press('ControlOrMeta+k');
  const search = page.getByRole('combobox', { name: /Search requests/ });
  await search.fill('every');
  await page.getByRole('option', { name: /Everyone Group of Local org/ }).waitFor();
  await search.fill('admin@example');
  await page.getByRole('option', { name: /admin@example.com User of Local org/ }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByLabel('Address').inputValue()).toMatch(/\/api\/v1\/users\/00u/);
  const response = await send(page);
  await response.getByText('"admin@example.com"').first().waitFor();
});

it('completes pm with what is said of it, and begins a script from a snippet', async () => {
  await using world = await openWorld(browser);
  const { page } = world;
  await connect(world);
  await page.getByRole('tab', { name: 'Scripts' }).click();
  const script = page.getByRole('textbox', { name: 'Test script' });
  await script.click();
  await focused(page, script);
  await page.keyboard.type('pm.cookies.jar().getA');
  await page.getByRole('option', { name: /getAll/ }).waitFor();
  await page.getByText('All cookies of an address.').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');

  await page.getByRole('button', { name: 'Snippets: After the answer' }).click();
  await page.getByRole('menuitem', { name: 'Test: status' }).click();
  const response = await send(page);
  await expect.poll(() => response.innerText()).toContain('1 of 1');
});

it('goes through pages, chooses declared columns, opens a row, and compares with another answer', async () => {
  await using world = await openWorld(browser);
  const { page } = world;
  await connect(world);
  await page.getByLabel('Address').fill('{{url}}/api/v1/groups?limit=1');
  let response = await send(page);
  await response.getByText('more follow').waitFor();
  await response.getByTitle('Requests left in this minute').waitFor();
  const first = await body(page).innerText();
  await response.getByRole('button', { name: 'Next page' }).click();
  await expect.poll(() => body(page).innerText()).not.toBe(first);
  await response.getByRole('tab', { name: 'Compare' }).click();
  await response.getByRole('table', { name: 'Differences' }).getByRole('rowheader').first().waitFor();
  expect(await response.getByLabel('Compared with').inputValue()).toBe('before');
  expect(await audit(page)).toEqual([]);

  await page.getByLabel('Address').fill('{{url}}/api/v1/users?limit=2');
  response = await send(page);
  await response.getByRole('tab', { name: 'Table' }).click();
  await response.getByRole('button', { name: 'Columns' }).click();
  await page
    .getByRole('dialog', { name: 'Columns' })
    .getByRole('checkbox', { name: 'transitioningToStatus' })
    .check();
  await page.keyboard.press('Escape');
  await response.getByRole('columnheader', { name: 'transitioningToStatus' }).waitFor();
  expect(await audit(page)).toEqual([]);
  await response.getByRole('cell').getByRole('button').first().click();
  await expect.poll(() => page.getByLabel('Address').inputValue()).toMatch(/\/api\/v1\/users\/00u/);
});

it('edits parameters and headers as text', async () => {
  await using world = await openWorld(browser, {
    prepare: withRequests({ One: 'http://127.0.0.1:9/one?a=1' }),
  });
  const { page, url } = world;
  await page.goto(url);
  await openRequest(page, 'Mine', 'One');
  const request = page.getByRole('region', { name: 'Request', exact: true });
  await request.getByRole('button', { name: 'Edit as text' }).click();
  const text = request.getByLabel('Query parameters as text');
  expect(await text.inputValue()).toBe('a: 1');
  await text.fill('a: 2\n// b: 3\nc: {{d}}');
  expect(await page.getByLabel('Address').inputValue()).toBe('http://127.0.0.1:9/one?a=2&c={{d}}');
  await request.getByRole('button', { name: 'Edit as a table' }).click();
  expect(await request.getByRole('checkbox', { name: 'Use b' }).isChecked()).toBe(false);
});

it('hides what an answer brings, shows it to whoever asks, and keeps it out of examples', async () => {
  const token = '20111-brought-by-an-answer';
  await using server = await serve({
    '/authn': ['application/json', JSON.stringify({ sessionToken: token })],
  });
  await using world = await openWorld(browser, { prepare: withRequests({ In: `${server.origin}/authn` }) });
  const { page, url, workspace } = world;
  await page.goto(url);
  await openRequest(page, 'Mine', 'In');
  const response = await send(page);
  await body(page).getByText('••••').waitFor();
  expect(await page.content()).not.toContain(token);
  await response.getByRole('button', { name: 'Show them' }).click();
  await body(page).getByText(token).waitFor();
  await response.getByRole('button', { name: 'Save as example' }).click();
  await page.getByText('Saved the answer as example').waitFor();
  expect(await readFile(join(workspace, 'collections', 'mine.json'), 'utf8')).not.toContain(token);
  await response.getByRole('button', { name: 'Hide them' }).click();
  await expect.poll(() => page.content()).not.toContain(token);
});
