import { expect, test } from 'vitest';
import { createOrg } from '../org.ts';

async function createClient() {
  const org = await createOrg({ token: 'tok' });
  return async (method: string, path: string, body?: unknown) => {
    const response = await org.fetch(
      new Request(`https://org.example.com/api/v1${path}`, {
        method,
        headers: { authorization: 'SSWS tok' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const json = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, json };
  };
}

const email = 'ines@example.com';
const ines = { profile: { firstName: 'Ines', lastName: 'Baker', login: email, email } };
const groupNamed = (name: string) => ({ profile: { name } });

test('a user gets a role, once, and loses it', async () => {
  const send = await createClient();
  const { id } = (await send('POST', '/users', ines)).json;
  const given = await send('POST', `/users/${id}/roles`, { type: 'SUPER_ADMIN' });
  expect(given).toMatchObject({
    status: 201,
    json: {
      id: expect.stringMatching(/^ra1.{17}$/),
      label: 'Super Administrator',
      assignmentType: 'USER',
      _links: { assignee: { href: `https://org.example.com/api/v1/users/${id}` } },
    },
  });
  expect(await send('POST', `/users/${id}/roles`, { type: 'SUPER_ADMIN' })).toMatchObject({
    status: 409,
    json: { errorCode: 'E0000090' },
  });
  expect((await send('GET', `/users/${id}/roles`)).json).toEqual([given.json]);
  const place = `/users/${id}/roles/${given.json.id}`;
  expect((await send('DELETE', place)).status).toBe(204);
  expect(await send('DELETE', place)).toMatchObject({
    status: 404,
    json: { errorSummary: `Not found: Resource not found: ${given.json.id} (RoleAssignment)` },
  });
  const events = (await send('GET', '/logs?filter=eventType+sw+"user.account.privilege"')).json;
  expect(events.map((event: { eventType: string }) => event.eventType)).toEqual([
    'user.account.privilege.grant',
    'user.account.privilege.revoke',
  ]);
});

test('members have the roles of their groups but cannot lose them alone', async () => {
  const send = await createClient();
  const { id } = (await send('POST', '/users', ines)).json;
  const group = (await send('POST', '/groups', groupNamed('Help desk'))).json.id;
  await send('PUT', `/groups/${group}/users/${id}`);
  const role = (await send('POST', `/groups/${group}/roles`, { type: 'HELP_DESK_ADMIN' })).json;
  expect(role.id).toBe('JBCUYUC7IRCVGS27IFCE2SKO');
  expect((await send('GET', `/users/${id}/roles`)).json).toEqual([{ ...role, assignmentType: 'GROUP' }]);
  expect((await send('DELETE', `/users/${id}/roles/${role.id}`)).status).toBe(404);
  await send('DELETE', `/groups/${group}`);
  expect((await send('GET', `/users/${id}/roles`)).json).toEqual([]);
});

test('a role is narrowed to groups, and its last target stays', async () => {
  const send = await createClient();
  const { id } = (await send('POST', '/users', ines)).json;
  const role = (await send('POST', `/users/${id}/roles`, { type: 'USER_ADMIN' })).json.id;
  const targets = `/users/${id}/roles/${role}/targets/groups`;
  expect((await send('GET', targets)).json).toEqual([]);
  const first = (await send('POST', '/groups', groupNamed('First'))).json.id;
  const second = (await send('POST', '/groups', groupNamed('Second'))).json.id;
  for (const group of [first, second]) expect((await send('PUT', `${targets}/${group}`)).status).toBe(204);
  expect((await send('DELETE', `${targets}/${first}`)).status).toBe(204);
  expect((await send('DELETE', `${targets}/${second}`)).status).toBe(400);
  expect((await send('GET', targets)).json).toMatchObject([{ id: second }]);
});

test('refuses roles for Everyone, for groups that rules fill, and targets of roles without any', async () => {
  const send = await createClient();
  const [everyone] = (await send('GET', '/groups?q=Everyone')).json;
  const type = { type: 'READ_ONLY_ADMIN' };
  expect((await send('POST', `/groups/${everyone.id}/roles`, type)).json.errorCode).toBe('E0000211');
  const group = (await send('POST', '/groups', groupNamed('Ruled'))).json.id;
  const role = (await send('POST', `/groups/${group}/roles`, type)).json.id;
  const targets = await send('GET', `/groups/${group}/roles/${role}/targets/groups`);
  expect(targets).toMatchObject({ status: 400, json: { errorCode: 'E0000091' } });
  await send('POST', '/groups/rules', {
    type: 'group_rule',
    name: 'Rule',
    conditions: { expression: { type: 'urn:okta:expression:1.0', value: 'user.title == "x"' } },
    actions: { assignUserToGroups: { groupIds: [group] } },
  });
  const other = { type: 'ORG_ADMIN' };
  expect((await send('POST', `/groups/${group}/roles`, other)).json.errorCode).toBe('E0000192');
});
