import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import {
  chooseEnvironment,
  connect,
  focused,
  openRequest,
  openWorld,
  remembered,
  send,
  write,
} from './support/workbench.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** A workspace with one collection of these items, against the org that the environment names. */
function withCollection(item: readonly object[], variable: readonly object[] = []) {
  return async (workspace: string) => {
    await mkdir(join(workspace, 'collections'), { recursive: true });
    const collection = { info: { _postman_id: 'c1', name: 'Mine', schema }, item, variable };
    await writeFile(join(workspace, 'collections', 'mine.json'), JSON.stringify(collection));
  };
}

const token = { key: 'Authorization', value: 'SSWS {{apikey}}' };
const get = (name: string, url: string) => ({ name, request: { method: 'GET', url, header: [token] } });

async function connectOnly(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Connect the local org' }).click();
  await page.getByRole('button', { name: 'Skip this' }).click();
  await chooseEnvironment(page, 'Local org');
}

it('edits a request in its tables, saves it, and keeps what is not saved over a restart', async () => {
  await using world = await openWorld(browser, {
    prepare: withCollection([get('Users', '{{url}}/api/v1/users?limit=2')]),
  });
  const { page, url, workspace } = world;
  await connectOnly(page, url);
  await openRequest(page, 'Mine', 'Users');
  const query = page.getByRole('table', { name: 'Query parameters' });
  await query
    .getByRole('row', { name: /Use limit/ })
    .getByLabel('Value of limit')
    .fill('1');
  await query.getByRole('checkbox', { name: 'Add search' }).click();
  await query.getByLabel('Value of search').fill('status eq "ACTIVE"');
  expect(await page.getByLabel('Address').inputValue()).toBe(
    '{{url}}/api/v1/users?limit=1&search=status eq "ACTIVE"',
  );
  const response = await send(page);
  await response.getByText('200 OK').waitFor();
  await page.keyboard.press('ControlOrMeta+s');
  await page.getByText('Saved “Users”.').waitFor();
  expect(await readFile(join(workspace, 'collections', 'mine.json'), 'utf8')).toContain('status eq');

  const kept = remembered(page, '{{url}}/api/v1/groups');
  await page.getByLabel('Address').fill('{{url}}/api/v1/groups');
  await page.getByRole('img', { name: 'not saved' }).waitFor();
  await kept;
  await world.restart();
  await page.goto(url);
  await page.getByRole('img', { name: 'not saved' }).waitFor();
  expect(await page.getByLabel('Address').inputValue()).toBe('{{url}}/api/v1/groups');
});

it('passes an id from a script to the next request, and keeps it in the environment', async () => {
  await using world = await openWorld(browser, {
    prepare: withCollection([
      get('Me', '{{url}}/api/v1/users/me'),
      get('That one', '{{url}}/api/v1/users/{{foundId}}'),
    ]),
  });
  const { page, url, workspace } = world;
  await connectOnly(page, url);
  await openRequest(page, 'Mine', 'Me');
  await page.getByRole('tab', { name: 'Scripts' }).click();
  await write(
    page,
    'Test script',
    [
      'pm.environment.set("foundId", pm.response.json().id);',
      'pm.globals.set("seen", 1);',
      'pm.collectionVariables.set("last", "me");',
      'pm.test("is me", () => pm.response.to.have.status(200));',
    ].join('\n'),
  );
  const response = await send(page);
  await response.getByText('1 of 1').waitFor();
  await openRequest(page, 'Mine', 'That one');
  const second = await send(page);
  await second.getByText('200 OK').waitFor();
  await expect.poll(() => second.innerText()).toContain('admin@example.com');

  await page.getByRole('button', { name: 'Environment quick look' }).click();
  await page.getByRole('dialog').getByText('foundId').waitFor();
  await page.getByRole('dialog').getByText('seen').waitFor();
  // What a script sets is this person's own: the file that others see stays as it was.
  const files = await readFile(join(workspace, 'environments', 'Local org.json'), 'utf8');
  expect(files).not.toContain('foundId');
});

it('completes pm.* and variables, and compares the body with what the operation reads', async () => {
  await using world = await openWorld(browser);
  const { page } = world;
  await connect(world);
  await page.getByRole('tab', { name: 'Scripts' }).click();
  const script = page.getByRole('textbox', { name: 'Test script' });
  await script.click();
  await focused(page, script);
  await page.keyboard.type('pm.resp');
  await page.getByRole('option', { name: /response/ }).waitFor();
  await page.keyboard.press('Escape');

  await openRequest(page, 'Users (Okta API)', 'Create User without Credentials');
  await page.getByRole('tab', { name: 'Docs' }).click();
  await page.getByRole('heading', { name: 'Create a user' }).waitFor();
  await page.getByRole('table', { name: 'Errors' }).getByText('E0000001').waitFor();
  await page.getByRole('tab', { name: 'Body' }).first().click();
  await write(page, 'Request body', '{ "profile": 7 }');
  const problems = page.getByRole('status', { name: 'What the operation would refuse' });
  await expect.poll(() => problems.innerText()).toBe('profile: an object belongs here');
});

