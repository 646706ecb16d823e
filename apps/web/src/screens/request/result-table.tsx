import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';

interface ResultTableProps {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}

const ROW_HEIGHT = 29;
const COLUMN_WIDTH = 180;

/** A list of objects as a table: sort by a column, filter by any value, save as CSV. */
export function ResultTable({ name, columns, rows }: ResultTableProps) {
  const place = useRef<HTMLDivElement>(null);
  const [sort, setSort] = useState<{ column: string; isDown: boolean } | null>(null);
  const [wanted, setWanted] = useState('');
  const shown = useMemo(() => {
    const needle = wanted.trim().toLowerCase();
    const matching =
      needle === ''
        ? [...rows]
        : rows.filter((row) => Object.values(row).some((value) => value.toLowerCase().includes(needle)));
    if (sort === null) return matching;
    const compare = new Intl.Collator('en', { numeric: true }).compare;
    const direction = sort.isDown ? -1 : 1;
    return matching.sort((a, b) => direction * compare(a[sort.column] ?? '', b[sort.column] ?? ''));
  }, [rows, sort, wanted]);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => place.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const template = { gridTemplateColumns: `repeat(${columns.length}, ${COLUMN_WIDTH}px)` };
  return (
    <>
      <div className="flex items-center gap-2 px-4 py-2 text-sm text-ink-2">
        <input
          aria-label="Filter rows"
          placeholder="Filter rows"
          className="h-7 w-48 rounded-md border border-line bg-raised px-2"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <span role="status">
          {shown.length.toLocaleString('en')} of {rows.length.toLocaleString('en')} rows
        </span>
        <Button className="ml-auto" onClick={() => saveCsv(name, columns, shown)}>
          Save as CSV
        </Button>
      </div>
      <div ref={place} className="min-h-0 flex-1 overflow-auto border-t border-line">
        <div
          role="table"
          aria-label="Answer as a table"
          aria-rowcount={shown.length + 1}
          className="w-max min-w-full text-[12.5px]"
        >
          <div role="row" className="sticky top-0 z-10 grid border-b border-line bg-sunken" style={template}>
            {columns.map((column) => (
              <div
                key={column}
                role="columnheader"
                aria-sort={sort?.column === column ? (sort.isDown ? 'descending' : 'ascending') : 'none'}
              >
                <button
                  type="button"
                  className="flex h-7 w-full items-center gap-1 px-2.5 text-left text-[11.5px] font-medium text-ink-2"
                  onClick={() => setSort({ column, isDown: sort?.column === column ? !sort.isDown : false })}
                >
                  <span className="truncate">{column}</span>
                  {sort?.column === column && (sort.isDown ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
                </button>
              </div>
            ))}
          </div>
          <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((row) => (
              <div
                key={row.key}
                role="row"
                aria-rowindex={row.index + 2}
                className="absolute left-0 grid w-full border-b border-line hover:bg-hover"
                style={{ ...template, height: ROW_HEIGHT, top: row.start }}
              >
                {columns.map((column) => (
                  <div
                    key={column}
                    role="cell"
                    className="truncate px-2.5 leading-7"
                    title={shown[row.index]?.[column]}
                  >
                    {shown[row.index]?.[column]}
                  </div>
                ))}
              </div>
            ))}
          </div>
        </div>
      </div>
    </>
  );
}

function saveCsv(name: string, columns: readonly string[], rows: ResultTableProps['rows']): void {
  // A cell that begins like a formula would run in a spreadsheet.
  const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  const blob = new Blob([lines.map((line) => line.map(cell).join(',')).join('\r\n')], { type: 'text/csv' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
