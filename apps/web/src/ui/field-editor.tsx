import { useState } from 'react';
import { canBeText, readFields, writeFields } from '../state/field-text.ts';
import { FieldTable, type FieldRow, type FieldTableProps } from './field-table.tsx';

/** Names and values as a table or, for pasting and typing on, as lines of text. */
export function FieldEditor<Row extends FieldRow>(props: FieldTableProps<Row>) {
  const { label, rows, createRow, onChange } = props;
  // What is typed stays as it is typed; the rows are what comes of it.
  const [text, setText] = useState<string>();
  const isPossible = text !== undefined || canBeText(rows);
  return (
    <>
      {text === undefined ? (
        <FieldTable {...props} />
      ) : (
        <textarea
          aria-label={`${label} as text`}
          placeholder={'name: value\n// name: value that is off'}
          className="m-4 mb-0 min-h-40 flex-1 resize-none rounded-md border border-line-strong bg-transparent p-2.5 font-mono text-sm"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            onChange(readFields(event.target.value, rows, createRow));
          }}
        />
      )}
      <div className="px-4 py-2">
        <button
          type="button"
          disabled={!isPossible}
          title={isPossible ? undefined : 'A value has several lines, or a name has a colon.'}
          className="rounded-sm text-sm text-ink-2 hover:text-ink hover:underline disabled:opacity-50"
          onClick={() => setText(text === undefined ? writeFields(rows) : undefined)}
        >
          {text === undefined ? 'Edit as text' : 'Edit as a table'}
        </button>
      </div>
    </>
  );
}
