import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { CollectionError, csvDialect, explainCsv, readDataFile } from '@castellan/collection';
import type { DataRow, Json } from '@castellan/collection';
import { toRowSource } from './row-source.ts';
import type { RowSource } from './row-source.ts';

/**
 * Opens a data file: CSV and JSON Lines are read as the run goes, so that their size does not matter; JSON is read
 * whole. Everything is read once at the beginning, so that a broken row is refused before anything is sent.
 * @throws {CollectionError} what is wrong with the file, and where; node's own error when it cannot be read
 */
export async function openDataFile(path: string): Promise<RowSource> {
  const format = await detectFormat(path);
  if (format === 'whole') return toRowSource(readDataFile(await readFile(path)).rows);
  const fingerprint = await hashFile(path);
  if (format === 'lines')
    return { count: await count(readLines(path)), fingerprint, rows: () => readLines(path) };
  const rows = await count(readCsv(path, format, countDialect));
  return { count: rows, fingerprint, rows: () => readCsv(path, format, dialect) };
}

type Format = 'csv' | 'csv-utf16' | 'lines' | 'whole';

/** Enough to see how a file begins. */
const BEGINNING = 4096;

async function detectFormat(path: string): Promise<Format> {
  if (/\.(jsonl|ndjson)$/i.test(path)) return 'lines';
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    // Spreadsheets on Windows write it, with its mark.
    if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'csv-utf16';
    const text = buffer.toString('utf8', 0, bytesRead).replace(/^\uFEFF/, '');
    return text.trim() === '' || /^\s*[[{<]/.test(text) ? 'whole' : 'csv';
  } finally {
    await file.close();
  }
}

/** Rows that a broken line has shifted would fill every request wrongly, so all have as many values as the first line. */
const dialect = { ...csvDialect, relax_column_count: false, skip_empty_lines: true };

/** Types of values are most of the work, and nobody needs them to count. */
const countDialect = { ...dialect, cast: false };

async function count(rows: AsyncIterable<unknown>): Promise<number> {
  let counted = 0;
  for await (const _row of rows) counted += 1;
  return counted;
}

async function* readCsv(
  path: string,
  format: Format,
  options: typeof dialect | typeof countDialect,
): AsyncGenerator<DataRow> {
  const { parse } = await import('csv-parse');
  const file = createReadStream(path, format === 'csv-utf16' ? 'utf16le' : undefined);
  const parser = file.pipe(parse(options));
  file.once('error', (error) => parser.destroy(error));
  try {
    // A dialect with columns gives objects.
    for await (const row of parser as AsyncIterable<DataRow>) yield row;
  } catch (cause) {
    throw explainCsv(cause);
  } finally {
    file.destroy();
  }
}

async function* readLines(path: string): AsyncGenerator<DataRow> {
  const file = createReadStream(path, 'utf8');
  let number = 0;
  try {
    for await (const line of createInterface({ input: file, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (line.trim() !== '') yield readRow(line, number);
    }
  } finally {
    file.destroy();
  }
}

function readRow(line: string, number: number): DataRow {
  try {
    // JSON.parse gives Json and nothing else
    const row = JSON.parse(line.replace(/^\uFEFF/, '')) as Json;
    if (row !== null && typeof row === 'object' && !Array.isArray(row)) return row;
  } catch {
    // Said below.
  }
  throw new CollectionError('malformed', 'every line is one row, written as {"name": "value"}', {
    place: `line ${number}`,
  });
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer); // without an encoding
  return hash.digest('hex');
}
