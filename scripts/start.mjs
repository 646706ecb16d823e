// `npm start`: installs what is missing, builds what is stale and starts the workbench with a local org.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
const { build } = await import('./build.mjs');
await build();
process.argv.splice(2, 0, 'start');
await import(pathToFileURL(join(root, 'apps/cli/dist/main.mjs')).href);
