import { Client, DefaultRequestExecutor } from '@okta/okta-sdk-nodejs';
import { type ServedOrg, serveOrg } from '@castellan/local-org';
import { afterEach, beforeEach, expect, it } from 'vitest';

const PASSWORD = 'Tidal#Ferry9';
let served: ServedOrg;
let client: Client;

beforeEach(async () => {
  served = await serveOrg({ port: 0, token: 'tok' });
  const requestExecutor = new DefaultRequestExecutor({ maxRetries: 0, requestTimeout: 0 });
  client = new Client({ orgUrl: served.url, token: 'tok', requestExecutor });
});
afterEach(() => served.close());

/** Everything that a list of the client gives, page after page. */
async function collect<Item>(list: Promise<AsyncIterable<Item | null>>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of await list) if (item !== null) items.push(item);
  return items;
}

function personCalled(name: string) {
  const login = `${name}@example.com`;
  return { profile: { firstName: name, lastName: 'Okafor', email: login, login } };
}

async function createUser(name: string, password = true): Promise<string> {
  const body = {
    ...personCalled(name),
    ...(password ? { credentials: { password: { value: PASSWORD } } } : {}),
  };
  const user = await client.userApi.createUser({ body, activate: true });
  expect(user.id).toMatch(/^00u/);
  return String(user.id);
}

it('walks a user through their life', async () => {
  const { userApi } = client;
  const userId = await createUser('ines');
  expect(await userApi.getUser({ userId: 'ines@example.com' })).toMatchObject({
    id: userId,
    status: 'ACTIVE',
  });
  await userApi.updateUser({ userId, user: { profile: { nickName: 'Nes' } } });
  expect(await userApi.getUser({ userId })).toMatchObject({
    profile: { nickName: 'Nes', lastName: 'Okafor' },
  });
  await userApi.replaceUser({ userId, user: personCalled('ines') });
  expect((await userApi.getUser({ userId })).profile?.nickName).toBeUndefined();
  await userApi.changePassword({
    userId,
    changePasswordRequest: { oldPassword: { value: PASSWORD }, newPassword: { value: 'Stormy#Quay8' } },
  });
  await userApi.suspendUser({ userId });
  expect(await userApi.getUser({ userId })).toMatchObject({ status: 'SUSPENDED' });
  await userApi.unsuspendUser({ userId });
  await expect(userApi.unlockUser({ userId })).rejects.toMatchObject({ status: 403, errorCode: 'E0000032' });
  expect(await userApi.expirePassword({ userId })).toMatchObject({ status: 'PASSWORD_EXPIRED' });
  const reset = await userApi.generateResetPasswordToken({ userId, sendEmail: false });
  expect(reset.resetPasswordUrl).toContain('/reset_password/');
  await userApi.revokeUserSessions({ userId });
  await userApi.deactivateUser({ userId });
  await userApi.deleteUser({ userId });
  await expect(userApi.getUser({ userId })).rejects.toMatchObject({ status: 404, errorCode: 'E0000007' });
});

it('follows pages, and finds by q, filter and search', async () => {
  const ids = [];
  for (let number = 0; number < 12; number += 1) ids.push(await createUser(`person${number}`, false));
  const { userApi } = client;
  const paged = await collect(userApi.listUsers({ limit: 5 }));
  expect(paged.map((user) => user.id)).toEqual(expect.arrayContaining(ids));
  expect(paged).toHaveLength(13);
  expect(await collect(userApi.listUsers({ q: 'person1' }))).toHaveLength(3);
  expect(await collect(userApi.listUsers({ filter: 'status eq "PROVISIONED"', limit: 5 }))).toHaveLength(12);
  const search = 'profile.login sw "person" and status eq "PROVISIONED"';
  expect(await collect(userApi.listUsers({ search, limit: 5 }))).toHaveLength(12);
  const descending = await collect(
    userApi.listUsers({ search, sortBy: 'profile.login', sortOrder: 'desc', limit: 5 }),
  );
  const logins = descending.map((user) => String(user.profile?.login));
  expect(logins).toEqual(logins.toSorted().reverse());
});

it('tells the errors of Okta', async () => {
  const { userApi } = client;
  await createUser('ines');
  await expect(userApi.createUser({ body: personCalled('ines') })).rejects.toMatchObject({
    status: 400,
    errorCode: 'E0000001',
  });
  await expect(collect(userApi.listUsers({ search: 'profile.login is "x"' }))).rejects.toMatchObject({
    status: 400,
    errorCode: 'E0000031',
  });
});

