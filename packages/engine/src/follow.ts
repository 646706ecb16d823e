import type { Json, RequestSettings } from '@castellan/collection';
import type { Cookies } from './cookies.ts';
import { RefusedRequest } from './failures.ts';
import { findHeader, withHeader, withoutHeader } from './headers.ts';
import type { HeaderLine } from './headers.ts';
import type { Answer, SendContext } from './send-context.ts';
import type { WireRequest, WireResponse } from './transport.ts';
import { parseAddress, resolveLocation, toWire } from './url.ts';
import { chooseTls, readFlag, refuseAddress } from './wire-request.ts';

/** Postman's default. */
const MAX_REDIRECTS = 10;

/** Postman: postman-request's redirects, cookies kept on the way. */
export async function follow(
  initial: WireRequest,
  settings: RequestSettings,
  context: SendContext,
): Promise<Answer> {
  const limit = readNumber(settings['maxRedirects']) ?? MAX_REDIRECTS;
  const follows = readFlag(settings['followRedirects']) ?? context.settings.followRedirects ?? true;
  let next = initial;
  let first: WireRequest | undefined;
  let before: WireRequest | undefined;
  for (let redirects = 0; ; redirects += 1) {
    const request = withCookies(next, before, settings, context.cookies);
    first ??= request;
    const response = await context.deliver(request);
    if (settings['disableCookies'] !== true)
      await context.cookies.store(response.headers, request.address.href);
    const location = follows && isRedirect(response) ? findHeader(response.headers, 'location') : undefined;
    if (location === undefined) return { first, request, response };
    if (redirects >= limit) throw tooManyRedirects(request.address.href, limit);
    context.onDetour('redirect', request, response);
    before = request;
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

/**
 * Postman: when an answer on the way took the last cookie away, the next request to the same host still carries
 * what the one before it did. To another host it carries nothing of the kind.
 */
function withCookies(
  request: WireRequest,
  before: WireRequest | undefined,
  settings: RequestSettings,
  cookies: Cookies,
): WireRequest {
  if (settings['disableCookies'] === true) return request;
  const stored = cookies.header(request.address.href);
  const last = before?.address.hostname === request.address.hostname ? before.headers : [];
  const kept = findHeader(last, 'cookie');
  if (stored === '')
    return kept === undefined
      ? request
      : { ...request, headers: withHeader(request.headers, 'Cookie', kept) };
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
