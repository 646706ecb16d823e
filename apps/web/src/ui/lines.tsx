import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { listVisible, type Folds } from './folds.ts';

const LINE_HEIGHT = 19;
const JSON_PART = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;

interface LinesProps {
  readonly label: string;
  readonly lines: readonly string[];
  readonly isJson: boolean;
  /** Where objects and lists begin and end, when they can be folded. */
  readonly folds?: Folds | undefined;
  /** Line that is marked and scrolled to. */
  readonly marked?: number | undefined;
  /** Lines that hold what is searched for. */
  readonly hits?: ReadonlySet<number> | undefined;
  /** What a text of the JSON leads to, if anything. */
  readonly toLink?: ((text: string) => (() => void) | undefined) | undefined;
}

/** Long text as lines; only those in sight are drawn, so that 20 MB scroll like one page. */
export function Lines({ label, lines, isJson, folds, marked, hits, toLink }: LinesProps) {
  const place = useRef<HTMLDivElement>(null);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const visible = useMemo(() => listVisible(lines.length, folds, folded), [lines, folds, folded]);
  const virtual = useVirtualizer({
    count: visible.length,
    getScrollElement: () => place.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 24,
  });
  useEffect(() => {
    if (marked === undefined) return;
    const at = visible.indexOf(marked);
    if (at === -1) setFolded(new Set());
    else virtual.scrollToIndex(at, { align: 'center' });
    // oxlint-disable-next-line react/exhaustive-deps -- the virtualizer is the same one throughout
  }, [marked, visible]);
  const toggle = (line: number) => {
    const next = new Set(folded);
    if (!next.delete(line)) next.add(line);
    setFolded(next);
  };
  const gutter = String(lines.length).length;
  return (
    <div
      ref={place}
      role="textbox"
      aria-readonly
      aria-multiline
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto py-2 font-mono text-sm"
    >
      <div className="relative w-full" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((row) => {
          const line = visible[row.index] ?? 0;
          const end = folds?.[line] ?? 0;
          const isFolded = folded.has(line);
          const text = lines[line] ?? '';
          return (
            <div
              key={line}
              className={`absolute left-0 flex min-w-full pr-4 whitespace-pre ${line === marked ? 'bg-warn-soft outline outline-warn' : hits?.has(line) ? 'bg-warn-soft' : ''}`}
              style={{ height: LINE_HEIGHT, lineHeight: `${LINE_HEIGHT}px`, top: row.start }}
            >
              <span
                aria-hidden
                className="shrink-0 pl-4 text-right text-ink-3 select-none"
                style={{ width: `calc(${gutter + 1}ch + 16px)` }}
              >
                {line + 1}
              </span>
              <span className="inline-flex w-5 shrink-0 items-center justify-center select-none">
                {end > 0 && (
                  <button
                    type="button"
                    tabIndex={-1}
                    aria-label={`${isFolded ? 'Unfold' : 'Fold'} line ${line + 1}`}
                    className="text-ink-3 hover:text-ink"
                    onClick={() => toggle(line)}
                  >
                    {isFolded ? <ChevronRight size={11} /> : <ChevronDown size={11} />}
                  </button>
                )}
              </span>
              {isJson ? <JsonLine text={text} toLink={toLink} /> : <span>{text}</span>}
              {isFolded && (
                <button
                  type="button"
                  tabIndex={-1}
                  className="ml-1 rounded-sm bg-active px-1.5 font-sans text-xs text-ink-2"
                  onClick={() => toggle(line)}
                >
                  {end - line - 1} lines
                </button>
              )}
              {isFolded && <span>{(lines[end] ?? '').trim()}</span>}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function JsonLine({ text, toLink }: { text: string; toLink: LinesProps['toLink'] }) {
  const parts: { text: string; tone: string; open?: (() => void) | undefined }[] = [];
  let end = 0;
  for (const match of text.matchAll(JSON_PART)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index), tone: '' });
    const [whole, quoted, colon] = match;
    if (quoted !== undefined && colon !== undefined) {
      parts.push({ text: quoted, tone: 'text-accent' }, { text: colon, tone: '' });
    } else if (quoted === undefined) parts.push({ text: whole, tone: 'text-warn' });
    else parts.push({ text: whole, tone: 'text-ok', open: toLink?.(quoted.slice(1, -1)) });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), tone: '' });
  return (
    <span>
      {parts.map((part, index) =>
        part.open === undefined ? (
          // oxlint-disable-next-line react/no-array-index-key -- parts have no identity but their place
          <span key={index} className={part.tone}>
            {part.text}
          </span>
        ) : (
          <button
            // oxlint-disable-next-line react/no-array-index-key -- parts have no identity but their place
            key={index}
            type="button"
            tabIndex={-1}
            title="Open the request that reads this"
            className={`${part.tone} underline decoration-dotted underline-offset-2 hover:decoration-solid`}
            onClick={part.open}
          >
            {part.text}
          </button>
        ),
      )}
    </span>
  );
}
