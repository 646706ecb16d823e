import { CollectionError } from '../../errors.ts';

/** A line of a block: `name: value`, with `~` in front of one that is switched off. */
export interface BruPair {
  readonly name: string;
  readonly value: string;
  readonly isOff: boolean;
  readonly description?: string | undefined;
}

/** `name { … }` with pairs or text in it, or `name [ … ]` with a list. */
export interface BruBlock {
  readonly name: string;
  /** The lines between the braces without the two spaces that every block is set in by. */
  readonly text: string;
  /** The line of the file that the block starts at, from 1. */
  readonly line: number;
}

/** Blocks end at a brace in the first column; nothing inside of one can start there. */
const OPENING = /^([A-Za-z][\w:-]*)\s*([{[])\s*$/;
const PAIR = /^(~?)\s*(?:"((?:[^"\\]|\\.)*)"|([^:]*?))\s*:(.*)$/s;

/** Cuts a `.bru` file into its blocks. Throws `malformed` with the line. */
export function readBlocks(text: string): BruBlock[] {
  const lines = text.split(/\r?\n/);
  const blocks: BruBlock[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const opening = OPENING.exec(line);
    const name = opening?.[1];
    if (name === undefined) throw damaged(at + 1, 'a block should start here');
    const end = lines.indexOf(opening?.[2] === '{' ? '}' : ']', at + 1);
    const last = end === -1 ? findLast(lines, at, opening?.[2] === '{' ? '}' : ']') : end;
    blocks.push({ name, text: outdent(lines.slice(at + 1, last)).join('\n'), line: at + 1 });
    at = last;
  }
  return blocks;
}

/** Also a closing brace with spaces behind it ends a block. */
function findLast(lines: readonly string[], start: number, mark: string): number {
  const end = lines.findIndex((line, index) => index > start && line.trimEnd() === mark);
  if (end === -1) throw damaged(start + 1, 'the block that starts here does not end');
  return end;
}

function outdent(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/^ {2}/, ''));
}

/** Reads the pairs of a block; texts of several lines stand between `'''`. Throws `malformed` with the line. */
export function readPairs({ text, line: start }: Pick<BruBlock, 'text' | 'line'>): BruPair[] {
  const lines = text.split('\n');
  const pairs: BruPair[] = [];
  let description: string | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? '').trim();
    if (line === '') continue;
    const annotation = /^@(\w+)\((.*)\)$/.exec(line);
    if (annotation !== null) {
      if (annotation[1] === 'description')
        description = (annotation[2] ?? '').replace(/^(["'])(.*)\1$/, '$2');
      continue;
    }
    const pair = PAIR.exec(line);
    if (pair === null)
      throw damaged(start + at + 1, 'a name and a value with a colon between them belong here');
    const { value, end } = readValue((pair[4] ?? '').trim(), lines, at);
    const name = pair[2]?.replaceAll(/\\(.)/g, '$1') ?? pair[3] ?? '';
    pairs.push({ name, value, isOff: pair[1] === '~', description });
    description = undefined;
    at = end;
  }
  return pairs;
}

/** The value of a pair, and the line that it ends on. */
function readValue(first: string, lines: readonly string[], at: number): { value: string; end: number } {
  const closing = first === '[' ? ']' : first === '{' ? '}' : first.startsWith("'''") ? "'''" : undefined;
  if (closing === undefined || (closing === "'''" && first.length > 3 && first.endsWith("'''")))
    return { value: first.replace(/^'''(.*)'''$/, '$1'), end: at };
  const indent = /^ */.exec(lines[at] ?? '')?.[0].length ?? 0;
  const isEnd = (line: string): boolean =>
    closing === "'''"
      ? line.trimStart().startsWith(closing)
      : line.trimEnd() === ' '.repeat(indent) + closing;
  const end = lines.findIndex((line, index) => index > at && isEnd(line));
  if (end === -1) return { value: first, end: at };
  const inside = lines
    .slice(at + 1, end)
    .map((line) => line.slice(0, indent + 2).trimStart() + line.slice(indent + 2));
  const rest = (lines[end] ?? '').trim().slice(closing.length);
  return { value: inside.join('\n') + rest, end };
}

function damaged(line: number, detail: string): CollectionError {
  return new CollectionError('malformed', detail, { place: `line ${line}` });
}
