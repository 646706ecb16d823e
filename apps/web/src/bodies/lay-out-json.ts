import { Numbers, type Layout } from './layout.ts';

/** JSON laid out, and how many entries it has when it is a list. */
export interface JsonLayout extends Layout {
  readonly folds: Int32Array;
  readonly items: number | undefined;
}

const [QUOTE, COMMA, MINUS, DOT, COLON, OPEN_LIST, BACKSLASH, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [
  0x22, 0x2c, 0x2d, 0x2e, 0x3a, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d,
] as const;
const [NEWLINE, SPACE, ZERO, NINE] = [0x0a, 0x20, 0x30, 0x39] as const;
const WORDS = ['true', 'false', 'null'].map((word) => new TextEncoder().encode(word));
const ESCAPES = new Set([...'"\\/bfnrt'].map((letter) => letter.charCodeAt(0)));
const U = 0x75;

/** Thrown and caught here alone. */
class NotJson extends Error {}

/**
 * Lays JSON out with two spaces of indent and one member a line, in one pass over its bytes. Numbers and escapes
 * stay as they were written: parsing and writing again would round a long number.
 * @returns `undefined` when it is no JSON (RFC 8259)
 */
export function layOutJson(source: Uint8Array): JsonLayout | undefined {
  try {
    return layOut(source);
  } catch (cause) {
    if (cause instanceof NotJson) return undefined;
    throw cause;
  }
}

function layOut(source: Uint8Array): JsonLayout {
  const end = source.length;
  let at = hasMark(source) ? 3 : 0;
  let out = new Uint8Array(end * 2 + 64);
  let length = 0;
  const starts = new Numbers(Math.ceil(end / 16));
  starts.add(0);
  /** Pairs of lines that can be folded. */
  const folds = new Numbers(Math.ceil(end / 64));
  /** For every open object or list: its closing bracket, and the line it began on. */
  const brackets: number[] = [];
  const lines: number[] = [];
  let items: number | undefined;

  skipSpace();
  const isList = source[at] === OPEN_LIST;
  if (isList) items = 0;
  let needsValue = true;
  for (;;) {
    if (needsValue) {
      needsValue = writeValue();
      if (needsValue) continue;
    }
    // A value has ended: what is around it goes on or ends too.
    skipSpace();
    const bracket = brackets.at(-1);
    if (bracket === undefined) break;
    const byte = source[at];
    at += 1;
    if (byte === COMMA) {
      put(COMMA);
      startLine(brackets.length);
      beginMember();
      needsValue = true;
    } else if (byte === bracket) close(bracket);
    else throw new NotJson();
  }
  if (at !== end) throw new NotJson();
  return {
    bytes: out.subarray(0, length),
    starts: starts.toArray(),
    folds: toFolds(folds.toArray(), starts.length),
    items,
  };

  /** Writes a value, or what opens one. @returns whether a value follows at once */
  function writeValue(): boolean {
    skipSpace();
    const byte = source[at];
    if (byte === QUOTE) writeText();
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) return open(byte);
    else if (byte === MINUS || isDigit(byte)) writeNumber();
    else writeWord();
    return false;
  }

  function open(bracket: number): boolean {
    const closing = bracket === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_LIST;
    at += 1;
    put(bracket);
    skipSpace();
    if (source[at] === closing) {
      at += 1;
      put(closing);
      return false;
    }
    brackets.push(closing);
    lines.push(starts.length - 1);
    startLine(brackets.length);
    beginMember();
    return true;
  }

  /** Writes the name before a value, in an object; counts the entries of the outermost list. */
  function beginMember(): void {
    if (brackets.length === 1 && items !== undefined) items += 1;
    if (brackets.at(-1) !== CLOSE_OBJECT) return;
    skipSpace();
    if (source[at] !== QUOTE) throw new NotJson();
    writeText();
    skipSpace();
    if (source[at] !== COLON) throw new NotJson();
    at += 1;
    put(COLON);
    put(SPACE);
  }

  function close(bracket: number): void {
    brackets.pop();
    const opened = lines.pop() ?? 0;
    startLine(brackets.length);
    put(bracket);
    const line = starts.length - 1;
    if (line <= opened + 1) return;
    folds.add(opened);
    folds.add(line);
  }

  function writeText(): void {
    const start = at;
    at += 1;
    for (;;) {
      const byte = source[at];
      if (byte === QUOTE) break;
      if (byte === undefined || byte < SPACE) throw new NotJson();
      if (byte === BACKSLASH) skipEscape();
      else at += 1;
    }
    at += 1;
    copy(start, at);
  }

  function skipEscape(): void {
    const letter = source[at + 1];
    at += 2;
    if (letter === U) {
      for (const last = at + 4; at < last; at += 1) if (!isHex(source[at])) throw new NotJson();
    } else if (letter === undefined || !ESCAPES.has(letter)) throw new NotJson();
  }

  function writeNumber(): void {
    const start = at;
    if (source[at] === MINUS) at += 1;
    if (source[at] === ZERO) at += 1;
    else skipDigits();
    if (source[at] === DOT) {
      at += 1;
      skipDigits();
    }
    const byte = source[at];
    if (byte === 0x65 || byte === 0x45) {
      at += 1;
      if (source[at] === 0x2b || source[at] === MINUS) at += 1;
      skipDigits();
    }
    copy(start, at);
  }

  function skipDigits(): void {
    if (!isDigit(source[at])) throw new NotJson();
    while (isDigit(source[at])) at += 1;
  }

  function writeWord(): void {
    const word = WORDS.find((candidate) => candidate.every((byte, index) => source[at + index] === byte));
    if (word === undefined) throw new NotJson();
    copy(at, at + word.length);
    at += word.length;
  }

  function skipSpace(): void {
    for (;;) {
      const byte = source[at];
      if (byte !== SPACE && byte !== NEWLINE && byte !== 0x0d && byte !== 0x09) return;
      at += 1;
    }
  }

  function startLine(depth: number): void {
    reserve(1 + depth * 2);
    out[length] = NEWLINE;
    length += 1;
    starts.add(length);
    for (const last = length + depth * 2; length < last; length += 1) out[length] = SPACE;
  }

  function put(byte: number): void {
    reserve(1);
    out[length] = byte;
    length += 1;
  }

  function copy(from: number, to: number): void {
    reserve(to - from);
    // Most texts are short, and a call of `set` for each would take longer than they do.
    if (to - from > 64) out.set(source.subarray(from, to), length);
    // The loop stays within the source.
    else for (let index = from; index < to; index += 1) out[length + index - from] = source[index] as number;
    length += to - from;
  }

  function reserve(more: number): void {
    if (length + more <= out.length) return;
    const larger = new Uint8Array(Math.max(out.length * 2, length + more));
    larger.set(out);
    out = larger;
  }
}

/** A byte order mark says nothing in UTF-8, and some servers send one. */
const hasMark = ([first, second, third]: Uint8Array): boolean =>
  first === 0xef && second === 0xbb && third === 0xbf;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE;

const isHex = (byte: number | undefined): boolean =>
  isDigit(byte) || (byte !== undefined && /[a-f]/i.test(String.fromCharCode(byte)));

function toFolds(pairs: Uint32Array, count: number): Int32Array {
  const folds = new Int32Array(count);
  for (let index = 0; index < pairs.length; index += 2) folds[pairs[index] ?? 0] = pairs[index + 1] ?? 0;
  return folds;
}
