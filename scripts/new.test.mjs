import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './install.mjs';
import { planNew } from './new.mjs';

const read = (/** @type {string} */ path) =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;

it.each([
  ['command', 'apps/cli/src/castellan.ts', 'addTwoWordsCommand,'],
  ['auth', 'packages/engine/src/auth/index.ts', "'two-words': twoWords"],
  ['format', 'packages/collection/src/formats/index.ts', "'two-words': twoWords,"],
])('plans a new %s with its registry line', (kind, registry, line) => {
  const files = planNew(kind, 'two-words', read);
  expect(Object.keys(files).length).toBeGreaterThan(1);
  expect(files[registry]).toContain(line);
});

it('refuses an unknown kind, an odd name and a name that is taken', () => {
  expect(() => planNew('castle', 'x', read)).toThrow('There is no kind “castle”');
  expect(() => planNew('auth', 'Two Words', read)).toThrow('kebab-case');
  expect(() => planNew('auth', 'bearer', read)).toThrow('is there already');
});
