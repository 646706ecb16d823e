import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { createFolder, startCli } from '../support/castellan.ts';

const pictures = fileURLToPath(new URL('../../docs/screens', import.meta.url));

// Not a test of behaviour: `npm run screens` takes the pictures that the README and the docs show.
it.each(['light', 'dark'] as const)('takes the pictures in %s', async (colorScheme) => {
  await mkdir(pictures, { recursive: true });
  await using folder = await createFolder();
  // The picture shows the path, so it is one that everybody could have.
  const workspace = '/tmp/Castellan';
  await rm(workspace, { recursive: true, force: true });
  await using castellan = await startCli(
    ['start', '--no-open', '--port', '0', '--org-port', '0', '--workspace', workspace],
    /Ctrl-C/,
    { env: { CASTELLAN_HOME: folder.path } },
  );
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme });
    const page = await context.newPage();
    const take = (name: string) => page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
    await page.goto(castellan.address('Workbench'));
    await page.getByRole('button', { name: 'Connect the local org' }).waitFor();
    await take('welcome');
    await page.getByRole('button', { name: 'Connect the local org' }).click();
    await page.getByRole('button', { name: 'Add the nine packs' }).click();
    await page.getByRole('button', { name: /Open .List users/ }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('region', { name: 'Response' }).getByText('200 OK').waitFor();
    await take('request');

    const [, login = '', password = ''] = /sign in as (\S+) with (\S+)\)/.exec(castellan.stdout) ?? [];
    await page.goto(`${castellan.address('Local org')}/admin`);
    await page.getByLabel('Username').fill(login);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Create token' }).waitFor();
    await take('tokens');
    expect(await page.title()).toContain('API tokens');
  } finally {
    await browser.close();
  }
});
