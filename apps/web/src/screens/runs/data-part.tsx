import type { DataFileView, Estimate } from '@castellan/workbench/api';
import { FileSpreadsheet, X } from 'lucide-react';
import { call } from '../../api.ts';
import { IconButton } from '../../ui/button.tsx';
import { Field, NumberInput } from './form-parts.tsx';

/** Which rows a run has: those of a file with its columns matched, or so many times the same. */
export interface RowsDraft {
  readonly data: DataFileView | undefined;
  readonly rename: Readonly<Record<string, string>>;
  readonly iterations: string;
}

interface DataPartProps {
  readonly draft: RowsDraft;
  readonly estimate: Estimate | undefined;
  readonly onChange: (part: Partial<RowsDraft>) => void;
  readonly onProblem: (problem: string | undefined) => void;
}

/** Chooses the rows: a file with its first rows shown, or a number. */
export function DataPart({ draft, estimate, onChange, onProblem }: DataPartProps) {
  const { data } = draft;
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    try {
      const added = await call('POST /api/data-files', {
        body: { name: file.name, text: await file.text() },
      });
      onProblem(undefined);
      onChange({ data: added, rename: {} });
    } catch (cause) {
      onProblem(cause instanceof Error ? cause.message : 'The file cannot be read.');
    }
  };
  if (data === undefined) {
    return (
      <div className="grid grid-cols-2 gap-4">
        <Field label="Data file" hint="CSV with names in its first line, or a JSON list of objects">
          <input
            type="file"
            aria-label="Data file"
            accept=".csv,.json,.txt,text/csv,application/json"
            className="text-sm file:mr-2 file:h-8 file:rounded-md file:border file:border-line-strong file:bg-raised file:px-2.5 file:text-ink"
            onChange={(event) => void choose(event.target.files?.[0])}
          />
        </Field>
        <Field label="Or run it so many times">
          <NumberInput
            value={draft.iterations}
            min={1}
            max={100000}
            onChange={(iterations) => onChange({ iterations })}
          />
        </Field>
      </div>
    );
  }
  const wanted = [
    ...(estimate?.missing ?? []).map(({ name }) => name),
    ...Object.values(draft.rename).filter((name) => name !== ''),
  ];
  return (
    <>
      <p className="flex items-center gap-2 text-[12.5px]">
        <FileSpreadsheet size={14} aria-hidden className="text-ink-2" />
        <span className="truncate font-semibold">{data.name}</span>
        <span className="text-ink-2">{data.count.toLocaleString('en')} rows</span>
        <IconButton
          label="Take the file away"
          className="ml-auto"
          onClick={() => onChange({ data: undefined, rename: {} })}
        >
          <X size={13} />
        </IconButton>
      </p>
      <div
        role="group"
        aria-label="First rows, scrolled"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
        tabIndex={0}
        className="overflow-auto rounded-md border border-line"
      >
        <table aria-label="First rows" className="w-full text-sm">
          <thead>
            <tr className="bg-sunken text-left">
              {data.columns.map((column) => (
                <th key={column} scope="col" className="px-2 py-1.5 font-medium whitespace-nowrap">
                  <span className="font-mono">{column}</span>
                  <select
                    aria-label={`Variable for ${column}`}
                    className="mt-1 block h-6.5 w-full min-w-28 rounded-sm border border-line bg-raised font-normal"
                    value={draft.rename[column] ?? column}
                    onChange={(event) =>
                      onChange({ rename: { ...draft.rename, [column]: event.target.value } })
                    }
                  >
                    {[...new Set([column, ...wanted])].map((name) => (
                      <option key={name} value={name}>{`{{${name}}}`}</option>
                    ))}
                  </select>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.preview.map((row, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- rows have no identity but their place
              <tr key={index} className="border-t border-line font-mono">
                {data.columns.map((column) => (
                  <td key={column} className="max-w-60 truncate px-2 py-1">
                    {row[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
