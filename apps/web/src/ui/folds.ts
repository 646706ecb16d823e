/** For every line that opens an object or list the line that closes it; 0 for the others. */
export type Folds = Int32Array;

const OPENING = new Set(['{', '[']);

/** Finds what can be folded in JSON that was written with one member a line. */
export function findFolds(lines: readonly string[]): Folds {
  const folds = new Int32Array(lines.length);
  const open: number[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const last = line.charAt(line.length - 1);
    const end = last === ',' ? line.charAt(line.length - 2) : last;
    // A text ends with a quote, and an empty object or list closes on its own line.
    if (OPENING.has(last)) open.push(index);
    else if ((end === '}' || end === ']') && line.trimStart().charAt(0) === end) {
      const start = open.pop();
      if (start !== undefined && index > start + 1) folds[start] = index;
    }
  }
  return folds;
}

/** Numbers of the lines that are left when some are folded. */
export function listVisible(
  count: number,
  folds: Folds | undefined,
  folded: ReadonlySet<number>,
): readonly number[] | Int32Array {
  const visible = new Int32Array(count);
  let length = 0;
  for (let line = 0; line < count; line += 1) {
    visible[length] = line;
    length += 1;
    if (folded.has(line)) line = folds?.[line] ?? line;
  }
  return visible.subarray(0, length);
}
