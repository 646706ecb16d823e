import { createHash, createHmac, createSign } from 'node:crypto';
import type { Field } from '@castellan/collection';
import { encodeFormText } from '../body.ts';
import { withoutHeader } from '../headers.ts';
import { toWire } from '../url.ts';
import { readFlag, readText, withAuthorization, withoutQuery, withQuery } from './scheme.ts';
import type { AuthContext, AuthParameters, AuthRequest, AuthScheme } from './scheme.ts';

type Pair = readonly [name: string, value: string];

/** RFC 5849, with the newer hashes. */
export const oauth1: AuthScheme = {
  label: 'OAuth 1.0',
  fields: [
    { name: 'consumerKey', label: 'Consumer key', kind: 'text' },
    { name: 'consumerSecret', label: 'Consumer secret', kind: 'secret' },
    { name: 'token', label: 'Access token', kind: 'secret' },
    { name: 'tokenSecret', label: 'Token secret', kind: 'secret' },
    { name: 'privateKey', label: 'Private key (RSA)', kind: 'secret' },
    {
      name: 'signatureMethod',
      label: 'Signature method',
      kind: 'choice',
      choices: [
        'HMAC-SHA1',
        'HMAC-SHA256',
        'HMAC-SHA512',
        'RSA-SHA1',
        'RSA-SHA256',
        'RSA-SHA512',
        'PLAINTEXT',
      ],
    },
    { name: 'callback', label: 'Callback', kind: 'text' },
    { name: 'verifier', label: 'Verifier', kind: 'text' },
    { name: 'timestamp', label: 'Timestamp', kind: 'text' },
    { name: 'nonce', label: 'Nonce', kind: 'text' },
    { name: 'version', label: 'Version', kind: 'text' },
    { name: 'realm', label: 'Realm', kind: 'text' },
    { name: 'includeBodyHash', label: 'Include body hash', kind: 'boolean' },
    { name: 'addParamsToHeader', label: 'Add to the header', kind: 'boolean' },
    { name: 'addEmptyParamsToSign', label: 'Sign empty parameters', kind: 'boolean' },
  ],
  apply(request, parameters, context) {
    const method = readText(parameters, 'signatureMethod') || 'HMAC-SHA1';
    const isRsa = method.startsWith('RSA');
    if (!readText(parameters, 'consumerKey')) return request;
    if (!readText(parameters, isRsa ? 'privateKey' : 'consumerSecret')) return request;
    const clean = withoutOauth(request);
    const pairs = toPairs(clean, parameters, method, context);
    const fields = clean.body?.kind === 'urlencoded' ? clean.body.fields : [];
    const base = toBaseString(clean, [...pairs, ...fields.filter(isEnabled).map(toPair)]);
    const signed: Pair[] = [...pairs, ['oauth_signature', toSignature(base, parameters, method)]];
    return addPairs(clean, signed, parameters);
  },
};

function withoutOauth(request: AuthRequest): AuthRequest {
  const headers = withoutHeader(request.headers, 'authorization');
  const clean = withoutQuery({ ...request, headers }, (name) => NAMES.has(name));
  const { body } = clean;
  if (body?.kind !== 'urlencoded' || !body.fields.some(({ key }) => NAMES.has(key ?? ''))) return clean;
  return { ...clean, body: { ...body, fields: body.fields.filter(({ key }) => !NAMES.has(key ?? '')) } };
}

const NAMES = new Set(
  ['consumer_key', 'token', 'signature_method', 'timestamp', 'nonce', 'version', 'signature', 'callback']
    .concat('verifier', 'body_hash')
    .map((name) => `oauth_${name}`),
);

function toPairs(
  request: AuthRequest,
  parameters: AuthParameters,
  method: string,
  context: AuthContext,
): Pair[] {
  const text = (name: string): string => readText(parameters, name);
  const nonce = text('nonce') || Buffer.from(context.randomBytes(6)).toString('hex').slice(0, 11);
  const required: Pair[] = [
    ['oauth_consumer_key', text('consumerKey')],
    ['oauth_token', text('token')],
    ['oauth_signature_method', method],
    ['oauth_timestamp', text('timestamp') || String(Math.floor(context.now() / 1000))],
    ['oauth_nonce', nonce],
    ['oauth_version', text('version')],
  ];
  const optional: Pair[] = [
    ['oauth_body_hash', toBodyHash(request, parameters, method)],
    ['oauth_callback', text('callback')],
    ['oauth_verifier', text('verifier')],
  ];
  const keepsEmpty = readFlag(parameters, 'addEmptyParamsToSign');
  return [
    ...required.filter(([, value]) => keepsEmpty || value !== ''),
    ...optional.filter(([, value]) => value !== ''),
  ];
}

