import { useMemo } from 'react';
import { readText, type Answer } from '../../state/answer.ts';
import { Empty } from '../../ui/empty.tsx';
import { formatBody } from './body-text.ts';
import { compareLines } from './compare-lines.ts';

const MOST_LINES = 4000;
const TONES = { same: '', gone: 'bg-bad-soft', added: 'bg-ok-soft' };
const SIGNS = { same: ' ', gone: '−', added: '+' };

/** What the answer before had and this one has not, and the reverse. */
export function Comparison({ before, text }: { before: Answer | undefined; text: string }) {
  const lines = useMemo(() => {
    const old = formatBody(before === undefined ? '' : readText(before)).lines;
    const now = formatBody(text).lines;
    return old.length > MOST_LINES || now.length > MOST_LINES ? undefined : compareLines(old, now);
  }, [before, text]);
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
