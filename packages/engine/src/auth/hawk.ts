import { createHash, createHmac } from 'node:crypto';
import { findHeader } from '../headers.ts';
import { toWire } from '../url.ts';
import { readFlag, readText, withAuthorization } from './scheme.ts';
import type { AuthRequest, AuthScheme } from './scheme.ts';

/** Hawk 1: a MAC over the request, optionally over its body. */
export const hawk: AuthScheme = {
  label: 'Hawk',
  fields: [
    { name: 'authId', label: 'Auth ID', kind: 'text' },
    { name: 'authKey', label: 'Auth key', kind: 'secret' },
    { name: 'algorithm', label: 'Algorithm', kind: 'choice', choices: ['sha256', 'sha1'] },
    { name: 'user', label: 'User', kind: 'text' },
    { name: 'nonce', label: 'Nonce', kind: 'text' },
    { name: 'extraData', label: 'Extra data', kind: 'text' },
    { name: 'app', label: 'App', kind: 'text' },
    { name: 'delegation', label: 'Delegation', kind: 'text' },
    { name: 'timestamp', label: 'Timestamp', kind: 'text' },
    { name: 'includePayloadHash', label: 'Include payload hash', kind: 'boolean' },
  ],
  apply(request, parameters, context) {
    const text = (name: string): string => readText(parameters, name);
    const [id, key, ext, app, dlg] = [
      text('authId'),
      text('authKey'),
      text('extraData'),
      text('app'),
      text('delegation'),
    ];
    if (id === '' || key === '') return request;
    const algorithm = text('algorithm') || 'sha256';
    const ts = Number.parseInt(text('timestamp'), 10) || Math.floor(context.now() / 1000);
    const nonce = text('nonce') || Buffer.from(context.randomBytes(3)).toString('hex');
    const hash = readFlag(parameters, 'includePayloadHash') ? hashPayload(request, algorithm) : '';
    const wire = toWire(request.address, request.disableUrlEncoding);
    const port = wire.port ?? (wire.protocol === 'https:' ? '443' : '80');
    const lines = [
      'hawk.1.header',
      ts,
      nonce,
      request.method.toUpperCase(),
      wire.path,
      wire.hostname,
      port,
      hash,
    ];
    const escaped = ext.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
    const delegated = app === '' ? [] : [app, dlg];
    const mac = createHmac(algorithm, key)
      .update(`${[...lines, escaped, ...delegated].join('\n')}\n`)
      .digest('base64');
    const quoted = ext.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
    const fields = [
      `id="${id}"`,
      `ts="${ts}"`,
      `nonce="${nonce}"`,
      ...(hash === '' ? [] : [`hash="${hash}"`]),
      ...(ext === '' ? [] : [`ext="${quoted}"`]),
      `mac="${mac}"`,
      ...(app === '' ? [] : [`app="${app}"`]),
      ...(app === '' || dlg === '' ? [] : [`dlg="${dlg}"`]),
    ];
    return withAuthorization(request, `Hawk ${fields.join(', ')}`);
  },
};

function hashPayload({ body, bytes, headers }: AuthRequest, algorithm: string): string {
  if (body === undefined || body.kind === 'formdata') return '';
  const type = (findHeader(headers, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return createHash(algorithm)
    .update(`hawk.1.payload\n${type}\n`)
    .update(bytes)
    .update('\n')
    .digest('base64');
}
