import {
  array,
  assert as assertProperty,
  asyncProperty,
  boolean,
  constant,
  constantFrom,
  dictionary,
  double,
  letrec,
  oneof,
  pre,
  record,
  string as anyText,
} from 'fast-check';
import { expect, test } from 'vitest';
import { routes } from './apis/index.ts';
import { createOrg } from './org.ts';

const text = oneof(
  anyText({ unit: 'binary', maxLength: 30 }),
  constantFrom(
    'me',
    'default',
    '__proto__',
    'constructor',
    '%',
    'true',
    '-1',
    '99999999999999',
    '2024-01-01',
    'status eq "',
  ),
);
const names = oneof(
  constantFrom(
    'profile',
    'credentials',
    'login',
    'definitions',
    'custom',
    'properties',
    'conditions',
    '__proto__',
  ),
  anyText({ maxLength: 8 }),
);
const json = letrec<{ any: unknown }>((tie) => ({
  any: oneof(
    { maxDepth: 4 },
    text,
    double(),
    boolean(),
    constant(null),
    array(tie('any'), { maxLength: 3 }),
    dictionary(names, tie('any'), { maxKeys: 4 }),
  ),
})).any;
const body = oneof(
  json.map((value) => JSON.stringify(value)),
  text,
);
const parameters = [
  'limit',
  'after',
  'q',
  'filter',
  'search',
  'sortBy',
  'since',
  'until',
  'expand',
  'startDate',
  'activate',
];
const query = dictionary(constantFrom(...parameters), text, { maxKeys: 3 });

test('bad input to any operation ends in an answer of Okta, never in a 500', async () => {
  const org = await createOrg({ token: 'tok' });
  const call = record({ route: constantFrom(...routes), body, query, value: text });
  await assertProperty(
    asyncProperty(call, async ({ route, body, query, value }) => {
      const { method, path } = route.operation;
      // An org without its administrator's token answers nothing else any more.
      pre(!(path.includes('/api-tokens') && method !== 'GET') && !(value === 'me' && method !== 'GET'));
      const place = encodeURIComponent(Buffer.from(value).toString()) || 'x';
      const request = new Request(
        `https://org.example.com${path.replaceAll(/\{\w+\}/g, () => place)}?${new URLSearchParams(query).toString()}`,
        {
          method,
          headers: { authorization: 'SSWS tok' },
          ...(method === 'GET' ? {} : { body }),
        },
      );
      const response = await org.fetch(request);
      const answer = await response.text();
      expect(response.status).not.toBe(500);
      expect(response.headers.get('x-okta-request-id')).toMatch(/^\w{32}$/);
      expect(response.ok || isEnvelope(answer)).toBe(true);
    }),
    { numRuns: 1500 },
  );
});

/** Every example with a JSON body, as one call with ids that a prepared org has. */
const bodies = routes.flatMap(({ operation }) =>
  operation.examples.flatMap(({ body: example }) =>
    example === undefined || operation.api === 'tokens'
      ? []
      : [{ operation, example: JSON.stringify(example) }],
  ),
);

