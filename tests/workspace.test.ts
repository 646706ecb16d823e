import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import {
  chooseEnvironment,
  openRequest,
  openWorld,
  pasteToImport,
  send,
  write,
} from './support/workbench.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

interface Named {
  readonly id: string;
  readonly name: string;
}

const request = (name: string, url: string) => ({
  id: name.toLowerCase(),
  name,
  request: { method: 'GET', url, header: [{ key: 'Authorization', value: 'SSWS {{apikey}}' }] },
});

function toFile(item: readonly object[]): string {
  return JSON.stringify({ info: { _postman_id: 'c1', name: 'Mine', schema }, item });
}

const place = (workspace: string) => join(workspace, 'collections', 'mine.json');

function withItems(item: readonly object[]) {
  return async (workspace: string) => {
    await mkdir(join(workspace, 'collections'), { recursive: true });
    await writeFile(place(workspace), toFile(item));
  };
}

async function readItems(workspace: string): Promise<(Named & { item?: Named[] })[]> {
  return (JSON.parse(await readFile(place(workspace), 'utf8')) as { item: (Named & { item?: Named[] })[] })
    .item;
}

it('moves, renames, duplicates and deletes in the tree, and takes a deletion back', async () => {
  await using world = await openWorld(browser, {
    prepare: withItems([
      request('First', 'http://127.0.0.1:9/1'),
      request('Second', 'http://127.0.0.1:9/2'),
      { id: 'folder', name: 'Folder', item: [] },
    ]),
  });
  const { page, url, workspace } = world;
  await page.goto(url);
  await page.getByRole('treeitem', { name: 'Mine' }).click();
  const names = async () => (await readItems(workspace)).map(({ name }) => name);

  await page.getByRole('treeitem', { name: 'Second' }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(names).toEqual(['Second', 'First', 'Folder']);
  const upperEdge = { targetPosition: { x: 60, y: 2 } };
  await page
    .getByRole('treeitem', { name: 'First' })
    .dragTo(page.getByRole('treeitem', { name: 'Second' }), upperEdge);
  await expect.poll(names).toEqual(['First', 'Second', 'Folder']);
  await page.getByRole('treeitem', { name: 'First' }).dragTo(page.getByRole('treeitem', { name: 'Folder' }));
  await expect.poll(names).toEqual(['Second', 'Folder']);

  await page.getByRole('treeitem', { name: 'Second' }).focus();
  await page.keyboard.press('F2');
  await page.getByLabel('New name').fill('Renamed');
  await page.keyboard.press('Enter');
  await expect.poll(names).toEqual(['Renamed', 'Folder']);
  await page.getByRole('treeitem', { name: 'Renamed' }).hover();
  await page.getByRole('button', { name: 'More for Renamed' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect.poll(names).toHaveLength(3);
  const [, copy = ''] = await names();
  expect(copy).toContain('Renamed');
  await page.getByRole('treeitem', { name: copy, exact: true }).focus();
  await page.keyboard.press('Delete');
  await expect.poll(names).toEqual(['Renamed', 'Folder']);
  await page.getByRole('treeitem', { name: copy, exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('treeitem', { name: 'Renamed', exact: true }).focus();
  await page.keyboard.press('Delete');
  await expect.poll(names).toEqual(['Folder']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(names).toEqual(['Renamed', 'Folder']);
});

it('hands variables of a collection and scripts of a folder down, and says where they come from', async () => {
  await using world = await openWorld(browser, {
    prepare: withItems([
      { id: 'folder', name: 'Folder', item: [request('Users', '{{url}}/api/v1/users?limit={{size}}')] },
    ]),
  });
  const { page, url } = world;
  await page.goto(url);
  await page.getByRole('button', { name: 'Connect the local org' }).click();
  await page.getByRole('button', { name: 'Skip this' }).click();
  await chooseEnvironment(page, 'Local org');
  const openSettings = async (name: string) => {
    await page.getByRole('treeitem', { name }).hover();
    await page.getByRole('button', { name: `More for ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await page.getByRole('heading', { name }).waitFor();
  };
  const save = async (name: string) => {
    await page.getByRole('main').getByRole('button', { name: 'Save' }).click();
    await page.getByText(`Saved the settings of “${name}”.`).waitFor();
  };
  await page.getByRole('treeitem', { name: 'Mine' }).click();
  await openSettings('Mine');
  await page.getByRole('tab', { name: 'Variables' }).click();
  await page.getByLabel('New name').pressSequentially('size');
  await page.getByLabel('Value of size').fill('3');
  await save('Mine');
  await openSettings('Folder');
  await page.getByRole('tab', { name: 'Scripts' }).click();
  await write(page, 'Test script', 'pm.test("from the folder", () => pm.response.to.have.status(200));');
  await save('Folder');

  await openRequest(page, 'Mine', 'Users');
  await page.getByRole('tab', { name: 'Scripts' }).click();
  await page.getByText('after the script of “Folder”').waitFor();
  const response = await send(page);
  await response.getByRole('tab', { name: 'Tests' }).click();
  await response.getByText('from the folder').waitFor();
  await response.getByRole('tab', { name: 'Sent' }).click();
  await expect.poll(() => response.innerText()).toContain('limit=3');
});

it('shows what others change on disk at once, and asks where both sides changed', async () => {
  await using world = await openWorld(browser, {
    prepare: withItems([request('Users', 'http://127.0.0.1:9/old')]),
  });
  const { page, url, workspace } = world;
  await page.goto(url);
  await openRequest(page, 'Mine', 'Users');
  await writeFile(place(workspace), toFile([request('Users', 'http://127.0.0.1:9/theirs')]));
  await expect.poll(() => page.getByLabel('Address').inputValue()).toBe('http://127.0.0.1:9/theirs');

  await page.getByLabel('Address').fill('http://127.0.0.1:9/mine');
  await writeFile(place(workspace), toFile([request('Users', 'http://127.0.0.1:9/again')]));
  await page.getByText('was also changed on disk').waitFor();
  expect(await page.getByLabel('Address').inputValue()).toBe('http://127.0.0.1:9/mine');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => page.getByLabel('Address').inputValue()).toBe('http://127.0.0.1:9/again');
});

it('imports a newer file over edits, and lets a person decide each conflict', async () => {
  await using world = await openWorld(browser);
  const { page, url } = world;
  await page.goto(url);
  await pasteToImport(page, toFile([request('Users', 'http://127.0.0.1:9/one')]));
  await page.getByRole('button', { name: 'Import 1' }).click();
  await openRequest(page, 'Mine', 'Users');
  await page.getByLabel('Address').fill('http://127.0.0.1:9/mine');
  await page.keyboard.press('ControlOrMeta+s');
  await page.getByText('Saved “Users”.').waitFor();

  await pasteToImport(
    page,
    toFile([request('Users', 'http://127.0.0.1:9/two'), request('New', 'http://127.0.0.1:9/')]),
  );
  const conflicts = page.getByRole('region', { name: 'Conflicts of Mine' });
  await conflicts.getByText('http://127.0.0.1:9/mine').waitFor();
  await conflicts.getByRole('radio', { name: /Take the file/ }).check();
  await page.getByRole('button', { name: 'Import 1' }).click();
  await page.getByRole('treeitem', { name: 'New' }).waitFor();
  await expect.poll(() => page.getByLabel('Address').inputValue()).toBe('http://127.0.0.1:9/two');
});

it('says that the workbench is gone, and comes back by itself', async () => {
  await using world = await openWorld(browser, {
    prepare: withItems([request('Users', 'http://127.0.0.1:9/')]),
  });
  const { page, url } = world;
  await page.goto(url);
  await page.getByRole('treeitem', { name: 'Mine' }).waitFor();
  await world.restart();
  await page
    .getByText('Reload the page')
    .or(page.getByText('The workbench does not answer'))
    .first()
    .waitFor();
  await page.reload();
  await page.getByRole('treeitem', { name: 'Mine' }).waitFor();
  expect(await page.getByText('The workbench does not answer').count()).toBe(0);
});
