import { constants, createHmac, createPrivateKey, sign } from 'node:crypto';
import type { Json } from '@castellan/collection';

/** Algorithms of RFC 7518 that Postman signs with. */
export const JWT_ALGORITHMS = ['HS', 'RS', 'PS', 'ES'].flatMap((family) =>
  ['256', '384', '512'].map((bits) => `${family}${bits}`),
);

type Claims = Readonly<Record<string, Json>>;

/**
 * Signs a token (RFC 7519).
 * @param key the secret's bytes for HS, else a private key in PEM (PKCS 8)
 * @throws {Error} the key does not fit the algorithm
 */
export function signJwt(header: Claims & { alg: string }, payload: Claims, key: string | Uint8Array): string {
  const text = [header, payload].map((part) => toBase64Url(Buffer.from(JSON.stringify(part)))).join('.');
  return `${text}.${toBase64Url(toSignature(header.alg, text, key))}`;
}

function toSignature(algorithm: string, text: string, key: string | Uint8Array): Buffer {
  const hash = `sha${algorithm.slice(2)}`;
  if (algorithm.startsWith('HS')) return createHmac(hash, key).update(text).digest();
  const privateKey = createPrivateKey(typeof key === 'string' ? key : Buffer.from(key));
  const isElliptic = algorithm.startsWith('ES');
  if ((privateKey.asymmetricKeyType === 'ec') !== isElliptic)
    throw new Error('Invalid key for the algorithm.');
  if (isElliptic) return sign(hash, Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  if (!algorithm.startsWith('PS')) return sign(hash, Buffer.from(text), privateKey);
  return sign(hash, Buffer.from(text), {
    key: privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  });
}

function toBase64Url(bytes: Buffer): string {
  return bytes.toString('base64url');
}

/** Claims that a person wrote as text or as an object. Throws where the text is no JSON object. */
export function readClaims(value: Json | undefined): Claims {
  const parsed: unknown = typeof value === 'string' && value.trim() !== '' ? JSON.parse(value) : value;
  // JSON.parse gives Json, and objects that are not lists are claims
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Claims) : {};
}
