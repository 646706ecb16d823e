import { Plus } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { cellInput, RowTable } from '../../ui/row-table.tsx';
import { emptyRow, isSecret, type DraftRow } from './draft.ts';

interface ValuesFormProps {
  readonly rows: readonly DraftRow[];
  /** What is wrong with the keys of rows, by their place. */
  readonly problems: ReadonlyMap<number, string>;
  readonly onChange: (rows: readonly DraftRow[]) => void;
}

/** The rows of an environment: what is in its file, and what this person uses now. */
export function ValuesForm({ rows, problems, onChange }: ValuesFormProps) {
  const changeRow = (index: number, part: Partial<DraftRow>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  return (
    <>
      <div className="min-h-0 flex-1 overflow-auto">
        <RowTable
          label="Values"
          rows={rows}
          nameOf={(row) => row.key}
          isOn={(row) => row.enabled}
          onToggle={(index) => changeRow(index, { enabled: rows[index]?.enabled === false })}
          onRemove={(index) => onChange(rows.filter((_, at) => at !== index))}
          columns={[
            {
              name: 'Key',
              width: 'w-[24%]',
              cell: (row, index) => (
                <>
                  <input
                    aria-label={`Key ${index + 1}`}
                    aria-invalid={problems.has(index)}
                    className={cellInput}
                    spellCheck={false}
                    value={row.key}
                    onChange={(event) => changeRow(index, { key: event.target.value })}
                  />
                  {problems.has(index) && (
                    <p role="alert" className="px-2.5 pb-1.5 text-sm text-bad">
                      {problems.get(index)}
                    </p>
                  )}
                </>
              ),
            },
            {
              name: 'Initial value',
              cell: (row, index) => (
                <input
                  aria-label={`Initial ${index + 1}`}
                  className={cellInput}
                  spellCheck={false}
                  disabled={isSecret(row)}
                  placeholder={isSecret(row) ? 'stays out of the file' : ''}
                  value={isSecret(row) ? '' : (row.initial ?? '')}
                  onChange={(event) =>
                    changeRow(index, {
                      initial: event.target.value,
                      ...(row.value === row.initial ? { value: event.target.value } : {}),
                    })
                  }
                />
              ),
            },
            {
              name: 'Current value',
              cell: (row, index) => (
                <input
                  aria-label={`Value ${index + 1}`}
                  className={cellInput}
                  spellCheck={false}
                  autoComplete="off"
                  type={isSecret(row) ? 'password' : 'text'}
                  placeholder={row.isKept ? '•••••••• (type to replace)' : ''}
                  value={row.isKept ? '' : (row.value ?? '')}
                  onChange={(event) =>
                    changeRow(index, {
                      value: event.target.value,
                      isKept: false,
                      // Until someone tells them apart, both values are one.
                      ...(row.value === row.initial ? { initial: event.target.value } : {}),
                    })
                  }
                />
              ),
            },
            {
              name: 'Type',
              width: 'w-24',
              cell: (row, index) => (
                <select
                  aria-label={`Type ${index + 1}`}
                  className="h-8 w-full bg-raised px-1"
                  value={isSecret(row) ? 'secret' : 'default'}
                  onChange={(event) =>
                    changeRow(index, { type: event.target.value === 'secret' ? 'secret' : 'default' })
                  }
                >
                  <option value="default">Default</option>
                  <option value="secret">Secret</option>
                </select>
              ),
            },
          ]}
        />
        <Button look="ghost" className="m-2" onClick={() => onChange([...rows, emptyRow])}>
          <Plus size={13} /> Add a row
        </Button>
      </div>
      <p className="border-t border-line px-3 py-2 text-sm text-ink-3">
        Requests use current values; scripts change them, and they are yours alone. Initial values are in the
        file that others see. Secrets, and values named like apikey, token or password, stay outside of the
        workspace folder and out of this page.
      </p>
    </>
  );
}
