import { escapeMarkup } from '../markup.ts';

/**
 * Every look that a value may have in what a run says: as it is, in a URL, in JSON, in HTML, in hex, and in base64 alone or
 * within something longer, as in Basic.
 * @param shortest characters of a form that is worth looking for
 */
export function toForms(value: string, shortest: number): string[] {
  const url = encodeUrl(value);
  const json = JSON.stringify(value).slice(1, -1);
  const hex = Buffer.from(value).toString('hex');
  const written = new Set([
    value,
    url,
    encodeUrl(value, /[!'()*]/g),
    encodeUrl(value, /[!'()*~._-]/g),
    url.replaceAll('%20', '+'),
    url.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase()),
    encodeURI(toWellFormed(value)),
    json,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll('/', String.raw`\/`),
    json.replace(/[^\0-\x7f]/g, toUnicodeEscape),
    escapeMarkup(value),
    escapeMarkup(json),
    hex,
    hex.toUpperCase(),
  ]);
  for (const text of new Set([value, url, json])) for (const form of base64Forms(text)) written.add(form);
  // As bytes have it that are read one by one.
  const asBytes = Array.from(written, (form) => Buffer.from(form).toString('latin1'));
  return [...new Set([...written, ...asBytes])].filter((form) => form.length >= shortest);
}

/** Half of a pair of characters cannot stand in a URL; what stands for it elsewhere can. */
function encodeUrl(text: string, also?: RegExp): string {
  const encoded = encodeURIComponent(toWellFormed(text));
  return also === undefined
    ? encoded
    : encoded.replace(also, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

function toWellFormed(text: string): string {
  return Buffer.from(text).toString('utf8');
}

function toUnicodeEscape(character: string): string {
  return String.raw`\u` + character.charCodeAt(0).toString(16).padStart(4, '0');
}

/** Base64 of a text inside a longer one has three looks, by where its first byte falls; the edges are shared. */
function base64Forms(text: string): string[] {
  const bytes = Buffer.from(text);
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
