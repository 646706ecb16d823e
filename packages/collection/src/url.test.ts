import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { parseUrl, toUrlText } from './url.ts';

test('cuts an address into its parts', () => {
  expect(parseUrl('https://me:secret@api.example.com:8443/users/:id?limit=5&q#top')).toEqual({
    raw: 'https://me:secret@api.example.com:8443/users/:id?limit=5&q#top',
    protocol: 'https',
    auth: { user: 'me', password: 'secret' },
    host: ['api', 'example', 'com'],
    port: '8443',
    path: ['users', ':id'],
    query: [
      { key: 'limit', value: '5' },
      { key: 'q', value: null },
    ],
    hash: 'top',
    pathVariables: [{ key: 'id', value: null }],
  });
});

test('keeps a variable whole even when its name holds separators', () => {
  const url = parseUrl('{{base.url/v?1}}/api/v1/users/{{userId}}');
  expect(url.host).toEqual(['{{base.url/v?1}}']);
  expect(url.path).toEqual(['api', 'v1', 'users', '{{userId}}']);
  expect(url.protocol).toBeUndefined();
});

test('takes backslashes for slashes and drops slashes too many', () => {
  expect(toUrlText(parseUrl('http:\\\\example.com\\a'))).toBe('http://example.com/a');
  expect(toUrlText(parseUrl('http:///example.com/a'))).toBe('http://example.com/a');
});

test('fills path variables and keeps what follows their name', () => {
  const url = { ...parseUrl('https://example.com/:id.json'), pathVariables: [{ key: 'id', value: 'u1' }] };
  expect(toUrlText(url)).toBe('https://example.com/u1.json');
  expect(toUrlText(url, { pathVariables: 'kept' })).toBe('https://example.com/:id.json');
});

test('leaves disabled parameters out and the question mark with the last of them', () => {
  const url = { ...parseUrl('https://example.com'), query: [{ key: 'a', value: '1', disabled: true }] };
  expect(toUrlText(url)).toBe('https://example.com');
});

test('encodes separators inside a parameter, but not inside a variable', () => {
  const url = { ...parseUrl('https://example.com'), query: [{ key: 'a=b', value: 'c&d={{e&f}}#' }] };
  expect(toUrlText(url)).toBe('https://example.com?a%3Db=c%26d={{e&f}}%23');
});

test('writes every address that it has read so that it reads the same again', () => {
  const part = fc.constantFrom(
    'a',
    'b',
    '.',
    '/',
    ':',
    '?',
    '#',
    '@',
    '&',
    '=',
    '{{v}}',
    '{{a.b}}',
    '://',
    '[',
    ']',
    'é',
  );
  const readable = fc.array(part, { maxLength: 12 }).map((parts) => `https://h/${parts.join('')}`);
  fc.assert(
    fc.property(readable, (text) => {
      const written = toUrlText(parseUrl(text));
      expect(toUrlText(parseUrl(written))).toBe(written);
    }),
  );
});
