import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, historyQuery, queries } from '../../api.ts';
import { attempt, openTab } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Method } from '../../ui/method.tsx';

const time = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

/** What was sent since the workbench started, newest first; a click opens the request again. */
export function HistoryScreen() {
  const { data } = useQuery(historyQuery);
  const [wanted, setWanted] = useState('');
  const needle = wanted.trim().toLowerCase();
  const entries = (data?.entries ?? []).filter((entry) =>
    `${entry.method} ${entry.url} ${entry.code ?? ''} ${entry.itemName}`.toLowerCase().includes(needle),
  );
  return (
    <main className="flex min-h-0 min-w-0 flex-1 flex-col bg-bg">
      <div className="flex items-center gap-3 border-b border-line px-4 py-2.5">
        <h1 className="text-lg font-semibold">History</h1>
        <input
          aria-label="Search the history"
          placeholder="Address, status or name"
          className="h-7 w-72 rounded-md border border-line bg-raised px-2 text-sm"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <Button
          className="ml-auto"
          disabled={entries.length === 0}
          onClick={() =>
            void attempt(() => call('DELETE /api/history')).then(() =>
              queries.invalidateQueries({ queryKey: ['history'] }),
            )
          }
        >
          Clear
        </Button>
      </div>
      {entries.length === 0 ? (
        <Empty title="Nothing here">Every request that is sent is noted here, with its secrets masked.</Empty>
      ) : (
        <ul className="min-h-0 flex-1 overflow-auto">
          {entries.map((entry) => (
            <li key={entry.id}>
              <button
                type="button"
                className="flex w-full items-center gap-3 border-b border-line px-4 py-1.5 text-left text-[12.5px] hover:bg-hover"
                onClick={() => void openTab(entry.collectionId, entry.itemId)}
              >
                <Method method={entry.method} className="w-9" />
                <span className="w-52 shrink-0 truncate">{entry.itemName}</span>
                <span className="min-w-0 flex-1 truncate font-mono text-sm text-ink-2">{entry.url}</span>
                <span
                  className={`w-16 shrink-0 font-semibold ${entry.code !== undefined && entry.code < 400 ? 'text-ok' : 'text-bad'}`}
                >
                  {entry.code ?? 'not sent'}
                </span>
                <span className="shrink-0 text-ink-3">{time.format(entry.at)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}
