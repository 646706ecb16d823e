import { useQuery } from '@tanstack/react-query';
import type { HistoryEntry } from '@castellan/workbench/api';
import { useDeferredValue, useState } from 'react';
import { call, historyQuery, queries } from '../../api.ts';
import { sendTab } from '../../state/send.ts';
import { attempt } from '../../state/store.ts';
import { openTab } from '../../state/tabs.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Method } from '../../ui/method.tsx';

const time = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

/** What was sent, newest first: searched by address, status and body, opened and sent again. */
export function HistoryScreen() {
  const [wanted, setWanted] = useState('');
  const { data } = useQuery(historyQuery(useDeferredValue(wanted.trim())));
  const entries = data?.entries ?? [];
  return (
    <main className="flex min-h-0 min-w-0 flex-1 flex-col bg-bg">
      <div className="flex items-center gap-3 border-b border-line px-4 py-2.5">
        <h1 className="text-lg font-semibold">History</h1>
        <input
          aria-label="Search the history"
          placeholder="Address, status, name or text of the answer"
          className="h-7 w-80 rounded-md border border-line bg-raised px-2 text-sm"
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
        <Empty title={wanted === '' ? 'Nothing was sent yet' : 'Nothing found'}>
          {wanted === ''
            ? 'Every request that is sent is noted here, with its secrets masked.'
            : `No request that was sent has “${wanted}” in its address, status, name or answer.`}
        </Empty>
      ) : (
        <ul className="min-h-0 flex-1 overflow-auto">
          {entries.map((entry) => (
            <li key={entry.id} className="flex items-center border-b border-line pr-3 hover:bg-hover">
              <button
                type="button"
                className="flex min-w-0 flex-1 items-center gap-3 px-4 py-1.5 text-left text-[12.5px]"
                onClick={() => void open(entry)}
              >
                <Method method={entry.method} className="w-9" />
                <span className="w-52 shrink-0 truncate">{entry.itemName}</span>
                <span className="min-w-0 flex-1 truncate font-mono text-sm text-ink-2">{entry.url}</span>
                <span
                  className={`w-16 shrink-0 font-semibold ${entry.code !== undefined && entry.code < 400 ? 'text-ok' : 'text-bad'}`}
                >
                  {entry.code ?? 'not sent'}
                </span>
                <span className="w-46 shrink-0 truncate text-ink-3">{time.format(entry.at)}</span>
              </button>
              <Button onClick={() => void resend(entry)}>Send again</Button>
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}

/** Opens the request as it was when it was sent; what differs from the saved one is not saved yet. */
async function open(entry: HistoryEntry): Promise<void> {
  const { id, collectionId, itemId } = entry;
  const kept = await attempt(() => call('GET /api/history/{entryId}/request', { path: { entryId: id } }));
  await openTab(collectionId, itemId, kept === undefined ? undefined : () => kept.item);
}

async function resend(entry: HistoryEntry): Promise<void> {
  await open(entry);
  await sendTab(`${entry.collectionId}/${entry.itemId}`);
}
