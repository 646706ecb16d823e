import { needs, type Need, operations, type OperationDefinition, roleRights } from '@castellan/okta-api';
import { describe, expect, test } from 'vitest';
import { createOrg } from './org.ts';

interface Answer {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
}

async function createWorld() {
  const org = await createOrg({ token: 'tok' });
  const send = async (token: string, method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await org.fetch(
      new Request(`https://org.example.com${path}`, {
        method,
        headers: { authorization: `SSWS ${token}` },
        ...(body === undefined || method === 'GET' ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, json: isJson ? JSON.parse(text) : {} };
  };
  const admin = (method: string, path: string, body?: unknown) => send('tok', method, `/api/v1${path}`, body);
  let people = 0;
  const createUser = async (groupIds: readonly string[] = []): Promise<string> => {
    const login = `person${++people}@example.com`;
    const profile = { firstName: 'Ines', lastName: 'Baker', login, email: login };
    const made = await admin('POST', '/users', {
      profile,
      groupIds,
      credentials: { password: { value: 'Tidal#Ferry9' } },
    });
    return String(made.json.id);
  };
  const createGroup = async (name: string): Promise<string> =>
    String((await admin('POST', '/groups', { profile: { name } })).json.id);
  /** Somebody with these roles, as a function that sends with their token. */
  const createAdmin = async (...roles: readonly object[]) => {
    const id = await createUser();
    const ids: string[] = [];
    for (const role of roles) ids.push(String((await admin('POST', `/users/${id}/roles`, role)).json.id));
    const { value } = await org.createToken('Theirs', id);
    return {
      id,
      roleIds: ids,
      send: (method: string, path: string, body?: unknown) => send(value, method, `/api/v1${path}`, body),
      sendTo: (method: string, path: string, body?: unknown) => send(value, method, path, body),
    };
  };
  return { admin, createUser, createGroup, createAdmin };
}

const refused = { status: 403, json: { errorCode: 'E0000006' } };

/** Every operation that a right guards, with what it needs. */
const guarded = Object.entries(needs).flatMap(([api, ofApi]) =>
  Object.entries(ofApi as Readonly<Record<string, Need>>).flatMap(([name, need]) => {
    const ofOperations = operations[api as keyof typeof operations] as Readonly<
      Record<string, OperationDefinition>
    >;
    const operation = ofOperations[name];
    return operation && need.right !== undefined ? [{ name: `${api}.${name}`, need, operation }] : [];
  }),
);

describe('every operation lets through who has its right, and nobody else', () => {
  test.each(Object.entries(roleRights))('%s', async (type, rights) => {
    const { createAdmin } = await createWorld();
    const person = await createAdmin({ type });
    const wrong: string[] = [];
    for (const { name, need, operation } of guarded) {
      const path = operation.path.replaceAll(/\{\w+\}/g, 'nobody');
      const { json } = await person.sendTo(operation.method, path, {});
      const isAllowed = rights === 'all' || rights.includes(need.right ?? 'iam.edit');
      if ((json.errorCode === 'E0000006') === isAllowed) wrong.push(name);
    }
    expect(wrong).toEqual([]);
  });

  test('somebody without a role, who may still see themselves', async () => {
    const { createAdmin } = await createWorld();
    const person = await createAdmin();
    for (const { operation } of guarded) {
      const path = operation.path.replaceAll(/\{\w+\}/g, 'nobody');
      expect(await person.sendTo(operation.method, path, {})).toMatchObject(refused);
    }
    expect((await person.send('GET', '/users/me')).status).toBe(200);
    expect((await person.send('GET', `/users/${person.id}`)).status).toBe(200);
    expect((await person.send('GET', `/users/${person.id}/groups`)).status).toBe(200);
    expect(await person.send('POST', `/users/${person.id}`, { profile: { firstName: 'X' } })).toMatchObject(
      refused,
    );
  });
});

test('a help desk administrator resets passwords and nothing else', async () => {
  const { createAdmin, createUser } = await createWorld();
  const desk = await createAdmin({ type: 'HELP_DESK_ADMIN' });
  const user = await createUser();
  expect((await desk.send('POST', `/users/${user}/lifecycle/reset_password?sendEmail=false`)).status).toBe(
    200,
  );
  expect(await desk.send('POST', `/users/${user}/lifecycle/suspend`)).toMatchObject(refused);
  expect(await desk.send('POST', '/groups', { profile: { name: 'Quay' } })).toMatchObject(refused);
  expect(await desk.send('POST', `/users/${user}/roles`, { type: 'SUPER_ADMIN' })).toMatchObject(refused);
  expect(await desk.send('GET', '/apps')).toMatchObject(refused);
});

test('nobody but a super administrator changes a super administrator', async () => {
  const { admin, createAdmin } = await createWorld();
  const desk = await createAdmin({ type: 'HELP_DESK_ADMIN' });
  const { json: me } = await admin('GET', '/users/me');
  expect(await desk.send('POST', `/users/${String(me.id)}/lifecycle/reset_password`)).toMatchObject(refused);
});

test('a role gained through a group counts', async () => {
  const { admin, createAdmin, createGroup } = await createWorld();
  const group = await createGroup('Harbour');
  await admin('POST', `/groups/${group}/roles`, { type: 'READ_ONLY_ADMIN' });
  const person = await createAdmin();
  expect(await person.send('GET', '/logs')).toMatchObject(refused);
  await admin('PUT', `/groups/${group}/users/${person.id}`);
  expect((await person.send('GET', '/logs')).status).toBe(200);
});

test('a narrowed group administrator reaches the target group and its members only', async () => {
  const { admin, createAdmin, createGroup, createUser } = await createWorld();
  const [mine, other] = [await createGroup('Harbour'), await createGroup('Islands')];
  const [inside, outside] = [await createUser([mine]), await createUser([other])];
  const person = await createAdmin({ type: 'USER_ADMIN' });
  await admin('PUT', `/users/${person.id}/roles/${person.roleIds[0]}/targets/groups/${mine}`);

  expect((await person.send('POST', `/users/${inside}/lifecycle/suspend`)).status).toBe(200);
  expect(await person.send('POST', `/users/${outside}/lifecycle/suspend`)).toMatchObject(refused);
  expect((await person.send('GET', `/groups/${mine}`)).status).toBe(200);
  expect(await person.send('GET', `/groups/${other}`)).toMatchObject(refused);
  expect(await person.send('POST', '/groups', { profile: { name: 'Quay' } })).toMatchObject(refused);
  const ids = ((await person.send('GET', '/users')).json as unknown as { id: string }[]).map(({ id }) => id);
  expect(ids).toEqual([inside]);
  const names = (await person.send('GET', '/groups')).json as unknown as { id: string }[];
  expect(names.map(({ id }) => id)).toEqual([mine]);

  const login = 'new@example.com';
  const profile = { firstName: 'Noah', lastName: 'Bennett', login, email: login };
  expect(await person.send('POST', '/users', { profile })).toMatchObject(refused);
  expect(await person.send('POST', '/users', { profile, groupIds: [other] })).toMatchObject(refused);
  expect((await person.send('POST', '/users', { profile, groupIds: [mine] })).status).toBe(200);
});

test('a group membership administrator sees everybody and changes the members of the target groups only', async () => {
  const { admin, createAdmin, createGroup, createUser } = await createWorld();
  const [mine, other] = [await createGroup('Harbour'), await createGroup('Islands')];
  const user = await createUser([other]);
  const person = await createAdmin({ type: 'GROUP_MEMBERSHIP_ADMIN' });
  await admin('PUT', `/users/${person.id}/roles/${person.roleIds[0]}/targets/groups/${mine}`);
  expect((await person.send('GET', `/users/${user}`)).status).toBe(200);
  expect((await person.send('PUT', `/groups/${mine}/users/${user}`)).status).toBe(204);
  expect(await person.send('PUT', `/groups/${other}/users/${user}`)).toMatchObject(refused);
  expect(await person.send('POST', `/users/${user}/lifecycle/suspend`)).toMatchObject(refused);
});

test('nobody but a super administrator changes a group that has roles', async () => {
  const { admin, createAdmin, createGroup, createUser } = await createWorld();
  const group = await createGroup('Harbour');
  const user = await createUser();
  const person = await createAdmin({ type: 'USER_ADMIN' });
  expect((await person.send('PUT', `/groups/${group}/users/${user}`)).status).toBe(204);
  await admin('POST', `/groups/${group}/roles`, { type: 'READ_ONLY_ADMIN' });
  expect(await person.send('PUT', `/groups/${group}/users/${person.id}`)).toMatchObject(refused);
  expect(await person.send('PUT', `/groups/${group}`, { profile: { name: 'Quay' } })).toMatchObject(refused);
  expect((await admin('PUT', `/groups/${group}/users/${person.id}`)).status).toBe(204);
});

test('a narrowed app administrator reaches the target app only', async () => {
  const { admin, createAdmin } = await createWorld();
  const bookmark = (label: string) =>
    admin('POST', '/apps', { name: 'bookmark', label, settings: { app: { url: 'https://example.com' } } });
  const [mine, other] = [await bookmark('Tides'), await bookmark('Charts')];
  const person = await createAdmin({ type: 'APP_ADMIN' });
  const role = `/users/${person.id}/roles/${person.roleIds[0]}`;
  await admin('PUT', `${role}/targets/catalog/apps/bookmark/${String(mine.json.id)}`);
  expect((await person.send('GET', `/apps/${String(mine.json.id)}`)).status).toBe(200);
  expect(await person.send('GET', `/apps/${String(other.json.id)}`)).toMatchObject(refused);
  expect((await person.send('GET', '/apps')).json).toHaveLength(1);
  expect(await person.send('POST', '/apps', { name: 'bookmark', label: 'New' })).toMatchObject(refused);
  await admin('PUT', `${role}/targets/catalog/apps/bookmark`);
  expect((await person.send('GET', `/apps/${String(other.json.id)}`)).status).toBe(200);
});

test('a custom role allows its permissions within its resource set', async () => {
  const { admin, createAdmin, createGroup, createUser } = await createWorld();
  const group = await createGroup('Harbour');
  const [inside, outside] = [await createUser([group]), await createUser()];
  const role = await admin('POST', '/iam/roles', {
    label: 'Editors',
    description: '',
    permissions: ['okta.users.read', 'okta.users.userprofile.manage'],
  });
  const set = await admin('POST', '/iam/resource-sets', {
    label: 'Harbour',
    resources: [`https://org.example.com/api/v1/groups/${group}/users`],
  });
  const person = await createAdmin({
    type: 'CUSTOM',
    role: role.json.id,
    'resource-set': set.json.id,
  });
  const profile = { profile: { title: 'Pilot' } };
  expect((await person.send('GET', `/users/${inside}`)).status).toBe(200);
  expect((await person.send('POST', `/users/${inside}`, profile)).status).toBe(200);
  expect(await person.send('POST', `/users/${outside}`, profile)).toMatchObject(refused);
  expect(await person.send('POST', `/users/${inside}/lifecycle/suspend`)).toMatchObject(refused);
  expect(await person.send('GET', '/groups')).toMatchObject(refused);
  await admin('DELETE', `/users/${person.id}/roles/${person.roleIds[0]}`);
  expect(await person.send('GET', `/users/${inside}`)).toMatchObject(refused);
});
