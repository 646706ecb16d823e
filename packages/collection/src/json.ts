import { CollectionError } from './errors.ts';
import type { Json } from './model.ts';

export type JsonObject = { [key: string]: Json };

/** Files beyond this many bytes are refused: the largest real collections are a tenth of it. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** Nesting beyond this is refused, since every later step walks the file with the call stack. */
const MAX_DEPTH = 400;

export interface ReadLimits {
  /** Largest accepted size in bytes (for a text: in UTF-16 units). Default: {@link MAX_FILE_BYTES}. */
  readonly maxBytes?: number;
}

/** Decodes bytes as UTF-8 (a byte-order mark is dropped); throws `too-large` beyond the limit. */
export function readText(source: string | Uint8Array, limits: ReadLimits = {}): string {
  const max = limits.maxBytes ?? MAX_FILE_BYTES;
  if (source.length > max) {
    throw new CollectionError('too-large', `at most ${Math.floor(max / 1024 / 1024)} MB can be read`);
  }
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/**
 * Parses JSON that comes from outside. Throws `empty`, `html-instead-of-json`, `not-json` (with line and
 * column), `too-deep` or `forbidden-key`; no message repeats the content of the file.
 */
export function readJson(text: string): Json {
  const trimmed = text.trimStart();
  if (trimmed === '') throw new CollectionError('empty', 'choose another file');
  if (/^<(!doctype|html|head|body|\?xml|!--)/i.test(trimmed)) {
    throw new CollectionError(
      'html-instead-of-json',
      'open the link in a browser and use the address of the raw file',
    );
  }
  let value: Json;
  try {
    // JSON.parse gives JSON and nothing else.
    value = JSON.parse(text) as Json;
  } catch (cause) {
    throw new CollectionError('not-json', parsePlace(text, cause));
  }
  refuseDangerous(value);
  return value;
}

/** The position that V8 names, as line and column; its own sentence would quote the file. */
function parsePlace(text: string, cause: unknown): string {
  const position = cause instanceof Error ? /position (\d+)/.exec(cause.message)?.[1] : undefined;
  if (position === undefined) return 'it ends too early or holds a character that JSON does not allow';
  const before = text.slice(0, Number(position)).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1} is not what JSON allows there`;
}

/**
 * Throws `too-deep` or `forbidden-key`, and `too-large` beyond a number of values. Walks without the call stack,
 * which is what a deep file attacks.
 */
export function refuseDangerous(root: Json, { mostValues = Number.MAX_SAFE_INTEGER } = {}): void {
  let values = 0;
  const pending: { value: Json; depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, depth } = next;
    values += 1;
    if (values > mostValues) throw new CollectionError('too-large', 'its anchors multiply');
    if (value === null || typeof value !== 'object') continue;
    if (depth > MAX_DEPTH) throw new CollectionError('too-deep', `more than ${MAX_DEPTH} levels`);
    if (Object.hasOwn(value, '__proto__')) {
      throw new CollectionError('forbidden-key', '“__proto__” is not a name that a file may use');
    }
    for (const child of Object.values(value)) pending.push({ value: child, depth: depth + 1 });
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same value, whatever the order of the keys. */
export function isSameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((value, index) => isSameJson(value, right[index]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && isSameJson(left[key], right[key]))
  );
}

/** A scalar as the text that Postman makes of it; objects become JSON. */
export function toText(value: Json): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
}

/** The object without the named keys; `undefined` when nothing is left. */
export function without(object: JsonObject, keys: readonly string[]): JsonObject | undefined {
  const rest = Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
  return Object.keys(rest).length === 0 ? undefined : rest;
}

/** Drops the properties that are `undefined`, so that optional fields are absent rather than undefined. */
export function compact<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // Only keys whose value is present are left, which is what the type says.
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** The objects of a list; none when it is not a list. */
export function objectsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** A text that says something; `undefined` for an empty one and for everything else. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
