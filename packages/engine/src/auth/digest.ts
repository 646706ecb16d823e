import { createHash } from 'node:crypto';
import { toWire } from '../url.ts';
import { readText, withAuthorization } from './scheme.ts';
import type { AuthContext, AuthParameters, AuthRequest, AuthScheme, Challenge } from './scheme.ts';

/** RFC 7616. Postman: signs at once when nonce and realm are given, else answers the server's challenge. */
export const digest: AuthScheme = {
  label: 'Digest',
  fields: [
    { name: 'username', label: 'Username', kind: 'text' },
    { name: 'password', label: 'Password', kind: 'secret' },
    { name: 'realm', label: 'Realm', kind: 'text' },
    { name: 'nonce', label: 'Nonce', kind: 'text' },
    {
      name: 'algorithm',
      label: 'Algorithm',
      kind: 'choice',
      choices: ['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess', 'SHA-512-256', 'SHA-512-256-sess'],
    },
    { name: 'qop', label: 'Quality of protection', kind: 'text' },
    { name: 'nonceCount', label: 'Nonce count', kind: 'text' },
    { name: 'clientNonce', label: 'Client nonce', kind: 'text' },
    { name: 'opaque', label: 'Opaque', kind: 'text' },
    { name: 'disableRetryRequest', label: 'Do not answer challenges', kind: 'boolean' },
  ],
  apply(request, parameters) {
    return readText(parameters, 'nonce') && readText(parameters, 'realm')
      ? sign(request, parameters)
      : request;
  },
  respond(request, challenge, parameters, context) {
    if (parameters['disableRetryRequest'] || (challenge.code !== 401 && challenge.code !== 403))
      return undefined;
    if (challenge.round > 1) return undefined;
    const asked = readChallenge(challenge, readText(parameters, 'algorithm'), context);
    return asked && { request: sign(request, { ...parameters, ...asked }), learned: asked };
  },
  // Postman: the next request uses the nonce again, counted on.
  settle(parameters) {
    const count = Number.parseInt(readText(parameters, 'nonceCount'), 10);
    return { nonceCount: String((Number.isNaN(count) ? 0 : count) + 1).padStart(8, '0') };
  },
};

function readChallenge(
  challenge: Challenge,
  algorithm: string,
  context: AuthContext,
): AuthParameters | undefined {
  const offers = challenge.headers
    .filter(([name, value]) => name.toLowerCase() === 'www-authenticate' && /^digest /i.test(value))
    .map(([, value]) => value);
  const wanted = algorithm.toLowerCase();
  const offer =
    offers.find((value) => {
      const said = /algorithm="?([\w-]+)/i.exec(value)?.[1]?.toLowerCase() ?? 'md5';
      return wanted !== '' && said === wanted;
    }) ?? offers[0];
  if (offer === undefined) return undefined;
  const field = (name: string): string =>
    new RegExp(`(?:^|[\\s,])${name}="([^"]*)"`, 'i').exec(offer)?.[1] ?? '';
  const [opaque, qop] = [field('opaque'), field('qop')];
  return {
    nonce: field('nonce'),
    realm: field('realm'),
    ...(opaque === '' ? {} : { opaque }),
    ...(qop === '' ? {} : { qop }),
    clientNonce: Buffer.from(context.randomBytes(4)).toString('hex'),
    nonceCount: '00000001',
  };
}

const HASHES: Readonly<Record<string, string>> = {
  '': 'md5',
  MD5: 'md5',
  'MD5-sess': 'md5',
  'SHA-256': 'sha256',
  'SHA-256-sess': 'sha256',
  'SHA-512-256': 'sha512-256',
  'SHA-512-256-sess': 'sha512-256',
};

function sign(request: AuthRequest, parameters: AuthParameters): AuthRequest {
  const text = (name: string): string => readText(parameters, name);
  const [username, realm, nonce, qop] = [text('username'), text('realm'), text('nonce'), text('qop')];
  const [clientNonce, nonceCount, opaque] = [text('clientNonce'), text('nonceCount'), text('opaque')];
  if (username === '' || realm === '') return request;
  const algorithm = text('algorithm') || 'MD5';
  const hashName = HASHES[algorithm];
  if (hashName === undefined) throw new Error(`Unsupported digest algorithm: ${algorithm}`);
  const hash = (data: string | Uint8Array): string => createHash(hashName).update(data).digest('hex');
  const uri = toWire(request.address, request.disableUrlEncoding).path;
  const user = `${username}:${realm}:${text('password')}`;
  const isSession = algorithm.endsWith('-sess');
  const secret = hash(isSession ? `${hash(user)}:${nonce}:${clientNonce}` : user);
  const isProtected = qop === 'auth' || qop === 'auth-int';
  const asked = hash(`${request.method}:${uri}${qop === 'auth-int' ? `:${hash(request.bytes)}` : ''}`);
  const proof = isProtected
    ? hash([secret, nonce, nonceCount, clientNonce, qop, asked].join(':'))
    : hash([secret, nonce, asked].join(':'));
  const showsClientNonce = isProtected || algorithm === 'MD5-sess';
  const fields = [
    `username="${username}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `algorithm="${algorithm}"`,
    ...(isProtected ? [`qop=${qop}`] : []),
    ...(showsClientNonce && nonceCount !== '' ? [`nc=${nonceCount}`] : []),
    ...(showsClientNonce ? [`cnonce="${clientNonce}"`] : []),
    `response="${proof}"`,
    ...(opaque === '' ? [] : [`opaque="${opaque}"`]),
  ];
  return withAuthorization(request, `Digest ${fields.join(', ')}`);
}
