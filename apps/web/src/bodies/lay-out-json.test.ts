import { array, assert, constantFrom, json, property } from 'fast-check';
import { expect, it } from 'vitest';
import { layOutJson } from './lay-out-json.ts';
import { readLine } from './layout.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

it('lays JSON out as JSON.stringify does with two spaces', () => {
  assert(
    property(json({ maxDepth: 6 }), constantFrom(0, 1, '\t'), (text, space) => {
      const value: unknown = JSON.parse(text);
      const laid = layOutJson(encode(JSON.stringify(value, null, space)));
      expect(decode(laid?.bytes)).toBe(JSON.stringify(value, null, 2));
      expect(laid?.items).toBe(Array.isArray(value) ? value.length : undefined);
      const lines = JSON.stringify(value, null, 2).split('\n');
      expect(laid?.starts.length).toBe(lines.length);
      expect(lines.map((_, line) => (laid === undefined ? '' : readLine(laid, line)))).toEqual(lines);
    }),
  );
});

const TOKENS =
  '{ } [ ] , : " \\ 0 1 - . e + true nul null "a" "\\u00e9" \\u12 é 01 1. .5 1e5 {"a":1} [1,2] [] {}'
    .split(' ')
    .concat(' ', '\n', '\u0001');

it('takes for JSON what JSON.parse takes, and nothing else', () => {
  const parts = constantFrom(...TOKENS);
  assert(
    property(array(parts, { maxLength: 9 }), (tokens) => {
      const text = tokens.join('');
      expect(layOutJson(encode(text)) !== undefined).toBe(canParse(text));
    }),
    { numRuns: 3000 },
  );
});

function canParse(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

it('keeps numbers and escapes as they were written, and takes a byte order mark', () => {
  const laid = layOutJson(encode('\uFEFF{"n":12345678901234567890.10,"e":"\\u00e9\\/"}'));
  expect(decode(laid?.bytes)).toBe('{\n  "n": 12345678901234567890.10,\n  "e": "\\u00e9\\/"\n}');
});

it('folds what has lines inside, innermost pairs apart', () => {
  const laid = layOutJson(encode('{"a":[1,{"b":2}],"c":{},"d":["x"]}'));
  const folds = Object.entries(laid?.folds ?? []).filter(([, end]) => end > 0);
  expect(folds).toEqual([
    ['0', 11],
    ['1', 6],
    ['3', 5],
    ['8', 10],
  ]);
});
