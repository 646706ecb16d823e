import { createHash, createHmac, randomUUID } from 'node:crypto';
import { findHeader } from '../headers.ts';
import { parseAddress, toWire } from '../url.ts';
import { readText, withAuthorization } from './scheme.ts';
import type { AuthRequest, AuthScheme } from './scheme.ts';

/** Akamai's EdgeGrid: a time-bound key signs the request. */
export const edgegrid: AuthScheme = {
  label: 'Akamai EdgeGrid',
  fields: [
    { name: 'accessToken', label: 'Access token', kind: 'secret' },
    { name: 'clientToken', label: 'Client token', kind: 'secret' },
    { name: 'clientSecret', label: 'Client secret', kind: 'secret' },
    { name: 'nonce', label: 'Nonce', kind: 'text' },
    { name: 'timestamp', label: 'Timestamp', kind: 'text' },
    { name: 'baseURL', label: 'Base URL', kind: 'text' },
    { name: 'headersToSign', label: 'Headers to sign', kind: 'text' },
    { name: 'maxBodySize', label: 'Signed bytes of the body', kind: 'text' },
  ],
  apply(request, parameters, context) {
    const text = (name: string): string => readText(parameters, name);
    const [accessToken, clientToken, secret] = [
      text('accessToken'),
      text('clientToken'),
      text('clientSecret'),
    ];
    if (accessToken === '' || clientToken === '' || secret === '') return request;
    const timestamp =
      text('timestamp') || `${new Date(context.now()).toISOString().slice(0, 19).replaceAll('-', '')}+0000`;
    const head = `EG1-HMAC-SHA256 client_token=${clientToken};access_token=${accessToken};timestamp=${timestamp};nonce=${text('nonce') || randomUUID()};`;
    const wire = toWire(request.address, request.disableUrlEncoding);
    const baseUrl = text('baseURL');
    const signed = [
      request.method,
      wire.protocol.replace(/:$/, ''),
      baseUrl === '' ? wire.host : toWire(parseAddress(baseUrl)).host,
      wire.path || '/',
      toSignedHeaders(request, text('headersToSign')),
      hashBody(request, Number(text('maxBodySize')) || 131_072),
      head,
    ].join('\t');
    return withAuthorization(request, `${head}signature=${hmac(signed, hmac(timestamp, secret))}`);
  },
};

function toSignedHeaders({ headers }: AuthRequest, list: string): string {
  const lines = list.split(',').flatMap((name) => {
    const value = findHeader(headers, name.trim());
    return value === undefined ? [] : [`${name.trim().toLowerCase()}:${value.trim().replace(/\s+/g, ' ')}`];
  });
  return lines.join('\t');
}

function hashBody({ method, body, bytes }: AuthRequest, limit: number): string {
  if (method !== 'POST' || body === undefined || body.kind === 'formdata' || bytes.length === 0) return '';
  return createHash('sha256').update(bytes.subarray(0, limit)).digest('base64');
}

function hmac(text: string, key: string): string {
  return createHmac('sha256', key).update(text).digest('base64');
}
