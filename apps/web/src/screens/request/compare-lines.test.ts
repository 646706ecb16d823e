import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareLines } from './compare-lines.ts';

it('tells what is gone and what was added', () => {
  expect(compareLines(['a', 'b', 'c'], ['a', 'x', 'c'])).toEqual([
    { kind: 'same', text: 'a' },
    { kind: 'gone', text: 'b' },
    { kind: 'added', text: 'x' },
    { kind: 'same', text: 'c' },
  ]);
});

it('holds both texts whole, in their order', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
  fc.assert(
    fc.property(text, text, (old, now) => {
      const lines = compareLines(old, now);
      const of = (kind: string) => lines.filter((line) => line.kind === kind || line.kind === 'same');
      expect(of('gone').map((line) => line.text)).toEqual(old);
      expect(of('added').map((line) => line.text)).toEqual(now);
    }),
  );
});
