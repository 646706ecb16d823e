import { randomUUID } from 'node:crypto';
import type { Auth, Body, Json, RequestSettings } from '@castellan/collection';
import { findAuthScheme } from './auth/index.ts';
import type { AuthParameters, AuthRequest } from './auth/scheme.ts';
import { encodeBody, sendsBody } from './body.ts';
import type { EncodedBody } from './body.ts';
import type { Cookies } from './cookies.ts';
import type { HeaderLine, RequestSource } from './events.ts';
import { RefusedRequest } from './failures.ts';
import { findHeader, withHeader, withoutHeader } from './headers.ts';
import { withoutJsonComments } from './json-comments.ts';
import type { RunHost } from './host.ts';
import type { RunSettings } from './plan.ts';
import type { TlsOptions, WireRequest, WireResponse } from './transport.ts';
import { parseAddress, resolveLocation, toWire } from './url.ts';
import type { WireAddress } from './url.ts';

/** A request with every variable filled in. */
export interface FilledRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly HeaderLine[];
  readonly body?: Body;
  readonly auth?: Auth;
  readonly settings: RequestSettings;
}

/** What a request needs on its way besides itself. */
export interface SendContext {
  readonly host: RunHost;
  readonly cookies: Cookies;
  readonly settings: RunSettings;
  readonly authMemory: AuthMemory;
  /** Brings every request to the other side, redirects and auth rounds included. */
  deliver(request: WireRequest): Promise<WireResponse>;
  /** Told of every answer that is not the last one. */
  onDetour(source: RequestSource, request: WireRequest, response: WireResponse): void;
  /** Told of what was left out, in Postman's words. */
  warn(message: string): void;
}

/** What challenges taught about one auth of the collection; requests that inherit it share it. */
export interface AuthMemory {
  read(): AuthParameters;
  learn(parameters: AuthParameters): void;
}

export interface Answer {
  /** The last request of the chain. */
  readonly request: WireRequest;
  /** The first one, which a report shows. */
  readonly first: WireRequest;
  readonly response: WireResponse;
}

/** Postman's default. */
const MAX_REDIRECTS = 10;
/** No scheme needs more: digest one, NTLM two. */
const MAX_AUTH_ROUNDS = 3;

/**
 * Sends a filled request: body, auth, headers, cookies, redirects. Rejects when no answer came.
 * @throws {RefusedRequest} the address cannot be sent to
 */
export async function send(filled: FilledRequest, context: SendContext): Promise<Answer> {
  const scheme = filled.auth && findAuthScheme(filled.auth.type);
  if (filled.auth !== undefined && scheme === undefined) warnUnknown(filled.auth, context);
  const { authMemory } = context;
  let parameters: AuthParameters = { ...filled.auth?.parameters, ...authMemory.read() };
  const unsigned = await toAuthRequest(filled, context);
  let current = await sign(unsigned, filled.auth?.type ?? '', parameters, context);
  let first: WireRequest | undefined;
  for (let round = 1; ; round += 1) {
    const wire = toWireRequest(current, filled.settings, context);
    first ??= wire;
    const answer = await follow(wire, filled.settings, context);
    const { code, headers } = answer.response;
    const next =
      round <= MAX_AUTH_ROUNDS
        ? scheme?.respond?.(current.request, { code, headers, round }, parameters, context.host)
        : undefined;
    if (next === undefined) {
      if (scheme?.settle !== undefined) authMemory.learn(scheme.settle(parameters));
      // Postman says it before and after the request.
      if (filled.auth !== undefined && scheme === undefined) warnUnknown(filled.auth, context);
      return { ...answer, first };
    }
    context.onDetour('auth', answer.request, answer.response);
    parameters = { ...parameters, ...next.learned };
    authMemory.learn(next.learned);
    current = { ...current, request: next.request };
  }
}

function warnUnknown(auth: Auth, context: SendContext): void {
  context.warn(`runtime: could not find a handler for auth: ${auth.type}`);
}

interface Signed {
  readonly request: AuthRequest;
  readonly body: EncodedBody | undefined;
}

async function toAuthRequest(filled: FilledRequest, context: SendContext): Promise<Signed> {
  const { settings } = filled;
  const pruning = settings['disableBodyPruning'] !== true;
  const carried = sendsBody(filled.method, filled.body, !pruning)
    ? withoutJsonComments(filled.body, filled.headers)
    : undefined;
  const body = carried && (await encodeBody(carried, context.host.readFile, context.warn));
  return {
    body,
    request: {
      method: filled.method,
      address: parseAddress(filled.url),
      headers: filled.headers,
      ...(carried === undefined ? {} : { body: carried }),
      bytes: body?.bytes ?? new Uint8Array(),
      disableUrlEncoding: settings['disableUrlEncoding'] === true,
    },
  };
}

