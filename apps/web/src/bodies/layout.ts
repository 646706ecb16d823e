/**
 * A text as lines that are decoded when they are drawn, so that 20 MB cost no string for each of their lines and
 * travel between threads without being copied.
 */
export interface Layout {
  /** UTF-8; the end of line `n` is the start of line `n + 1`. */
  readonly bytes: Uint8Array;
  /** Where each line starts in `bytes`. */
  readonly starts: Uint32Array;
  /** For every line that opens an object or list the line that closes it, 0 for the others; absent when it is no JSON. */
  readonly folds?: Int32Array;
}

/** Bytes of one line that are drawn: nobody reads on, and the page would stand still. */
const MOST_SHOWN = 10_000;

const NEWLINE = 10;
const RETURN = 13;

/** The text of a line without its end. */
export function readLine({ bytes, starts }: Layout, line: number): string {
  const start = starts[line] ?? bytes.length;
  let end = starts[line + 1] ?? bytes.length;
  if (end > start && bytes[end - 1] === NEWLINE) end -= 1;
  if (end > start && bytes[end - 1] === RETURN) end -= 1;
  if (end - start <= MOST_SHOWN) return decode(bytes.subarray(start, end));
  const left = end - start - MOST_SHOWN;
  return `${decode(bytes.subarray(start, start + MOST_SHOWN))} … ${left.toLocaleString('en')} more bytes`;
}

const decoder = new TextDecoder();
const decode = (bytes: Uint8Array): string => decoder.decode(bytes);

/** Bytes after which a line is broken, where the text has no end of line for so long. */
const LONGEST = 2000;

/** Lines of a text as it came; a very long one is broken, between characters. */
export function layOutText(bytes: Uint8Array): Layout {
  const starts = new Numbers(Math.ceil(bytes.length / 40));
  starts.add(0);
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    while (end - start > LONGEST) {
      start += LONGEST;
      // No character has more than three such bytes; what has is no UTF-8.
      for (let step = 0; step < 3 && isContinuation(bytes[start]); step += 1) start -= 1;
      starts.add(start);
    }
    start = end;
    if (start < bytes.length) starts.add(start);
  }
  return { bytes, starts: starts.toArray() };
}

/** UTF-8: bytes of 10xxxxxx go on with a character that began before. */
const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Whole numbers in a row that grows. */
export class Numbers {
  #values: Uint32Array;
  length = 0;

  constructor(expected: number) {
    this.#values = new Uint32Array(Math.max(16, expected));
  }

  add(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  toArray(): Uint32Array {
    return this.#values.slice(0, this.length);
  }
}

/** Numbers of the lines that are left when some are folded. */
export function listVisible(
  count: number,
  folds: Int32Array | undefined,
  folded: ReadonlySet<number>,
): Int32Array | undefined {
  if (folded.size === 0) return undefined;
  const visible = new Int32Array(count);
  let length = 0;
  for (let line = 0; line < count; line += 1) {
    visible[length] = line;
    length += 1;
    if (folded.has(line)) line = folds?.[line] ?? line;
  }
  return visible.subarray(0, length);
}
