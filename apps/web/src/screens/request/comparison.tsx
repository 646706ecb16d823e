import { useMemo } from 'react';
import { readLine, type Layout } from '../../bodies/layout.ts';
import type { OpenBody } from '../../bodies/open-body.ts';
import { Empty } from '../../ui/empty.tsx';
import { compareLines } from './compare-lines.ts';

const MOST_LINES = 4000;
const TONES = { same: '', gone: 'bg-bad-soft', added: 'bg-ok-soft' };
const SIGNS = { same: ' ', gone: '−', added: '+' };

/** What the answer before had and this one has not, and the reverse. */
export function Comparison({ before, now }: { before: OpenBody; now: OpenBody }) {
  const lines = useMemo(() => {
    const isLong = [before, now].some(({ layout }) => layout.starts.length > MOST_LINES);
    return isLong ? undefined : compareLines(listLines(before.layout), listLines(now.layout));
  }, [before, now]);
  if (lines === undefined) {
    return <Empty title="Too long to compare">One of the two answers has more than 4,000 lines.</Empty>;
  }
  const changed = lines.filter(({ kind }) => kind !== 'same').length;
  return (
    <>
      <p role="status" className="border-b border-line px-4 py-2 text-sm text-ink-2">
        {changed === 0
          ? 'The body is the same as that of the answer before.'
          : `${changed} lines differ from the answer before.`}
      </p>
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
        tabIndex={0}
        aria-label="Differences"
        className="min-h-0 flex-1 overflow-auto py-2 font-mono text-sm"
      >
        {lines.map(({ kind, text: line }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines have no identity but their place
          <div key={index} className={`px-4 ${TONES[kind]}`}>
            <span aria-hidden className="mr-3 text-ink-3 select-none">
              {SIGNS[kind]}
            </span>
            {line}
          </div>
        ))}
      </pre>
    </>
  );
}

const listLines = (layout: Layout): string[] =>
  Array.from(layout.starts, (_, line) => readLine(layout, line));
