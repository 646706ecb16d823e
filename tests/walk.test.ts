import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import { serveFiles } from './support/files.ts';
import { listReferencePacks, NO_REFERENCE, referenceEnvironment } from './support/reference.ts';
import { chooseEnvironment, openRequest, openWorld, send, type World } from './support/workbench.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

it('goes by hand from a token in the admin console to the answer of List Users', async () => {
  await using world = await openWorld(browser);
  const { page, org, castellan } = world;
  const token = await createToken(world, 'The walk');

  await page.goto(castellan.address('Workbench'));
  await addEnvironment(page, 'By hand', { url: org, apikey: token });
  await chooseEnvironment(page, 'By hand');
  await importLink(page, `${org}/docs/api/postman/users.json`);
  await openRequest(page, 'Users (Okta API)', 'List Users');
  const response = await send(page);

  await response.getByText('200 OK').waitFor();
  await response.getByText('"id"').first().waitFor();
  expect(await page.content()).not.toContain(token);
  expect(await readWorkspace(world)).not.toContain(token);
});

it('is welcomed by three steps that do the same in three clicks', async () => {
  await using world = await openWorld(browser);
  const { page } = world;
  await page.goto(world.castellan.address('Workbench'));
  await page.getByRole('button', { name: 'Connect the local org' }).click();
  await page.getByRole('button', { name: 'Add the nine packs' }).click();
  await page.getByRole('button', { name: /Open .List users/ }).click();
  const response = await send(page);
  await response.getByText('200 OK').waitFor();
  await expect.poll(() => response.innerText()).toContain('admin@example.com');
});

it('explains an unset variable, a dead address, a wrong token and an answer that is not JSON', async () => {
  await using world = await openWorld(browser);
  const { page, org, castellan } = world;
  const pages = {
    info: { name: 'Odd', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [
      { name: 'A page', request: { method: 'GET', url: `${org}/admin` } },
      { name: 'Dead', request: { method: 'GET', url: 'http://127.0.0.1:9/' } },
      { name: 'Unset', request: { method: 'GET', url: '{{nowhere}}/api' } },
      {
        name: 'Wrong token',
        request: { method: 'GET', url: `${org}/api/v1/users`, header: 'Authorization: SSWS wrong' },
      },
    ],
  };
  await page.goto(castellan.address('Workbench'));
  await page.getByRole('button', { name: /Skip/ }).click();
  await writeFile(join(world.workspace, 'collections', 'odd.json'), JSON.stringify(pages));

  for (const [name, address, sentence] of [
    ['A page', `${org}/admin`, '200 OK'],
    ['Dead', 'http://127.0.0.1:9/', 'the connection was refused'],
    ['Unset', '{{nowhere}}/api', '{{nowhere}} in the address has no value'],
    ['Wrong token', `${org}/api/v1/users`, 'E0000011'],
  ] as const) {
    await openRequest(page, 'Odd', name);
    await expect.poll(() => page.getByLabel('Address').inputValue()).toBe(address);
    const response = await send(page);
    await response.getByText(sentence).first().waitFor();
    expect(await response.innerText()).toContain(sentence);
  }
});

it('imports Okta’s own packs of 2019 and their environment from file and the current ones from link', async ({
  skip,
}) => {
  if (NO_REFERENCE !== false) skip(NO_REFERENCE);
  await using world = await openWorld(browser);
  await using links = await serveFiles(listReferencePacks('current'));
  const { page, workspace } = world;
  await page.goto(world.castellan.address('Workbench'));

  const packs = listReferencePacks('2019');
  await page.getByRole('banner').getByRole('button', { name: 'Import' }).click();
  await page.getByLabel('Files to import').setInputFiles([...packs, referenceEnvironment]);
  await page.getByRole('button', { name: `Import ${packs.length + 1}` }).click();
  await page.getByRole('treeitem', { name: 'Users (Okta API)' }).waitFor();
  expect(await readdir(join(workspace, 'collections'))).toHaveLength(packs.length);
  expect(await readdir(join(workspace, 'environments'))).toHaveLength(1);

  await importLink(page, `${links.origin}/user-types.json`);
  await page.getByRole('treeitem', { name: 'User Types (Okta API)' }).waitFor();
  expect(await readdir(join(workspace, 'collections'))).toHaveLength(packs.length + 1);
});

async function createToken({ page, org, castellan }: World, name: string): Promise<string> {
  const [, login = '', password = ''] = /sign in as (\S+) with (\S+)\)/.exec(castellan.stdout) ?? [];
  await page.goto(`${org}/admin`);
  await page.getByLabel('Username').fill(login);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'API', exact: true }).click();
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click();
  await page.getByText('Once this dialog is closed it cannot be seen again').waitFor();
  const token = await page.getByTestId('token-value').innerText();
  expect(token).toMatch(/^00[A-Za-z0-9]{40}$/);
  await page.getByRole('button', { name: 'OK, got it' }).click();
  await page.getByRole('rowheader', { name }).waitFor();
  expect(await page.content()).not.toContain(token);
  return token;
}

async function addEnvironment(
  page: Page,
  name: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  await chooseEnvironment(page, 'Manage environments');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.getByLabel('Environment name').fill(name);
  for (const [index, [key, value]] of Object.entries(values).entries()) {
    if (index > 0) await dialog.getByRole('button', { name: 'Add a row' }).click();
    await dialog.getByLabel(`Key ${index + 1}`).fill(key);
    await dialog.getByLabel(`Value ${index + 1}`).fill(value);
  }
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
}

async function importLink(page: Page, link: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Import' }).click();
  await page.getByRole('tab', { name: 'Link' }).click();
  await page.getByLabel('Link of a collection').fill(link);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Import 1' }).click();
}

async function readWorkspace({ workspace }: World): Promise<string> {
  const files = await readdir(workspace, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(join(file.parentPath, file.name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}
