import { useQuery } from '@tanstack/react-query';
import { collectionsQuery } from '../../api.ts';
import { showDialog, useStore } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { RunBuilder } from './run-builder.tsx';
import { RunComparison } from './run-comparison.tsx';
import { RunView } from './run-view.tsx';

/** Runs of many: one is put together, watched, or compared with another. */
export function RunsScreen() {
  const page = useStore((state) => state.run);
  const collections = useQuery(collectionsQuery).data?.collections;
  return (
    <main className="flex min-h-0 min-w-0 flex-1 flex-col overflow-auto bg-bg">
      {page.kind === 'view' && <RunView key={page.id} id={page.id} />}
      {page.kind === 'compare' && <RunComparison first={page.first} second={page.second} />}
      {page.kind === 'build' &&
        collections !== undefined &&
        (collections.length === 0 ? (
          <Empty
            isScreen
            title="Nothing to run yet"
            action={<Button onClick={() => showDialog('import')}>Import</Button>}
          >
            A run sends the requests of a collection. Import Okta’s packs or your own first.
          </Empty>
        ) : (
          <RunBuilder key={JSON.stringify(page.order ?? {})} order={page.order} data={page.data} />
        ))}
    </main>
  );
}
