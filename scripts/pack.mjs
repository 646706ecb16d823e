// `npm pack` runs this first: builds what is stale, and the types of the package.
import { join } from 'node:path';
import { build } from './build.mjs';
import { writeDeclarations } from './declarations.mjs';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
await build();
writeDeclarations(join(root, 'apps/cli/dist'));
