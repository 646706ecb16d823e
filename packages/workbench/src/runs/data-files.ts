import { randomUUID } from 'node:crypto';
import { readDataFile, type DataRow } from '@castellan/collection';
import type { DataFileView } from '../api/runs.ts';
import { WorkbenchError } from '../errors.ts';

const MOST_FILES = 8;
const MOST_ROWS = 100_000;
const PREVIEW = 5;

/** Rows that a person chose for a run, until the workbench stops. */
export interface DataFiles {
  /** @throws WorkbenchError `bad-request` with what is wrong with the file */
  add(name: string, text: string): DataFileView;
  put(name: string, rows: readonly DataRow[]): DataFileView;
  /** @throws WorkbenchError `not-found` */
  rows(id: string): readonly DataRow[];
}

export function createDataFiles(): DataFiles {
  const files = new Map<string, readonly DataRow[]>();
  const put = (name: string, rows: readonly DataRow[]): DataFileView => {
    const id = randomUUID();
    if (files.size >= MOST_FILES) files.delete(files.keys().next().value ?? '');
    files.set(id, rows);
    return {
      id,
      name,
      columns: [...new Set(rows.slice(0, 1000).flatMap((row) => Object.keys(row)))],
      count: rows.length,
      preview: rows
        .slice(0, PREVIEW)
        .map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, toCell(value)]))),
    };
  };
  return {
    put,
    add: (name, text) => put(name, read(name, text)),
    rows(id) {
      const rows = files.get(id);
      if (rows !== undefined) return rows;
      throw new WorkbenchError(
        'not-found',
        'The data file is no longer here: the workbench was started anew. Choose it again.',
      );
    },
  };
}

function read(name: string, text: string): readonly DataRow[] {
  try {
    const file = readDataFile(text);
    if (file.rows.length === 0)
      throw new Error('it has no rows below its names. Add at least one row of values.');
    if (file.rows.length > MOST_ROWS)
      throw new Error(
        `it has more than ${MOST_ROWS.toLocaleString('en')} rows; the command line takes more.`,
      );
    return file.rows;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'it cannot be read.';
    throw new WorkbenchError('bad-request', `${name}: ${reason}`, { cause });
  }
}

/** A value of a row as a person reads it. */
export function toCell(value: DataRow[string] | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
