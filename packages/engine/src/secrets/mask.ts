import type { Json } from '@castellan/collection';

/** What stands in the place of a secret. */
export const DOTS = '••••••••';

/** Shorter values would blot out ordinary text everywhere. */
const SHORTEST = 4;

/** Takes secret values out of everything that leaves the server. */
export interface Mask {
  text(text: string): string;
  /** Bytes in base64, as bodies travel in events. */
  base64(encoded: string): string;
  /** Bytes as they are; the same ones when nothing in them is secret. */
  bytes(bytes: Uint8Array): Uint8Array;
  /** A whole JSON value; fields named `bodyBase64` are masked inside. */
  json<T>(value: T): T;
}

/** Whether something holds one of some values, as it is or encoded. */
export interface Search {
  text(text: string): boolean;
  bytes(bytes: Uint8Array): boolean;
}

/** Looks for these values in the same forms that a mask takes out. */
export function createSearch(secrets: Iterable<string>): Search {
  const forms = toForms(secrets);
  return {
    text: (text) => forms.some((form) => text.includes(form)),
    bytes(bytes) {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return forms.some((form) => buffer.includes(form));
    },
  };
}

/**
 * Makes a mask for these values, also as they look encoded: in a URL, in JSON, in base64 (alone or within
 * something longer, as in Basic), in hex.
 */
export function createMask(secrets: Iterable<string>): Mask {
  const forms = toForms(secrets);
  const pattern = forms.length === 0 ? undefined : new RegExp(forms.map(escapePattern).join('|'), 'g');
  const text = (value: string): string => (pattern === undefined ? value : value.replace(pattern, DOTS));
  const bytes = (plain: Uint8Array): Uint8Array => {
    if (pattern === undefined) return plain;
    const buffer = Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
    if (!forms.some((form) => buffer.includes(form))) return plain;
    // latin1 keeps bytes that are no text as they are.
    const latin = new RegExp(
      forms.map((form) => escapePattern(Buffer.from(form).toString('latin1'))).join('|'),
      'g',
    );
    const dots = Buffer.from(DOTS).toString('latin1');
    return Buffer.from(buffer.toString('latin1').replace(latin, dots), 'latin1');
  };
  const base64 = (encoded: string): string => {
    if (pattern === undefined) return encoded;
    const plain = Buffer.from(encoded, 'base64');
    const masked = bytes(plain);
    return masked === plain ? encoded : Buffer.from(masked).toString('base64');
  };
  const walk = (value: Json | undefined, key: string): Json | undefined => {
    if (typeof value === 'string') return key === 'bodyBase64' ? base64(value) : text(value);
    if (Array.isArray(value)) return value.map((item) => walk(item, '') ?? null);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [text(name), walk(item, name) ?? null]),
    );
  };
  return {
    text,
    base64,
    bytes,
    // A mask changes texts within a value and never its shape.
    json: <T>(value: T): T => (pattern === undefined ? value : (walk(value as Json, '') as T)),
  };
}

/** Every look of the values, the longest first. */
function toForms(secrets: Iterable<string>): string[] {
  const values = [...secrets].filter((value) => value.length >= SHORTEST);
  return [...new Set(values.flatMap(formsOf))].sort((a, b) => b.length - a.length);
}

function formsOf(secret: string): string[] {
  const url = encodeURIComponent(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const forms = [secret, url, url.replaceAll('%20', '+'), json, Buffer.from(secret).toString('hex')];
  return [...forms, encodeURI(secret), ...base64Forms(secret)].filter((form) => form.length >= SHORTEST);
}

/** Base64 of a text inside a longer one has three looks, by where its first byte falls; the edges are shared. */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const first = offset === 0 ? 0 : offset + 1;
    const last = (offset + bytes.length) % 3 === 0 ? padded.length : padded.length - 1;
    const inner = padded.slice(first, last);
    // Short cores match by chance.
    if (inner.length < 8) return [];
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
