import type { Environment } from '@castellan/collection';
import { expect, it } from 'vitest';
import type { ValueStores } from '../vault/current-values.ts';
import { callOrg } from './call-org.ts';

const SECRET = '00secret-token-value';

function environment(url: string): Environment {
  return {
    kind: 'environment',
    scope: 'environment',
    id: 'e1',
    name: 'Acme',
    values: [
      { key: 'url', value: url, type: 'default', enabled: true },
      { key: 'apikey', value: '', type: 'secret', enabled: true },
    ],
  };
}

const HOSTS = ['acme.example.com', '127.0.0.1:4401'];

// Only what a reading of the environment asks of the stores.
const stores = {
  vault: {
    get: (_: string, key: string) => (key === 'apikey' ? SECRET : undefined),
    values: () => [SECRET],
    bound: () => [{ name: 'apikey', value: SECRET, hosts: HOSTS }],
  },
  current: { get: () => ({ values: {}, unset: [] }) },
} as unknown as ValueStores;

async function callAt(url: string, call: Parameters<typeof callOrg>[0]['call']) {
  const seen: { url: string; authorization: string | null }[] = [];
  const answer = await callOrg({
    environment: environment(url),
    stores,
    call,
    signal: new AbortController().signal,
    async fetch(input, init) {
      seen.push({ url: String(input), authorization: new Headers(init?.headers).get('authorization') });
      return Response.json(
        { echo: SECRET },
        { headers: { link: '<https://acme.example.com/api/v1/users?after=2>; rel="next"' } },
      );
    },
  });
  return { answer, seen };
}

it('sends the token to the environment’s own address and shows it to nobody', async () => {
  const { answer, seen } = await callAt('https://acme.example.com', { method: 'GET', path: '/api/v1/users' });
  expect(seen).toEqual([{ url: 'https://acme.example.com/api/v1/users', authorization: `SSWS ${SECRET}` }]);
  expect(answer.next).toBe('/api/v1/users?after=2');
  expect(JSON.stringify(answer)).not.toContain(SECRET);
});

it('changes nothing but a local org’s own controls', async () => {
  const body = {};
  const deletion = { method: 'DELETE', path: '/api/v1/users/1' } as const;
  await expect(callAt('http://127.0.0.1:4401', deletion)).rejects.toThrow('only read it');
  const freeze = { method: 'POST', path: '/api/local/v1/clock/freeze', body } as const;
  await expect(callAt('https://acme.example.com', freeze)).rejects.toThrow('only read it');
  expect((await callAt('http://127.0.0.1:4401', freeze)).seen).toHaveLength(1);
});

it('sends a token to no other host than its own', async () => {
  await expect(
    callAt('https://elsewhere.example.com', { method: 'GET', path: '/api/v1/users' }),
  ).rejects.toThrow('“apikey” belongs to acme.example.com, 127.0.0.1:4401 and was not sent to elsewhere.');
});

it('says what an environment lacks', async () => {
  await expect(callAt('', { method: 'GET', path: '/api/v1/users' })).rejects.toThrow('no address of an org');
});
