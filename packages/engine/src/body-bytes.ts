/** Where the bytes of a body are, by what has them as base64. */
const sources = new WeakMap<object, () => Uint8Array>();

/**
 * Gives an object a `bodyBase64` that is made when somebody reads it: an answer of many megabytes is otherwise held once
 * more for nobody.
 */
export function attachBody<Holder extends object>(
  holder: Holder,
  read: () => Uint8Array,
): Holder & { readonly bodyBase64: string } {
  const get = (): string => {
    const bytes = read();
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  };
  Object.defineProperty(holder, 'bodyBase64', { enumerable: true, configurable: true, get });
  sources.set(holder, read);
  // The property was defined above.
  return holder as Holder & { readonly bodyBase64: string };
}

/** The bytes of a body, without base64 in between where it was never made. */
export function readBody(holder: { readonly bodyBase64: string }): Uint8Array {
  return sources.get(holder)?.() ?? Buffer.from(holder.bodyBase64, 'base64');
}
