import { X } from 'lucide-react';
import { IconButton } from './button.tsx';

export interface FieldRow {
  readonly key: string | null;
  readonly value: string | null;
  readonly disabled?: boolean;
  readonly description?: { readonly text: string } | undefined;
}

interface FieldTableProps<Row extends FieldRow> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly onChange: (rows: Row[]) => void;
  /** Makes the row that a person begins to type in the empty last line. */
  readonly createRow: (key: string, value: string) => Row;
  readonly isFixed?: boolean;
}

const cell = 'h-8 w-full bg-transparent px-2.5 font-mono text-sm';

/** Names and values that can be switched on and off; the last line is always empty and adds a row. */
export function FieldTable<Row extends FieldRow>({
  label,
  rows,
  onChange,
  createRow,
  isFixed = false,
}: FieldTableProps<Row>) {
  const change = (index: number, part: Partial<FieldRow>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  const toggle = (index: number) =>
    onChange(
      rows.map((row, at) => {
        if (at !== index) return row;
        const { disabled, ...rest } = row;
        // A row that is on has no `disabled` at all, as in Postman's files.
        return (disabled ? rest : { ...row, disabled: true }) as Row;
      }),
    );
  return (
    <table aria-label={label} className="w-full table-fixed border-collapse text-[12.5px]">
      <thead>
        <tr className="h-7 border-b border-line text-left text-[11.5px] text-ink-3">
          <th className="w-9" scope="col">
            <span className="sr-only">On</span>
          </th>
          <th className="w-[28%] px-2.5 font-medium" scope="col">
            Name
          </th>
          <th className="px-2.5 font-medium" scope="col">
            Value
          </th>
          <th className="w-[28%] px-2.5 font-medium" scope="col">
            Meaning
          </th>
          <th className="w-9" scope="col">
            <span className="sr-only">Remove</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- rows have no identity but their place
          <tr key={index} className={`border-b border-line ${row.disabled ? 'text-ink-3' : ''}`}>
            <td className="text-center">
              <input
                type="checkbox"
                className="align-middle accent-[var(--accent)]"
                aria-label={`Use ${row.key ?? 'row'}`}
                checked={!row.disabled}
                disabled={isFixed}
                onChange={() => toggle(index)}
              />
            </td>
            <td>
              <input
                aria-label="Name"
                className={cell}
                value={row.key ?? ''}
                readOnly={isFixed}
                spellCheck={false}
                onChange={(event) => change(index, { key: event.target.value })}
              />
            </td>
            <td>
              <input
                aria-label={`Value of ${row.key ?? ''}`}
                className={cell}
                value={row.value ?? ''}
                spellCheck={false}
                onChange={(event) => change(index, { value: event.target.value })}
              />
            </td>
            <td className="truncate px-2.5 text-ink-3" title={row.description?.text}>
              {row.description?.text}
            </td>
            <td>
              {!isFixed && (
                <IconButton
                  label={`Remove ${row.key ?? 'row'}`}
                  onClick={() => onChange(rows.filter((_, at) => at !== index))}
                >
                  <X size={13} />
                </IconButton>
              )}
            </td>
          </tr>
        ))}
        {!isFixed && (
          <tr className="border-b border-line">
            <td />
            <td>
              <input
                aria-label="New name"
                placeholder="Name"
                className={cell}
                value=""
                onChange={(event) => onChange([...rows, createRow(event.target.value, '')])}
              />
            </td>
            <td>
              <input
                aria-label="New value"
                placeholder="Value"
                className={cell}
                value=""
                onChange={(event) => onChange([...rows, createRow('', event.target.value)])}
              />
            </td>
            <td />
            <td />
          </tr>
        )}
      </tbody>
    </table>
  );
}