test('a good body with one bad value in it ends in an answer of Okta, never in a 500', async () => {
  const org = await createOrg({ token: 'tok' });
  const known = await prepare(org.fetch);
  const call = record({
    one: constantFrom(...bodies),
    at: double({ min: 0, max: 0.999, noNaN: true }),
    value: json,
  });
  await assertProperty(
    asyncProperty(call, async ({ one: { operation, example }, at, value }) => {
      const fill = (text: string) =>
        text.replaceAll(/\{\{?(\$?\w+)\}?\}/g, (_, name: string) => known[name] ?? 'none');
      const broken = replaceOne(JSON.parse(fill(example)), at, value);
      const response = await org.fetch(
        new Request(`https://org.example.com${fill(operation.path)}`, {
          method: operation.method,
          headers: { authorization: 'SSWS tok' },
          ...(operation.method === 'GET' ? {} : { body: JSON.stringify(broken) }),
        }),
      );
      const answer = await response.text();
      expect(response.status).not.toBe(500);
      expect(response.ok || isEnvelope(answer)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

/** An org with a user, a group, apps and a custom role, by the names that paths and examples have for them. */
async function prepare(fetch: (request: Request) => Promise<Response>): Promise<Record<string, string>> {
  const make = async (path: string, body: object): Promise<string> => {
    const headers = { authorization: 'SSWS tok' };
    const request = new Request(`https://org.example.com/api/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    const answer: unknown = await (await fetch(request)).json();
    return typeof answer === 'object' && answer !== null && 'id' in answer ? String(answer.id) : 'none';
  };
  const login = 'ines@example.com';
  const url = 'https://org.example.com';
  const userId = await make('/users', {
    profile: { firstName: 'Ines', lastName: 'Baker', login, email: login },
    credentials: { password: { value: 'Tidal#Ferry9' } },
  });
  const groupId = await make('/groups', { profile: { name: 'Harbour' } });
  const service = { application_type: 'service', grant_types: ['client_credentials'] };
  const appId = await make('/apps', {
    label: 'Portal',
    signOnMode: 'OPENID_CONNECT',
    settings: { oauthClient: service },
  });
  const role = await make('/iam/roles', {
    label: 'Editors',
    description: '',
    permissions: ['okta.users.read'],
  });
  const set = await make('/iam/resource-sets', { label: 'All', resources: [`${url}/api/v1/users`] });
  await make(`/iam/resource-sets/${set}/bindings`, { role, members: [`${url}/api/v1/groups/${groupId}`] });
  const ids = { url, userId, groupId, targetGroupId: groupId, appId, oauthAppId: appId, clientId: appId };
  return {
    ...ids,
    roleIdOrLabel: role,
    customRoleId: role,
    resourceSetIdOrLabel: set,
    resourceSetId: set,
    permissionType: 'okta.users.read',
    password: 'Tidal#Ferry8',
  };
}

/** The same value with the part at a place (0: the first, 1: after the last) replaced. */
function replaceOne(whole: unknown, at: number, value: unknown): unknown {
  let parts = 0;
  const count = (part: unknown): void => {
    parts++;
    if (typeof part === 'object' && part !== null) Object.values(part).forEach(count);
  };
  count(whole);
  let index = Math.floor(at * parts);
  const walk = (part: unknown): unknown => {
    if (index-- === 0) return value;
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, walk(one)]));
  };
  return walk(whole);
}

function isEnvelope(answer: string): boolean {
  const value: unknown = JSON.parse(answer);
  return typeof value === 'object' && value !== null && 'errorCode' in value && 'errorCauses' in value;
}

const LIMIT = 1024 * 1024;
const profile = Buffer.from('{"profile": {"name": "');
const end = Buffer.from('"}}');

/** What no operation that takes JSON can read, with the errors that say so. */
const unreadable: readonly { readonly name: string; readonly body: Uint8Array; readonly type?: string }[] = [
  { name: 'more than a megabyte', body: Buffer.concat([profile, Buffer.alloc(LIMIT, 'x'), end]) },
  { name: 'five megabytes', body: Buffer.alloc(5 * LIMIT, ' ') },
  { name: 'deep objects', body: Buffer.from(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`) },
  { name: 'deep lists', body: Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) },
  { name: 'bytes that are no UTF-8', body: Buffer.concat([profile, Buffer.of(0xc3, 0x28, 0xff), end]) },
  { name: 'half a body', body: profile },
  { name: 'a list', body: Buffer.from('[1, 2') },
  { name: 'an unknown type', body: Buffer.from('{}'), type: 'application/x-www-form-urlencoded' },
  { name: 'a type that is none', body: Buffer.from('{}'), type: 'nonsense' },
];

test.each(unreadable)(
  '$name is refused by every operation that takes JSON',
  async ({ body: bytes, type }) => {
    const org = await createOrg({ token: 'tok' });
    const takers = routes.filter(({ operation: { method, body, bodyType, authentication }, handler }) => {
      const sendsBody = method === 'POST' || method === 'PUT' || method === 'PATCH';
      const takesJson = body !== undefined && bodyType === undefined;
      // Whoever signs in by a cookie has to do that first.
      return sendsBody && takesJson && handler !== undefined && authentication !== 'cookie';
    });
    expect(takers.length).toBeGreaterThan(50);
    for (const { operation, name } of takers) {
      const response = await org.fetch(
        new Request(`https://org.example.com${operation.path.replaceAll(/\{\w+\}/g, 'me')}`, {
          method: operation.method,
          headers: { authorization: 'SSWS tok', 'content-type': type ?? 'application/json' },
          body: Buffer.from(bytes),
        }),
      );
      const answer: unknown = await response.json();
      const wanted = type === undefined ? 'E0000003' : 'E0000021';
      const refused = {
        name,
        status: response.status,
        errorCode: (answer as { errorCode?: string }).errorCode,
      };
      expect(refused).toEqual({ name, status: 400, errorCode: wanted });
    }
  },
);

test('an attribute that nobody defined is refused by name, in users and in groups', async () => {
  const org = await createOrg({ token: 'tok' });
  const send = async (path: string, given: object) => {
    const headers = { authorization: 'SSWS tok' };
    const request = new Request(`https://org.example.com/api/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ profile: given }),
    });
    return JSON.stringify(await (await org.fetch(request)).json());
  };
  const login = 'ines@example.com';
  const known = { firstName: 'Ines', lastName: 'Baker', login, email: login };
  for (const name of ['shoeSize', '__proto__x', 'constructor', 'toString', 'id']) {
    expect(await send('/users', { ...known, [name]: 38 })).toContain(
      `Property name '${name}' is not defined`,
    );
    expect(await send('/groups', { name: 'Harbour', [name]: 38 })).toContain(`'${name}'`);
  }
});
