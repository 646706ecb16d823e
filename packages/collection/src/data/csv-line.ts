import type { Json } from '../model.ts';

/**
 * A line of CSV (RFC 4180). Texts are quoted, so that whoever reads it back keeps `007` a text; numbers are not.
 */
export function writeCsvLine(values: readonly Json[]): string {
  return `${values.map(writeCell).join(',')}\n`;
}

function writeCell(value: Json): string {
  if (value === null || value === '') return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `"${text.replaceAll('"', '""')}"`;
}
