import {
  constants,
  createHash,
  generateKeyPair,
  type KeyObject,
  privateEncrypt,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';

/** What a new key can be told by: its certificate or the request for one, as DER in base64. */
export interface Lifetime {
  readonly from: number;
  readonly until: number;
}

export interface CsrSubject {
  readonly countryName?: string | undefined;
  readonly stateOrProvinceName?: string | undefined;
  readonly localityName?: string | undefined;
  readonly organizationName?: string | undefined;
  readonly organizationalUnitName?: string | undefined;
  readonly commonName?: string | undefined;
}

interface KeyPair {
  readonly publicKey: forge.pki.rsa.PublicKey;
  readonly privateKey: KeyObject;
}

const BITS = 2048;
const SERIAL_BYTES = 8;

/** An RSA key with its self-signed certificate (X.509 v3); the certificate as DER in base64. */
export async function makeCertificate(commonName: string, lifetime: Lifetime): Promise<string> {
  const { publicKey, privateKey } = await makeKeyPair();
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = publicKey;
  // DER takes no leading zeros but the one that keeps a number positive.
  certificate.serialNumber = `01${randomBytes(SERIAL_BYTES).toString('hex')}`;
  certificate.validity.notBefore = new Date(lifetime.from);
  certificate.validity.notAfter = new Date(lifetime.until);
  // Okta: the certificates of its apps name the org; recorded ones say no more than that.
  const subject = [
    { name: 'countryName', value: 'US' },
    { name: 'organizationName', value: 'Okta' },
    { name: 'organizationalUnitName', value: 'SSOProvider' },
    { name: 'commonName', value: commonName },
  ];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.sign(toSigner(privateKey), forge.md.sha256.create());
  return toBase64(forge.pki.certificateToAsn1(certificate));
}

/** An RSA key with a request to sign its certificate (PKCS#10); the request as DER in base64. */
export async function makeCsr(subject: CsrSubject, dnsNames: readonly string[]): Promise<string> {
  const { publicKey, privateKey } = await makeKeyPair();
  const request = forge.pki.createCertificationRequest();
  request.publicKey = publicKey;
  request.setSubject(
    Object.entries(subject).flatMap(([name, value]: [string, string | undefined]) =>
      value ? [{ name, value, valueTagClass: forge.asn1.Type.UTF8 as never }] : [],
    ),
  );
  if (dnsNames.length > 0) {
    const altNames = dnsNames.map((value) => ({ type: 2, value }));
    request.setAttributes([
      { name: 'extensionRequest', extensions: [{ name: 'subjectAltName', altNames }] } as never,
    ]);
  }
  request.sign(toSigner(privateKey), forge.md.sha256.create());
  return toBase64(forge.pki.certificationRequestToAsn1(request));
}

async function makeKeyPair(): Promise<KeyPair> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: BITS });
  const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return { publicKey: forge.pki.publicKeyFromPem(pem), privateKey: pair.privateKey };
}

/** RFC 8017, EMSA-PKCS1-v1_5: what stands before a SHA-256 digest that is signed. */
const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** Signs by the native key: forge's own arithmetic takes a hundred times as long. */
function toSigner(key: KeyObject): forge.pki.rsa.PrivateKey {
  const sign = (digest: forge.md.MessageDigest): string => {
    const info = Buffer.concat([DIGEST_INFO, Buffer.from(digest.digest().getBytes(), 'binary')]);
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, info).toString('binary');
  };
  // Of a private key forge uses nothing else here.
  return { sign } as unknown as forge.pki.rsa.PrivateKey;
}

function toBase64(structure: forge.asn1.Asn1): string {
  return Buffer.from(forge.asn1.toDer(structure).getBytes(), 'binary').toString('base64');
}

/** The public half and the thumbprint of a certificate, in the words of a JWK (RFC 7517). */
export function describeCertificate(base64: string): { thumbprint: string; e: string; n: string } {
  const der = Buffer.from(base64, 'base64');
  const { e = '', n = '' } = new X509Certificate(der).publicKey.export({ format: 'jwk' });
  return { thumbprint: createHash('sha256').update(der).digest('base64url'), e, n };
}

/** The thumbprint of a public RSA key (RFC 7638): what Okta's key ids look like, 43 characters. */
export function keyThumbprint({ e, n }: { readonly e: string; readonly n: string }): string {
  return createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64url');
}

/** The public half of a request, in the words of a JWK. */
export function describeCsr(base64: string): { e: string; n: string } {
  const der = forge.util.createBuffer(Buffer.from(base64, 'base64').toString('binary'));
  const { publicKey } = forge.pki.certificationRequestFromAsn1(forge.asn1.fromDer(der));
  const { e, n } = publicKey as forge.pki.rsa.PublicKey;
  return { e: toBase64Url(e), n: toBase64Url(n) };
}

function toBase64Url(number: forge.jsbn.BigInteger): string {
  const hex = number.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
}

/** A certificate that somebody sent, as DER or PEM, or as either in base64; `undefined` when it is none. */
export function readCertificate(bytes: Uint8Array): X509Certificate | undefined {
  const text = Buffer.from(bytes).toString('latin1').trim();
  const attempts = [Buffer.from(bytes)];
  if (/^[A-Za-z0-9+/=\s]+$/.test(text)) attempts.push(Buffer.from(text, 'base64'));
  for (const attempt of attempts) {
    try {
      return new X509Certificate(attempt);
    } catch {
      // The next reading may fit.
    }
  }
  return undefined;
}
