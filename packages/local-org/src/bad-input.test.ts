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

function isEnvelope(answer: string): boolean {
  const value: unknown = JSON.parse(answer);
  return typeof value === 'object' && value !== null && 'errorCode' in value && 'errorCauses' in value;
}
