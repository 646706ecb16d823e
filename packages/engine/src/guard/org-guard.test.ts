import type { Environment, Json } from '@castellan/collection';
import { describe, expect, test } from 'vitest';
import type { ApiFacts } from '../api-facts.ts';
import type { WireRequest } from '../transport.ts';
import { parseAddress, toWire } from '../url.ts';
import { createGate, GuardError, type GuardRules, readGuard, withGuard } from './org-guard.ts';

const HOST = 'acme.example.com';

const environment: Environment = {
  kind: 'environment',
  scope: 'environment',
  id: 'e',
  name: 'Acme',
  values: [{ key: 'url', value: `https://${HOST}/`, type: 'default', enabled: true }],
};

const facts: ApiFacts = {
  limits: {},
  window: 60_000,
  describe: (method, path) =>
    path === '/api/users' && method === 'POST'
      ? { title: 'Create a user', parameters: {} }
      : path === '/api/users/1' && method === 'DELETE'
        ? { title: 'Delete a user', irreversible: true, parameters: {} }
        : undefined,
};

function request(method: string, path: string, host = HOST): WireRequest {
  return {
    method,
    address: toWire(parseAddress(`https://${host}${path}`)),
    headers: [],
    tls: { rejectUnauthorized: true },
    timeout: 0,
    insecureParser: false,
  };
}

const at = (hour: number, minute: number): number => new Date(2026, 2, 1, hour, minute).getTime();

function open(rules: Partial<GuardRules>, options: { confirmed?: string; now?: number } = {}) {
  const guard = { kind: 'production', host: HOST, ...rules } as const;
  const gate = createGate({
    guard,
    facts,
    confirmed: options.confirmed,
    now: () => options.now ?? at(12, 0),
  });
  return (method: string, path: string, host?: string) => gate.admit(request(method, path, host));
}

test('reads pass every guard, and so does everything that goes to another host', () => {
  const admit = open({ readOnly: true, writeBudget: 0, confirm: 'writes' });
  admit('GET', '/api/users');
  expect(() => admit('POST', '/api/users', 'other.example.com')).not.toThrow();
});

test('a read-only org gets no write', () => {
  const admit = open({ readOnly: true }, { confirmed: HOST });
  expect(() => admit('POST', '/api/users')).toThrow(`“Create a user” was not sent: ${HOST} is read-only`);
  expect(() => admit('PATCH', '/api/nothing?x=1')).toThrow('PATCH /api/nothing was not sent');
});

test('writes want the typed name of their org, or only those that cannot be undone', () => {
  expect(() => open({ confirm: 'writes' })('POST', '/api/users')).toThrow(`--yes-production ${HOST}`);
  expect(() => open({ confirm: 'writes' }, { confirmed: 'other.example.com' })('POST', '/api/users')).toThrow(
    'Confirm',
  );
  expect(() => open({ confirm: 'writes' }, { confirmed: HOST })('POST', '/api/users')).not.toThrow();
  const admit = open({ confirm: 'irreversible' });
  expect(() => admit('POST', '/api/users')).not.toThrow();
  expect(() => admit('DELETE', '/api/users/1')).toThrow('cannot be undone');
  expect(() => admit('DELETE', '/api/unknown')).toThrow('cannot be undone');
});

test('a run makes as many writes as its budget allows', () => {
  const admit = open({ writeBudget: 2 });
  admit('POST', '/api/users');
  admit('GET', '/api/users');
  admit('POST', '/api/users');
  expect(() => admit('POST', '/api/users')).toThrow('has made the 2 writes');
});

test.each([
  [9, 0, true],
  [17, 59, true],
  [18, 0, false],
  [8, 59, false],
])('at %i:%i writes between nine and six are allowed: %s', (hour, minute, allowed) => {
  const admit = open({ hours: { from: '09:00', to: '18:00' } }, { now: at(hour, minute) });
  const attempt = (): boolean => {
    try {
      admit('POST', '/api/users');
      return true;
    } catch {
      return false;
    }
  };
  expect(attempt()).toBe(allowed);
});

test('hours may go over midnight', () => {
  const hours = { from: '22:00', to: '04:00' };
  expect(() => open({ hours }, { now: at(3, 59) })('POST', '/api/users')).not.toThrow();
  expect(() => open({ hours }, { now: at(12, 0) })('POST', '/api/users')).toThrow('22:00 to 04:00');
});

describe('the guard of a file', () => {
  const withRaw = (guard: Json) => ({ ...environment, extra: { castellan: { guard } } });

  test('is read with the host of the environment, and written back beside what else is there', () => {
    const guarded = withGuard(
      { ...environment, extra: { castellan: { color: 'red' }, other: 1 } },
      { kind: 'preview' },
    );
    expect(guarded.extra).toEqual({ castellan: { color: 'red', guard: { kind: 'preview' } }, other: 1 });
    expect(readGuard(guarded)).toEqual({ kind: 'preview', host: HOST });
    expect(withGuard(guarded, undefined).extra).toEqual({ castellan: { color: 'red' }, other: 1 });
    expect(readGuard(environment)).toBeUndefined();
  });

  test.each<[string, Json]>([
    ['an unknown kind', { kind: 'none' }],
    ['a budget that is no number', { kind: 'production', writeBudget: 'many' }],
    ['hours that are none', { kind: 'production', hours: { from: '9', to: '18:00' } }],
    ['no rules at all', 'on'],
  ])('with %s is refused and not left out', (_, guard) => {
    expect(() => readGuard(withRaw(guard))).toThrow(GuardError);
  });

  test('of an environment without an org is refused', () => {
    expect(() => readGuard({ ...withRaw({ kind: 'production' }), values: [] })).toThrow('names no org');
  });
});
