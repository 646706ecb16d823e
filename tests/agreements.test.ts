import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit } from './support/axe.ts';
import { launchBrowser } from './support/browser.ts';
import { chooseEnvironment, openRequest, openWorld, pasteToImport, send } from './support/workbench.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const header = [{ key: 'Authorization', value: 'SSWS {{apikey}}' }];
const request = (name: string, method: string, path: string, more: object = {}) => ({
  name,
  request: { method, url: `{{url}}${path}`, header },
  ...more,
});

function withItems(item: readonly object[]) {
  return async (workspace: string) => {
    await mkdir(join(workspace, 'collections'), { recursive: true });
    const collection = { info: { _postman_id: 'c1', name: 'Mine', schema }, item };
    await writeFile(join(workspace, 'collections', 'mine.json'), JSON.stringify(collection));
  };
}

it('guards an org as a person chose: names what cannot be undone, wants the org typed, refuses the rest', async () => {
  await using world = await openWorld(browser, {
    prepare: withItems([
      request('Read', 'GET', '/api/v1/groups?limit=1'),
      request('Delete a group', 'DELETE', '/api/v1/groups/00gnowhere'),
    ]),
  });
  const { page, url, org, workspace } = world;
  const { host } = new URL(org);
  await page.goto(url);
  await page.getByRole('button', { name: 'Connect the local org' }).click();
  await page.getByRole('button', { name: 'Skip this' }).click();
  await chooseEnvironment(page, 'Manage environments');
  const manager = page.getByRole('dialog', { name: 'Manage environments' });
  await manager.getByRole('tab', { name: 'Guard' }).click();
  await manager.getByRole('combobox', { name: 'Kind of org' }).selectOption('production');
  await manager.getByRole('combobox', { name: 'To be confirmed' }).selectOption('irreversible');
  await manager.getByLabel('Writes that one run may make').fill('many');
  await manager.getByText('A whole number from 0 on belongs here').waitFor();
  await manager.getByLabel('Writes that one run may make').fill('5');
  await manager.getByLabel('From').fill('08:00');
  await manager.getByText('Give both times').waitFor();
  await manager.getByLabel('From').fill('');
  await manager.getByRole('button', { name: 'Save the guard' }).click();
  await page.getByText('Saved the guard of “Local org”.').waitFor();
  expect(await audit(page)).toEqual([]);
  expect(await readFile(join(workspace, 'environments', 'Local org.json'), 'utf8')).toContain('writeBudget');

  // Who gets the token is said and changed here; its value is nowhere.
  await manager.getByRole('tab', { name: 'Secrets' }).click();
  const token = manager.getByRole('form', { name: 'Who gets apikey' });
  await token.getByLabel('Hosts that get it').fill('https://acme.okta.com/');
  await token.getByRole('button', { name: 'Save' }).click();
  await token.getByText('Give hosts alone').waitFor();
  await token.getByLabel('Hosts that get it').fill(`${host}, acme.okta.com`);
  await token.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved who gets “apikey”.').waitFor();
  expect(await audit(page)).toEqual([]);
  expect(await page.content()).not.toMatch(/00[A-Za-z0-9_-]{40}/);
  await manager.getByRole('button', { name: 'Close' }).click();

  await openRequest(page, 'Mine', 'Read');
  await (await send(page)).getByText('200 OK').waitFor();
  await openRequest(page, 'Mine', 'Delete a group');
  const ask = () => page.getByRole('button', { name: 'Send', exact: true }).click();
  const response = page.getByRole('region', { name: 'Response' });
  await ask();
  const question = page.getByRole('dialog', { name: `Send this to ${host}?` });
  await question.getByText('cannot be undone').waitFor();
  expect(await audit(page)).toEqual([]);
  await question.getByLabel('Type the org’s name to confirm').fill('acme');
  await question.getByText(`This is not ${host}.`).waitFor();
  await question.getByRole('button', { name: 'Do not send' }).click();
  await response.getByText('Nothing was sent: it was not confirmed.').waitFor();
  // By keyboard alone: the field for the name has the focus.
  await page.keyboard.press('ControlOrMeta+Enter');
  await question.locator('input:focus').waitFor();
  await page.keyboard.type(host);
  await page.keyboard.press('Enter');
  await response.getByText('404').first().waitFor();

  // A run asks the same before it starts.
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Runs' }).click();
  const confirm = page.getByRole('region', { name: 'Confirm what is written' });
  await confirm.getByText('cannot be undone').waitFor();
  const start = page.getByRole('button', { name: 'Start the run' });
  expect(await start.isDisabled()).toBe(true);
  await confirm.getByLabel('Type the org’s name to confirm').fill(host);
  await start.click();
  await page.getByRole('table', { name: 'Failed rows' }).getByText('404 E0000007').waitFor();
});

it('asks before scripts of somebody else run, goes without them, and trusts them', async () => {
  await using world = await openWorld(browser);
  const { page, url } = world;
  const script = { listen: 'test', script: { exec: ["pm.test('ran', () => {});"] } };
  const strange = {
    info: { name: 'Strange', schema },
    item: [request('Look', 'GET', '/api/v1/groups?limit=1', { event: [script] })],
  };
  await page.goto(url);
  await page.getByRole('button', { name: 'Connect the local org' }).click();
  await page.getByRole('button', { name: 'Skip this' }).click();
  await pasteToImport(page, JSON.stringify(strange));
  await page.getByRole('button', { name: 'Import 1' }).click();
  await openRequest(page, 'Strange', 'Look');
  const ask = () => page.getByRole('button', { name: 'Send', exact: true }).click();
  const response = page.getByRole('region', { name: 'Response' });
  await ask();
  const question = page.getByRole('dialog', { name: 'Scripts that somebody else wrote' });
  await question.getByText('Of its one script, 1 is not agreed to.').waitFor();
  expect(await audit(page)).toEqual([]);
  await question.getByRole('button', { name: 'Run without scripts' }).click();
  await response.getByText('200 OK').waitFor();
  expect(await response.innerText()).not.toContain('1 of 1');

  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Runs' }).click();
  await page.getByRole('button', { name: 'Start the run' }).click();
  await question.getByRole('button', { name: 'Do not send' }).click();
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Packs' }).click();
  await ask();
  await question.getByRole('button', { name: 'Trust this collection' }).click();
  await response.getByText('1 of 1').waitFor();
});
