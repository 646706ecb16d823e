import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { root } from './install.mjs';

/**
 * Bundles a TypeScript file that only development needs and imports what it exports; Node 20 cannot run
 * TypeScript itself. Packages from npm stay outside of the bundle.
 * @param {string} entry from the root
 * @returns {Promise<any>}
 */
export async function bundle(entry) {
  const name = entry.replaceAll('/', '-').replace(/\.ts$/, '.mjs');
  const dir = join(root, entry, '..', '..', 'node_modules', '.castellan');
  mkdirSync(dir, { recursive: true });
  await build({
    input: join(root, entry),
    platform: 'node',
    logLevel: 'warn',
    external: (id) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('@castellan/'),
    output: { file: join(dir, name), format: 'esm', codeSplitting: false },
  });
  return import(`${pathToFileURL(join(dir, name)).href}?${Date.now()}`);
}
