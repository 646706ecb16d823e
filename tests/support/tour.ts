import type { Page } from 'playwright-core';
import { openRequest, pasteToImport, send, type World } from './workbench.ts';

/** Every screen of the workbench, in the order that a person meets them. */
export async function tour(world: World, visit: (name: string) => Promise<void>): Promise<void> {
  const { page, url } = world;
  await page.goto(url);
  await page.getByRole('button', { name: 'Connect the local org' }).waitFor();
  await visit('welcome');
  await page.getByRole('button', { name: 'Connect the local org' }).click();
  await page.getByRole('button', { name: 'Add the nine packs' }).click();
  await page.getByRole('button', { name: /Open .List users/ }).click();
  const response = await send(page);
  await response.getByText('200 OK').waitFor();
  await visit('request');
  await response.getByRole('tab', { name: 'Table' }).click();
  await page.getByRole('tab', { name: 'Docs' }).click();
  await page.getByRole('table', { name: 'Errors' }).waitFor();
  await visit('docs');
  await page.getByRole('tab', { name: 'Scripts' }).click();
  await page.getByRole('textbox', { name: 'Test script' }).waitFor();
  await response.getByRole('tab', { name: 'Timeline' }).click();
  await visit('scripts');
  await page.getByRole('tab', { name: 'Code' }).click();
  await page.getByRole('textbox', { name: 'Code' }).waitFor();
  await visit('code');

  await page.getByRole('treeitem', { name: 'Users (Okta API)' }).hover();
  await page.getByRole('button', { name: 'More for Users (Okta API)' }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Variables' }).click();
  await visit('settings');
  await page.getByRole('button', { name: 'Close the settings' }).click();

  await page.getByRole('banner').getByRole('button', { name: 'Import' }).click();
  await visitDialog(page, 'import', visit);
  await page.getByRole('combobox', { name: 'Environment' }).click();
  await page.getByRole('option', { name: 'Manage environments' }).click();
  await visit('environments');
  await page.getByRole('tab', { name: 'Secrets' }).click();
  await visit('secrets');
  await page.getByRole('tab', { name: 'Guard' }).click();
  await page.getByRole('combobox', { name: 'To be confirmed' }).selectOption('irreversible');
  await page.getByRole('button', { name: 'Save the guard' }).click();
  await page.getByRole('button', { name: 'Leave it to the kind of org' }).waitFor();
  await visitDialog(page, 'guard', visit);
  await openRequest(page, 'Users (Okta API)', 'Deactivate User');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await visitDialog(page, 'confirm', visit);
  await importStrange(page);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await visitDialog(page, 'trust', visit);
  await page.getByRole('contentinfo').getByRole('button', { name: 'Cookies' }).click();
  await visitDialog(page, 'cookies', visit);
  await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Sending' }).click();
  await visit('preferences');
  await page.getByRole('tab', { name: 'Shortcuts' }).click();
  await visitDialog(page, 'shortcuts', visit);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: /Search requests/ }).fill('list');
  await visitDialog(page, 'palette', visit);

  const go = (place: string) =>
    page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click();
  await page.getByRole('treeitem', { name: 'List Users', exact: true }).first().hover();
  await page.getByRole('button', { name: 'More for List Users' }).first().click();
  await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
  await page.getByText('What it would do').waitFor();
  await page.locator('button:enabled', { hasText: 'Start the run' }).waitFor();
  await visit('new-run');
  await page.getByLabel('Or run it so many times').fill('12');
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.getByRole('status').getByText('completed').waitFor();
  await page.getByRole('tab', { name: 'All rows' }).click();
  await visit('run');
  await go('Org');
  await page.getByRole('region', { name: 'People by status' }).getByText('ACTIVE').waitFor();
  await visit('org');
  await go('Log');
  await page.getByRole('heading', { name: 'System Log' }).waitFor();
  await visit('log');
  await go('History');
  await page.getByRole('button', { name: 'Send again' }).first().waitFor();
  await page.keyboard.press('ControlOrMeta+j');
  await page.getByRole('region', { name: 'Console' }).waitFor();
  await visit('history');
}

/** A collection of somebody else, with a script that nobody here has agreed to. */
async function importStrange(page: Page): Promise<void> {
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  const script = { listen: 'test', script: { exec: ["pm.test('is answered', () => {});"] } };
  const request = { method: 'GET', url: '{{url}}/api/v1/groups' };
  const item = [{ name: 'Every group', request, event: [script] }];
  const strange = { info: { name: 'From a colleague', schema }, item };
  await pasteToImport(page, JSON.stringify(strange));
  await page.getByRole('button', { name: 'Import 1' }).click();
  await openRequest(page, 'From a colleague', 'Every group');
}

async function visitDialog(page: Page, name: string, visit: (name: string) => Promise<void>): Promise<void> {
  await page.getByRole('dialog').waitFor();
  await visit(name);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
