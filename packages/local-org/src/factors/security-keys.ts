import { createHash, createPublicKey, type KeyObject, verify, X509Certificate } from 'node:crypto';
import { decode, decodeFirst } from 'cborg';
import { z } from 'zod';
import { isSame, sha256 } from '../secrets.ts';
import type { FactorRecord, Json } from '../store/records.ts';

/** What a security key said when it was registered. */
export interface Registration {
  /** base64url. */
  readonly credentialId: string;
  readonly key: Readonly<Record<string, Json>>;
  /** sha256 of the relying party (its host, or the app id of U2F), hex. */
  readonly relyingParty: string;
  readonly counter: number;
}

interface WebauthnAnswer {
  readonly attestation: string;
  readonly clientData: string;
  /** What the key was asked to sign. */
  readonly challenge: string;
}

/**
 * Reads and verifies what `navigator.credentials.create` answered; `undefined` when anything is wrong with it.
 * An attestation that says who made the key is verified as far as its own certificate; who signed that is not asked.
 */
export function readWebauthnRegistration(answer: WebauthnAnswer): Registration | undefined {
  return attempt(() => {
    const client = readClientData(answer.clientData, 'webauthn.create', answer.challenge);
    const { fmt, attStmt, authData } = Attestation.parse(
      decode(fromBase64(answer.attestation), { useMaps: false }),
    );
    const data = readAuthenticatorData(authData);
    if (!client || !data?.credential || !isRelyingParty(client.origin, data.relyingParty)) return undefined;
    const { id, key } = data.credential;
    const signed = Buffer.concat([authData, client.hash]);
    const isAttested = attests(fmt, attStmt, { key, id, signed, clientHash: client.hash, data });
    if (!isAttested) return undefined;
    const jwk = key.export({ format: 'jwk' });
    return {
      credentialId: Buffer.from(id).toString('base64url'),
      // A public key as JWK is plain text members only.
      key: jwk as Readonly<Record<string, string>>,
      relyingParty: data.relyingParty.toString('hex'),
      counter: data.counter,
    };
  });
}

interface SignedAnswer {
  readonly clientData: string;
  readonly signatureData: string;
  /** Of WebAuthn only: U2F has it inside the signature. */
  readonly authenticatorData?: string | undefined;
  readonly challenge: string;
}

/** The new counter of a key whose signature over the challenge is right; `undefined` otherwise. */
export function readAssertion(factor: FactorRecord, answer: SignedAnswer): number | undefined {
  return attempt(() => {
    const key = createPublicKey({ key: { ...factor.key }, format: 'jwk' });
    const read = factor.factorType === 'u2f' ? readU2fSignature : readWebauthnSignature;
    const { client, signed, signature, relyingParty, isPresent, counter } = read(answer) ?? {};
    if (!client || !signed || !signature || counter === undefined) return undefined;
    // A key that counts must count on: one that stands still was copied.
    const moved = counter > (factor.lastCounter ?? 0) || (counter === 0 && !factor.lastCounter);
    const isRight =
      isPresent && moved && relyingParty === factor.relyingParty && verify('sha256', signed, key, signature);
    return isRight ? counter : undefined;
  });
}

/** Reads and verifies what `u2f.register` answered. Source: FIDO U2F raw message formats, section 4.3. */
export function readU2fRegistration(answer: {
  readonly registrationData: string;
  readonly clientData: string;
  readonly challenge: string;
}): Registration | undefined {
  return attempt(() => {
    const client = readClientData(answer.clientData, 'navigator.id.finishEnrollment', answer.challenge);
    const data = fromBase64(answer.registrationData);
    if (!client || data[0] !== 0x05) return undefined;
    const point = data.subarray(1, 66);
    const handleEnd = 67 + data.readUInt8(66);
    const handle = data.subarray(67, handleEnd);
    const certificateEnd = handleEnd + derLength(data.subarray(handleEnd));
    const certificate = new X509Certificate(data.subarray(handleEnd, certificateEnd));
    const application = createHash('sha256').update(client.origin).digest();
    const signed = Buffer.concat([Buffer.of(0), application, client.hash, handle, point]);
    if (!verify('sha256', signed, certificate.publicKey, data.subarray(certificateEnd))) return undefined;
    return {
      credentialId: handle.toString('base64url'),
      key: toJwk(point),
      relyingParty: application.toString('hex'),
      counter: 0,
    };
  });
}

const Attestation = z.object({
  fmt: z.string(),
  attStmt: z.record(z.string(), z.unknown()),
  authData: z.instanceof(Uint8Array).transform((bytes) => Buffer.from(bytes)),
});

const ClientData = z.object({
  type: z.string().optional(),
  // U2F: the type had a shorter name.
  typ: z.string().optional(),
  challenge: z.string(),
  origin: z.string(),
});

interface Client {
  readonly origin: string;
  readonly hash: Buffer;
}

function readClientData(text: string, type: string, challenge: string): Client | undefined {
  const bytes = fromBase64(text);
  const read = ClientData.safeParse(JSON.parse(bytes.toString('utf8')));
  if (!read.success || (read.data.type ?? read.data.typ) !== type) return undefined;
  if (!isSame(read.data.challenge, challenge)) return undefined;
  return { origin: read.data.origin, hash: createHash('sha256').update(bytes).digest() };
}

interface AuthenticatorData {
  readonly relyingParty: Buffer;
  readonly isPresent: boolean;
  readonly counter: number;
  readonly credential?: { readonly id: Buffer; readonly key: KeyObject };
}

