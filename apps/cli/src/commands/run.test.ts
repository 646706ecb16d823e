import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addRunCommand } from './run.ts';

test('docs/run.md names every flag of castellan run, and no other', () => {
  const page = readFileSync(new URL('../../../../docs/run.md', import.meta.url), 'utf8');
  const program = new Command();
  addRunCommand(program);
  const flags = program.commands.flatMap(({ options }) => options.map(({ flags: written }) => written));
  const rows = page.matchAll(/^\| `(-[^`]+)`/gm);
  expect(Array.from(rows, ([, flag]) => flag?.replaceAll('\\|', '|'))).toEqual(flags);
});
