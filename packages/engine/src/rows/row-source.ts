import { createHash } from 'node:crypto';
import type { DataRow } from '@castellan/collection';

/** Rows of data, one at a time: a list in memory or a file that is read as the run goes. */
export interface RowSource {
  readonly count: number;
  /** Differs when the data does. */
  readonly fingerprint?: string;
  /** Each call begins with the first row again. Rejects when the data can no longer be read. */
  rows(): AsyncIterable<DataRow>;
}

/** Rows that lie in memory. */
export function toRowSource(rows: readonly DataRow[]): RowSource {
  return {
    count: rows.length,
    get fingerprint() {
      return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
    },
    async *rows() {
      yield* rows;
    },
  };
}

/** A row of a run: its number from 0 and its values. */
export interface NumberedRow {
  readonly row: number;
  readonly data: DataRow;
}

/**
 * The rows of a run in order, shared by everybody who takes one. Postman: an iteration beyond the last row repeats
 * the last row.
 * @param isWanted leaves rows out; they are read and not given
 */
export function createRowQueue(
  source: RowSource,
  iterations: number,
  isWanted: (row: number) => boolean = () => true,
): { next(): Promise<NumberedRow | undefined>; close(): Promise<void> } {
  const rows = source.rows()[Symbol.asyncIterator]();
  let last: DataRow = {};
  let row = 0;
  let turn: Promise<unknown> = Promise.resolve();
  return {
    next() {
      const result = turn.then(take);
      turn = result.catch(() => undefined);
      return result;
    },
    async close() {
      await rows.return?.();
    },
  };

  async function take(): Promise<NumberedRow | undefined> {
    while (row < iterations) {
      if (row < source.count) {
        const read = await rows.next();
        if (read.done !== true) last = read.value;
      }
      const number = row;
      row += 1;
      if (isWanted(number)) return { row: number, data: last };
    }
    return undefined;
  }
}