/** Postman: a request that cannot be signed is sent unsigned, with a warning. */
async function sign(
  unsigned: Signed,
  type: string,
  parameters: Readonly<Record<string, Json>>,
  { host, warn }: SendContext,
): Promise<Signed> {
  const scheme = findAuthScheme(type);
  if (scheme === undefined) return unsigned;
  try {
    const request = await scheme.apply(unsigned.request, parameters, host);
    if (request.body === unsigned.request.body || request.body === undefined) return { ...unsigned, request };
    const body = await encodeBody(request.body, host.readFile, () => undefined);
    return { request, body };
  } catch (error) {
    warn(
      `runtime~${type}.auth: could not sign the request: ${error instanceof Error ? error.message : String(error)}`,
    );
    return unsigned;
  }
}

function toWireRequest(
  { request, body }: Signed,
  settings: RequestSettings,
  context: SendContext,
): WireRequest {
  const address = toWire(request.address, request.disableUrlEncoding);
  refuseAddress(address);
  const disabled = toDisabledHeaders(settings);
  let headers = addBodyHeaders([...request.headers], body, request.method, disabled);
  headers = addSystemHeaders(headers, address, disabled);
  if (address.userInfo !== undefined && findHeader(headers, 'authorization') === undefined) {
    headers.push(['Authorization', `Basic ${Buffer.from(decode(address.userInfo)).toString('base64')}`]);
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

function chooseTls(
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
function refuseAddress(address: WireAddress): void {
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

/** A type that the person wrote stays when it says the same; a multipart one gets the boundary. */
function replaceContentType(headers: HeaderLine[], own: string, encoded: string): HeaderLine[] {
  const [type = ''] = encoded.split(';');
  const boundary = /boundary=.*$/.exec(encoded)?.[0];
  if (boundary === undefined) {
    return own.startsWith(type) ? headers : withHeader(headers, 'Content-Type', encoded);
  }
  if (!own.includes('multipart')) return withHeader(headers, 'Content-Type', encoded);
  return own.includes('boundary') ? headers : withHeader(headers, 'Content-Type', `${own}; ${boundary}`);
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

/** Postman: postman-request's redirects, cookies kept on the way. */
async function follow(
  initial: WireRequest,
  settings: RequestSettings,
  context: SendContext,
): Promise<{ request: WireRequest; response: WireResponse }> {
  const limit = readNumber(settings['maxRedirects']) ?? MAX_REDIRECTS;
  const follows = readFlag(settings['followRedirects']) ?? context.settings.followRedirects ?? true;
  let next = initial;
  for (let redirects = 0; ; redirects += 1) {
    const request = withCookies(next, settings, context.cookies);
    const response = await context.deliver(request);
    if (settings['disableCookies'] !== true)
      await context.cookies.store(response.headers, request.address.href);
    const location = follows && isRedirect(response) ? findHeader(response.headers, 'location') : undefined;
    if (location === undefined) return { request, response };
    if (redirects >= limit) throw tooManyRedirects(request.address.href, limit);
    context.onDetour('redirect', request, response);
    next = redirect(next, response.code, location, settings);
    next = { ...next, tls: chooseTls(next.address, settings, context) };
  }
}

function isRedirect(response: WireResponse): boolean {
  return response.code >= 300 && response.code < 400;
}

function tooManyRedirects(href: string, limit: number): RefusedRequest {
  return new RefusedRequest(
    'too-many-redirects',
    `Exceeded maxRedirects. Probably stuck in a redirect loop ${href}`,
    `The answer led on more than ${limit} times, the last time from ${href}. Correct the address, or switch redirects off to see the answer itself.`,
  );
}

function withCookies(request: WireRequest, settings: RequestSettings, cookies: Cookies): WireRequest {
  if (settings['disableCookies'] === true) return request;
  const stored = cookies.header(request.address.href);
  if (stored === '') return request;
  const own = findHeader(request.headers, 'cookie');
  const value = own ? `${own}; ${stored}` : stored;
  return { ...request, headers: withHeader(request.headers, 'Cookie', value) };
}

function redirect(
  request: WireRequest,
  code: number,
  location: string,
  settings: RequestSettings,
): WireRequest {
  const target = /^https?:/.test(location) ? location : resolveLocation(request.address, location);
  const address = toWire(parseAddress(target), settings['disableUrlEncoding'] === true);
  refuseAddress(address);
  let headers: readonly HeaderLine[] = request.headers;
  if (findHeader(headers, 'host') === request.address.host)
    headers = withHeader(headers, 'Host', address.host);
  if (address.hostname !== request.address.hostname) {
    headers = withHeader(headers, 'Host', address.host);
    if (settings['followAuthorizationHeader'] !== true) headers = withoutHeader(headers, 'authorization');
  }
  if (settings['removeRefererHeaderOnRedirect'] !== true) {
    headers = withHeader(headers, 'Referer', request.address.href);
  }
  const keepsMethod = settings['followOriginalHttpMethod'] === true || code === 307 || code === 308;
  if (keepsMethod) return { ...request, address, headers };
  const { body: _body, ...bodiless } = request;
  const method = request.method === 'HEAD' ? 'HEAD' : 'GET';
  headers = withoutHeader(withoutHeader(headers, 'content-type'), 'content-length');
  return { ...bodiless, method, address, headers };
}

function readNumber(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function readFlag(value: Json | undefined): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
