import { randomUUID } from 'node:crypto';
import type { Json, RequestSettings } from '@castellan/collection';
import type { AuthRequest } from './auth/scheme.ts';
import type { EncodedBody } from './body.ts';
import { RefusedRequest } from './failures.ts';
import { findHeader } from './headers.ts';
import type { HeaderLine } from './headers.ts';
import type { SendContext } from './send-context.ts';
import type { TlsOptions } from './tls.ts';
import type { WireRequest } from './transport.ts';
import { toWire } from './url.ts';
import type { WireAddress } from './url.ts';

/** A request that its auth scheme has had, with its body's bytes. */
export interface SignedRequest {
  readonly request: AuthRequest;
  readonly body: EncodedBody | undefined;
}

/**
 * Completes a request for the wire: the headers that its body and Postman add, and how TLS is to prove itself.
 * @throws {RefusedRequest} the address cannot be sent to
 */
export function toWireRequest(
  { request, body }: SignedRequest,
  settings: RequestSettings,
  context: SendContext,
): WireRequest {
  const address = toWire(request.address, request.disableUrlEncoding);
  refuseAddress(address);
  const disabled = toDisabledHeaders(settings);
  let headers = addBodyHeaders([...request.headers], body, request.method, disabled);
  headers = addSystemHeaders(headers, address, disabled);
  if (address.userInfo !== undefined && findHeader(headers, 'authorization') === undefined) {
    // Postman: a name without a password has an empty one.
    const pair = address.userInfo.includes(':') ? address.userInfo : `${address.userInfo}:`;
    headers.push(['Authorization', `Basic ${Buffer.from(decode(pair)).toString('base64')}`]);
  }
  return {
    method: request.method,
    address,
    headers,
    ...(body === undefined ? {} : { body: body.bytes }),
    tls: chooseTls(address, settings, context),
    timeout: context.settings.requestTimeout ?? 0,
    insecureParser: settings['insecureHTTPParser'] === true,
  };
}

/** How a connection to this address proves itself. */
export function chooseTls(
  address: WireAddress,
  settings: RequestSettings,
  { host, settings: run }: SendContext,
): TlsOptions {
  return host.chooseTls(address, readFlag(settings['strictSSL']) ?? run.insecure !== true, settings);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Only http and https can be sent, and only to somewhere. */
export function refuseAddress(address: WireAddress): void {
  if (address.protocol !== 'http:' && address.protocol !== 'https:') {
    throw new RefusedRequest(
      'invalid-address',
      `Invalid protocol: ${address.protocol}`,
      `The address begins with ${address.protocol}//, and only http:// and https:// can be sent. Correct the address of the request.`,
    );
  }
  if (address.hostname === '') {
    throw new RefusedRequest(
      'invalid-address',
      `Invalid URI ${JSON.stringify(address.href)}`,
      `The address ${address.href} names no host. Write one, such as https://example.okta.com.`,
    );
  }
}

function toDisabledHeaders(settings: RequestSettings): ReadonlySet<string> {
  const disabled = settings['disabledSystemHeaders'];
  if (disabled === null || typeof disabled !== 'object' || Array.isArray(disabled)) return new Set();
  return new Set(Object.keys(disabled).filter((name) => disabled[name] === true));
}

function addBodyHeaders(
  headers: HeaderLine[],
  body: EncodedBody | undefined,
  method: string,
  disabled: ReadonlySet<string>,
): HeaderLine[] {
  let result = headers;
  const own = findHeader(headers, 'content-type');
  if (body?.contentType !== undefined && !disabled.has('content-type')) {
    if (own === undefined) result = [...result, ['Content-Type', body.contentType]];
    else if (body.replacesContentType === true) result = replaceContentType(result, own, body.contentType);
  }
  const length = body?.bytes.length;
  const needsLength = length !== undefined || !['GET', 'HEAD', 'OPTIONS', 'TRACE', 'DELETE'].includes(method);
  if (
    needsLength &&
    !disabled.has('content-length') &&
    findHeader(result, 'transfer-encoding') === undefined
  ) {
    if (findHeader(result, 'content-length') === undefined) {
      result = [...result, ['Content-Length', String(length ?? 0)]];
    }
  }
  return result;
}

/** A type that the person wrote stays when it says the same; the name stays as they wrote it. */
function replaceContentType(headers: HeaderLine[], own: string, encoded: string): HeaderLine[] {
  const [type = ''] = encoded.split(';');
  const boundary = /boundary=(.*)$/.exec(encoded)?.[1];
  if (own.startsWith(type) && own.includes(boundary ?? '')) return headers;
  return headers.map(([name, value]) => [name, name.toLowerCase() === 'content-type' ? encoded : value]);
}

function addSystemHeaders(
  headers: readonly HeaderLine[],
  address: WireAddress,
  disabled: ReadonlySet<string>,
): HeaderLine[] {
  const present = new Set(headers.map(([name]) => name.toLowerCase()));
  const system: HeaderLine[] = [
    ['User-Agent', 'PostmanRuntime/7.39.1'],
    ['Accept', '*/*'],
    ['Cache-Control', 'no-cache'],
    ['Postman-Token', randomUUID()],
    ['Host', address.host],
    ['Accept-Encoding', 'gzip, deflate, br'],
    ['Connection', 'keep-alive'],
  ];
  const added = system.filter(
    ([name]) => !present.has(name.toLowerCase()) && !disabled.has(name.toLowerCase()),
  );
  return [...headers, ...added];
}

/** A setting that is a yes or no, `undefined` when it is neither. */
export function readFlag(value: Json | undefined): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
