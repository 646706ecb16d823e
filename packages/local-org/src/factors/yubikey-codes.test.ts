import { expect, test } from 'vitest';
import type { YubikeyRecord } from '../store/records.ts';
import { judgeYubikeyCode, readPublicId } from './yubikey-codes.ts';
import { typeYubikeyCode } from './virtual-devices.ts';

const key: YubikeyRecord = {
  id: 'ykk00000000000000001',
  serial: '000000000001',
  publicId: 'cccccccccccb',
  privateId: '00112233aabb',
  aesKey: '00112233445566778899aabbccddeeff',
  created: 0,
  lastUpdated: 0,
  lastVerified: 0,
  status: 'UNASSIGNED',
  lastCounter: 0x0105,
};

test('takes a code of the key while its counters go up', () => {
  expect(judgeYubikeyCode(key, typeYubikeyCode(key, { uses: 1, session: 6 }))).toEqual({
    kind: 'right',
    counter: 0x0106,
  });
  expect(judgeYubikeyCode(key, typeYubikeyCode(key, { uses: 1, session: 5 })).kind).toBe('replayed');
});

test('refuses a code of another key and a code with a changed character', () => {
  const other = { ...key, aesKey: '11112233445566778899aabbccddeeff' };
  const code = typeYubikeyCode(key, { uses: 2, session: 0 });
  expect(judgeYubikeyCode(other, code).kind).toBe('wrong');
  expect(judgeYubikeyCode({ ...key, privateId: '00112233aabc' }, code).kind).toBe('wrong');
  const changed = code.endsWith('c') ? `${code.slice(0, -1)}b` : `${code.slice(0, -1)}c`;
  expect(judgeYubikeyCode(key, changed).kind).toBe('wrong');
});

test('reads which key typed a code', () => {
  expect(readPublicId(typeYubikeyCode(key, { uses: 1, session: 0 }))).toBe('cccccccccccb');
  expect(readPublicId('123456')).toBeUndefined();
});
