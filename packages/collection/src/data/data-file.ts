import { parse } from 'csv-parse/browser/esm/sync';
import { CollectionError } from '../errors.ts';
import { isObject, readJson, readText } from '../json.ts';
import type { ReadLimits } from '../json.ts';
import type { DataRow, Json } from '../model.ts';

export interface DataFile {
  readonly format: 'json' | 'csv';
  readonly rows: readonly DataRow[];
}

/**
 * Reads the rows of a data file: JSON (a list of objects, or one object) or else CSV with names in its first
 * line. Unquoted CSV values that look like numbers become numbers, as in Newman. Throws `too-large`, `empty`,
 * `forbidden-key`, `too-deep` and `malformed` with the row.
 */
export function readDataFile(file: string | Uint8Array, limits: ReadLimits = {}): DataFile {
  const text = readText(file, limits);
  if (text.trim() === '') throw new CollectionError('empty', 'a data file needs at least a line of names');
  if (/^\s*[[{]/.test(text)) return { format: 'json', rows: readJsonRows(text) };
  if (/^\s*<(!doctype|html)/i.test(text)) readJson(text);
  return { format: 'csv', rows: readCsvRows(text) };
}

function readJsonRows(text: string): DataRow[] {
  const json = readJson(text);
  const rows: Json[] = Array.isArray(json) ? json : [json];
  return rows.map((row, index) => {
    if (isObject(row)) return row;
    // Postman: an empty row sets nothing.
    if (row === null) return {};
    throw new CollectionError('malformed', 'a row must be an object of names and values', {
      place: `row ${index + 1}`,
    });
  });
}

function readCsvRows(text: string): DataRow[] {
  try {
    return parse<DataRow>(text, csvDialect);
  } catch (cause) {
    throw explainCsv(cause);
  }
}

/** How `csv-parse` reads a data file as Newman does, for those who read one piece by piece. */
export const csvDialect = {
  columns: readColumns,
  escape: '"',
  trim: true,
  relax_quotes: true,
  relax_column_count: true,
  bom: true,
  cast: (value: string, context: { readonly header: boolean; readonly quoting: boolean }) =>
    context.header || context.quoting ? value : castValue(value),
};

/** What is wrong with a CSV file, with line and column, from what `csv-parse` threw. */
export function explainCsv(cause: unknown): unknown {
  if (!isCsvError(cause)) return cause;
  const { column, index, lines } = cause;
  const name = typeof column === 'string' ? `the column “${column}”` : `value ${(index ?? 0) + 1}`;
  const place = lines === undefined ? 'an unknown line' : `line ${lines}`;
  return new CollectionError('malformed', toReason(cause, name), { place });
}

/** What `csv-parse` says of where it stopped. */
interface CsvFailure extends Error {
  readonly code: string;
  readonly column?: unknown;
  readonly index?: number;
  readonly lines?: number;
}

function isCsvError(cause: unknown): cause is CsvFailure {
  return cause instanceof Error && 'code' in cause && String(cause.code).startsWith('CSV_');
}

function toReason({ code, column, index = 0 }: CsvFailure, name: string): string {
  if (code !== 'CSV_RECORD_INCONSISTENT_COLUMNS') return `the quotes of ${name} do not close`;
  if (typeof column === 'string') return `it has no value for ${name}`;
  return `it has ${index} values, and the first line names fewer columns`;
}

function readColumns(names: readonly string[]): string[] {
  if (names.includes('__proto__'))
    throw new CollectionError('forbidden-key', '“__proto__” is not a name that a column may have');
  return [...names];
}

/** Newman 6: integers without a leading zero, then whatever JavaScript takes for a number; the rest stays text. */
function castValue(value: string): string | number {
  if (/^[-+]?[1-9]+[0-9]*$/.test(value)) return Number.parseInt(value, 10);
  const parsed = Number.parseFloat(value);
  return Number(value) - parsed + 1 >= 0 ? parsed : value;
}
