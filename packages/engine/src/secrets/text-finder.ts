/** A part of a text: from `start`, up to and without `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Finds any of many texts in a long one, or in bytes, each of which counts as a character. */
export interface TextFinder {
  /** Characters that a text has at least. */
  readonly width: number;
  /** Texts that are shorter than the finder's width are left out. */
  add(text: string): void;
  /** Every part that is one of the texts; parts that overlap are one. */
  find(within: string | Uint8Array): readonly Stretch[];
  has(within: string | Uint8Array): boolean;
}

const SLOTS = 1 << 16;
const NONE: readonly Stretch[] = [];

/**
 * A finder after Wu and Manber: it looks at the end of a window, and when no text begins with what stands there, it leaps
 * over as much as it can. What it costs hardly grows with how many texts there are.
 * @param width characters that every text has at least; the longer, the farther it leaps
 */
export function createTextFinder(width: number): TextFinder {
  const block = width < 6 ? 2 : 3;
  /** By the last characters of a window: how far a text may begin behind its start. Made when it is needed. */
  let leaps: Uint8Array | undefined;
  const texts = new Map<number, string[]>();
  return {
    width,
    add(text) {
      if (text.length < width) return;
      leaps ??= new Uint8Array(SLOTS).fill(width - block + 1);
      for (let end = block; end <= width; end += 1) {
        const slot = toSlot(text, end);
        leaps[slot] = Math.min(leaps[slot] ?? 0, width - end);
      }
      const slot = toSlot(text, width);
      const known = texts.get(slot);
      if (known === undefined) texts.set(slot, [text]);
      else if (!known.includes(text)) known.push(text);
    },
    find(within) {
      let found: { start: number; end: number }[] | undefined;
      for (let next = findNext(within, 0); next !== undefined; next = findNext(within, next.start + 1)) {
        const last = found?.at(-1);
        if (last !== undefined && next.start < last.end) last.end = Math.max(last.end, next.end);
        else (found ??= []).push({ ...next });
      }
      return found ?? NONE;
    },
    has: (within) => findNext(within, 0) !== undefined,
  };

  function toSlot(text: string, end: number): number {
    let slot = (text.charCodeAt(end - 2) << 5) ^ text.charCodeAt(end - 1);
    if (block === 3) slot ^= text.charCodeAt(end - 3) << 10;
    return slot & (SLOTS - 1);
  }

  /** The longest text at the first place from `from` on where any stands. */
  function findNext(within: string | Uint8Array, from: number): Stretch | undefined {
    if (leaps === undefined) return undefined;
    for (let end = from + width; ; end += 1) {
      end = typeof within === 'string' ? leapInText(within, end, leaps) : leapInBytes(within, end, leaps);
      if (end > within.length) return undefined;
      const start = end - width;
      const length = findLongest(within, start);
      if (length > 0) return { start, end: start + length };
    }
  }

  function findLongest(within: string | Uint8Array, start: number): number {
    const slot = typeof within === 'string' ? toSlot(within, start + width) : toSlotOf(within, start + width);
    let length = 0;
    for (const one of texts.get(slot) ?? [])
      if (one.length > length && stands(one, within, start)) length = one.length;
    return length;
  }

  function toSlotOf(bytes: Uint8Array, end: number): number {
    let slot = ((bytes[end - 2] ?? 0) << 5) ^ (bytes[end - 1] ?? 0);
    if (block === 3) slot ^= (bytes[end - 3] ?? 0) << 10;
    return slot & (SLOTS - 1);
  }

  // The two loops that everything passes through are written out: a reader in between costs more than they do.

  function leapInText(text: string, from: number, by: Uint8Array): number {
    let end = from;
    while (end <= text.length) {
      let slot = (text.charCodeAt(end - 2) << 5) ^ text.charCodeAt(end - 1);
      if (block === 3) slot ^= text.charCodeAt(end - 3) << 10;
      const leap = by[slot & (SLOTS - 1)] ?? 1;
      if (leap === 0) return end;
      end += leap;
    }
    return end;
  }

  function leapInBytes(bytes: Uint8Array, from: number, by: Uint8Array): number {
    let end = from;
    while (end <= bytes.length) {
      let slot = ((bytes[end - 2] ?? 0) << 5) ^ (bytes[end - 1] ?? 0);
      if (block === 3) slot ^= (bytes[end - 3] ?? 0) << 10;
      const leap = by[slot & (SLOTS - 1)] ?? 1;
      if (leap === 0) return end;
      end += leap;
    }
    return end;
  }
}

/** Narrower than a block there is nothing to look at, and wider a finder hardly leaps farther. */
const WIDTHS = { least: 2, most: 16 };

/** A finder of these texts, as wide as the shortest of them lets it be; texts of one character are left out. */
export function createFinderOf(texts: readonly string[]): TextFinder {
  const shortest = texts.reduce((least, { length }) => Math.min(least, length), WIDTHS.most);
  const finder = createTextFinder(Math.max(WIDTHS.least, shortest));
  for (const text of texts) finder.add(text);
  return finder;
}

function stands(text: string, within: string | Uint8Array, start: number): boolean {
  if (typeof within === 'string') return within.startsWith(text, start);
  for (let index = 0; index < text.length; index += 1)
    if (within[start + index] !== text.charCodeAt(index)) return false;
  return true;
}

/** Bytes as characters, one for each. */
export function readBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
