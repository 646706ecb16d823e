import { describe, expect, it } from 'vitest';
import { findCycles, forbiddenImports, importsOf, rooms } from './boundaries.mjs';
import { root } from './install.mjs';

describe.each(Object.keys(rooms))('%s', (room) => {
  const imports = importsOf(root, room);

  it('imports only what the table of rooms allows', () => {
    expect(forbiddenImports(room, imports)).toEqual([]);
  });

  it('has no cycle among its files', () => {
    expect(findCycles(imports)).toEqual([]);
  });
});

it('finds an arrow that points back', () => {
  const imports = [{ file: 'packages/collection/src/a.ts', specifier: '@castellan/engine', typeOnly: true }];
  expect(forbiddenImports('packages/collection', imports)).toEqual([
    'packages/collection/src/a.ts may not import @castellan/engine.',
  ]);
});

it('finds a Node module in a room that the browser has too', () => {
  const imports = [{ file: 'packages/okta-api/src/a.ts', specifier: 'node:fs', typeOnly: false }];
  expect(forbiddenImports('packages/okta-api', imports)).toHaveLength(1);
});

it('finds a cycle of two files and leaves types alone', () => {
  const arrow = (/** @type {string} */ from, /** @type {string} */ to, typeOnly = false) => ({
    file: `packages/engine/src/${from}`,
    specifier: `./${to}`,
    typeOnly,
  });
  expect(findCycles([arrow('a.ts', 'b.ts'), arrow('b.ts', 'a.ts')])).toHaveLength(1);
  expect(findCycles([arrow('a.ts', 'b.ts'), arrow('b.ts', 'a.ts', true)])).toEqual([]);
});
