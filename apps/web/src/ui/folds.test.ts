import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { findFolds, listVisible } from './folds.ts';

const lines = JSON.stringify({ a: [1, 2], b: {}, c: '{' }, null, 2).split('\n');

it('finds where objects and lists begin and end', () => {
  const folds = findFolds(lines);
  expect([...folds.entries()].filter(([, end]) => end > 0)).toEqual([
    [0, 7],
    [1, 4],
  ]);
});

it('hides the lines of what is folded', () => {
  expect([...listVisible(lines.length, findFolds(lines), new Set([1]))]).toEqual([0, 1, 5, 6, 7]);
});

it('closes every fold at the depth that it opened', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const written = JSON.stringify(value, null, 2).split('\n');
      for (const [start, end] of findFolds(written).entries()) {
        if (end === 0) continue;
        const indent = (line: string) => line.length - line.trimStart().length;
        expect(indent(written[end] ?? '')).toBe(indent(written[start] ?? ''));
      }
    }),
  );
});