it('fills groups by hand and by rule', async () => {
  const { groupApi, userApi } = client;
  const userId = await createUser('ines');
  const group = await groupApi.createGroup({ group: { profile: { name: 'Harbour' } } });
  const groupId = String(group.id);
  await groupApi.assignUserToGroup({ groupId, userId });
  expect(await collect(groupApi.listGroupUsers({ groupId }))).toMatchObject([{ id: userId }]);
  const names = (await collect(userApi.listUserGroups({ userId }))).map((one) => one.profile?.name);
  expect(names).toEqual(['Everyone', 'Harbour']);
  await groupApi.unassignUserFromGroup({ groupId, userId });
  expect(await collect(groupApi.listGroupUsers({ groupId }))).toEqual([]);

  const rule = await groupApi.createGroupRule({
    groupRule: {
      type: 'group_rule',
      name: 'People called Okafor',
      conditions: {
        expression: { type: 'urn:okta:expression:1.0', value: 'user.lastName == "Okafor"' },
      },
      actions: { assignUserToGroups: { groupIds: [groupId] } },
    },
  });
  const ruleId = String(rule.id);
  await groupApi.activateGroupRule({ ruleId });
  expect(await groupApi.getGroupRule({ ruleId })).toMatchObject({ status: 'ACTIVE' });
  await createUser('tom');
  expect(await collect(groupApi.listGroupUsers({ groupId, limit: 1 }))).toHaveLength(2);
  expect(await collect(groupApi.listGroupRules({ limit: 1 }))).toHaveLength(1);
  await groupApi.deactivateGroupRule({ ruleId });
  await groupApi.deleteGroupRule({ ruleId });
  await groupApi.replaceGroup({ groupId, group: { profile: { name: 'Quay', description: 'At the quay' } } });
  expect(await collect(groupApi.listGroups({ q: 'Quay' }))).toMatchObject([
    { profile: { name: 'Quay', description: 'At the quay' } },
  ]);
  await groupApi.deleteGroup({ groupId });
});

it('changes schemas, types and linked objects', async () => {
  const { schemaApi, userApi, userTypeApi, linkedObjectApi } = client;
  const schema = await schemaApi.getUserSchema({ schemaId: 'default' });
  expect(schema.definitions?.base?.properties).toHaveProperty('login');
  const properties = { badge: { title: 'Badge', type: 'string', maxLength: 5 } } as const;
  const changed = await schemaApi.updateUserProfile({
    schemaId: 'default',
    userSchema: { definitions: { custom: { id: '#custom', type: 'object', properties, required: [] } } },
  });
  expect(changed.definitions?.custom?.properties).toHaveProperty('badge');
  await schemaApi.getGroupSchema();

  const type = await userTypeApi.createUserType({
    userType: { name: 'contractor', displayName: 'Contractor' },
  });
  expect(await collect(userTypeApi.listUserTypes())).toHaveLength(2);
  await userTypeApi.replaceUserType({
    typeId: String(type.id),
    userType: { name: 'contractor', displayName: 'Here for a while', description: 'Not for long' },
  });
  await userTypeApi.deleteUserType({ typeId: String(type.id) });

  const [boss, report] = [await createUser('boss'), await createUser('report')];
  await linkedObjectApi.createLinkedObjectDefinition({
    linkedObject: {
      primary: { name: 'manager', title: 'Manager', description: 'Leads', type: 'USER' },
      associated: { name: 'subordinate', title: 'Subordinate', description: 'Is led', type: 'USER' },
    },
  });
  expect(await collect(linkedObjectApi.listLinkedObjectDefinitions())).toHaveLength(1);
  await userApi.setLinkedObjectForUser({
    associatedUserId: report,
    primaryRelationshipName: 'manager',
    primaryUserId: boss,
  });
  const led = { userId: boss, relationshipName: 'subordinate' };
  expect(await collect(userApi.listLinkedObjectsForUser(led))).toHaveLength(1);
  await linkedObjectApi.deleteLinkedObjectDefinition({ linkedObjectName: 'manager' });
});

it('reads the System Log page after page', async () => {
  for (const name of ['ines', 'tom', 'maya']) await createUser(name);
  const since = new Date(Date.now() - 60_000).toISOString();
  const filter = 'eventType eq "user.lifecycle.create"';
  const until = new Date(Date.now() + 60_000).toISOString();
  const events = await collect(client.systemLogApi.listLogEvents({ since, until, filter, limit: 2 }));
  expect(events).toHaveLength(3);
  expect(events.map((event) => event.target?.[0]?.alternateId)).toEqual([
    'ines@example.com',
    'tom@example.com',
    'maya@example.com',
  ]);
});
