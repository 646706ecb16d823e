import { createPrivateKey, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { JWT_ALGORITHMS, readClaims, signJwt } from './jwt-token.ts';
import { readText, withAuthorization } from './scheme.ts';
import type { AuthScheme } from './scheme.ts';

/** Atlassian's S2S tokens: a short-lived JWT with an issuer, an audience and a key id. */
export const asap: AuthScheme = {
  label: 'ASAP',
  fields: [
    {
      name: 'alg',
      label: 'Algorithm',
      kind: 'choice',
      choices: JWT_ALGORITHMS.filter((name) => !name.startsWith('HS')),
    },
    { name: 'iss', label: 'Issuer', kind: 'text' },
    { name: 'aud', label: 'Audience', kind: 'text' },
    { name: 'kid', label: 'Key ID', kind: 'text' },
    { name: 'privateKey', label: 'Private key', kind: 'secret' },
    { name: 'sub', label: 'Subject', kind: 'text' },
    { name: 'claims', label: 'Further claims', kind: 'text' },
    { name: 'exp', label: 'Seconds until it expires', kind: 'text' },
  ],
  apply(request, parameters, context) {
    const text = (name: string): string => readText(parameters, name);
    const claims = readClaims(parameters['claims']);
    const iss = claims['iss'] ?? text('iss');
    const aud = claims['aud'] ?? text('aud');
    const kid = String(claims['kid'] ?? text('kid'));
    const privateKey = text('privateKey');
    if (!kid || !iss || !aud || !privateKey) throw new Error('One or more of required claims missing');
    const alg = text('alg') || 'RS256';
    if (alg.startsWith('HS') || !JWT_ALGORITHMS.includes(alg)) throw new Error('invalid algorithm');
    const now = Math.floor(context.now() / 1000);
    const payload = {
      ...claims,
      iat: claims['iat'] ?? now,
      iss,
      sub: claims['sub'] ?? (text('sub') || iss),
      jti: claims['jti'] ?? randomUUID(),
      aud,
      exp: Number(claims['exp'] ?? 0) || now + (Number.parseInt(text('exp'), 10) || 3600),
    };
    return withAuthorization(request, `Bearer ${signJwt({ alg, kid }, payload, readKey(privateKey, kid))}`);
  },
};

/** A key in PEM, or in a `data:` address that names its key id. */
function readKey(written: string, kid: string): string {
  const text = decodeURIComponent(written.trim().replace(/^"(.*)"$/s, '$1'));
  if (!text.startsWith('data:')) return withLines(text);
  const [, name, base64] =
    /^data:application\/pkcs8;kid=([\w.\-+/]+);base64,([a-zA-Z0-9+/=]+)$/.exec(text.replaceAll('\n', '')) ??
    [];
  if (base64 === undefined || name !== kid) throw new Error('Failed to parse private key.');
  return readDer(Buffer.from(base64, 'base64')).export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** Postman: the bytes may be PKCS 1 as well, whatever the address calls them. */
function readDer(key: Buffer): KeyObject {
  try {
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  } catch {
    return createPrivateKey({ key, format: 'der', type: 'pkcs1' });
  }
}

/** Environments hold keys in one line; PEM wants its marks on lines of their own. */
function withLines(pem: string): string {
  const [, begin, base64, end] = /(-----BEGIN [^-]+-----)([\s\S]*?)(-----END [^-]+-----)/.exec(pem) ?? [];
  if (begin === undefined || base64 === undefined) return pem;
  const body = base64.replace(/\\n|\s+/g, '').replace(/.{64}/g, '$&\n');
  return `${begin}\n${body.trimEnd()}\n${end}\n`;
}
