import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { createFolder, type RunningCli, startCli } from './castellan.ts';

/** A workbench with a local org of its own, and a page that shows it. */
export interface World extends AsyncDisposable {
  readonly page: Page;
  readonly castellan: RunningCli;
  readonly workspace: string;
  readonly org: string;
  readonly url: string;
  /** Where what belongs to the person is kept: CASTELLAN_HOME. */
  readonly home: string;
  /** Stops the workbench and starts it again on the same workspace and ports. */
  restart(): Promise<void>;
}

interface WorldOptions {
  readonly colorScheme?: 'light' | 'dark';
  /** Folder of the workspace; one that is gone afterwards when absent. */
  readonly workspace?: string;
  /** Puts files into the workspace before it is opened. */
  readonly prepare?: (workspace: string) => Promise<void>;
}

export async function openWorld(browser: Browser, options: WorldOptions = {}): Promise<World> {
  const folder = await createFolder();
  const workspace = options.workspace ?? join(folder.path, 'workspace');
  const home = join(folder.path, 'home');
  await rm(workspace, { recursive: true, force: true });
  await options.prepare?.(workspace);
  const start = (port: string, orgPort: string) =>
    startCli(
      ['start', '--no-open', '--port', port, '--org-port', orgPort, '--workspace', workspace],
      /Ctrl-C/,
      { env: { CASTELLAN_HOME: home } },
    );
  let castellan = await start('0', '0');
  const url = castellan.address('Workbench');
  const org = castellan.address('Local org');
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    ...(options.colorScheme === undefined ? {} : { colorScheme: options.colorScheme }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return {
    page,
    workspace,
    org,
    url,
    home,
    get castellan() {
      return castellan;
    },
    async restart() {
      await castellan[Symbol.asyncDispose]();
      castellan = await start(new URL(url).port, new URL(org).port);
    },
    async [Symbol.asyncDispose]() {
      await context.close();
      await castellan[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Prepares a workspace with one collection, “Mine”, of a GET to each address. */
export function withRequests(requests: Readonly<Record<string, string>>) {
  return async (workspace: string) => {
    await mkdir(join(workspace, 'collections'), { recursive: true });
    const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
    const item = Object.entries(requests).map(([name, url]) => ({ name, request: { method: 'GET', url } }));
    const collection = { info: { _postman_id: 'c1', name: 'Mine', schema }, item };
    await writeFile(join(workspace, 'collections', 'mine.json'), JSON.stringify(collection));
  };
}

/** Goes the three steps of the welcome: local org, packs, first request. */
export async function connect({ page, url }: World): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Connect the local org' }).click();
  await page.getByRole('button', { name: 'Add the nine packs' }).click();
  await page.getByRole('button', { name: /Open .List users/ }).click();
  await page.getByRole('tab', { name: /List Users/ }).waitFor();
}

export async function chooseEnvironment(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Environment' }).click();
  await page.getByRole('option', { name }).click();
}

/** Pastes a text into the import, up to the list of what would be imported. */
export async function pasteToImport(page: Page, text: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Import' }).click();
  await page.getByRole('tab', { name: 'Paste' }).click();
  await page.getByLabel('Text to import').fill(text);
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Finds a request by the tree's filter and opens it. */
export async function openRequest(page: Page, collection: string, name: string): Promise<void> {
  await page.getByRole('treeitem', { name: collection }).waitFor();
  await page.getByLabel('Filter requests').fill(name);
  await page.getByRole('treeitem', { name, exact: true }).last().click();
  await page.getByLabel('Filter requests').fill('');
  // It is in front a moment later, and keys go to what is in front.
  await page
    .getByRole('tablist', { name: 'Open requests' })
    .getByRole('tab', { name, selected: true })
    .waitFor();
}

/** Waits until keys go to this control: one that is in sight may get the focus a moment later. */
export async function focused(page: Page, control: Locator): Promise<void> {
  await control.and(page.locator(':focus')).waitFor();
}

/** Waits until the workbench keeps a layout of the page that has this text in it. Begin before what changes the layout. */
export async function remembered(page: Page, text: string): Promise<void> {
  await page.waitForResponse((answer) => {
    const request = answer.request();
    const isLayout = request.method() === 'PUT' && answer.url().endsWith('/api/layout');
    return isLayout && request.postData()?.includes(text) === true;
  });
}

/** Sends the request in front and waits for its answer. */
export async function send(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const response = page.getByRole('region', { name: 'Response' });
  // The answer before stays in sight until the new one is there.
  await response.and(page.locator('[aria-busy="false"]')).waitFor();
  return response;
}

/** Writes into one of the editors, in place of what is there. */
export async function write(page: Page, editor: string, text: string): Promise<void> {
  const place = page.getByRole('textbox', { name: editor });
  await place.click();
  await focused(page, place);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  // Typed text would have brackets closed for it.
  await page.keyboard.insertText(text);
}
