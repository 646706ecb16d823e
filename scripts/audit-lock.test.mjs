import { expect, it } from 'vitest';
import { findFaults, listBundled } from './audit-lock.mjs';

it('finds what is bundled, and nothing in it that may not be', () => {
  const bundled = listBundled();
  expect(bundled.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['hono', 'zod', 'commander', 'react']),
  );
  expect(findFaults(bundled)).toEqual([]);
});

it('names a package that runs a script, and one with another licence', () => {
  const base = { version: '1.0.0', license: 'MIT', hasInstallScript: false };
  expect(
    findFaults([
      { ...base, name: 'fine', license: '(GPL-3.0 OR MIT)' },
      { ...base, name: 'runs', hasInstallScript: true },
      { ...base, name: 'copyleft', license: 'GPL-3.0' },
    ]),
  ).toEqual([
    'runs@1.0.0 runs a script when it is installed.',
    'copyleft@1.0.0 has the licence GPL-3.0, which is not on the list.',
  ]);
});
