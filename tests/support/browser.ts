import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const cache = fileURLToPath(new URL('../../node_modules/.castellan-chromium', import.meta.url));

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Where a Chromium is and what it needs around it. */
interface Found {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Starts a Chromium: `$CHROME_PATH`, an installed one, or on Linux x64 the one that comes as a package and
 * needs nothing of the machine. Throws with what to do when none can be had.
 */
export async function launchBrowser(): Promise<Browser> {
  const found = await findChromium();
  if (found === undefined) throw new Error(NO_BROWSER);
  return chromium.launch({
    executablePath: found.path,
    env: { ...definedEnvironment(), ...found.env },
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

const NO_BROWSER =
  'No Chromium, Chrome or Edge was found on this machine, so the browser tests cannot run. Install one, or set CHROME_PATH to its program.';

/** Where a browser can be had on this machine, or `undefined`. Unpacks the packaged one at first use. */
async function findChromium(): Promise<Found | undefined> {
  const asked = process.env['CHROME_PATH'];
  if (asked !== undefined && asked !== '') {
    if (!existsSync(asked)) throw new Error(`CHROME_PATH is ${asked}, and there is no such file.`);
    return { path: asked, env: {} };
  }
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined) return { path: installed, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  if (!existsSync(cache)) await unpackChromium();
  return {
    path: join(cache, 'chromium'),
    env: {
      FONTCONFIG_PATH: join(cache, 'fonts'),
      LD_LIBRARY_PATH: [join(cache, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']]
        .filter(Boolean)
        .join(delimiter),
    },
  };
}

/** The packaged settings look for fonts in folders that this machine does not have. */
const FONTS = `<?xml version="1.0"?>
<fontconfig><dir>${join(cache, 'fonts')}</dir><cachedir>${join(cache, 'fonts-cache')}</cachedir></fontconfig>
`;

/** Unpacks beside its final place and moves it there whole, so that a broken unpacking is never used. */
async function unpackChromium(): Promise<void> {
  await mkdir(join(cache, '..'), { recursive: true });
  const place = await mkdtemp(`${cache}-`);
  const previous = process.env['TMPDIR'];
  process.env['TMPDIR'] = place;
  try {
    const { default: packaged, inflate } = await import('@sparticuz/chromium');
    await packaged.executablePath();
    await inflate(
      fileURLToPath(new URL('../../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'))),
    );
    await writeFile(join(place, 'fonts', 'fonts.conf'), FONTS);
    await rename(place, cache);
  } finally {
    if (previous === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = previous;
    await rm(place, { recursive: true, force: true });
  }
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
