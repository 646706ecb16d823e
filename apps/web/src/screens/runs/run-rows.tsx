import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { openTab } from '../../state/tabs.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Method } from '../../ui/method.tsx';
import type { RowLine } from './run-progress.ts';

const ROW_HEIGHT = 38;
const COLUMNS = 'grid grid-cols-[70px_minmax(120px,1fr)_minmax(120px,1fr)_150px_minmax(160px,2fr)_70px]';
const TONES = {
  done: 'bg-ok-soft text-ok',
  failed: 'bg-bad-soft text-bad',
  'in-doubt': 'bg-warn-soft text-warn',
  'not-reached': 'bg-active text-ink-2',
};

interface RunRowsProps {
  readonly label: string;
  readonly rows: readonly RowLine[];
  readonly collectionId: string;
  readonly nothing: string;
}

/** The rows of a run, each with the request that decided it and why. */
export function RunRows({ label, rows, collectionId, nothing }: RunRowsProps) {
  const place = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing memoizes what it returns
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => place.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  if (rows.length === 0) return <Empty title={nothing} />;
  return (
    <div
      ref={place}
      role="group"
      aria-label={`${label}, scrolled`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto"
    >
      <div role="table" aria-label={label} aria-rowcount={rows.length + 1} className="text-[12.5px]">
        <div role="rowgroup" className="sticky top-0 z-10 bg-bg">
          <div
            role="row"
            className={`${COLUMNS} h-7 items-center border-b border-line text-[11.5px] text-ink-3`}
          >
            {['Row', 'Value', 'Request', 'Answer', 'Why', ''].map((name) => (
              <div key={name} role="columnheader" className="px-2.5 font-medium">
                {name === '' ? <span className="sr-only">Open</span> : name}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ key, index, start }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <div
                key={key}
                role="row"
                aria-rowindex={index + 2}
                className={`${COLUMNS} absolute left-0 w-full items-center border-b border-line`}
                style={{ height: ROW_HEIGHT, top: start }}
              >
                <Row row={row} collectionId={collectionId} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Row({ row, collectionId }: { row: RowLine; collectionId: string }) {
  const decisive =
    row.answers.find(({ code, failure }) => failure !== undefined || (code !== undefined && code >= 400)) ??
    row.answers.at(-1);
  const answer =
    decisive?.code === undefined
      ? row.verdict === 'not-reached'
        ? 'not sent'
        : 'no answer'
      : `${decisive.code}${decisive.errorCode === undefined ? '' : ` ${decisive.errorCode}`}`;
  // Okta's own words say more than that it refused.
  const why = decisive?.summary ?? row.reason ?? row.failed[0] ?? decisive?.failure ?? '';
  return (
    <>
      <div role="cell" className="px-2.5 tabular-nums">
        {(row.row + 1).toLocaleString('en')}
      </div>
      <div role="cell" className="truncate px-2.5 font-mono text-sm" title={row.label}>
        {row.label}
      </div>
      <div role="cell" className="flex items-center gap-1.5 truncate px-2.5">
        {decisive !== undefined && <Method method={decisive.method} />}
        <span className="truncate">{decisive?.itemName}</span>
      </div>
      <div role="cell" className="px-2.5">
        <span
          className={`rounded-full px-2 py-0.5 text-sm font-semibold whitespace-nowrap ${TONES[row.verdict]}`}
        >
          {answer}
        </span>
      </div>
      <div role="cell" className="truncate px-2.5" title={row.reason ?? why}>
        {why}
      </div>
      <div role="cell" className="px-2.5">
        {decisive !== undefined && (
          <Button onClick={() => void openTab(collectionId, decisive.itemId)}>Open</Button>
        )}
      </div>
    </>
  );
}
