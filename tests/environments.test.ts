import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit } from './support/axe.ts';
import { launchBrowser } from './support/browser.ts';
import { chooseEnvironment, openRequest, openWorld } from './support/workbench.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const SECRET = '00a-token-that-nobody-may-see';
const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

async function prepare(workspace: string): Promise<void> {
  await mkdir(join(workspace, 'collections'), { recursive: true });
  const collection = {
    info: { _postman_id: 'c1', name: 'Mine', schema },
    variable: [{ key: 'region', value: 'north' }],
    item: [
      {
        name: 'Look',
        request: { method: 'GET', url: '{{url}}/api/v1/groups?q={{region}}&limit={{missing}}' },
      },
    ],
  };
  await writeFile(join(workspace, 'collections', 'mine.json'), JSON.stringify(collection));
}

it('adds, checks, duplicates, exports, deletes and imports environments, and says what has no value', async () => {
  await using world = await openWorld(browser, { prepare });
  const { page, url, workspace } = world;
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(url);
  await chooseEnvironment(page, 'Manage environments');
  const manager = page.getByRole('dialog', { name: 'Manage environments' });
  await manager.getByRole('button', { name: 'Add', exact: true }).click();
  await manager.getByLabel('Environment name').fill('');
  await manager.getByText('An environment needs a name.').waitFor();
  await manager.getByLabel('Environment name').fill('Acme');
  await manager.getByLabel('Key 1').fill('url');
  await manager.getByLabel('Value 1').fill('https://acme.okta.com');
  await manager.getByRole('button', { name: 'Add a row' }).click();
  await manager.getByLabel('Key 2').fill('url');
  await manager.getByText('Row 1 has this key already.').waitFor();
  expect(await manager.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
  expect(await audit(page)).toEqual([]);
  await manager.getByLabel('Key 2').fill('apikey');
  await manager.getByLabel('Value 2').fill(SECRET);
  await manager.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved “Acme”.').waitFor();

  // A production org that nobody chose a guard for has one all the same.
  await manager.getByRole('tab', { name: 'Guard' }).click();
  await manager.getByText('Nobody has chosen a guard').waitFor();
  await manager.getByRole('button', { name: 'Duplicate' }).click();
  await manager.getByRole('button', { name: 'Acme copy' }).waitFor();
  await manager.getByRole('tab', { name: 'Secrets' }).click();
  const hosts = manager.getByRole('form', { name: 'Who gets apikey' }).getByLabel('Hosts that get it');
  expect(await hosts.inputValue()).toBe('acme.okta.com');

  const saved = page.waitForEvent('download');
  await manager.getByRole('button', { name: 'Export' }).click();
  const exported = await text(await (await saved).createReadStream());
  expect(JSON.parse(exported)).toMatchObject({ name: 'Acme copy' });
  expect(exported).not.toContain(SECRET);
  await manager.getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => manager.getByRole('button', { name: 'Acme copy' }).count()).toBe(0);

  await manager.getByRole('button', { name: 'Add globals' }).click();
  await manager.getByLabel('Key 1').fill('site');
  await manager.getByLabel('Value 1').fill('Berlin');
  await manager.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved “Globals”.').waitFor();
  await manager.getByRole('button', { name: 'Import' }).click();
  await page.getByLabel('Files to import').setInputFiles({
    name: 'acme.json',
    mimeType: 'application/json',
    buffer: Buffer.from(exported),
  });
  await page.getByRole('button', { name: 'Import 1' }).click();
  await page.getByText('Imported “Acme copy”.').waitFor();
  expect(await readdir(join(workspace, 'environments'))).toHaveLength(3);
  for (const file of await readdir(join(workspace, 'environments')))
    expect(await readFile(join(workspace, 'environments', file), 'utf8')).not.toContain(SECRET);

  await page.getByRole('combobox', { name: 'Environment' }).getByText('production').waitFor();
  await openRequest(page, 'Mine', 'Look');
  await page.getByText('No value for missing').waitFor();
  await page.getByRole('button', { name: 'Environment quick look' }).click();
  const look = page.getByRole('dialog');
  await look.getByText('acme.okta.com, production: what cannot be undone is confirmed').waitFor();
  await look.getByRole('region', { name: 'Mine' }).getByText('north').waitFor();
  await look.getByRole('region', { name: 'Globals' }).getByText('Berlin').waitFor();
  await look.getByText('••••••••').waitFor();
  expect(await audit(page)).toEqual([]);
  expect(await page.content()).not.toContain(SECRET);
});
