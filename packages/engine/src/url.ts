import { domainToASCII } from 'node:url';

/** An address taken apart as Postman does it: nothing is decoded or normalised. */
export interface Address {
  readonly protocol?: string;
  /** `user:password` as written. */
  readonly userInfo?: string;
  readonly host: string;
  readonly port?: string;
  /** Begins with a slash. */
  readonly path: string;
  /** Without the question mark; an address that ends in `?` has an empty one. */
  readonly query?: string;
  readonly hash?: string;
}

/** An address as it goes on the wire. */
export interface WireAddress {
  readonly protocol: 'http:' | 'https:' | (string & {});
  readonly hostname: string;
  /** Name and port as the `Host` header says them. */
  readonly host: string;
  readonly port?: string;
  readonly path: string;
  readonly userInfo?: string;
  readonly href: string;
}

/** Takes a filled address apart. Postman: postman-url-encoder's parser. */
export function parseAddress(text: string): Address {
  let rest = text.trimStart().replace(UNFILLED, hide);
  const hash = cut('#');
  const query = cut('?');
  rest = rest.replaceAll('\\', '/');
  let protocol: string | undefined;
  const scheme = rest.indexOf('://');
  if (scheme !== -1) {
    protocol = rest.slice(0, scheme);
    rest = rest.slice(scheme + 3).replace(/^\/+/, '');
  }
  const slash = rest.indexOf('/');
  const path = slash === -1 ? '/' : rest.slice(slash);
  if (slash !== -1) rest = rest.slice(0, slash);
  const at = rest.lastIndexOf('@');
  const userInfo = at === -1 ? undefined : rest.slice(0, at);
  rest = rest.slice(at + 1);
  const colon = rest.lastIndexOf(':');
  const hasPort = colon !== -1 && !rest.slice(colon).includes(']');
  return {
    ...(protocol === undefined ? {} : { protocol: show(protocol) }),
    ...(userInfo === undefined ? {} : { userInfo: show(userInfo) }),
    host: show(hasPort ? rest.slice(0, colon) : rest),
    ...(hasPort ? { port: show(rest.slice(colon + 1)) } : {}),
    path: show(path),
    ...(query === undefined ? {} : { query: show(query) }),
    ...(hash === undefined ? {} : { hash: show(hash) }),
  };

  function cut(mark: string): string | undefined {
    const index = rest.indexOf(mark);
    if (index === -1) return undefined;
    const tail = rest.slice(index + 1);
    rest = rest.slice(0, index);
    return tail;
  }
}

/** Variables without a value whose names hold marks that would part the address. Postman: they part nothing. */
const UNFILLED = /\{\{[^{}]*[.:/?#@&\]][^{}]*\}\}/g;

/** Code points that no address holds: where the marks of such names wait until the parts are found. */
const HIDING = 0xe000;

function hide(variable: string): string {
  return variable.replace(/[.:/?#@&\]]/g, (mark) => String.fromCharCode(HIDING + mark.charCodeAt(0)));
}

function show(text: string): string {
  return text.replace(/[\ue000-\ue07f]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - HIDING));
}

/**
 * Encodes an address for the wire: only what an HTTP line cannot carry is percent-encoded, what is already
 * encoded stays. Postman: postman-url-encoder's `toNodeUrl`.
 * @param disableEncoding `protocolProfileBehavior.disableUrlEncoding`
 */
export function toWire(address: Address, disableEncoding = false): WireAddress {
  const encode = disableEncoding ? (text: string) => text : percentEncode;
  const protocol = `${(address.protocol ?? 'http').toLowerCase()}:`;
  const lower = address.host.toLowerCase();
  const name = domainToASCII(lower) || lower;
  const host = address.port === undefined ? name : `${name}:${address.port}`;
  const userInfo =
    address.userInfo === undefined
      ? undefined
      : address.userInfo
          .split(/:(.*)/s, 2)
          .map((part) => encode(part, USER_INFO))
          .join(':');
  const query = address.query ? `?${encode(address.query, QUERY)}` : address.query === '' ? '?' : '';
  const path = `${encode(address.path, PATH)}${query}`;
  const hash = address.hash === undefined ? '' : `#${encode(address.hash, FRAGMENT)}`;
  return {
    protocol,
    hostname: /^\[.*\]$/.test(name) ? name.slice(1, -1) : name,
    host,
    ...(address.port === undefined ? {} : { port: address.port }),
    path,
    ...(userInfo === undefined ? {} : { userInfo }),
    href: `${protocol}//${userInfo === undefined ? '' : `${userInfo}@`}${host}${path}${hash}`,
  };
}

/** The address a redirect leads to. Postman: postman-url-encoder's `resolveNodeUrl`, which moves no dots. */
export function resolveLocation(base: WireAddress, location: string): string {
  if (/^[^:/?#]+:\/\//.test(location)) return location;
  const origin = `${base.protocol}//${base.host}`;
  const withoutHash = base.href.replace(/#.*$/s, '');
  if (location === '') return withoutHash;
  if (location.startsWith('//')) return `${base.protocol}${location}`;
  if (location.startsWith('/')) return `${origin}${location}`;
  if (location.startsWith('#')) return `${withoutHash}${location}`;
  const path = base.path.replace(/\?.*$/s, '');
  if (location.startsWith('?')) return `${origin}${path}${location}`;
  return `${origin}${path.slice(0, path.lastIndexOf('/') + 1)}${location}`;
}

const FRAGMENT = encodeSet(' "<>`');
const PATH = encodeSet(' "<>`#?{}');
const USER_INFO = encodeSet(' "<>`#?{}/:;=@[\\]^|');
const QUERY = encodeSet(' "#\'<>');

/** A pattern of the characters to encode: those named, controls, and everything beyond ASCII. */
function encodeSet(characters: string): RegExp {
  const named = characters.replace(/[\\\]^]/g, String.raw`\$&`);
  // oxlint-disable-next-line no-control-regex -- controls are what has to be found
  return new RegExp(`[${named}\\u0000-\\u001f\\u007f-\\u{10ffff}]`, 'gu');
}

function percentEncode(text: string, set: RegExp): string {
  return text.replace(set, (character) =>
    Buffer.from(character, 'utf8').toString('hex').replace(/../g, toPercent),
  );
}

function toPercent(pair: string): string {
  return `%${pair.toUpperCase()}`;
}