function toBodyHash(request: AuthRequest, parameters: AuthParameters, method: string): string {
  const hash = method.split('-')[1]?.toLowerCase();
  if (!readFlag(parameters, 'includeBodyHash') || hash === undefined) return '';
  if (request.body?.kind === 'urlencoded' || request.body?.kind === 'formdata') return '';
  return createHash(hash).update(request.bytes).digest('base64');
}

function isEnabled(field: Field): boolean {
  return field.disabled !== true;
}

function toPair({ key, value }: Field): Pair {
  return [key ?? '', value ?? ''];
}

/** RFC 5849, 3.4.1. */
function toBaseString(request: AuthRequest, pairs: readonly Pair[]): string {
  const wire = toWire(request.address, request.disableUrlEncoding);
  const isDefaultPort = wire.port === undefined || wire.port === '80' || wire.port === '443';
  const [path = '', query = ''] = wire.path.split(/\?(.*)/s, 2);
  const asked = query === '' ? [] : query.split('&').map(parsePair);
  const url = `${wire.protocol}//${isDefaultPort ? wire.hostname : wire.host}${path}`;
  const sorted = [...asked, ...pairs]
    .map(([name, value]) => `${encodeFormText(name)}=${encodeFormText(value)}`)
    .map((pair) => ({ pair, key: pair.replace('=', ' ') }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ pair }) => pair);
  return [request.method.toUpperCase(), url, sorted.join('&')].map(encodeFormText).join('&');
}

function parsePair(pair: string): Pair {
  const [name = '', value = ''] = pair.split(/=(.*)/s, 2);
  return [decode(name), decode(value)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function toSignature(base: string, parameters: AuthParameters, method: string): string {
  const secrets = [readText(parameters, 'consumerSecret'), readText(parameters, 'tokenSecret')];
  const key = secrets.map(encodeFormText).join('&');
  if (method === 'PLAINTEXT') return key;
  const [family, hash = 'SHA1'] = method.split('-');
  if (family === 'RSA')
    return createSign(`RSA-${hash}`).update(base).sign(readText(parameters, 'privateKey'), 'base64');
  return createHmac(hash.toLowerCase(), key).update(base).digest('base64');
}

function addPairs(request: AuthRequest, pairs: readonly Pair[], parameters: AuthParameters): AuthRequest {
  const encoded = withEncodedQuery(request);
  if (readFlag(parameters, 'addParamsToHeader')) {
    const isPlain = readFlag(parameters, 'disableHeaderEncoding');
    const write = (text: string): string => (isPlain ? text : encodeFormText(text));
    const realm = readText(parameters, 'realm');
    const fields = pairs.map(([name, value]) => `${write(name)}="${write(value)}"`);
    return withAuthorization(
      encoded,
      `OAuth ${[...(realm === '' ? [] : [`realm="${write(realm)}"`]), ...fields].join(',')}`,
    );
  }
  const { body } = encoded;
  if (/PUT|POST/.test(request.method) && body?.kind === 'urlencoded') {
    const added = pairs.map(([key, value]): Field => ({ key, value }));
    return { ...encoded, body: { ...body, fields: [...body.fields, ...added] } };
  }
  const write = request.disableUrlEncoding ? (text: string) => text : encodeFormText;
  return pairs.reduce((result, [name, value]) => withQuery(result, write(name), write(value)), encoded);
}

/** Postman: what was signed is sent in the same encoding. */
function withEncodedQuery(request: AuthRequest): AuthRequest {
  const { query } = request.address;
  if (!query || request.disableUrlEncoding) return request;
  const pairs = query.split('&').map((pair) => {
    const [name, value] = parsePair(pair);
    return pair.includes('=') ? `${encodeFormText(name)}=${encodeFormText(value)}` : encodeFormText(name);
  });
  return { ...request, address: { ...request.address, query: pairs.join('&') } };
}
