import type { Json } from '@castellan/collection';
import type { BoundSecret } from './bound-secret.ts';
import { createFinderOf } from './text-finder.ts';

/**
 * Puts handles in the place of secrets on the way into a sandbox, and secrets in the place of handles on the way out:
 * a script can pass a secret on, but never see it.
 */
export interface Veil {
  hide<T>(value: T): T;
  reveal<T>(value: T): T;
  /** Bytes of a body; the same ones when no secret is in them. */
  hideBytes(bytes: Uint8Array): Uint8Array;
  /** Each handle with its secret's name. */
  readonly handles: ReadonlyMap<string, string>;
}

const HANDLE_BYTES = 8;

/**
 * @param secrets those that scripts may not read
 * @param randomBytes so that no text is a handle by accident, and no script knows one of another run
 */
export function createVeil(
  secrets: readonly BoundSecret[],
  randomBytes: (length: number) => Uint8Array,
): Veil {
  const pairs = secrets
    .toSorted((a, b) => b.value.length - a.value.length)
    .map(({ name, value }) => ({ name, value, handle: toHandle(name, randomBytes) }));
  const values = createFinderOf(pairs.map(({ value }) => value));
  const handles = createFinderOf(pairs.map(({ handle }) => handle));
  const hideText = (text: string): string =>
    values.has(text)
      ? pairs.reduce((shown, { value, handle }) => shown.replaceAll(value, handle), text)
      : text;
  const revealText = (text: string): string =>
    handles.has(text)
      ? pairs.reduce((shown, { value, handle }) => shown.replaceAll(handle, () => value), text)
      : text;
  return {
    hide: (value) => mapTexts(value, hideText),
    reveal: (value) => mapTexts(value, revealText),
    hideBytes(bytes) {
      if (!values.has(bytes)) return bytes;
      return Buffer.from(hideText(Buffer.from(bytes).toString('utf8')));
    },
    handles: new Map(pairs.map(({ handle, name }) => [handle, name])),
  };
}

/** Letters, digits and `_`: it looks the same in an address, a header, JSON and a form. */
function toHandle(name: string, randomBytes: (length: number) => Uint8Array): string {
  const random = Buffer.from(randomBytes(HANDLE_BYTES)).toString('hex');
  return `secret_${name.replace(/\W/g, '_')}_${random}`;
}

/** Changes every text within a value, names of fields and bytes aside. What stays the same is not copied. */
function mapTexts<T>(value: T, change: (text: string) => string): T {
  // The shape stays as it is; only texts within it are others.
  return walk(value as Json | Uint8Array, change) as T;
}

function walk(value: Json | Uint8Array | undefined, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) {
    const changed = value.map((entry) => walk(entry, change));
    return changed.some((entry, index) => entry !== value[index]) ? changed : value;
  }
  let copy: Record<string, unknown> | undefined;
  for (const name of Object.keys(value)) {
    const changed = walk(value[name], change);
    if (changed !== value[name]) (copy ??= { ...value })[name] = changed;
  }
  return copy ?? value;
}
