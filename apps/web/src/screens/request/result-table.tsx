import { useMemo } from 'react';
import { Empty } from '../../ui/empty.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { toTable } from './body-text.ts';

/** A list of objects as a table. */
export function ResultTable({ name, items }: { name: string; items: readonly unknown[] }) {
  const table = useMemo(() => toTable(items), [items]);
  if (table === undefined) return <Empty title="This list has nothing to put into columns" />;
  return <DataTable label="Answer as a table" name={name} shownAtFirst={14} {...table} />;
}
