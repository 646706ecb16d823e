import { expect, it } from 'vitest';
import type { ApiFacts } from '../api-facts.ts';
import type { HeaderLine } from '../headers.ts';
import { parseAddress, toWire } from '../url.ts';
import { findAnswerSecrets } from './answer-secrets.ts';

const address = toWire(parseAddress('https://acme.example.com/api/v1/x?a=1'), false);

function find(body: string, headers: readonly HeaderLine[] = [], facts?: ApiFacts): string[] {
  return findAnswerSecrets(
    { method: 'POST', address, headers: [] },
    { headers, body: Buffer.from(body) },
    facts,
  );
}

it.each([
  [
    'OAuth tokens',
    '{"access_token":"eyJ0.a1b2.c3","token_type":"Bearer","expires_in":3600}',
    ['eyJ0.a1b2.c3'],
  ],
  [
    'names in any writing',
    '{"Access-Token" : "12345678a", "clientSecret":\n"abc-98765"}',
    ['12345678a', 'abc-98765'],
  ],
  ['a session id', '{"sessionId":"0a1b2c3d4e","session_id":"9a8b7c6d5e"}', ['0a1b2c3d4e', '9a8b7c6d5e']],
  [
    'what JSON escapes',
    String.raw`{"password":"p\"a\\ss-w\u00f6rd1"}`,
    [String.raw`p"a\ss-wörd1`, String.raw`p\"a\\ss-w\u00f6rd1`],
  ],
  [
    'a link',
    '{"href":"https://acme.example.com/x?recoveryToken=a%2Fb1234567&x=1"}',
    ['a%2Fb1234567', 'a/b1234567'],
  ],
  ['a form', 'access_token=abc12345&scope=repo&token_type=bearer', ['abc12345']],
  ['HTML', '<input type="hidden" name="id_token" value="eyJ1.2.3x"/>', ['eyJ1.2.3x']],
])('finds %s', (_, body, secrets) => {
  expect(find(body)).toEqual(secrets);
});

it('finds the cookies of sessions and those that scripts may not read, and no others', () => {
  const headers: HeaderLine[] = [
    ['Set-Cookie', 'sid=102ABCdef; Path=/; Secure'],
    ['set-cookie', 'anything=1234%2F5678; Path=/; HttpOnly'],
    ['Set-Cookie', 'language=en-US-posix; Path=/'],
    ['Set-Cookie', 'sid=; Max-Age=0; HttpOnly'],
  ];
  expect(find('', headers)).toEqual(['102ABCdef', '1234%2F5678', '1234/5678']);
});

it('finds tokens in headers and in the address of a redirect', () => {
  const location = 'https://app.example.com/cb?code=a1b2c3d4&state=xyz1234567#id_token=eyJ9.8.7x';
  expect(
    find('', [
      ['Location', location],
      ['X-Auth-Token', 'tok-12345'],
    ]),
  ).toEqual(['a1b2c3d4', 'eyJ9.8.7x', 'tok-12345']);
});

it.each([
  '{"token":"short"}',
  '{"password":"password"}',
  '{"password":"This field is required"}',
  '{"token":"undefined","secret":"********","apiKey":"{{apiKey}}"}',
  '{"tokenType":"Bearer12345","token_endpoint":"https://acme.example.com/oauth2/v1/token"}',
  '{"passwordChanged":"2026-01-01T00:00:00.000Z","credentials":{"password":{}}}',
  '{"errorCode":"E0000011","code":"1234567890","key":"1234567890"}',
])('takes %s for nothing secret', (body) => {
  expect(find(body)).toEqual([]);
});

it('does not take for the answer’s what the request carried', () => {
  const body = Buffer.from('{"token":"carried-12345","apiKey":"brought-12345"}');
  const request = { method: 'POST', address, headers: [['X-Token', 'carried-12345']] } as const;
  expect(findAnswerSecrets(request, { headers: [], body }, undefined)).toEqual(['brought-12345']);
});

it('finds what the definitions of the API mark', () => {
  const facts: ApiFacts = {
    limits: {},
    window: 60_000,
    describe: () => undefined,
    secretsOf: () => [
      { path: ['*', 'id'], kind: 'text' },
      { path: ['*', '_links', 'reset', 'href'], kind: 'link' },
    ],
  };
  const href = 'https://acme.example.com/reset_password/XE6wE17zmphl3';
  expect(
    find(JSON.stringify([{ id: '102abc-DEF', _links: { reset: { href } } }, { id: 7 }]), [], facts),
  ).toEqual(['102abc-DEF', 'XE6wE17zmphl3']);
  expect(find('not JSON', [], facts)).toEqual([]);
});

it('is done with a large body of anything in time that grows with its size alone', () => {
  // What would take a careless pattern minutes: names without ends, ends without names, quotes without a partner.
  const parts = ['"token"', '"token" : "', 'token=', '"_______token"', '\\"', '"password" "', ' value="'];
  for (const part of parts) expect(find(part.repeat(200_000)).length).toBeLessThan(3);
});
