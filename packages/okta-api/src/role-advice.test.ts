import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { operations } from './apis/index.ts';
import type { OperationDefinition } from './define.ts';
import { roleLabels, roleRights, type StandardRole } from './rights.ts';
import { adviseOnRoles, type PlannedCall } from './role-advice.ts';

const all: readonly PlannedCall[] = Object.values(operations)
  .flatMap((api) => Object.values<OperationDefinition>(api))
  .filter(({ path }) => /^\/(api|oauth2)\/v1\//.test(path))
  .map(({ method, path, summary }) => ({
    name: summary,
    method,
    url: `{{url}}${path.replaceAll(/\{([^}]*)\}/g, '{{$1}}')}?limit=1`,
  }));

const call = (method: string, path: string): PlannedCall => ({
  name: path,
  method,
  url: `https://acme.example.com${path}`,
});

const refusedBy = (calls: readonly PlannedCall[], type: string) =>
  adviseOnRoles(calls, [{ type }]).refused.map((one) => one.call);

/** What a role may change counts before what it may read. */
function mayLess(role: StandardRole, than: StandardRole): boolean {
  const count = (one: StandardRole): readonly [number, number] => {
    const rights = roleRights[one];
    if (rights === 'all') return [Infinity, Infinity];
    const reads = rights.filter((right) => right.endsWith('.read')).length;
    return [rights.length - reads, reads];
  };
  const [changes, reads] = count(role);
  const [otherChanges, otherReads] = count(than);
  return changes < otherChanges || (changes === otherChanges && reads < otherReads);
}

const someCalls = fc.subarray([...all], { minLength: 1, maxLength: 12 });

test('every role that is named covers every call, and none that may do less covers them all', () => {
  fc.assert(
    fc.property(someCalls, (calls) => {
      const { enough, needsNone, unknown } = adviseOnRoles(calls);
      expect(unknown).toEqual([]);
      expect(enough).toContain('SUPER_ADMIN');
      for (const role of enough) expect(refusedBy(calls, role)).toEqual([]);
      const [smallest] = enough;
      const rare = ['MOBILE_ADMIN', 'ACCESS_CERTIFICATIONS_ADMIN', 'ACCESS_REQUESTS_ADMIN'];
      const less = (Object.keys(roleLabels) as StandardRole[]) // its keys are the roles
        .filter((role) => !rare.includes(role) && mayLess(role, smallest ?? 'SUPER_ADMIN'));
      expect(less.filter((role) => refusedBy(calls, role).length === 0)).toEqual([]);
      expect(needsNone).toBe(refusedBy(calls, 'NONE').length === 0);
    }),
  );
});

test('more calls never need less, and more roles never refuse more', () => {
  const types = fc.subarray(Object.keys(roleLabels), { minLength: 1 });
  fc.assert(
    fc.property(someCalls, someCalls, types, (some, more, roles) => {
      const { enough } = adviseOnRoles(some);
      for (const role of adviseOnRoles([...some, ...more]).enough) expect(enough).toContain(role);
      const held = roles.map((type) => ({ type }));
      const refused = adviseOnRoles(some, held).refused.length;
      expect(refused).toBeLessThanOrEqual(adviseOnRoles(some, held.slice(1)).refused.length);
    }),
  );
});

test.each([
  [[call('GET', '/api/v1/users'), call('GET', '/api/v1/groups/00g1/users')], 'READ_ONLY_ADMIN'],
  [[call('GET', '/api/v1/logs')], 'REPORT_ADMIN'],
  [[call('PUT', '/api/v1/groups/00g1/users/00u1')], 'GROUP_MEMBERSHIP_ADMIN'],
  [[call('POST', '/api/v1/users/{{userId}}/lifecycle/unlock')], 'HELP_DESK_ADMIN'],
  [[call('POST', '/api/v1/users')], 'USER_ADMIN'],
  [[call('POST', '/api/v1/apps'), call('GET', '/api/v1/logs')], 'APP_ADMIN'],
  [[call('POST', '/api/v1/apps'), call('POST', '/api/v1/users')], 'ORG_ADMIN'],
  [[call('GET', '/api/v1/users/:userId/roles')], 'SUPER_ADMIN'],
])('names the smallest role: %j', (calls, role) => {
  expect(adviseOnRoles(calls).enough[0]).toBe(role);
});

test('asks nothing of calls that need no administrator, and says what it does not know', () => {
  const own = [call('GET', '/api/v1/users/me'), call('GET', '/api/v1/users/me/factors')];
  expect(adviseOnRoles([...own, call('POST', '/api/v1/authn')])).toMatchObject({
    needsNone: true,
    refused: [],
  });
  const policies = call('GET', '/api/v1/policies');
  expect(adviseOnRoles([policies]).unknown).toEqual([policies]);
});

test('knows custom roles by their permissions', () => {
  const calls = [call('GET', '/api/v1/users'), call('POST', '/api/v1/users')];
  const custom = { type: 'CUSTOM', permissions: ['okta.users.read', 'okta.not.known'] };
  expect(adviseOnRoles(calls, [custom]).refused).toEqual([
    { call: calls[1], enough: ['USER_ADMIN', 'ORG_ADMIN', 'SUPER_ADMIN'] },
  ]);
});

test('refuses what super administrators alone may do to an owner whose roles could not be read', () => {
  const roles = call('GET', '/api/v1/users/00u1/roles');
  expect(adviseOnRoles([call('POST', '/api/v1/users'), roles]).refused).toEqual([
    { call: roles, enough: ['SUPER_ADMIN'] },
  ]);
});
