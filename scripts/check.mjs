// `npm run check`: everything that a commit must pass, in one go, the fast steps first.
import { spawnSync } from 'node:child_process';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();

const steps = [
  ['format', 'oxfmt', '--check'],
  ['lint', 'oxlint', '--deny-warnings'],
  ['types', 'tsc', '-p', '.'],
  ['types of the web app', 'tsc', '-p', 'apps/web'],
  ['unused code', 'knip'],
  ['generated files', 'npm', 'run', '--silent', 'generate', '--', '--check'],
  ['tests', 'npm', 'test', '--silent'],
];

const failed = [];
for (const [name, ...command] of steps) {
  console.log(`\n▸ ${name}`);
  const [program = '', ...args] = command;
  const found = program === 'npm' ? [program, args] : ['npx', ['--no-install', program, ...args]];
  const step = spawnSync(/** @type {string} */ (found[0]), /** @type {string[]} */ (found[1]), {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (step.status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}.`);
process.exit(failed.length === 0 ? 0 : 1);
