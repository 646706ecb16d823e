import type { Environment } from '@castellan/collection';
import { withGuard } from '@castellan/engine';
import { expect, it } from 'vitest';
import { classifyOrg, findGuard, guarded } from './default-guard.ts';

function createEnvironment(url: string): Environment {
  const values = [{ key: 'url', value: url, type: 'default', enabled: true }];
  return { kind: 'environment', scope: 'environment', id: 'e', name: 'Acme', values };
}

it.each([
  ['http://127.0.0.1:4401', 'local'],
  ['http://localhost:4401', 'local'],
  ['http://[::1]:4401', 'local'],
  ['https://acme.oktapreview.com', 'preview'],
  ['https://acme.okta.com', 'production'],
  ['https://oktapreview.com.example.com', 'production'],
  ['', 'none'],
])('takes the org at “%s” for %s', (url, kind) => {
  expect(classifyOrg(createEnvironment(url))).toBe(kind);
});

it('asks before what cannot be undone on a production org that nobody has chosen a guard for', () => {
  const production = createEnvironment('https://acme.okta.com');
  expect(findGuard(guarded(production))).toEqual({
    rules: { kind: 'production', confirm: 'irreversible' },
    isChosen: true,
  });
  expect(findGuard(production).isChosen).toBe(false);
  const chosen = withGuard(production, { kind: 'production' });
  expect(guarded(chosen)).toBe(chosen);
  const local = createEnvironment('http://localhost:4401');
  expect(guarded(local)).toBe(local);
});

it('lets nothing run under a guard that cannot be read', () => {
  const broken = {
    ...createEnvironment('http://localhost'),
    extra: { castellan: { guard: { kind: 'prod' } } },
  };
  expect(findGuard(broken).fault).toContain('cannot be read');
  expect(() => guarded(broken)).toThrow('cannot be read');
});