it('explains a refusal, opens an id, fetches every page and saves an example', async () => {
  await using world = await openWorld(browser);
  const { page } = world;
  await connect(world);
  await page.getByLabel('Address').fill('{{url}}/api/v1/users?limit=5');
  let response = await send(page);
  await response.getByRole('button', { name: 'Fetch all' }).click();
  await response.getByText(/from \d+ pages$/).waitFor();
  await response.getByRole('tab', { name: 'Table' }).click();
  await response.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('dialog', { name: 'Columns' }).getByRole('checkbox', { name: 'created' }).uncheck();
  await page.keyboard.press('Escape');
  await expect.poll(() => response.getByRole('columnheader', { name: 'created' }).count()).toBe(0);
  await response.getByRole('tab', { name: 'Body' }).click();
  await response.getByLabel('Filter by JSONPath').fill('$[*].profile.login');
  await response.getByText('admin@example.com').first().waitFor();
  await expect.poll(() => response.getByLabel('Response body').innerText()).not.toContain('"id"');
  await response.getByLabel('Filter by JSONPath').fill('');
  await response.getByLabel('Find in the body').fill('admin@example.com');
  await response
    .getByRole('status')
    .getByText(/^1 of \d/)
    .waitFor();
  await response.getByLabel('Find in the body').fill('');

  await response.getByTitle('Open the request that reads this').first().click();
  await expect.poll(() => page.getByLabel('Address').inputValue()).toMatch(/\/api\/v1\/users\/00u/);
  response = await send(page);
  await response.getByText('200 OK').waitFor();
  await response.getByRole('button', { name: 'Save as example' }).click();
  await page.getByText('Saved the answer as example').waitFor();

  await page.getByLabel('Address').fill('{{url}}/api/v1/users/nobody');
  response = await send(page);
  await response.getByText('E0000007').first().waitFor();
  await response.getByRole('note').getByText('Nothing has this id in this org').waitFor();
  await response.getByRole('tab', { name: 'Compare' }).click();
  await response.getByText(/They differ in \d+ places/).waitFor();
  await response.getByRole('checkbox', { name: 'As text' }).check();
  await response.getByText(/lines differ/).waitFor();
});

it('keeps cookies from Send to Send and lets a person change them', async () => {
  await using world = await openWorld(browser, {
    prepare: withCollection([get('Users', '{{url}}/api/v1/users?limit=1')]),
  });
  const { page, url, org } = world;
  await connectOnly(page, url);
  await page.getByRole('contentinfo').getByRole('button', { name: 'Cookies' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cookies' });
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByLabel('Host').fill('not a host');
  await dialog.getByLabel('Name').fill('flavour');
  await dialog.getByLabel('Value').fill('ginger');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('alert').getByText('Give the host alone').waitFor();
  await dialog.getByLabel('Host').fill(new URL(org).hostname);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('ginger').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();

  await openRequest(page, 'Mine', 'Users');
  const response = await send(page);
  await response.getByRole('tab', { name: 'Sent' }).click();
  await expect.poll(() => response.innerText()).toContain('flavour=ginger');
});

it('tells in the console what really left, what scripts said and what went wrong', async () => {
  await using world = await openWorld(browser, {
    prepare: withCollection([
      get('Me', '{{url}}/api/v1/users/me'),
      get('Nobody', '{{url}}/api/v1/users/nobody'),
    ]),
  });
  const { page, url } = world;
  await connectOnly(page, url);
  await openRequest(page, 'Mine', 'Me');
  await page.getByRole('tab', { name: 'Scripts' }).click();
  const script = [
    "console.log('asked for', pm.response.json().id);",
    "pm.sendRequest(pm.environment.get('url') + '/api/v1/groups', () => console.warn('groups came'));",
  ];
  await write(page, 'Test script', script.join('\n'));
  await (await send(page)).getByText('200 OK').waitFor();
  await openRequest(page, 'Mine', 'Nobody');
  await (await send(page)).getByText('404').first().waitFor();
  await page.keyboard.press('ControlOrMeta+j');
  const console = page.getByRole('region', { name: 'Console' });
  await console.getByText(/^asked for 00u/).waitFor();
  await console.getByText('groups came').waitFor();

  await console.getByLabel('Lines of the console').selectOption('request');
  await expect.poll(() => console.getByText('groups came').count()).toBe(0);
  await console.getByText(/users\/nobody answered 404/).click();
  await console.getByText('SSWS ••••').last().waitFor();
  await console.getByText('x-okta-request-id').last().waitFor();
  await console.getByLabel('Search the console').fill('/api/v1/groups');
  await expect.poll(() => console.getByRole('listitem').count()).toBe(1);
  await console.getByRole('button', { name: 'Clear' }).click();
  await console.getByText('Requests and what scripts say appear here.').waitFor();
  expect(await page.content()).not.toMatch(/00[A-Za-z0-9_-]{40}/);
});

it('finds a sent request by the text of its answer and sends it again', async () => {
  await using world = await openWorld(browser);
  const { page } = world;
  await connect(world);
  await (await send(page)).getByText('200 OK').waitFor();
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'History' }).click();
  const search = page.getByLabel('Search the history');
  for (const words of ['api/v1/users', '200', 'List Users']) {
    await search.fill(words);
    await page.getByRole('button', { name: 'Send again' }).waitFor();
  }
  await search.fill('E0000007');
  await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
  await search.fill('admin@example.com');
  await page.getByRole('button', { name: 'Send again' }).click();
  const again = page.getByRole('region', { name: 'Response' });
  await expect.poll(() => again.innerText()).toContain('200 OK');
});
