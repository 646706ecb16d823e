import { createHash, createHmac } from 'node:crypto';
import { encodeFormText } from '../body.ts';
import { withoutHeader } from '../headers.ts';
import type { HeaderLine } from '../headers.ts';
import { toWire } from '../url.ts';
import { readFlag, readText, withAuthorization, withoutQuery, withQuery } from './scheme.ts';
import type { AuthParameters, AuthRequest, AuthScheme } from './scheme.ts';

/** AWS Signature Version 4, in the header or in the query. */
export const awsv4: AuthScheme = {
  label: 'AWS Signature',
  fields: [
    { name: 'accessKey', label: 'Access key', kind: 'text' },
    { name: 'secretKey', label: 'Secret key', kind: 'secret' },
    { name: 'region', label: 'Region', kind: 'text' },
    { name: 'service', label: 'Service', kind: 'text' },
    { name: 'sessionToken', label: 'Session token', kind: 'secret' },
    { name: 'addAuthDataToQuery', label: 'Add to the query', kind: 'boolean' },
  ],
  apply(request, parameters, context) {
    const time = new Date(context.now()).toISOString().replace(/[-:]|\.\d+/g, '');
    const clean = withoutAmz(request);
    const scope = toScope(parameters, time);
    return readFlag(parameters, 'addAuthDataToQuery')
      ? signQuery(clean, scope, parameters)
      : signHeader(clean, scope, parameters);
  },
};

interface Scope {
  /** `20260101T000000Z`. */
  readonly time: string;
  readonly credential: string;
  readonly parts: readonly [date: string, region: string, service: string];
}

function toScope(parameters: AuthParameters, time: string): Scope {
  const parts = [
    time.slice(0, 8),
    readText(parameters, 'region') || 'us-east-1',
    readText(parameters, 'service') || 'execute-api',
  ] as const;
  return { time, parts, credential: `${parts.join('/')}/aws4_request` };
}

function withoutAmz(request: AuthRequest): AuthRequest {
  const names = ['authorization', 'x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256'];
  const headers = names.reduce<readonly HeaderLine[]>(
    (kept, name) => withoutHeader(kept, name),
    request.headers,
  );
  return withoutQuery({ ...request, headers }, (name) =>
    /^X-Amz-(Security-Token|Date|Algorithm|Credential|SignedHeaders|Signature)$/.test(name),
  );
}

function signHeader(request: AuthRequest, scope: Scope, parameters: AuthParameters): AuthRequest {
  const token = readText(parameters, 'sessionToken');
  const hash = createHash('sha256').update(request.bytes).digest('hex');
  const { body } = request;
  const showsHash = (body !== undefined && body.kind !== 'formdata') || scope.parts[2] === 's3';
  const wire = toWire(request.address, request.disableUrlEncoding);
  const headers: HeaderLine[] = [
    ...withoutHeader(request.headers, 'host'),
    ['Host', wire.host],
    ...(showsHash ? [['X-Amz-Content-Sha256', hash] as const] : []),
    ...(token === '' ? [] : [['X-Amz-Security-Token', token] as const]),
    ['X-Amz-Date', scope.time],
  ];
  const signed = { ...request, headers };
  const names = toSignedNames(headers);
  const empty = createHash('sha256').digest('hex');
  const signature = toSignature(signed, names, showsHash ? hash : empty, scope, parameters);
  const credential = `${readText(parameters, 'accessKey')}/${scope.credential}`;
  return withAuthorization(
    signed,
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  );
}

function signQuery(request: AuthRequest, scope: Scope, parameters: AuthParameters): AuthRequest {
  const token = readText(parameters, 'sessionToken');
  const wire = toWire(request.address, request.disableUrlEncoding);
  const headers: HeaderLine[] = [...withoutHeader(request.headers, 'host'), ['Host', wire.host]];
  const names = toSignedNames(headers);
  const hasExpiry = (request.address.query ?? '').includes('X-Amz-Expires=');
  const isS3 = scope.parts[2] === 's3';
  const pairs: readonly (readonly [string, string])[] = [
    ...(isS3 && !hasExpiry ? [['X-Amz-Expires', '86400'] as const] : []),
    ...(token === '' ? [] : [['X-Amz-Security-Token', token] as const]),
    ['X-Amz-Date', scope.time],
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${readText(parameters, 'accessKey')}/${scope.credential}`],
    ['X-Amz-SignedHeaders', names.join(';')],
  ];
  const asked = pairs.reduce<AuthRequest>(
    (result, [name, value]) => withQuery(result, name, encodeFormText(value)),
    { ...request, headers },
  );
  const payload = isS3 ? 'UNSIGNED-PAYLOAD' : createHash('sha256').digest('hex');
  return withQuery(asked, 'X-Amz-Signature', toSignature(asked, names, payload, scope, parameters));
}

const UNSIGNED = new Set(['authorization', 'connection', 'x-amzn-trace-id', 'user-agent', 'expect', 'range']);

function toSignedNames(headers: readonly HeaderLine[]): string[] {
  const names = headers.map(([name]) => name.toLowerCase()).filter((name) => !UNSIGNED.has(name));
  return [...new Set(names)].sort();
}

function toSignature(
  request: AuthRequest,
  names: readonly string[],
  payload: string,
  scope: Scope,
  parameters: AuthParameters,
): string {
  const wire = toWire(request.address, request.disableUrlEncoding);
  const [path = '/', query = ''] = wire.path.split(/\?(.*)/s, 2);
  const lines = names.map((name) => {
    const values = request.headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
    return `${name}:${values.join(',').trim().replace(/\s+/g, ' ')}\n`;
  });
  const canonical = [
    request.method,
    path
      .split('/')
      .map((segment) => encodeFormText(decode(segment)))
      .join('/'),
    toCanonicalQuery(query),
    lines.join(''),
    names.join(';'),
    payload,
  ].join('\n');
  const digest = createHash('sha256').update(canonical).digest('hex');
  const text = ['AWS4-HMAC-SHA256', scope.time, scope.credential, digest].join('\n');
  const secret: string | Buffer = `AWS4${readText(parameters, 'secretKey')}`;
  const key = [...scope.parts, 'aws4_request'].reduce<string | Buffer>(
    (last, part) => hmac(last, part),
    secret,
  );
  return hmac(key, text).toString('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function toCanonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs = query.split('&').map((pair) => {
    const [name = '', value = ''] = pair.split(/=(.*)/s, 2);
    return `${encodeFormText(decode(name))}=${encodeFormText(decode(value))}`;
  });
  return pairs.sort().join('&');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
