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

const person = (name: string, more: object = {}) => ({
  profile: {
    firstName: name,
    lastName: 'Baker',
    login: `${name}@example.com`,
    email: `${name}@example.com`,
    ...more,
  },
});

const rule = (value: string, groupId: string, exclude: string[] = []) => ({
  type: 'group_rule',
  name: 'Engineers',
  conditions: { people: { users: { exclude } }, expression: { type: 'urn:okta:expression:1.0', value } },
  actions: { assignUserToGroups: { groupIds: [groupId] } },
});

test('fills a group by an active rule, follows changes and leaves out the excluded', async () => {
  const send = await createClient();
  const group = (await send('POST', '/groups', { profile: { name: 'Engineers' } })).json.id;
  const excluded = (await send('POST', '/users', person('olga', { department: 'Engineering' }))).json.id;
  await send('POST', '/users', person('ines', { department: 'Engineering' }));
  const made = await send(
    'POST',
    '/groups/rules',
    rule('user.department == "Engineering"', group, [excluded]),
  );
  expect(made).toMatchObject({ status: 200, json: { status: 'INACTIVE' } });
  const members = async () =>
    (await send('GET', `/groups/${group}/users`)).json.map(
      (user: { profile: { firstName: string } }) => user.profile.firstName,
    );
  expect(await members()).toEqual([]);
  expect(await send('POST', `/groups/rules/${made.json.id}/lifecycle/activate`)).toMatchObject({
    status: 204,
  });
  expect(await members()).toEqual(['ines']);
  await send('POST', '/users', person('tom', { department: 'Engineering' }));
  expect(await members()).toEqual(['ines', 'tom']);
  await send('POST', '/users/ines', { profile: { department: 'Sales' } });
  expect(await members()).toEqual(['tom']);
  await send('DELETE', `/groups/${group}/users/tom`);
  await send('POST', '/users/tom', { profile: { title: 'Engineer' } });
  expect(await members()).toEqual([]);
});

test('deleting a rule keeps its members unless their removal is asked for', async () => {
  for (const [query, left] of [
    ['', 1],
    ['?removeUsers=true', 0],
  ] as const) {
    const send = await createClient();
    const group = (await send('POST', '/groups', { profile: { name: 'Engineers' } })).json.id;
    await send('POST', '/users', person('ines'));
    const made = await send('POST', '/groups/rules', rule('String.startsWith(user.firstName, "in")', group));
    await send('POST', `/groups/rules/${made.json.id}/lifecycle/activate`);
    expect(await send('DELETE', `/groups/rules/${made.json.id}${query}`)).toMatchObject({ status: 202 });
    expect((await send('GET', `/groups/${group}/users`)).json).toHaveLength(left);
  }
});

test('refuses a rule whose expression cannot be read', async () => {
  const send = await createClient();
  const group = (await send('POST', '/groups', { profile: { name: 'Engineers' } })).json.id;
  for (const value of ['user.', 'x == 1', 'Convert.toInt(user.x) == 1', 'user.a ==', '(user.a', 'user.a = 1'])
    expect(await send('POST', '/groups/rules', rule(value, group))).toMatchObject({
      status: 400,
      json: { errorCode: 'E0000001' },
    });
});

test('keeps Everyone as it is', async () => {
  const send = await createClient();
  const [everyone] = (await send('GET', '/groups?q=Everyone')).json;
  expect(await send('DELETE', `/groups/${everyone.id}`)).toMatchObject({ status: 403 });
  expect((await send('GET', `/groups/${everyone.id}/users`)).json).toHaveLength(1);
});
