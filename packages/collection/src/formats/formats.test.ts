import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { CollectionError } from '../errors.ts';
import type { Collection } from '../model.ts';
import { findRequest, walkItems } from '../tree.ts';
import { readAny, readCollection, readEnvironment } from './index.ts';
import { writeEnvironment } from './postman-environment/index.ts';
import { writeCollection } from './postman-v2/write.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

const V21 = {
  info: {
    _postman_id: 'c1',
    name: 'Directory',
    description: { content: 'All of it', type: 'text/markdown', version: 2 },
    schema: SCHEMA,
    _exporter_id: '7',
  },
  item: [
    {
      name: 'People',
      id: 'f1',
      description: 'Folder',
      item: [
        {
          name: 'Create',
          event: [
            {
              listen: 'prerequest',
              script: { type: 'text/javascript', exec: ['let a = 1;', 'a;'], packages: {} },
            },
            {
              listen: 'test',
              disabled: true,
              script: { id: 's1', type: 'text/javascript', exec: 'pm.test("x")' },
            },
            { listen: 'afterResponse', script: { exec: [] } },
          ],
          protocolProfileBehavior: { followRedirects: false },
          request: {
            auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
            method: 'POST',
            header: [
              { key: 'Accept', value: 'application/json', disabled: true, description: 'why', note: 1 },
            ],
            body: { mode: 'raw', raw: '{}', options: { raw: { language: 'json', headerFamily: 'json' } } },
            url: {
              raw: '{{url}}/people/:id?limit=1',
              host: ['{{url}}'],
              path: ['people', ':id'],
              query: [{ key: 'limit', value: '1' }],
              variable: [{ key: 'id', value: 'u1', description: null }],
            },
            description: null,
          },
          response: [
            {
              id: 'e1',
              name: 'Made',
              status: 'Created',
              code: 201,
              header: [{ key: 'A', value: 'b' }],
              cookie: [],
              responseTime: null,
              body: '{}',
              _postman_previewlanguage: 'json',
              originalRequest: { method: 'POST', header: [], url: 'https://example.com/people' },
            },
          ],
          unknown: { kept: true },
        },
      ],
      auth: { type: 'noauth' },
    },
    {
      name: 'Form',
      request: {
        method: 'POST',
        header: [],
        body: {
          mode: 'formdata',
          formdata: [
            { key: 'a', value: 'b', type: 'text' },
            { key: 'f', value: '', type: 'file', src: ['/a', '/b'] },
          ],
        },
        url: { raw: 'https://example.com', protocol: 'https', host: ['example', 'com'] },
      },
      response: [],
    },
    {
      name: 'Graph',
      request: {
        method: 'POST',
        header: [],
        body: { mode: 'graphql', graphql: { query: '{a}', variables: { b: 1 } } },
        url: { raw: 'https://example.com', protocol: 'https', host: ['example', 'com'] },
      },
      response: [],
    },
    { name: 'Plain', request: 'https://example.com/plain' },
  ],
  event: [],
  variable: [{ key: 'retries', value: 3, type: 'number' }, { key: 'empty' }, { key: 'none', value: null }],
  protocolProfileBehavior: {},
  extensions: [1],
};

test('writes a v2.1 collection with every field that it was read with', () => {
  const { collection, notes } = readCollection(JSON.stringify(V21));
  expect(notes).toEqual([]);
  expect(JSON.parse(writeCollection(collection))).toEqual(V21);
});

test('writes the same bytes on the second pass', () => {
  const once = writeCollection(readCollection(JSON.stringify(V21)).collection);
  expect(writeCollection(readCollection(once).collection)).toBe(once);
  expect(once.endsWith('}\n')).toBe(true);
});

test('writes an edit over the form that the file had', () => {
  const { collection } = readCollection(JSON.stringify(V21));
  const plain = findRequest(collection, 'Plain').item;
  const edited = { ...plain, request: { ...plain.request, method: 'PUT' } };
  const written = writeCollection({ ...collection, items: [edited] });
  expect(findRequest(readCollection(written).collection, 'Plain').item.request.method).toBe('PUT');
});

