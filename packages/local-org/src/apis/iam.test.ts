import { expect, test } from 'vitest';
import { createOrg } from '../org.ts';

/** Clients make real keys, which takes its time. */
const PATIENCE = 60_000;
const url = 'https://org.example.com';

async function createWorld() {
  const org = await createOrg({ token: 'tok' });
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await org.fetch(
      new Request(`${url}${path.startsWith('/oauth2') ? '' : '/api/v1'}${path}`, {
        method,
        headers: { authorization: 'SSWS tok' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    return { status: response.status, json: text === '' ? undefined : JSON.parse(text) };
  };
  let people = 0;
  const createUser = async (): Promise<string> => {
    const login = `person${++people}@example.com`;
    const profile = { firstName: 'Ines', lastName: 'Baker', login, email: login };
    return (await send('POST', '/users', { profile })).json.id;
  };
  const createGroup = async (name: string): Promise<string> =>
    (await send('POST', '/groups', { profile: { name } })).json.id;
  const createRole = async (label: string) =>
    (await send('POST', '/iam/roles', { label, description: '', permissions: ['okta.users.read'] })).json;
  const createSet = async (label: string, resources: readonly string[] = [`${url}/api/v1/users`]) =>
    (await send('POST', '/iam/resource-sets', { label, description: '', resources })).json;
  const codeOf = async (method: string, path: string, body?: unknown): Promise<string> =>
    (await send(method, path, body)).json?.errorCode;
  return { send, createUser, createGroup, createRole, createSet, codeOf };
}

test('app targets narrow an app administrator, do not mix, and the last one stays (R-20 to R-27)', async () => {
  const { send, createUser, codeOf } = await createWorld();
  const user = await createUser();
  const role = (await send('POST', `/users/${user}/roles`, { type: 'APP_ADMIN' })).json;
  const targets = `/users/${user}/roles/${role.id}/targets/catalog/apps`;
  const bookmark = { name: 'bookmark', label: 'Tides', settings: { app: { url: 'https://example.com' } } };
  const app = (await send('POST', '/apps', bookmark)).json;
  expect((await send('GET', targets)).json).toEqual([]);
  expect((await send('PUT', `${targets}/bookmark/${app.id}`)).status).toBe(204);
  expect((await send('GET', targets)).json).toMatchObject([{ id: app.id, name: 'Tides', status: 'ACTIVE' }]);
  expect(await codeOf('DELETE', `${targets}/bookmark/${app.id}`)).toBe('E0000001');
  // Okta: the whole app wipes targets that are instances of it.
  expect((await send('PUT', `${targets}/bookmark`)).status).toBe(204);
  expect((await send('GET', targets)).json).toMatchObject([
    { name: 'bookmark', displayName: 'Bookmark App', signOnModes: ['BOOKMARK'] },
  ]);
  expect(await codeOf('PUT', `${targets}/bookmark/${app.id}`)).toBe('E0000001');
  expect((await send('PUT', `${targets}/salesforce`)).status).toBe(204);
  expect((await send('DELETE', `${targets}/bookmark`)).status).toBe(204);
  const embedded = await send('GET', `/users/${user}/roles?expand=targets/catalog/apps`);
  expect(embedded.json[0]._embedded.targets.catalog.apps).toMatchObject([{ name: 'salesforce' }]);
  expect((await send('PUT', targets)).status).toBe(200);
  expect((await send('GET', targets)).json).toEqual([]);
  expect(await codeOf('PUT', `${targets}/bookmark/nobody`)).toBe('E0000007');
});

test('targets of the wrong kind are refused, and custom roles have none (R-23, R-28)', async () => {
  const { send, createUser, createGroup, createRole, createSet, codeOf } = await createWorld();
  const [user, group] = [await createUser(), await createGroup('Harbour')];
  const base = `/users/${user}/roles`;
  const desk = (await send('POST', base, { type: 'HELP_DESK_ADMIN' })).json;
  const reader = (await send('POST', base, { type: 'READ_ONLY_ADMIN' })).json;
  const [role, set] = [await createRole('Editors'), await createSet('Everybody')];
  const custom = (await send('POST', base, { type: 'CUSTOM', role: role.id, 'resource-set': set.id })).json;
  expect(await codeOf('PUT', `${base}/${desk.id}/targets/catalog/apps/bookmark`)).toBe('E0000091');
  expect(await codeOf('PUT', `${base}/${reader.id}/targets/groups/${group}`)).toBe('E0000091');
  expect(await codeOf('PUT', `${base}/${custom.id}/targets/groups/${group}`)).toBe('E0000091');
});

test('a custom role is found by id and label, which is used once (R-30, R-31)', async () => {
  const { send, createRole, codeOf } = await createWorld();
  const role = await createRole('Editors');
  expect(role).toMatchObject({ id: expect.stringMatching(/^cr0/), _links: { permissions: {} } });
  expect((await send('GET', '/iam/roles/Editors')).json).toEqual(role);
  expect((await createRole('Editors')).errorCauses).toEqual([
    { errorSummary: 'label: There is already an admin role with this name.' },
  ]);
  const changed = await send('PUT', `/iam/roles/${role.id}`, { label: 'Readers', description: 'May read' });
  expect(changed.json).toMatchObject({ id: role.id, label: 'Readers', description: 'May read' });
  expect((await send('DELETE', '/iam/roles/Readers')).status).toBe(204);
  const gone = await send('GET', `/iam/roles/${role.id}`);
  expect(gone.json.errorSummary).toBe(`Not found: Resource not found: ${role.id} (CustomRole)`);
  const odd = { label: 'X', description: '', permissions: ['okta.nothing'] };
  expect(await codeOf('POST', '/iam/roles', odd)).toBe('E0000001');
});

test('a permission is given once; only what reads or edits profiles takes conditions (R-32, R-33)', async () => {
  const { send, createRole, codeOf } = await createWorld();
  const { id } = await createRole('Editors');
  const permissions = `/iam/roles/${id}/permissions`;
  expect(await codeOf('POST', `${permissions}/okta.users.read`)).toBe('E0000001');
  expect((await send('POST', `${permissions}/okta.groups.read`)).status).toBe(204);
  const include = { 'okta:ResourceAttribute/User/Profile': ['city'] };
  const narrowed = await send('PUT', `${permissions}/okta.users.read`, { conditions: { include } });
  expect(narrowed.json).toMatchObject({ label: 'okta.users.read', conditions: { include } });
  const refused = [
    ['okta.groups.read', { include }],
    ['okta.users.read', { include, exclude: include }],
  ] as const;
  for (const [type, conditions] of refused)
    expect(await codeOf('PUT', `${permissions}/${type}`, { conditions })).toBe('E0000001');
  expect((await send('GET', permissions)).json.permissions).toHaveLength(2);
  expect((await send('DELETE', `${permissions}/okta.groups.read`)).status).toBe(204);
  expect(await codeOf('GET', `${permissions}/okta.groups.read`)).toBe('E0000007');
});

test('a resource set takes addresses and ORNs, each once, and needs a label (R-34)', async () => {
  const { send, createGroup, createSet, codeOf } = await createWorld();
  const group = await createGroup('Harbour');
  const set = await createSet('Harbour', [`${url}/api/v1/groups/${group}`]);
  expect((await createSet('')).errorCauses).toEqual([{ errorSummary: 'label: Label must be specified' }]);
  const place = `/iam/resource-sets/${set.id}/resources`;
  const [first] = (await send('GET', place)).json.resources;
  expect(first).toMatchObject({ id: expect.stringMatching(/^ire/), _links: { groups: {}, self: {} } });
  expect(first.orn).toMatch(new RegExp(`^orn:okta:directory:00o.{17}:groups:${group}$`));
  const additions = [first.orn, `${url}/api/v1/groups/${group}/users`, `${url}/api/v1/apps`];
  expect((await send('PATCH', place, { additions })).json.id).toBe(set.id);
  expect((await send('GET', place)).json.resources).toHaveLength(3);
  for (const nothing of ['https://example.com/nothing', `${url}/api/v1/users/nobody`])
    expect(await codeOf('PATCH', place, { additions: [nothing] })).toBe('E0000001');
  expect((await send('DELETE', `${place}/${first.id}`)).status).toBe(204);
  const gone = await send('GET', '/iam/resource-sets/none');
  expect(gone.json.errorSummary).toBe('Not found: Resource not found: none (IAMPolicy)');
});

test('a binding has members who have the role, and goes with its set (R-35, R-36)', async () => {
  const { send, createUser, createGroup, createRole, createSet, codeOf } = await createWorld();
  const [user, group] = [await createUser(), await createGroup('Harbour')];
  const [role, set] = [await createRole('Editors'), await createSet('Everybody')];
  const bindings = `/iam/resource-sets/${set.id}/bindings`;
  const nobody = { role: role.id, members: [`${url}/api/v1/users/nobody`] };
  expect(await codeOf('POST', bindings, nobody)).toBe('E0000001');
  const made = await send('POST', bindings, { role: role.id, members: [`${url}/api/v1/users/${user}`] });
  expect(Object.keys(made.json)).toEqual(['_links']);
  await send('PATCH', `${bindings}/${role.id}/members`, { additions: [`${url}/api/v1/groups/${group}`] });
  const { members } = (await send('GET', `${bindings}/${role.id}/members`)).json;
  expect(members).toMatchObject([{ id: expect.stringMatching(/^irb/) }, {}]);
  expect((await send('GET', `/users/${user}/roles`)).json).toMatchObject([
    { id: members[0].id, type: 'CUSTOM', role: role.id, 'resource-set': set.id, label: 'Editors' },
  ]);
  const twice = { type: 'CUSTOM', role: role.id, 'resource-set': set.id };
  expect(await codeOf('POST', `/users/${user}/roles`, twice)).toBe('E0000090');
  expect((await send('DELETE', `/users/${user}/roles/${members[0].id}`)).status).toBe(204);
  expect((await send('DELETE', `/iam/resource-sets/${set.id}`)).status).toBe(204);
  expect((await send('GET', `/groups/${group}/roles`)).json).toEqual([]);
});

test('clients of services have roles, others do not (R-01, R-09)', { timeout: PATIENCE }, async () => {
  const { send, codeOf } = await createWorld();
  const clientOf = async (label: string, settings: object): Promise<string> => {
    const body = { label, signOnMode: 'OPENID_CONNECT', settings: { oauthClient: settings } };
    return (await send('POST', '/apps', body)).json.credentials.oauthClient.client_id;
  };
  const service = await clientOf('Night watch', { application_type: 'service' });
  const web = await clientOf('Portal', { redirect_uris: ['https://example.com'] });
  const given = await send('POST', `/oauth2/v1/clients/${service}/roles`, { type: 'READ_ONLY_ADMIN' });
  expect(given).toMatchObject({
    status: 201,
    json: {
      assignmentType: 'CLIENT',
      _links: { assignee: { href: `${url}/oauth2/v1/clients/${service}` } },
    },
  });
  const role = { type: 'READ_ONLY_ADMIN' };
  expect(await codeOf('POST', `/oauth2/v1/clients/${web}/roles`, role)).toBe('E0000227');
  expect(await codeOf('GET', '/oauth2/v1/clients/nobody/roles')).toBe('E0000007');
});

test('users with roles are listed, and the last super administrator stays (R-03, R-11)', async () => {
  const { send, createUser, createGroup, codeOf } = await createWorld();
  const [user, group] = [await createUser(), await createGroup('Harbour')];
  const me = (await send('GET', '/users/me')).json.id;
  const listed = async () =>
    (await send('GET', '/iam/assignees/users')).json.value.map((one: { id: string }) => one.id);
  expect(await listed()).toEqual([me]);
  await send('POST', `/groups/${group}/roles`, { type: 'READ_ONLY_ADMIN' });
  await send('PUT', `/groups/${group}/users/${user}`);
  expect(await listed()).toEqual([me, user]);
  const [own] = (await send('GET', `/users/${me}/roles`)).json;
  expect(await codeOf('DELETE', `/users/${me}/roles/${own.id}`)).toBe('E0000001');
});
