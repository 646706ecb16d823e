import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const stamp = join(root, 'node_modules', '.castellan-lock');

/**
 * Installs what the lock file names when `node_modules` is missing or belongs to another lock file. Uses
 * nothing but Node, because it runs before anything is installed. Ends the process with a sentence when the
 * version of Node is too old or npm fails.
 */
export function ensureInstalled() {
  refuseOldNode();
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write('Installing what Castellan needs (once per version) …\n');
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    process.stderr.write(
      'npm could not install the packages (its message is above). Mend that and start again.\n',
    );
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
  if (supported) return;
  process.stderr.write(
    `Castellan needs Node 20.19, 22.12 or 24 and newer; this is Node ${process.versions.node}. Get one from https://nodejs.org and start again.\n`,
  );
  process.exit(1);
}
