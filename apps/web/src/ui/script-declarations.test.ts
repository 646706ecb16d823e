import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findMembers, readDeclarations } from './script-declarations.ts';
import { SNIPPETS, toCode } from './script-snippets.ts';

const api = readDeclarations(
  readFileSync(new URL('../../../../packages/sandbox/pm.d.ts', import.meta.url), 'utf8'),
);
const names = (chain: string) => findMembers(api, chain)?.map(({ name }) => name);

it('knows what scripts can reach, with what is said of it', () => {
  expect(names('pm')).toEqual(expect.arrayContaining(['test', 'environment', 'sendRequest', 'execution']));
  expect(names('pm.response.headers')).toEqual(expect.arrayContaining(['get', 'has', 'upsert']));
  expect(findMembers(api, 'pm.environment')?.find(({ name }) => name === 'set')).toEqual({
    name: 'set',
    type: '(name: string, value: unknown, type?: string) => void',
    says: 'Sets a variable.',
  });
  expect(api.globals.map(({ name }) => name)).toEqual(expect.arrayContaining(['pm', 'CryptoJS', 'tests']));
});

it('goes through calls, and knows nothing of what may be anything', () => {
  expect(names('pm.cookies.jar()')).toEqual(['get', 'getAll', 'set', 'unset', 'clear']);
  expect(names('pm.response.json()')).toBeUndefined();
  expect(names('pm.nothing.at.all')).toBeUndefined();
});

it('has snippets that are scripts', () => {
  for (const snippet of SNIPPETS) expect(() => new Function(toCode(snippet))).not.toThrow();
});
