// `npm run generate`: writes every generated file again; with --check it only says which are stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toLicencePage } from './audit-lock.mjs';
import { bundle } from './bundle.mjs';
import { root } from './install.mjs';

/** Each exports `generate(): Record<path from the root, text>`. */
const generators = [
  'packages/okta-api/build/generate.ts',
  'packages/local-org/build/generate.ts',
  'packages/sandbox/build/generate.ts',
];

const onlyCheck = process.argv.includes('--check');
const stale = [];
const made = [{ 'docs/licences.md': toLicencePage() }];
for (const generator of generators.filter((path) => existsSync(join(root, path)))) {
  const { generate } = await bundle(generator);
  made.push(await generate());
}
for (const files of made) {
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    stale.push(path);
    if (onlyCheck) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
if (onlyCheck && stale.length > 0) {
  console.error(`Stale: ${stale.join(', ')}. Run \`npm run generate\` and commit what it wrote.`);
  process.exit(1);
}
console.log(stale.length === 0 ? 'Every generated file is fresh.' : `Wrote ${stale.join(', ')}.`);
