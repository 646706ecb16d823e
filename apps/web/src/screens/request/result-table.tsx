import { useMemo } from 'react';
import type { OpenBody } from '../../bodies/open-body.ts';
import { Empty } from '../../ui/empty.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { usePromise } from '../../ui/use-promise.ts';
import { toTable } from './body-text.ts';

/** A list of objects as a table. */
export function ResultTable({ name, body }: { name: string; body: OpenBody }) {
  const text = usePromise(() => body.text(), [body]);
  const table = useMemo(() => (text === undefined ? undefined : toTable(JSON.parse(text))), [text]);
  if (text === undefined) return <Empty title="Reading the list …" />;
  if (table === undefined) return <Empty title="This list has nothing to put into columns" />;
  return <DataTable label="Answer as a table" name={name} shownAtFirst={14} {...table} />;
}
