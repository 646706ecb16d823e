// What few scripts ask for and takes long to load: a file of its own, which the worker opens when it is needed.
import iconv from 'iconv-lite';
// @ts-expect-error -- the package has no types for this part of it
import variables from 'postman-collection/lib/superstring/dynamic-variables.js';

/** Draws a value for one of Postman's dynamic variables; empty for an unknown name. */
export function drawDynamic(name: string): string {
  // A table of generators by name; what the version pinned in package.json exports.
  const table = variables as Readonly<Record<string, { readonly generator: () => unknown }>>;
  return Object.hasOwn(table, name) ? String(table[name]?.generator()) : '';
}

/**
 * Reads bytes in another charset than UTF-8.
 * @param asked the charset, and after a space the bytes as base64; without bytes it only asks for the charset
 * @returns the text, or the charset's own name when there were no bytes; empty for an unknown charset
 */
export function decodeText(asked: string): string {
  const [charset = '', base64] = asked.split(' ');
  if (!iconv.encodingExists(charset)) return '';
  return base64 === undefined ? charset : iconv.decode(Buffer.from(base64, 'base64'), charset);
}
