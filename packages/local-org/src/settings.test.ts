import { expect, test } from 'vitest';
import { changeSettings, getSettings } from './settings.ts';
import { createStore } from './store/store.ts';

test('settings hold the defaults until somebody changes a part, and keep the other part then', () => {
  const store = createStore();
  const before = getSettings(store);
  changeSettings(store, { signOnPolicy: { mfa: 'always' }, passwordPolicy: { lockout: { maxAttempts: 3 } } });
  const after = getSettings(store);
  expect(after.signOnPolicy).toEqual({ ...before.signOnPolicy, mfa: 'always' });
  expect(after.passwordPolicy.lockout).toEqual({ ...before.passwordPolicy.lockout, maxAttempts: 3 });
  expect(after.passwordPolicy.recovery).toEqual(before.passwordPolicy.recovery);
});
