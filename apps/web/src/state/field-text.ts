import type { FieldRow } from '../ui/field-table.tsx';

/** Whether rows can be written as lines and read back as they were. */
export const canBeText = (rows: readonly FieldRow[]): boolean =>
  rows.every(
    ({ key, value }) => !/[:\n\r]|^\s*\/\/|^\s|\s$/.test(key ?? '') && !/[\n\r]|^\s|\s$/.test(value ?? ''),
  );

/** Postman: one row a line, `name: value`, and `// name: value` for one that is off. */
export function writeFields(rows: readonly FieldRow[]): string {
  return rows
    .map(({ key, value, disabled }) =>
      `${disabled === true ? '// ' : ''}${key ?? ''}: ${value ?? ''}`.trimEnd(),
    )
    .join('\n');
}

/**
 * Reads the lines of `writeFields`. What is known of a row of the same name, such as its meaning, stays.
 * @param before the rows as they were
 */
export function readFields<Row extends FieldRow>(
  text: string,
  before: readonly Row[],
  createRow: (key: string, value: string) => Row,
): Row[] {
  const left = [...before];
  return text.split(/\r?\n/).flatMap((line) => {
    if (line.trim() === '') return [];
    const [, off = '', key = '', value = ''] = /^\s*(\/\/)?\s*([^:]*?)\s*(?::\s*(.*?)\s*)?$/.exec(line) ?? [];
    const at = left.findIndex((row) => (row.key ?? '') === key);
    const known = at === -1 ? undefined : left.splice(at, 1)[0];
    const { disabled: _was, ...row } = { ...(known ?? createRow(key, value)), key, value };
    // A row that is on has no `disabled` at all, as in Postman's files.
    return [(off === '' ? row : { ...row, disabled: true }) as Row];
  });
}
