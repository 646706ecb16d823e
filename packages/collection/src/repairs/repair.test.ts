import { expect, test } from 'vitest';
import type { Collection, Environment, RequestItem } from '../model.ts';
import { parseUrl } from '../url.ts';
import type { RepairFacts } from './facts.ts';
import {
  findDrift,
  findEnvironmentRepairs,
  findRepairs,
  repairCollection,
  repairEnvironment,
} from './repair.ts';

const facts: RepairFacts = {
  authorizationSchemes: ['KEY'],
  placeholderHosts: [String.raw`example\.test`, String.raw`\{yourDomain\}`],
  addressVariable: 'url',
  operations: [
    { method: 'GET', path: '/people/{id}', group: 'people', summary: 'Get a person' },
    { method: 'GET', path: '/people/me', group: 'people', summary: 'Get yourself' },
    { method: 'DELETE', path: '/people/{id}', group: 'people', summary: 'Delete a person' },
  ],
  replacements: [
    {
      method: 'PUT',
      path: '/visits/{visitId}',
      to: {
        method: 'POST',
        path: '/calls/{visitId}/renew',
        query: { from: 'since' },
        texts: [['kind eq', 'type eq']],
      },
      reason: 'Visits are calls now.',
    },
  ],
};

function collection(
  ...requests: readonly [method: string, url: string, authorization?: string][]
): Collection {
  const items = requests.map(([method, url, authorization], index): RequestItem => ({
    kind: 'request',
    id: `r${index}`,
    name: `R${index}`,
    request: {
      method,
      url: parseUrl(url),
      headers: authorization === undefined ? [] : [{ key: 'authorization', value: authorization }],
    },
    variables: [],
    scripts: [],
    examples: [],
  }));
  return { kind: 'collection', id: 'c', name: 'Pack', items, variables: [], scripts: [] };
}

function urls({ items }: Collection): string[] {
  return items.flatMap((item) =>
    item.kind === 'request' ? [`${item.request.method} ${item.request.url.raw}`] : [],
  );
}

test('offers what can be mended with what would become of it, and mends nothing by itself', () => {
  const old = collection(['GET', '{{url}}/people', 'KEY{{apikey}}'], ['GET', 'https://{yourDomain}/people']);
  expect(findRepairs(old, facts)).toMatchObject([
    {
      id: 'authorization-space',
      places: [
        {
          place: 'Pack / R0',
          before: 'authorization: KEY{{apikey}}',
          after: 'authorization: KEY {{apikey}}',
        },
      ],
    },
    { id: 'placeholder-host', places: [{ place: 'Pack / R1', after: '{{url}}/people' }] },
  ]);
  expect(repairCollection(old, facts, [])).toEqual(old);
  const mended = repairCollection(old, facts, [{ id: 'authorization-space' }]);
  expect(urls(mended)).toEqual(urls(old));
  expect(findRepairs(mended, facts).map((one) => one.id)).toEqual(['placeholder-host']);
});

test('calls the operation that took the place of an old one, with its parameters', () => {
  const old = collection(['PUT', '{{url}}/visits/{{id}}?from=1&filter=kind eq "x"&limit=2']);
  const [repair] = findRepairs(old, facts);
  expect(repair).toMatchObject({ id: 'replace PUT /visits/{visitId}', explanation: 'Visits are calls now.' });
  const mended = repairCollection(old, facts, [{ id: repair?.id ?? '' }]);
  expect(urls(mended)).toEqual(['POST {{url}}/calls/{{id}}/renew?since=1&filter=type eq "x"&limit=2']);
  expect(findRepairs(mended, facts)).toEqual([]);
});

test('leaves an address alone whose host only looks like a placeholder', () => {
  expect(findRepairs(collection(['GET', 'https://example.test.acme.com/people']), facts)).toEqual([]);
});

test('puts the answer of a person in the place of a placeholder address', () => {
  const environment: Environment = {
    kind: 'environment',
    scope: 'environment',
    id: 'e',
    name: 'Env',
    values: [{ key: 'url', value: 'https://example.test/', type: 'default', enabled: true }],
  };
  const [repair] = findEnvironmentRepairs(environment, facts);
  expect(repair?.asks).toContain('Address');
  const answer = 'https://acme.example.com/ ';
  expect(
    repairEnvironment(environment, facts, [{ id: 'placeholder-address', answer }]).values[0]?.value,
  ).toBe('https://acme.example.com');
  expect(repairEnvironment(environment, facts, [{ id: 'placeholder-address' }]).values[0]?.value).toBe('');
});

test('lists what a pack calls that is not known, and what is known that it does not call', () => {
  const pack = collection(
    ['GET', '{{url}}/people/me'],
    ['GET', '{{url}}/people/{{id}}'],
    ['GET', '{{url}}/gone'],
  );
  expect(findDrift(pack, facts)).toEqual({
    unknown: [{ place: 'Pack / R2', operation: 'GET {{url}}/gone' }],
    missing: [{ operation: 'DELETE /people/{id}', summary: 'Delete a person' }],
  });
  expect(findDrift(collection(['GET', 'https://other.example.com/x']), facts)).toBeUndefined();
});
