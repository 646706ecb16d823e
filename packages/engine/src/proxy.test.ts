import { expect, test } from 'vitest';
import { readProxies } from './proxy.ts';
import { parseAddress, toWire } from './url.ts';

const PLAIN = 'http://proxy.example.com:8080';
const SECURE = 'http://secure.example.com:8443';

test.each([
  ['http takes HTTP_PROXY', { HTTP_PROXY: PLAIN }, 'http://example.com/', PLAIN],
  ['small letters count too', { http_proxy: PLAIN }, 'http://example.com/', PLAIN],
  ['https takes that of http', { HTTP_PROXY: PLAIN }, 'https://example.com/', PLAIN],
  ['https takes its own first', { HTTP_PROXY: PLAIN, HTTPS_PROXY: SECURE }, 'https://example.com/', SECURE],
  ['http takes no other', { HTTPS_PROXY: SECURE }, 'http://example.com/', undefined],
  ['a proxy needs no scheme', { HTTP_PROXY: 'proxy.example.com:8080' }, 'http://example.com/', PLAIN],
  ['* goes straight', { HTTP_PROXY: PLAIN, NO_PROXY: '*' }, 'http://example.com/', undefined],
  [
    'a name means its subdomains',
    { HTTP_PROXY: PLAIN, NO_PROXY: 'a.test, Example.com' },
    'http://x.example.com/',
    undefined,
  ],
  [
    'and not names that end alike',
    { HTTP_PROXY: PLAIN, NO_PROXY: 'ample.com' },
    'http://example.com/',
    PLAIN,
  ],
  ['a port counts', { HTTP_PROXY: PLAIN, NO_PROXY: '.example.com:81' }, 'http://example.com/', PLAIN],
  [
    'the scheme has a port',
    { HTTP_PROXY: PLAIN, NO_PROXY: 'example.com:80' },
    'http://example.com/',
    undefined,
  ],
  ['none', {}, 'http://example.com/', undefined],
] as const)('%s', (_title, variables, url, proxy) => {
  const chosen = readProxies(variables)(toWire(parseAddress(url)));
  expect(chosen?.href).toBe(proxy === undefined ? undefined : new URL(proxy).href);
});

test('refuses a proxy that is no address, in one sentence', () => {
  expect(() => readProxies({ HTTP_PROXY: 'http://' })).toThrow('The proxy http:// is no address.');
});
