/** A part of a text: from `start`, up to and without `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Finds any of many texts in a long one. What it costs hardly grows with how many there are. */
export interface TextFinder {
  /** Texts that are shorter than the finder's width are left out. */
  add(text: string): void;
  /** Every part of `text` that is one of the texts; parts that overlap are one. */
  find(text: string): readonly Stretch[];
  has(text: string): boolean;
}

const SLOTS = 1 << 16;

/**
 * A finder after Wu and Manber: it looks at the end of a window, and when what stands there ends the beginning of no
 * text, it leaps over as much as it can.
 * @param width characters that every text has at least; the longer, the farther it leaps
 */
export function createTextFinder(width: number): TextFinder {
  const block = width < 6 ? 2 : 3;
  const furthest = width - block + 1;
  /** By the last characters of a window: how far a text may begin behind its start. Made when it is needed. */
  let leaps: Uint8Array | undefined;
  const texts = new Map<number, string[]>();
  return {
    add(text) {
      if (text.length < width) return;
      leaps ??= new Uint8Array(SLOTS).fill(furthest);
      for (let end = block; end <= width; end += 1) {
        const slot = toSlot(text, end, block);
        leaps[slot] = Math.min(leaps[slot] ?? 0, width - end);
      }
      const slot = toSlot(text, width, block);
      const known = texts.get(slot);
      if (known === undefined) texts.set(slot, [text]);
      else if (!known.includes(text)) known.push(text);
    },
    find(text) {
      const found: { start: number; end: number }[] = [];
      scan(text, (start, end) => {
        const last = found.at(-1);
        if (last === undefined || start >= last.end) found.push({ start, end });
        else last.end = Math.max(last.end, end);
        return true;
      });
      return found;
    },
    has(text) {
      let isThere = false;
      scan(text, () => {
        isThere = true;
        return false;
      });
      return isThere;
    },
  };

  /** @param take is told of the longest text at each place, from the left; false ends it */
  function scan(text: string, take: (start: number, end: number) => boolean): void {
    if (leaps === undefined) return;
    for (let end = width; end <= text.length;) {
      const slot = toSlot(text, end, block);
      const leap = leaps[slot] ?? 1;
      if (leap > 0) {
        end += leap;
        continue;
      }
      const start = end - width;
      let longest = 0;
      for (const one of texts.get(slot) ?? [])
        if (one.length > longest && text.startsWith(one, start)) longest = one.length;
      if (longest > 0 && !take(start, start + longest)) return;
      end += 1;
    }
  }
}

function toSlot(text: string, end: number, block: number): number {
  const two = (text.charCodeAt(end - 2) << 5) ^ text.charCodeAt(end - 1);
  return (block === 2 ? two : two ^ (text.charCodeAt(end - 3) << 10)) & (SLOTS - 1);
}
