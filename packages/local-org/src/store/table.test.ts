import { array, assert, boolean, constantFrom, nat, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import { createTable } from './table.ts';

interface Row {
  readonly id: string;
  readonly colour?: string | undefined;
}

const change = record({
  id: constantFrom('1', '2', '3', '4'),
  colour: constantFrom('red', 'blue', undefined),
  isDeleted: boolean(),
});

it('finds by every index what it would find by looking at every row, however rows come and go', () => {
  assert(
    property(array(change), nat(), (changes, asked) => {
      const table = createTable<Row>('rows', { colour: (row) => row.colour }, () => {});
      const lookUp = (key: string) => table.lookUp('late', (row) => row.colour, key);
      changes.forEach(({ id, colour, isDeleted }, at) => {
        if (at === asked) lookUp('red');
        if (isDeleted) table.delete(id);
        else table.put({ id, colour });
      });
      for (const key of ['red', 'blue']) {
        const right = [...table.values()].filter((row) => row.colour === key);
        expect(new Set(table.by('colour', key))).toEqual(new Set(right));
        expect(new Set(lookUp(key))).toEqual(new Set(right));
        expect(table.count('colour', key)).toBe(right.length);
      }
    }),
  );
});
