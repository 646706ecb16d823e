import { expect, it } from 'vitest';
import { layOutText, listVisible, readLine } from './layout.ts';

const read = (text: string) => {
  const layout = layOutText(new TextEncoder().encode(text));
  return Array.from(layout.starts, (_, line) => readLine(layout, line));
};

it('reads lines by either end, and none for an end that nothing follows', () => {
  expect(read('one\r\ntwo\n\nfour\n')).toEqual(['one', 'two', '', 'four']);
  expect(read('')).toEqual(['']);
});

it('breaks a line of megabytes between its characters, and loses none', () => {
  const lines = read(`${'é'.repeat(1_000_001)}\nend`);
  expect(lines.length).toBeGreaterThan(900);
  expect(lines.join('')).toBe(`${'é'.repeat(1_000_001)}end`);
});

it('leaves out the lines inside of what is folded', () => {
  const folds = Int32Array.from([4, 2, 0, 0, 0]);
  expect([...(listVisible(5, folds, new Set([1])) ?? [])]).toEqual([0, 1, 3, 4]);
  expect(listVisible(5, folds, new Set())).toBeUndefined();
});
