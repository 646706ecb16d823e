import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';

interface RowColumn<Row> {
  readonly name: string;
  /** Width as a class. */
  readonly width?: string;
  readonly cell: (row: Row, index: number) => ReactNode;
}

interface RowTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly RowColumn<Row>[];
  /** What a row is called by those who cannot see it. */
  readonly nameOf: (row: Row) => string;
  readonly isOn: (row: Row) => boolean;
  /** Absent: rows cannot be switched off. */
  readonly onToggle?: ((index: number) => void) | undefined;
  /** Absent: rows cannot be removed. */
  readonly onRemove?: ((index: number) => void) | undefined;
  /** The line that a person begins a new row in; it cannot be switched off or removed. */
  readonly isEmptyLine?: (index: number) => boolean;
  /** More rows at the end. */
  readonly children?: ReactNode;
}

export const cellInput = 'h-8 w-full bg-transparent px-2.5 font-mono text-sm';

/** Rows that can be switched on and off and removed, with a control in every cell. */
export function RowTable<Row>(props: RowTableProps<Row>) {
  const { label, rows, columns, nameOf, isOn, onToggle, onRemove, children } = props;
  const isEmptyLine = props.isEmptyLine ?? (() => false);
  return (
    <table aria-label={label} className="w-full table-fixed border-collapse text-[12.5px]">
      <thead>
        <tr className="h-7 border-b border-line text-left text-[11.5px] text-ink-3">
          <th className="w-9" scope="col">
            <span className="sr-only">On</span>
          </th>
          {columns.map(({ name, width = '' }) => (
            <th key={name} className={`px-2.5 font-medium ${width}`} scope="col">
              {name}
            </th>
          ))}
          <th className="w-9" scope="col">
            <span className="sr-only">Remove</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr
            // oxlint-disable-next-line react/no-array-index-key -- rows have no identity but their place
            key={index}
            className={`border-b border-line ${isOn(row) ? '' : 'text-ink-3'}`}
          >
            <td className="text-center">
              {!isEmptyLine(index) && (
                <input
                  type="checkbox"
                  className="align-middle accent-[var(--accent)]"
                  aria-label={`Use ${nameOf(row) || 'row'}`}
                  checked={isOn(row)}
                  disabled={onToggle === undefined}
                  onChange={() => onToggle?.(index)}
                />
              )}
            </td>
            {columns.map((column) => (
              <td key={column.name}>{column.cell(row, index)}</td>
            ))}
            <td>
              {onRemove !== undefined && !isEmptyLine(index) && (
                <IconButton label={`Remove ${nameOf(row) || 'row'}`} onClick={() => onRemove(index)}>
                  <X size={13} />
                </IconButton>
              )}
            </td>
          </tr>
        ))}
        {children}
      </tbody>
    </table>
  );
}
