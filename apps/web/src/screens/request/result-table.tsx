import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { collectionsQuery } from '../../api.ts';
import type { OpenBody } from '../../bodies/open-body.ts';
import { openPath, toApiPath } from '../../state/links.ts';
import type { Tab } from '../../state/store.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { useOperations } from '../../ui/use-operations.ts';
import { usePromise } from '../../ui/use-promise.ts';
import { toTable } from './body-text.ts';

const MOST_SHOWN = 14;

/** A list of objects as a table, with the columns that its operation declares; a row leads to what it is about. */
export function ResultTable({ tab, body }: { tab: Tab; body: OpenBody }) {
  const collections = useQuery(collectionsQuery).data?.collections;
  const operations = useOperations();
  const { method, url } = tab.item.request;
  const text = usePromise(() => body.text(), [body]);
  const table = useMemo(() => {
    const declared = operations?.listColumns(method, url.raw);
    return text === undefined ? undefined : toTable(JSON.parse(text), declared);
  }, [text, operations, method, url.raw]);
  if (text === undefined) return <Empty title="Reading the list …" />;
  if (table === undefined) return <Empty title="This list has nothing to put into columns" />;
  const isLeading = toApiPath(table.rows[0]?.['id'] ?? '') !== undefined;
  return (
    <DataTable
      label="Answer as a table"
      name={tab.item.name}
      shownAtFirst={Math.min(MOST_SHOWN, table.filled)}
      columns={table.columns}
      rows={table.rows}
      {...(isLeading
        ? {
            onOpen: ({ id = '' }) => {
              const path = toApiPath(id);
              if (path !== undefined) void openPath(path, collections ?? []);
            },
          }
        : {})}
    />
  );
}
