import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './install.mjs';

const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');
const named = [...page.matchAll(/`([^`\n]+) › ([^`\n]+)`/g)].map(([, file = '', title = '']) => ({
  file,
  title,
}));

it('SECURITY.md names tests', () => {
  expect(named.length).toBeGreaterThan(20);
});

it.each(named)('$file has the test “$title” that SECURITY.md names', ({ file, title }) => {
  const path = join(root, file);
  expect(existsSync(path)).toBe(true);
  expect(readFileSync(path, 'utf8')).toContain(title);
});
