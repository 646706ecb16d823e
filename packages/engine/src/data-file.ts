import type { DataRow, Json } from '@castellan/collection';

/** A data file that cannot be read: the message says which row and column. */
export class DataFileError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DataFileError';
  }
}

/**
 * Reads the rows of a data file: a JSON list of objects, or CSV with names in its first line. Newman: whole
 * and decimal numbers outside of quotes become numbers, spaces around values go.
 * @throws {DataFileError} what is wrong, with row and column
 */
export function readDataFile(text: string): DataRow[] {
  const content = text.replace(/^\uFEFF/, '');
  const json = readJson(content);
  if (json === undefined) return readCsv(content);
  if (!Array.isArray(json)) return isRow(json) ? [json] : [];
  return json.map((row, index) => {
    if (isRow(row)) return row;
    // Postman: an empty row sets nothing.
    if (row === null) return {};
    throw new DataFileError(
      `Row ${index + 1} of the data is not an object. Write every row as {"name": "value"}.`,
    );
  });
}

function readJson(text: string): Json | undefined {
  try {
    // JSON.parse gives Json and nothing else
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function isRow(value: Json): value is { [key: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

interface Cell {
  readonly text: string;
  readonly isQuoted: boolean;
}

function readCsv(text: string): DataRow[] {
  const [head, ...lines] = splitCsv(text);
  const names = (head ?? []).map(({ text: name }) => name);
  return lines.map((cells, index) => {
    if (cells.length !== names.length) {
      throw new DataFileError(
        `Row ${index + 1} of the data has ${cells.length} values and the first line names ${names.length} columns (${names.join(', ')}).`,
      );
    }
    return Object.fromEntries(cells.map((cell, column) => [names[column] ?? '', toValue(cell)]));
  });
}

function toValue({ text, isQuoted }: Cell): string | number {
  if (isQuoted || text === '') return text;
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && text.length < 16 ? Number(text) : text;
}

/** RFC 4180, line ends of every kind, empty lines left out. */
function splitCsv(text: string): Cell[][] {
  const rows: Cell[][] = [];
  const cell = /[^\S\r\n]*(?:"((?:[^"]|"")*)"[^\S\r\n]*|((?:[^",\r\n][^,\r\n]*)?))(,|\r\n|\n|\r|$)/y;
  let row: Cell[] = [];
  while (cell.lastIndex < text.length) {
    const start = cell.lastIndex;
    const found = cell.exec(text);
    if (found === null) throw brokenCell(text.slice(0, start), row.length);
    const [, quoted, bare = '', end] = found;
    row.push(
      quoted === undefined
        ? { text: bare.trim(), isQuoted: false }
        : { text: quoted.replaceAll('""', '"').trim(), isQuoted: true },
    );
    if (end === ',' && cell.lastIndex < text.length) continue;
    if (end === ',') row.push({ text: '', isQuoted: false });
    if (row.length > 1 || row[0]?.text !== '') rows.push(row);
    row = [];
  }
  return rows;
}

function brokenCell(before: string, column: number): DataFileError {
  const line = before.split(/\r\n|\n|\r/).length;
  return new DataFileError(
    `Line ${line} of the data, column ${column + 1}: a quoted value does not end before the next comma. Write a quote inside quotes twice.`,
  );
}
