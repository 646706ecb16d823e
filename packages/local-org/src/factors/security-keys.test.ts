import { expect, test } from 'vitest';
import type { FactorRecord } from '../store/records.ts';
import {
  readAssertion,
  readU2fRegistration,
  readWebauthnRegistration,
  type Registration,
} from './security-keys.ts';
import { createAuthenticator, createU2fKey } from './virtual-devices.ts';

const ORIGIN = 'https://login.org.example.com';
const CHALLENGE = 'G7bIvwrJJ33WCEp6GGSH';
const NEXT = 'Zq0UNqWlz2TCCDd5qEkB';

function registered(factorType: 'webauthn' | 'u2f', read: Registration | undefined): FactorRecord {
  if (!read) throw new Error('The registration was refused.');
  const { key, relyingParty, counter: lastCounter } = read;
  return {
    id: 'fwf00000000000000001',
    userId: '00u00000000000000001',
    factorType,
    provider: 'FIDO',
    status: 'ACTIVE',
    created: 0,
    lastUpdated: 0,
    profile: {},
    key,
    relyingParty,
    lastCounter,
  };
}

test('registers a WebAuthn key and takes what it signs', () => {
  const device = createAuthenticator(ORIGIN);
  const read = readWebauthnRegistration({ ...device.register(CHALLENGE), challenge: CHALLENGE });
  const factor = registered('webauthn', read);
  expect(readAssertion(factor, { ...device.assert(NEXT), challenge: NEXT })).toBe(2);
});

test('refuses a WebAuthn answer to another challenge, of another key, of another site or with an old counter', () => {
  const device = createAuthenticator(ORIGIN);
  const answer = device.register(CHALLENGE);
  expect(readWebauthnRegistration({ ...answer, challenge: NEXT })).toBeUndefined();
  const factor = registered('webauthn', readWebauthnRegistration({ ...answer, challenge: CHALLENGE }));
  expect(readAssertion(factor, { ...device.assert(NEXT), challenge: CHALLENGE })).toBeUndefined();
  const other = createAuthenticator(ORIGIN).assert(NEXT);
  expect(readAssertion({ ...factor, lastCounter: 0 }, { ...other, challenge: NEXT })).toBeUndefined();
  const elsewhere = { ...factor, relyingParty: '00' };
  expect(readAssertion(elsewhere, { ...device.assert(NEXT), challenge: NEXT })).toBeUndefined();
  const ahead = { ...factor, lastCounter: 99 };
  expect(readAssertion(ahead, { ...device.assert(NEXT), challenge: NEXT })).toBeUndefined();
});

test('refuses a registration whose own signature was changed', () => {
  const { attestation, clientData } = createAuthenticator(ORIGIN).register(CHALLENGE);
  const bytes = Buffer.from(attestation, 'base64');
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
  const changed = { attestation: bytes.toString('base64'), clientData, challenge: CHALLENGE };
  expect(readWebauthnRegistration(changed)).toBeUndefined();
});

test('registers a U2F key and takes what it signs, once', () => {
  const device = createU2fKey(ORIGIN);
  const answer = device.register(CHALLENGE);
  expect(readU2fRegistration({ ...answer, challenge: NEXT })).toBeUndefined();
  const factor = registered('u2f', readU2fRegistration({ ...answer, challenge: CHALLENGE }));
  const signed = device.assert(NEXT);
  const counter = readAssertion(factor, { ...signed, challenge: NEXT });
  expect(counter).toBe(1);
  expect(readAssertion({ ...factor, lastCounter: 1 }, { ...signed, challenge: NEXT })).toBeUndefined();
});

test('refuses what no key ever said', () => {
  for (const noise of ['', '!', 'AAAA', '{}']) {
    expect(
      readWebauthnRegistration({ attestation: noise, clientData: noise, challenge: noise }),
    ).toBeUndefined();
    expect(
      readU2fRegistration({ registrationData: noise, clientData: noise, challenge: noise }),
    ).toBeUndefined();
  }
});
