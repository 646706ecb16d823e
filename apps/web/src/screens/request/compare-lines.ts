export interface ComparedLine {
  readonly kind: 'same' | 'gone' | 'added';
  readonly text: string;
}

/** Beyond this many pairs of lines the middle is shown as replaced, because the search would be felt. */
const MOST_PAIRS = 6_000_000;

/** The lines of two texts in one order: those of both, those that only the old has, those that only the new has. */
export function compareLines(old: readonly string[], now: readonly string[]): ComparedLine[] {
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (
    end < old.length - start &&
    end < now.length - start &&
    old[old.length - 1 - end] === now[now.length - 1 - end]
  )
    end += 1;
  const tell = (kind: ComparedLine['kind']) => (text: string) => ({ kind, text });
  const oldMiddle = old.slice(start, old.length - end);
  const nowMiddle = now.slice(start, now.length - end);
  const middle =
    oldMiddle.length * nowMiddle.length > MOST_PAIRS
      ? [...oldMiddle.map(tell('gone')), ...nowMiddle.map(tell('added'))]
      : compareMiddle(oldMiddle, nowMiddle);
  return [
    ...old.slice(0, start).map(tell('same')),
    ...middle,
    ...old.slice(old.length - end).map(tell('same')),
  ];
}

/** Keeps the longest common subsequence and tells the rest. */
function compareMiddle(old: readonly string[], now: readonly string[]): ComparedLine[] {
  const width = now.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  const at = (x: number, y: number) => longest[x * width + y] ?? 0;
  for (let x = old.length - 1; x >= 0; x -= 1) {
    for (let y = now.length - 1; y >= 0; y -= 1) {
      longest[x * width + y] =
        old[x] === now[y] ? at(x + 1, y + 1) + 1 : Math.max(at(x + 1, y), at(x, y + 1));
    }
  }
  const lines: ComparedLine[] = [];
  let x = 0;
  let y = 0;
  while (x < old.length || y < now.length) {
    if (x < old.length && y < now.length && old[x] === now[y]) {
      lines.push({ kind: 'same', text: old[x] ?? '' });
      x += 1;
      y += 1;
    } else if (x < old.length && (y === now.length || at(x + 1, y) >= at(x, y + 1))) {
      lines.push({ kind: 'gone', text: old[x] ?? '' });
      x += 1;
    } else {
      lines.push({ kind: 'added', text: now[y] ?? '' });
      y += 1;
    }
  }
  return lines;
}
