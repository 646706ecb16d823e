import { createCipheriv, createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { encode } from 'cborg';
import type { YubikeyRecord } from '../store/records.ts';

// Devices that tests hold in their hands: they do what the real ones do, with keys of their own.

const MODHEX = 'cbdefghijklnrtuv';

/** The code that a YubiKey types at a touch. */
export function typeYubikeyCode(
  key: Pick<YubikeyRecord, 'publicId' | 'privateId' | 'aesKey'>,
  { uses, session }: { readonly uses: number; readonly session: number },
): string {
  const block = Buffer.alloc(16);
  block.write(key.privateId, 'hex');
  block.writeUInt16LE(uses, 6);
  block.writeUInt8(session, 11);
  block.writeUInt16LE(~checksum(block.subarray(0, 14)) & 0xffff, 14);
  const cipher = createCipheriv('aes-128-ecb', Buffer.from(key.aesKey, 'hex'), null).setAutoPadding(false);
  const typed = Buffer.concat([cipher.update(block), cipher.final()]).toString('hex');
  return key.publicId + [...typed].map((digit) => MODHEX[Number.parseInt(digit, 16)]).join('');
}

/** A WebAuthn authenticator with one credential, on a page of `origin`. */
export function createAuthenticator(origin: string) {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = createHash('sha256')
    .update(pair.publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
  const relyingParty = createHash('sha256').update(new URL(origin).hostname).digest();
  let counter = 0;

  const clientData = (type: string, challenge: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const data = (flags: number): Buffer => {
    counter++;
    const rest = Buffer.alloc(5);
    rest.writeUInt8(flags);
    rest.writeUInt32BE(counter, 1);
    return Buffer.concat([relyingParty, rest]);
  };

  return {
    /** What `navigator.credentials.create` answers, with an attestation of the key itself. */
    register(challenge: string) {
      const client = clientData('webauthn.create', challenge);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const authData = Buffer.concat([data(0x41), Buffer.alloc(16), length, id, toCose(pair.publicKey)]);
      const sig = sign('sha256', Buffer.concat([authData, hash(client)]), pair.privateKey);
      const attestation = encode({ fmt: 'packed', attStmt: { alg: -7, sig }, authData });
      return {
        attestation: Buffer.from(attestation).toString('base64'),
        clientData: client.toString('base64'),
      };
    },
    /** What `navigator.credentials.get` answers. */
    assert(challenge: string) {
      const client = clientData('webauthn.get', challenge);
      const authData = data(0x01);
      const signature = sign('sha256', Buffer.concat([authData, hash(client)]), pair.privateKey);
      return {
        authenticatorData: authData.toString('base64url'),
        clientData: client.toString('base64url'),
        signatureData: signature.toString('base64url'),
      };
    },
  };
}

/** A U2F key. Its certificate is a fixed one of its own, as those of real keys are shared by a whole batch. */
export function createU2fKey(origin: string) {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const application = hash(Buffer.from(origin));
  const handle = Buffer.alloc(64, 7);
  let counter = 0;

  const clientData = (typ: string, challenge: string): Buffer =>
    Buffer.from(JSON.stringify({ typ, challenge, origin, cid_pubkey: 'unused' }));

  return {
    /** What `u2f.register` answers. */
    register(challenge: string) {
      const client = clientData('navigator.id.finishEnrollment', challenge);
      const point = toPoint(pair.publicKey);
      const signed = Buffer.concat([Buffer.of(0), application, hash(client), handle, point]);
      const batch = selfSign(pair.publicKey, pair.privateKey);
      const signature = sign('sha256', signed, pair.privateKey);
      const registration = [Buffer.of(5), point, Buffer.of(handle.length), handle, batch, signature];
      return {
        registrationData: Buffer.concat(registration).toString('base64url'),
        clientData: client.toString('base64url'),
      };
    },
    /** What `u2f.sign` answers. */
    assert(challenge: string) {
      counter++;
      const client = clientData('navigator.id.getAssertion', challenge);
      const head = Buffer.alloc(5, 1);
      head.writeUInt32BE(counter, 1);
      const signature = sign('sha256', Buffer.concat([application, head, hash(client)]), pair.privateKey);
      return {
        clientData: client.toString('base64url'),
        signatureData: Buffer.concat([head, signature]).toString('base64url'),
      };
    },
  };
}

function hash(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function checksum(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x8408 : crc >> 1;
  }
  return crc;
}

function coordinates(key: KeyObject): readonly [x: Buffer, y: Buffer] {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return [Buffer.from(String(x), 'base64url'), Buffer.from(String(y), 'base64url')];
}

function toPoint(key: KeyObject): Buffer {
  return Buffer.concat([Buffer.of(4), ...coordinates(key)]);
}

function toCose(key: KeyObject): Buffer {
  const [x, y] = coordinates(key);
  const members: [number, unknown][] = [
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, x],
    [-3, y],
  ];
  return Buffer.from(encode(new Map(members)));
}

/** The smallest certificate that X.509 knows: a name, a key, and a signature with that key. */
function selfSign(publicKey: KeyObject, privateKey: KeyObject): Buffer {
  const algorithm = der(0x30, Buffer.from('06082a8648ce3d040302', 'hex'));
  const name = der(
    0x30,
    der(0x31, der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('Key of a test')))),
  );
  const time = (text: string) => der(0x17, Buffer.from(text));
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1)),
    algorithm,
    name,
    der(0x30, time('200101000000Z'), time('400101000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, privateKey);
  return der(0x30, body, algorithm, der(0x03, Buffer.of(0), signature));
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}