test('reads the parts of an address, whatever its raw text says', () => {
  const { collection } = readCollection(
    JSON.stringify({
      info: { name: 'a', schema: SCHEMA },
      item: [
        {
          name: 'b',
          request: {
            url: { raw: 'https://other.example.com', host: 'example.com', path: '/x/y', query: 'q=1&r' },
          },
        },
      ],
    }),
  );
  const { url, method } = findRequest(collection, 'b').item.request;
  expect(method).toBe('GET');
  expect(url).toMatchObject({
    host: ['example', 'com'],
    path: ['x', 'y'],
    query: [
      { key: 'q', value: '1' },
      { key: 'r', value: null },
    ],
  });
});

test('reads auth parameters with their types from lists and objects', () => {
  const auths = [
    { type: 'jwt', jwt: [{ key: 'flag', value: true }] },
    { type: 'jwt', jwt: { flag: true } },
  ];
  for (const auth of auths) {
    const { collection } = readCollection(JSON.stringify({ info: { name: 'a' }, item: [], auth }));
    expect(collection.auth).toMatchObject({ type: 'jwt', parameters: { flag: true } });
  }
});

const V1 = {
  id: 'c1',
  name: 'Old',
  order: ['r2'],
  folders_order: ['f1'],
  folders: [
    { id: 'f1', name: 'Outer', folders_order: ['f2'], order: [] },
    { id: 'f2', name: 'Inner', order: ['r1'], folders_order: ['f1'] },
  ],
  requests: [
    {
      id: 'r1',
      name: 'One',
      method: 'POST',
      url: '{{url}}/a/:id',
      headers: 'Accept: a/b\n// Off: x\n',
      dataMode: 'raw',
      rawModeData: '{}',
      tests: 'a;\nb;',
      preRequestScript: '',
      pathVariables: { id: '7' },
      currentHelper: 'basicAuth',
      helperAttributes: '{"username":"u","password":"p"}',
      responses: [
        { id: 'e1', name: 'Ok', responseCode: { code: 200, name: 'OK' }, text: 'x', request: 'r2' },
      ],
    },
    {
      id: 'r2',
      name: 'Two',
      method: 'GET',
      url: 'https://example.com/two',
      dataMode: 'urlencoded',
      data: [{ key: 'a', value: '1', enabled: false }],
    },
    { id: 'r3', name: 'Deleted', method: 'GET', url: 'https://example.com' },
  ],
};

test('reads a v1 collection with nested folders, headers, scripts, auth and examples', () => {
  const { collection, notes } = readCollection(JSON.stringify(V1));
  const { item, folders } = findRequest(collection, 'Outer/Inner/One');
  expect(folders.map((one) => one.id)).toEqual(['f1', 'f2']);
  expect(item.request).toMatchObject({
    headers: [
      { key: 'Accept', value: 'a/b' },
      { key: 'Off', value: 'x', disabled: true },
    ],
    body: { kind: 'raw', text: '{}' },
    auth: { type: 'basic', parameters: { username: 'u', password: 'p' } },
    url: { pathVariables: [{ key: 'id', value: '7' }] },
  });
  expect(item.scripts).toMatchObject([{ listen: 'test', source: 'a;\nb;' }]);
  expect(item.examples).toMatchObject([
    { id: 'e1', code: 200, status: 'OK', body: 'x', request: { url: { raw: 'https://example.com/two' } } },
  ]);
  expect(findRequest(collection, 'Two').item.request.body).toMatchObject({
    fields: [{ key: 'a', value: '1', disabled: true }],
  });
  expect(notes.map((note) => note.kind)).toEqual(['lost']);
});

test('reads environments of every age and writes them back whole', () => {
  const file = {
    id: 'e1',
    name: 'Preview',
    values: [
      { key: 'url', value: 'https://example.com', type: 'text', name: 'url', enabled: true },
      { key: 'apikey', value: '', type: 'secret', enabled: false },
    ],
    timestamp: 1,
    synced: false,
    _postman_variable_scope: 'environment',
  };
  const { environment } = readEnvironment(JSON.stringify(file));
  expect(environment.values).toMatchObject([
    { key: 'url', type: 'text', enabled: true },
    { key: 'apikey', type: 'secret', enabled: false },
  ]);
  expect(JSON.parse(writeEnvironment(environment))).toEqual(file);
});

