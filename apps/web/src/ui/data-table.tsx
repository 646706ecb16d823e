import { Popover } from '@base-ui/react/popover';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, Columns3, Copy, Download } from 'lucide-react';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { tell } from '../state/store.ts';
import { Button } from './button.tsx';
import { saveFile, toCsv, toTabbed } from './save-file.ts';

export type DataRow = Readonly<Record<string, string>>;

interface DataTableProps {
  readonly label: string;
  /** Name of the file that the rows are saved as. */
  readonly name: string;
  readonly columns: readonly string[];
  /** How many columns are shown until a person chooses. */
  readonly shownAtFirst?: number;
  readonly rows: readonly DataRow[];
  /** What a click on a row opens. */
  readonly onOpen?: (row: DataRow) => void;
  readonly children?: ReactNode;
}

const ROW_HEIGHT = 29;
const WIDTHS: Readonly<Record<string, number>> = { id: 190, status: 120, published: 190 };
const COLUMN_WIDTH = 180;

/** Rows as a table: choose and sort by columns, filter by any value, copy, save as CSV. Only rows in sight are drawn. */
export function DataTable(props: DataTableProps) {
  const { label, name, columns: all, shownAtFirst = 14, rows, onOpen, children } = props;
  const place = useRef<HTMLDivElement>(null);
  const [sort, setSort] = useState<{ column: string; isDown: boolean } | null>(null);
  const [wanted, setWanted] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>();
  const columns =
    chosen === undefined ? all.slice(0, shownAtFirst) : all.filter((column) => chosen.has(column));
  const shown = useMemo(() => arrange(rows, wanted, sort), [rows, sort, wanted]);
  // oxlint-disable-next-line react/incompatible-library -- nothing memoizes what it returns
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => place.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const template = {
    gridTemplateColumns: columns.map((column) => `${WIDTHS[column] ?? COLUMN_WIDTH}px`).join(' '),
  };
  const copy = async () => {
    await navigator.clipboard.writeText(toTabbed(columns, shown));
    tell(`Copied ${shown.length.toLocaleString('en')} rows.`);
  };
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-2 text-sm text-ink-2">
        <input
          aria-label="Filter rows"
          placeholder="Filter rows"
          className="h-7 w-44 rounded-md border border-line bg-raised px-2"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <span role="status" className="whitespace-nowrap">
          {shown.length.toLocaleString('en')} of {rows.length.toLocaleString('en')} rows
        </span>
        {children}
        <span className="ml-auto flex gap-2">
          <ChooseColumns all={all} shown={new Set(columns)} onChange={setChosen} />
          <Button onClick={() => void copy()}>
            <Copy size={12} aria-hidden /> Copy
          </Button>
          <Button onClick={() => saveFile(`${name}.csv`, toCsv(columns, shown), 'text/csv')}>
            <Download size={12} aria-hidden /> Save as CSV
          </Button>
        </span>
      </div>
      <div
        ref={place}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
        tabIndex={0}
        aria-label={`${label}, scrolled`}
        role="group"
        className="min-h-0 flex-1 overflow-auto border-t border-line"
      >
        <div
          role="table"
          aria-label={label}
          aria-rowcount={shown.length + 1}
          className="w-max min-w-full text-[12.5px]"
        >
          <div role="rowgroup" className="sticky top-0 z-10">
            <div role="row" className="grid border-b border-line bg-sunken" style={template}>
              {columns.map((column) => (
                <div
                  key={column}
                  role="columnheader"
                  aria-sort={sort?.column === column ? (sort.isDown ? 'descending' : 'ascending') : 'none'}
                >
                  <button
                    type="button"
                    className="flex h-7 w-full items-center gap-1 px-2.5 text-left text-[11.5px] font-medium text-ink-2"
                    onClick={() =>
                      setSort({ column, isDown: sort?.column === column ? !sort.isDown : false })
                    }
                  >
                    <span className="truncate">{column}</span>
                    {sort?.column === column &&
                      (sort.isDown ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
                  </button>
                </div>
              ))}
            </div>
          </div>
          <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ key, index, start }) => {
              const row = shown[index] ?? {};
              return (
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the first cell holds a button for the keyboard
                <div
                  key={key}
                  role="row"
                  aria-rowindex={index + 2}
                  className="absolute left-0 grid w-full border-b border-line hover:bg-hover"
                  style={{ ...template, height: ROW_HEIGHT, top: start }}
                  onClick={() => onOpen?.(row)}
                >
                  {columns.map((column, at) => (
                    <div key={column} role="cell" className="truncate px-2.5 leading-7" title={row[column]}>
                      {at === 0 && onOpen !== undefined ? (
                        <button type="button" className="hover:underline">
                          {row[column]}
                        </button>
                      ) : (
                        row[column]
                      )}
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      </div>
    </>
  );
}

function arrange(
  rows: readonly DataRow[],
  wanted: string,
  sort: { column: string; isDown: boolean } | null,
): readonly DataRow[] {
  const needle = wanted.trim().toLowerCase();
  const matching =
    needle === ''
      ? rows
      : rows.filter((row) => Object.values(row).some((value) => value.toLowerCase().includes(needle)));
  if (sort === null) return matching;
  const { compare } = new Intl.Collator('en', { numeric: true });
  const direction = sort.isDown ? -1 : 1;
  return matching.toSorted((a, b) => direction * compare(a[sort.column] ?? '', b[sort.column] ?? ''));
}

interface ChooseColumnsProps {
  readonly all: readonly string[];
  readonly shown: ReadonlySet<string>;
  readonly onChange: (shown: ReadonlySet<string>) => void;
}

function ChooseColumns({ all, shown, onChange }: ChooseColumnsProps) {
  const toggle = (column: string) => {
    const next = new Set(shown);
    if (!next.delete(column)) next.add(column);
    if (next.size > 0) onChange(next);
  };
  return (
    <Popover.Root>
      <Popover.Trigger className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md border border-line-strong bg-raised px-2.5 text-sm font-medium text-ink hover:bg-hover">
        <Columns3 size={12} aria-hidden /> Columns
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="z-50" align="end" sideOffset={4}>
          <Popover.Popup
            aria-label="Columns"
            className="max-h-[50vh] w-64 overflow-auto rounded-lg border border-line bg-raised p-2 shadow-[var(--shadow-pop)]"
          >
            {all.map((column) => (
              <label
                key={column}
                className="flex h-7 items-center gap-2 rounded-sm px-2 text-[12.5px] hover:bg-hover"
              >
                <input
                  type="checkbox"
                  className="accent-[var(--accent)]"
                  checked={shown.has(column)}
                  onChange={() => toggle(column)}
                />
                <span className="truncate font-mono text-sm">{column}</span>
              </label>
            ))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
