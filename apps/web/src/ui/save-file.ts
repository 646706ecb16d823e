/** Hands a text or bytes to the person as a file. */
export function saveFile(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Has the browser save what the workbench answers under a path; the page stays where it is, also when that is nothing. */
export function saveFrom(path: string): void {
  const link = document.createElement('a');
  link.href = path;
  link.download = '';
  link.click();
}

type Rows = readonly Readonly<Record<string, string>>[];

/** Writes rows as CSV (RFC 4180). */
export function toCsv(columns: readonly string[], rows: Rows): string {
  return writeRows(columns, rows, quote)
    .map((line) => line.join(','))
    .join('\r\n');
}

/** Writes rows as spreadsheets read them from the clipboard: what holds a tab, a line end or a quote is quoted. */
export function toTabbed(columns: readonly string[], rows: Rows): string {
  const cell = (text: string) => (/[\t\r\n"]/.test(text) ? quote(text) : text);
  return writeRows(columns, rows, cell)
    .map((line) => line.join('\t'))
    .join('\n');
}

function writeRows(columns: readonly string[], rows: Rows, cell: (text: string) => string): string[][] {
  // A cell that begins like a formula would run in a spreadsheet.
  const toText = (text: string) => cell(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return lines.map((line) => line.map(toText));
}

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
