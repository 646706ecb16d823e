import type { ReactNode } from 'react';
import type { KnownVariable } from '../state/variables.ts';
import { cellInput, RowTable } from './row-table.tsx';
import { VariableInput } from './variable-input.tsx';

export interface FieldRow {
  readonly key: string | null;
  readonly value: string | null;
  readonly disabled?: boolean;
  readonly description?: { readonly text: string } | undefined;
}

/** A row that the definition of the operation offers and the request does not have yet. */
interface OfferedField {
  readonly name: string;
  readonly meaning: string;
}

export interface FieldTableProps<Row extends FieldRow> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly onChange: (rows: Row[]) => void;
  /** Makes the row that a person begins to type in the empty last line. */
  readonly createRow: (key: string, value: string) => Row;
  readonly variables: ReadonlyMap<string, KnownVariable>;
  readonly isFixed?: boolean;
  readonly offers?: readonly OfferedField[];
  /** Draws the value of a row that is not a line of text. */
  readonly drawValue?: (row: Row, change: (row: Row) => void) => ReactNode;
}

/** Names and values that can be switched on and off; the last line is always empty and adds a row. */
export function FieldTable<Row extends FieldRow>(props: FieldTableProps<Row>) {
  const { label, rows, onChange, createRow, variables, isFixed = false, offers = [], drawValue } = props;
  // The empty line is a row like the others, so that whoever types into it stays in it.
  const lines = isFixed ? rows : [...rows, createRow('', '')];
  const isEmptyLine = (index: number) => index === rows.length;
  const put = (index: number, next: Row) =>
    onChange(isEmptyLine(index) ? [...rows, next] : rows.map((row, at) => (at === index ? next : row)));
  const change = (index: number, row: Row, part: Partial<FieldRow>) => put(index, { ...row, ...part });
  const toggle = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    const { disabled, ...rest } = row;
    // A row that is on has no `disabled` at all, as in Postman's files.
    put(index, (disabled ? rest : { ...row, disabled: true }) as Row);
  };
  const meaningOf = (row: Row) =>
    row.description?.text ?? offers.find(({ name }) => name === row.key)?.meaning ?? '';
  return (
    <RowTable
      label={label}
      rows={lines}
      isEmptyLine={isEmptyLine}
      nameOf={(row) => row.key ?? ''}
      isOn={(row) => !row.disabled}
      {...(isFixed
        ? {}
        : {
            onToggle: toggle,
            onRemove: (index: number) => onChange(rows.filter((_, at) => at !== index)),
          })}
      columns={[
        {
          name: 'Name',
          width: 'w-[24%]',
          cell: (row, index) => (
            <input
              aria-label={isEmptyLine(index) ? 'New name' : 'Name'}
              placeholder={isEmptyLine(index) ? 'Name' : ''}
              className={cellInput}
              value={row.key ?? ''}
              readOnly={isFixed}
              spellCheck={false}
              onChange={(event) => change(index, row, { key: event.target.value })}
            />
          ),
        },
        {
          name: 'Value',
          cell: (row, index) =>
            drawValue?.(row, (next) => put(index, next)) ?? (
              <div className="h-8">
                <VariableInput
                  label={isEmptyLine(index) ? 'New value' : `Value of ${row.key ?? ''}`}
                  placeholder={isEmptyLine(index) ? 'Value' : ''}
                  value={row.value ?? ''}
                  variables={variables}
                  onChange={(value) => change(index, row, { value })}
                />
              </div>
            ),
        },
        {
          name: 'Meaning',
          width: 'w-[38%]',
          cell: (row) => (
            <span className="block px-2.5 py-1 text-[12px] leading-4 text-ink-3" title={meaningOf(row)}>
              {meaningOf(row)}
            </span>
          ),
        },
      ]}
    >
      {offers
        .filter(({ name }) => !rows.some((row) => row.key === name))
        .map(({ name, meaning }) => (
          <tr key={name} className="border-b border-line text-ink-3">
            <td className="text-center">
              <input
                type="checkbox"
                className="align-middle accent-[var(--accent)]"
                aria-label={`Add ${name}`}
                checked={false}
                onChange={() => onChange([...rows, createRow(name, '')])}
              />
            </td>
            <td colSpan={2} className="px-2.5 font-mono text-sm">
              {name}
            </td>
            <td colSpan={2} className="px-2.5 py-1.5 text-[12px] leading-4">
              {meaning}
            </td>
          </tr>
        ))}
    </RowTable>
  );
}
