import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import { readCollection } from '../formats/index.ts';
import type { Collection, Item, RequestItem } from '../model.ts';
import { parseUrl } from '../url.ts';
import { toCall, type Call } from './call.ts';
import { CODE_TARGETS, writeCode, writeCurl, type CodeTargetName } from './index.ts';
import { curl } from './targets/shell.ts';
import { javascript } from './targets/javascript.ts';

function request(definition: Partial<RequestItem['request']>): RequestItem {
  return {
    kind: 'request',
    id: 'r',
    name: 'Create user',
    request: { method: 'GET', url: parseUrl('{{url}}/users'), headers: [], ...definition },
    variables: [],
    scripts: [],
    examples: [],
  };
}

function collection(items: readonly Item[], more: Partial<Collection> = {}): Collection {
  return { kind: 'collection', id: 'c', name: 'Users', items, variables: [], scripts: [], ...more };
}

const create = request({
  method: 'POST',
  url: parseUrl('{{url}}/users/:id?activate=true&q=a b'),
  headers: [
    { key: 'Authorization', value: 'SSWS {{apikey}}' },
    { key: 'X-Off', value: '1', disabled: true },
  ],
  body: { kind: 'raw', language: 'json', text: '{"name": "O\'Hara", "id": "{{userId}}"}' },
});

test.each(Object.keys(CODE_TARGETS) as CodeTargetName[])(
  'writes %s that reads what is secret from the environment',
  (target) => {
    expect(writeCode(create, target)).toMatchSnapshot();
  },
);

test('fills in what it is given and what the collection has, and leaves the rest a variable', () => {
  const level = collection([], {
    variables: [
      { key: 'path', value: '{{part}}' },
      { key: 'part', value: 'people' },
    ],
  });
  const item = request({
    url: parseUrl('{{url}}/{{path}}/{{id}}'),
    headers: [{ key: 'A', value: '{{apikey}}' }],
  });
  const values = new Map([['url', 'https://acme.example.com']]);
  expect(writeCode(item, 'curl', { levels: [level], values })).toBe(
    `curl --url https://acme.example.com/people/"$ID" \\\n  --header 'A: '"$APIKEY"\n`,
  );
});

test('signs as the folders around say, unless the request has a header of its own', () => {
  const auth = { type: 'basic', parameters: { username: 'ada', password: '{{password}}' } };
  const levels = [collection([], { auth })];
  expect(writeCode(request({}), 'python', { levels })).toContain('auth=("ada", os.environ["PASSWORD"])');
  const own = request({ headers: [{ key: 'authorization', value: 'x' }] });
  expect(writeCode(own, 'python', { levels })).not.toContain('auth=');
  expect(writeCode(request({ auth: { type: 'awsv4', parameters: {} } }), 'go')).toMatch(
    /^\/\/ The authorization “awsv4”/,
  );
});

test.each(Object.keys(CODE_TARGETS) as CodeTargetName[])('writes multipart bodies in %s', (target) => {
  const upload = request({
    method: 'POST',
    body: {
      kind: 'formdata',
      fields: [
        { key: 'title', value: 'a; "b"', type: 'text' },
        { key: 'file', value: '', type: 'file', source: ['/tmp/a.png'], contentType: 'image/png' },
      ],
    },
  });
  expect(writeCode(upload, target)).toMatchSnapshot();
});

const text = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^['"\\`$;,@<= \n{}()|&#%a]{0,10}$/));
const name = fc.stringMatching(/^X-[A-Za-z]{1,5}$/);
const call = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  path: fc.stringMatching(/^[\w'()*!,;$-]{0,8}$/),
  headers: fc.uniqueArray(
    fc.tuple(
      name,
      text.map((one) => one.replaceAll(/[\r\n\0]/g, '').trim()),
    ),
    {
      selector: ([one]) => one.toLowerCase(),
      maxLength: 3,
    },
  ),
  body: fc.option(
    text.filter((one) => one !== '' && !one.includes('\0')),
    { nil: undefined },
  ),
});

function toItem({
  method,
  path,
  headers,
  body,
}: typeof call extends fc.Arbitrary<infer T> ? T : never): RequestItem {
  return request({
    method,
    url: parseUrl(`https://example.com/${path}`),
    headers: headers.map(([key, value]) => ({ key, value })),
    ...(body !== undefined && { body: { kind: 'raw', text: body } }),
  });
}

describe('whatever a request holds', () => {
  test('curl says it in a way that reads back as the same request', () => {
    fc.assert(
      fc.property(call, (drawn) => {
        const before = toCall(toItem(drawn));
        const written = writeCurl(collection([toItem(drawn)]));
        const [item] = readCollection(written).collection.items;
        const after = item?.kind === 'request' ? toCall(item) : undefined;
        expect(after).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  test('JavaScript sends that very request and runs nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(call, async (drawn) => {
        const wanted = toCall(toItem(drawn));
        expect(await runJavaScript(javascript.write(wanted, 'environment'))).toEqual({
          method: wanted.method,
          url: wanted.url,
          headers: Object.fromEntries(wanted.headers),
          body: wanted.body?.kind === 'text' ? wanted.body.text : undefined,
        });
      }),
      { numRuns: 200 },
    );
  });
});

/** Runs the code with a `fetch` that only says what it was asked for. */
async function runJavaScript(code: string): Promise<unknown> {
  let asked: unknown;
  const fetch = async (url: string, options: { method: string; headers?: object; body?: string }) => {
    asked = { url, method: options.method, headers: options.headers ?? {}, body: options.body };
    return { status: 200, text: async () => '' };
  };
  const AsyncFunction = (async () => undefined).constructor as new (
    ...parts: string[]
  ) => (fetch: unknown, console: unknown) => Promise<void>; // the constructor of any async function
  await new AsyncFunction('fetch', 'console', code)(fetch, { log: () => undefined });
  return asked;
}

test('an exported collection of curl commands comes in again with its variables', () => {
  const written = writeCurl(
    collection([create], { auth: { type: 'bearer', parameters: { token: '{{token}}' } } }),
  );
  expect(written).toContain('# Create user\ncurl');
  const [item] = readCollection(written).collection.items;
  const again: Call | undefined = item?.kind === 'request' ? toCall(item) : undefined;
  expect(again).toEqual(toCall(create));
  expect(curl.write(toCall(create), 'kept')).toContain('{{url}}/users/:id?activate=true&q=a%20b');
});
