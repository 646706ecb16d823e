import type { Environment } from '@castellan/collection';
import { expect, it } from 'vitest';
import { readToken } from './read-token.ts';

const environment: Environment = {
  kind: 'environment',
  scope: 'environment',
  id: 'e1',
  name: 'Acme',
  values: [
    { key: 'url', value: 'https://acme.example.com', type: 'default', enabled: true },
    { key: 'apikey', value: '00-a-token-of-the-test', type: 'secret', enabled: true },
  ],
};

const ask = (answers: Readonly<Record<string, readonly [number, unknown]>>, hosts = ['acme.example.com']) =>
  readToken({
    environment,
    secrets: [{ name: 'apikey', value: '00-a-token-of-the-test', hosts }],
    signal: new AbortController().signal,
    async fetch(input) {
      const [status, body] = answers[new URL(String(input)).pathname] ?? [404, {}];
      return Response.json(body, { status });
    },
  });

const me = [200, { id: '00u1', profile: { login: 'desk@example.com' } }] as const;
const refused = [403, { errorCode: 'E0000006' }] as const;

it('says what a token with small rights may not read, and why', async () => {
  const facts = await ask({
    '/api/v1/users/me': me,
    '/api/v1/users/00u1/roles': refused,
    '/api/v1/api-tokens': refused,
  });
  expect(facts).toEqual({
    host: 'acme.example.com',
    owner: 'desk@example.com',
    unread: [
      'The owner’s roles: 403, super administrators alone see roles.',
      'Name, last use and end: 403, the owner’s roles do not let it list tokens.',
    ],
  });
});

it.each([
  [401, 'does not take the token of “Acme”'],
  [403, 'answered 403 when “Acme” asked whose its token is'],
])('says what to do about %i', async (status, sentence) => {
  await expect(ask({ '/api/v1/users/me': [status, {}] })).rejects.toThrow(sentence);
});

it('asks no host that the token does not belong to', async () => {
  await expect(ask({ '/api/v1/users/me': me }, ['other.example.com'])).rejects.toThrow('belongs to other');
});
