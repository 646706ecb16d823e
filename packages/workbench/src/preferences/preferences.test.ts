import type { Json } from '@castellan/collection';
import { expect, it } from 'vitest';
import { Preferences } from '../api/preferences.ts';
import { openPreferences, toHostOptions, toRunSettings } from './preferences.ts';

function createFile(value: Json) {
  let kept = value;
  return {
    read: async () => kept,
    write: async (next: Json) => {
      kept = next;
    },
  };
}

const standard = Preferences.parse({});

it('begins with what Postman does, and reads back what was put', async () => {
  const file = createFile(null);
  const store = await openPreferences(file);
  expect(toRunSettings(store.get())).toEqual({
    requestTimeout: 0,
    scriptTimeout: 0,
    followRedirects: true,
    insecure: false,
  });
  await store.put({ ...standard, requestTimeout: 3000, checkCertificates: false });
  expect(toRunSettings((await openPreferences(file)).get())).toMatchObject({
    requestTimeout: 3000,
    insecure: true,
  });
});

it('takes a damaged file for none', async () => {
  expect((await openPreferences(createFile({ codeSize: 'large' }))).get()).toEqual(standard);
});

it('goes by the proxy that was chosen, and past it where it shall not', () => {
  const proxy = { kind: 'fixed', address: 'proxy.example.com:8080', except: 'acme.example.com' } as const;
  const { chooseProxy } = toHostOptions({ ...standard, proxy });
  const to = (hostname: string) =>
    chooseProxy?.({ protocol: 'https:', hostname, host: hostname, path: '/', href: '' } as never)?.host; // the parts that count
  expect(to('other.example.com')).toBe('proxy.example.com:8080');
  expect(to('acme.example.com')).toBeUndefined();
  const none = toHostOptions({ ...standard, proxy: { kind: 'none' } });
  expect(none.chooseProxy?.({} as never)).toBeUndefined(); // asked of nothing
});

it('refuses a proxy that is no address, and one with a password', () => {
  const read = (address: string) =>
    Preferences.safeParse({ proxy: { kind: 'fixed', address, except: '' } }).success;
  expect(read('http://proxy.example.com:8080')).toBe(true);
  expect(read('not a proxy')).toBe(false);
  expect(read('http://user:pass@proxy.example.com')).toBe(false);
});
