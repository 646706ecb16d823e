import { expect, test } from 'vitest';
import { createOrg, type Org } from './org.ts';

const admin = { login: 'admin@example.com', password: 'Harbour-9-lantern' };

function call(org: Org, path: string, init: RequestInit = {}): Promise<Response> {
  return org.fetch(new Request(`http://org.example.com${path}`, { headers: token, ...init }));
}

const token = { authorization: 'SSWS tok', 'content-type': 'application/json' };

test('a page that reaches the org under a name of its own gets neither data nor the console', async () => {
  const org = await createOrg({ token: 'tok', admin });
  const under = (path: string) =>
    org.fetch(
      new Request(`http://evil.example.com${path}`, { headers: { origin: 'http://evil.example.com' } }),
    );
  expect((await under('/api/v1/users')).status).toBe(401);
  expect((await under('/api/local/v1/messages')).status).toBe(401);
  const page = await (await under('/admin/messages')).text();
  expect(page).toContain('name="password"');
  expect((await under('/api/v1/users')).headers.get('access-control-allow-origin')).toBeNull();
});

test.each([
  ['a filter of nested parentheses', `filter=${'('.repeat(5000)}status eq "ACTIVE"${')'.repeat(5000)}`],
  ['a filter of many conditions', `search=${Array(3000).fill('profile.login sw "a"').join(' or ')}`],
  ['a filter that begins many texts', `filter=${'"'.repeat(20_001)}`],
  ['a long word', `q=${'a'.repeat(50_000)}`],
])('%s is answered, and the org goes on', async (_, query) => {
  const org = await createOrg({ token: 'tok', seed: 'sample' });
  const answer = await call(org, `/api/v1/users?${encodeURI(query)}`);
  expect([200, 400]).toContain(answer.status);
  expect((await call(org, '/api/v1/users/me')).status).toBe(200);
});

test.each([
  ['nested calls', `${'String.toUpperCase('.repeat(2000)}user.login${')'.repeat(2000)} == "A"`],
  ['nested parentheses', `${'('.repeat(4000)}true${')'.repeat(4000)}`],
  ['a long alternation', Array(4000).fill('user.department == "a"').join(' or ')],
  ['a pattern that backtracks', 'user.login.matches("^(a+)+$")'],
])('a rule with %s is answered, and the org goes on', async (_, value) => {
  const org = await createOrg({ token: 'tok', seed: 'sample' });
  const groups = (await (await call(org, '/api/v1/groups')).json()) as { id: string; type: string }[];
  const groupIds = groups.filter(({ type }) => type === 'OKTA_GROUP').map(({ id }) => id);
  const rule = {
    type: 'group_rule',
    name: 'Deep',
    conditions: { expression: { type: 'urn:okta:expression:1.0', value } },
    actions: { assignUserToGroups: { groupIds: groupIds.slice(0, 1) } },
  };
  const answer = await call(org, '/api/v1/groups/rules', { method: 'POST', body: JSON.stringify(rule) });
  expect([200, 400]).toContain(answer.status);
  const { id } = (await answer.json()) as { id?: string };
  if (id !== undefined) await call(org, `/api/v1/groups/rules/${id}/lifecycle/activate`, { method: 'POST' });
  expect((await call(org, '/api/v1/users/me')).status).toBe(200);
});
