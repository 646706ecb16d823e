// The workloads, as Postman files that every runner reads.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ readonly name: string, readonly what: string, readonly items: readonly object[],
 *   readonly iterations: number, readonly rows?: readonly string[] }} Workload
 */

/** @param {string} name @param {string} method @param {string} path @param {{ body?: object, test?: string[] }} [more] */
function request(name, method, path, { body, test } = {}) {
  return {
    name,
    event: test === undefined ? [] : [{ listen: 'test', script: { type: 'text/javascript', exec: test } }],
    request: {
      method,
      header: [
        { key: 'Accept', value: 'application/json' },
        { key: 'Content-Type', value: 'application/json' },
        { key: 'Authorization', value: 'SSWS {{apikey}}' },
      ],
      url: `{{url}}${path}`,
      ...(body === undefined ? {} : { body: { mode: 'raw', raw: JSON.stringify(body) } }),
    },
    response: [],
  };
}

const FIVE_ASSERTIONS = [
  'const user = pm.response.json();',
  "pm.test('answers 200', () => pm.response.to.have.status(200));",
  "pm.test('gives the login back', () => pm.expect(user.profile.login).to.equal(pm.iterationData.get('login')));",
  "pm.test('has an id', () => pm.expect(user.id).to.be.a('string'));",
  "pm.test('says its limit', () => pm.expect(pm.response.headers.get('x-rate-limit-limit')).to.equal('600'));",
  "pm.test('is quick', () => pm.expect(pm.response.responseTime).to.be.below(5000));",
  "pm.environment.set('userId', user.id);",
];

/** @param {number} status */
const answers = (status) => `pm.test('answers ${status}', () => pm.response.to.have.status(${status}));`;
/** @param {string} name */
const keepId = (name) => `pm.environment.set('${name}', pm.response.json().id);`;

const person = {
  profile: { login: '{{login}}', email: '{{login}}', firstName: '{{first}}', lastName: '{{last}}' },
};
const readOne = request('Get a user', 'GET', '/api/v1/users/00u00000000000000001');

const chain = [
  request('Create a user', 'POST', '/api/v1/users', { body: person, test: [answers(200), keepId('userId')] }),
  request('Get it', 'GET', '/api/v1/users/{{userId}}', { test: [answers(200)] }),
  request('Update it', 'POST', '/api/v1/users/{{userId}}', { body: person, test: [answers(200)] }),
  request('Activate it', 'POST', '/api/v1/users/{{userId}}/lifecycle/activate', {
    body: {},
    test: [answers(200)],
  }),
  request('Create a group', 'POST', '/api/v1/groups', {
    body: { profile: { name: 'Team' } },
    test: [answers(200), keepId('groupId')],
  }),
  request('Add a member', 'PUT', '/api/v1/groups/{{groupId}}/users/{{userId}}', { test: [answers(204)] }),
  request('List members', 'GET', '/api/v1/groups/{{groupId}}/users', { test: [answers(200)] }),
  request('Create an app', 'POST', '/api/v1/apps', {
    body: { label: 'Notes' },
    test: [answers(200), keepId('appId')],
  }),
  request('Assign it', 'POST', '/api/v1/apps/{{appId}}/users', {
    body: { id: '{{userId}}' },
    test: [answers(200)],
  }),
  request('Delete the group', 'DELETE', '/api/v1/groups/{{groupId}}', { test: [answers(204)] }),
];

/** @type {readonly Workload[]} */
export const workloads = [
  { name: 'W1', what: 'one request, the whole process', items: [readOne], iterations: 1 },
  {
    name: 'W2',
    what: '500 rows of a data file, five assertions each',
    items: [request('Create a user', 'POST', '/api/v1/users', { body: person, test: FIVE_ASSERTIONS })],
    iterations: 500,
    rows: [
      'login,first,last',
      ...Array.from({ length: 500 }, (_, row) => `row${row}@example.com,Row,${row}`),
    ],
  },
  { name: 'W3', what: 'a chain of ten requests, 50 times', items: chain, iterations: 50 },
  {
    name: 'W4',
    what: 'ten answers of 12 MB, parsed in a test',
    items: [
      request('List users', 'GET', '/api/v1/users?limit=5000', {
        test: ["pm.test('has all', () => pm.expect(pm.response.json()).to.have.lengthOf(5000));"],
      }),
    ],
    iterations: 10,
  },
  { name: 'W5', what: '5,000 plain requests', items: [readOne], iterations: 5_000 },
];

/** What a bulk run is for: more rows than the limit lets through at once. */
export const limited = {
  name: 'W6',
  what: '300 rows of a data file against a limit of 50 requests in 5 s',
  items: [request('Import a user', 'POST', '/limited/api/v1/users', { body: person })],
  iterations: 300,
  rows: ['login,first,last', ...Array.from({ length: 300 }, (_, row) => `row${row}@example.com,Row,${row}`)],
};

/**
 * Writes one workload's files.
 * @param {Workload} workload
 * @param {string} origin of the target
 * @param {string} folder
 */
export function writeWorkload(workload, origin, folder) {
  mkdirSync(folder, { recursive: true });
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  const values = { url: origin, apikey: 'no-secret', login: 'one@example.com', first: 'One', last: 'Person' };
  writeJson(join(folder, 'collection.json'), { info: { name: workload.name, schema }, item: workload.items });
  writeJson(join(folder, 'environment.json'), {
    id: workload.name,
    name: 'bench',
    values: Object.entries(values).map(([key, value]) => ({ key, value, enabled: true })),
  });
  if (workload.rows !== undefined) writeFileSync(join(folder, 'data.csv'), `${workload.rows.join('\n')}\n`);
}

/** @param {string} path @param {unknown} value */
function writeJson(path, value) {
  writeFileSync(path, JSON.stringify(value, null, 2));
}
