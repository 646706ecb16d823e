import type { Page } from 'playwright-core';
import { send, type World } from './workbench.ts';

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
  await visitDialog(page, 'environments', visit);
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
  await page.getByRole('button', { name: 'Start the run' }).isEnabled();
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

async function visitDialog(page: Page, name: string, visit: (name: string) => Promise<void>): Promise<void> {
  await page.getByRole('dialog').waitFor();
  await visit(name);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