/** Source: Web Authentication, section 6.1. */
function readAuthenticatorData(bytes: Buffer): AuthenticatorData | undefined {
  if (bytes.length < 37) return undefined;
  const flags = bytes.readUInt8(32);
  const common = {
    relyingParty: bytes.subarray(0, 32),
    isPresent: (flags & 0x01) !== 0,
    counter: bytes.readUInt32BE(33),
  };
  if ((flags & 0x40) === 0) return common;
  const idEnd = 55 + bytes.readUInt16BE(53);
  const [cose] = decodeFirst(bytes.subarray(idEnd), { useMaps: true });
  return { ...common, credential: { id: bytes.subarray(55, idEnd), key: readCoseKey(cose) } };
}

const ES256 = -7;
const RS256 = -257;

/** Source: RFC 9053, sections 2.1 and 7.1; RFC 8230, section 4. */
function readCoseKey(cose: unknown): KeyObject {
  const members = z.map(z.number(), z.unknown()).parse(cose);
  const part = (label: number) =>
    Buffer.from(z.instanceof(Uint8Array).parse(members.get(label))).toString('base64url');
  switch (members.get(3)) {
    case ES256:
      return createPublicKey({
        key: { kty: 'EC', crv: 'P-256', x: part(-2), y: part(-3) },
        format: 'jwk',
      });
    case RS256:
      return createPublicKey({ key: { kty: 'RSA', n: part(-1), e: part(-2) }, format: 'jwk' });
    default:
      throw new Error('The key uses an algorithm that it was not offered.');
  }
}

interface Attested {
  readonly key: KeyObject;
  readonly id: Buffer;
  readonly signed: Buffer;
  readonly clientHash: Buffer;
  readonly data: AuthenticatorData;
}

const Statement = z.object({
  sig: z.instanceof(Uint8Array),
  x5c: z.array(z.instanceof(Uint8Array)).min(1).optional(),
});

/** Whether the statement about the key's origin holds. Source: Web Authentication, sections 8.2, 8.6 and 8.7. */
function attests(format: string, statement: unknown, about: Attested): boolean {
  if (format !== 'packed' && format !== 'fido-u2f') return true;
  const { sig, x5c } = Statement.parse(statement);
  const certificate = x5c?.[0] && new X509Certificate(x5c[0]).publicKey;
  if (format === 'packed') return verify('sha256', about.signed, certificate ?? about.key, sig);
  const { x = '', y = '' } = about.key.export({ format: 'jwk' });
  const point = Buffer.concat([
    Buffer.of(4),
    Buffer.from(String(x), 'base64url'),
    Buffer.from(String(y), 'base64url'),
  ]);
  const message = [Buffer.of(0), about.data.relyingParty, about.clientHash, about.id, point];
  return certificate !== undefined && verify('sha256', Buffer.concat(message), certificate, sig);
}

interface Signed {
  readonly client: Client | undefined;
  readonly signed: Buffer;
  readonly signature: Buffer;
  readonly relyingParty: string;
  readonly isPresent: boolean;
  readonly counter: number;
}

function readWebauthnSignature(answer: SignedAnswer): Signed | undefined {
  const client = readClientData(answer.clientData, 'webauthn.get', answer.challenge);
  const bytes = fromBase64(answer.authenticatorData ?? '');
  const data = readAuthenticatorData(bytes);
  if (!client || !data) return undefined;
  return {
    client,
    signed: Buffer.concat([bytes, client.hash]),
    signature: fromBase64(answer.signatureData),
    relyingParty: data.relyingParty.toString('hex'),
    isPresent: data.isPresent,
    counter: data.counter,
  };
}

/** Source: FIDO U2F raw message formats, section 5.4. */
function readU2fSignature(answer: SignedAnswer): Signed | undefined {
  const client = readClientData(answer.clientData, 'navigator.id.getAssertion', answer.challenge);
  const bytes = fromBase64(answer.signatureData);
  if (!client || bytes.length < 6) return undefined;
  const application = createHash('sha256').update(client.origin).digest();
  return {
    client,
    signed: Buffer.concat([application, bytes.subarray(0, 5), client.hash]),
    signature: bytes.subarray(5),
    relyingParty: application.toString('hex'),
    isPresent: (bytes.readUInt8(0) & 0x01) !== 0,
    counter: bytes.readUInt32BE(1),
  };
}

/** Whether a page of this origin may speak for the relying party: its own host or a parent of it. */
function isRelyingParty(origin: string, relyingParty: Buffer): boolean {
  const labels = new URL(origin).hostname.split('.');
  return labels.some((_, index) => sha256(labels.slice(index).join('.')) === relyingParty.toString('hex'));
}

function toJwk(point: Buffer): Readonly<Record<string, string>> {
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33, 65).toString('base64url');
  return { kty: 'EC', crv: 'P-256', x, y };
}

/** The length of one DER element, its head included. */
function derLength(bytes: Buffer): number {
  const first = bytes.readUInt8(1);
  if (first < 0x80) return 2 + first;
  const size = first & 0x7f;
  return 2 + size + bytes.readUIntBE(2, size);
}

/** Browsers' helpers write both alphabets, padded or not. */
function fromBase64(text: string): Buffer {
  return Buffer.from(text.replaceAll('-', '+').replaceAll('_', '/'), 'base64');
}

/** Bytes from outside fail to parse in many ways, and every one of them is just a wrong answer. */
function attempt<Result>(read: () => Result | undefined): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