test('reads globals as the environment that is always chosen', () => {
  const { environment } = readEnvironment(
    '{"values":[{"key":"a","value":"b"}],"_postman_variable_scope":"globals"}',
  );
  expect(environment).toMatchObject({
    scope: 'globals',
    name: 'Globals',
    values: [{ key: 'a', value: 'b', type: 'default', enabled: true }],
  });
});

test('gives things without an id the same id each time and does not write it', () => {
  const text = JSON.stringify({ info: { name: 'a', schema: SCHEMA }, item: [{ name: 'b' }, { name: 'b' }] });
  const ids = [...walkItems(readCollection(text).collection)].map((one) => one.item.id);
  expect(new Set(ids).size).toBe(2);
  expect([...walkItems(readCollection(text).collection)].map((one) => one.item.id)).toEqual(ids);
  expect(writeCollection(readCollection(text).collection)).not.toContain('"id"');
});

test('replaces an id that is used twice and says so', () => {
  const { collection, notes } = readCollection(
    JSON.stringify({
      info: { name: 'a' },
      item: [
        { id: 'x', name: 'b' },
        { id: 'x', name: 'c' },
      ],
    }),
  );
  expect(new Set(collection.items.map((one) => one.id)).size).toBe(2);
  expect(notes).toMatchObject([{ kind: 'repaired', place: 'a / c' }]);
});

test.for([
  ['empty', ' '],
  ['not-json', '{"a": tru}'],
  ['html-instead-of-json', '<!DOCTYPE html><html></html>'],
  ['unknown-format', '{"a": 1}'],
  ['malformed', '{"info":{"name":"a"},"item":[1]}'],
  ['malformed', '{"info":{"name":"a"},"item":[{"name":"b","item":{"c":1}}]}'],
  ['malformed', '{"name":"a","requests":[{"name":"no id"}]}'],
  ['malformed', '{"values":[{"value":1}]}'],
  ['forbidden-key', '{"info":{"name":"a"},"item":[{"__proto__":{"polluted":1}}]}'],
  ['too-deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['wrong-kind', '{"values":[]}'],
] as const)('refuses a file with “%s” in one sentence', ([code, text]) => {
  const read = (): unknown => readCollection(text);
  expect(read).toThrow(CollectionError);
  expect(read).toThrow(expect.objectContaining({ code, message: expect.stringMatching(/^[^\n]+\.$/) }));
});

test('refuses a file beyond the limit before it is parsed', () => {
  expect(() => readCollection('{}'.repeat(10), { maxBytes: 10 })).toThrow(
    expect.objectContaining({ code: 'too-large' }),
  );
});

test('names near requests when one is not found', () => {
  const { collection } = readCollection(JSON.stringify(V21));
  expect(() => findRequest(collection, 'People/Creat')).toThrow('did you mean “People/Create”');
});

test('ends every damaged file in a collection, an environment or a typed error', () => {
  const sources = [JSON.stringify(V21), JSON.stringify(V1)];
  const odd = fc.constantFrom('null', '[]', '{}', '"x"', '-1', 'true', '[null]', '{"key":1}');
  fc.assert(
    fc.property(fc.constantFrom(...sources), fc.nat(), odd, (source, at, replacement) => {
      const text = replaceValue(source, at, replacement);
      const collections = readOrRefuse(text);
      const once = collections.map(writeCollection);
      expect(once.map((one) => writeCollection(readCollection(one).collection))).toEqual(once);
    }),
    { numRuns: 1000 },
  );
  expect(Object.keys(Object.prototype)).toEqual([]);
});

/** The collections of a text; none when it is refused as it should be. Every other error fails the test. */
function readOrRefuse(text: string): readonly Collection[] {
  try {
    return readAny(text).collections;
  } catch (error) {
    if (error instanceof CollectionError) return [];
    throw error;
  }
}

/** The text with its n-th value (counted through) exchanged for another. */
function replaceValue(source: string, at: number, replacement: string): string {
  let count = 0;
  const total = countValues(source);
  return JSON.stringify(
    JSON.parse(source, (_key, value: unknown) =>
      count++ === at % total ? (JSON.parse(replacement) as unknown) : value,
    ),
  );
}

function countValues(source: string): number {
  let count = 0;
  JSON.parse(source, (_key, value: unknown) => {
    count += 1;
    return value;
  });
  return count;
}
