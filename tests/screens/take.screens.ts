import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { tour } from '../support/tour.ts';
import { openWorld } from '../support/workbench.ts';

const pictures = fileURLToPath(new URL('../../docs/screens', import.meta.url));

// Not a test of behaviour: `npm run screens` takes the pictures that the README and the docs show.
it.each(['light', 'dark'] as const)('takes the pictures in %s', async (colorScheme) => {
  await mkdir(pictures, { recursive: true });
  const browser = await launchBrowser();
  try {
    // The picture shows the path, so it is one that everybody could have.
    await using world = await openWorld(browser, { colorScheme, workspace: '/tmp/Castellan' });
    const { page, castellan, org } = world;
    const take = (name: string) => page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
    await tour(world, async (name) => void (await take(name)));

    const [, login = '', password = ''] = /sign in as (\S+) with (\S+)\)/.exec(castellan.stdout) ?? [];
    await page.goto(`${org}/admin`);
    await page.getByLabel('Username').fill(login);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'API', exact: true }).click();
    await page.getByRole('button', { name: 'Create token' }).waitFor();
    await take('tokens');
    expect(await page.title()).toContain('API tokens');
  } finally {
    await browser.close();
  }
});
