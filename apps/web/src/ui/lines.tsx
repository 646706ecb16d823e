import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { toLayout } from '../bodies/held-body.ts';
import { listVisible, readLine, type Layout } from '../bodies/layout.ts';
import { usePreferences } from '../state/preferences.ts';
import { useLineWindow } from './line-window.ts';

const JSON_PART = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;

interface LinesProps {
  readonly label: string;
  readonly layout: Layout;
  /** Line that is marked and scrolled to. */
  readonly marked?: number | undefined;
  /** Lines that hold what is searched for. */
  readonly hits?: ReadonlySet<number> | undefined;
  /** What a text of the JSON leads to, if anything. */
  readonly toLink?: ((text: string) => (() => void) | undefined) | undefined;
}

/**
 * Long text as lines; only those in sight are drawn, so that 20 MB scroll like one page. Arrows move a line, Left and
 * Right fold and unfold it, Enter follows its link.
 */
export function Lines({ label, layout, marked, hits, toLink }: LinesProps) {
  const { folds } = layout;
  const count = layout.starts.length;
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [current, setCurrent] = useState<number | null>(null);
  const [seen, setSeen] = useState(layout);
  if (seen !== layout) {
    setSeen(layout);
    setFolded(new Set());
    setCurrent(null);
  }
  const visible = useMemo(() => listVisible(count, folds, folded), [count, folds, folded]);
  const lineAt = (index: number) => (visible === undefined ? index : (visible[index] ?? 0));
  const indexOf = (line: number) => (visible === undefined ? line : visible.indexOf(line));
  const place = useRef<HTMLDivElement>(null);
  const rowHeight = Math.round((usePreferences()?.codeSize ?? 12) * 1.58);
  const sight = useLineWindow({ place, count: visible?.length ?? count, content: layout, rowHeight });
  const id = useId();
  const shown = useRef(sight);
  useEffect(() => {
    shown.current = sight;
  });
  // A line that is looked for is not left folded away.
  if (marked !== undefined && visible !== undefined && !visible.includes(marked)) setFolded(new Set());
  useEffect(() => {
    if (marked !== undefined) shown.current.show(visible === undefined ? marked : visible.indexOf(marked));
  }, [marked, visible]);

  const toggle = (line: number) => {
    const next = new Set(folded);
    if (!next.delete(line)) next.add(line);
    setFolded(next);
  };
  const isFoldable = (line: number) => (folds?.[line] ?? 0) > 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== event.currentTarget) return;
    const index = current === null ? Math.floor(sight.first) : indexOf(current);
    const line = lineAt(index);
    const go = (to: number) => {
      const next = Math.max(0, Math.min(to, (visible?.length ?? count) - 1));
      setCurrent(lineAt(next));
      sight.show(next, 'nearest');
    };
    switch (event.key) {
      case 'ArrowDown':
        go(current === null ? index : index + 1);
        break;
      case 'ArrowUp':
        go(index - 1);
        break;
      case 'PageDown':
        go(index + sight.page);
        break;
      case 'PageUp':
        go(index - sight.page);
        break;
      case 'Home':
        go(0);
        break;
      case 'End':
        go(count);
        break;
      case 'ArrowLeft':
        if (isFoldable(line) && !folded.has(line)) toggle(line);
        else return;
        break;
      case 'ArrowRight':
        if (folded.has(line)) toggle(line);
        else return;
        break;
      case 'Enter':
        findLink(readLine(layout, line), toLink)?.();
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  const gutter = String(count).length;
  const isCurrentDrawn = current !== null && sight.rows.some(({ index }) => lineAt(index) === current);
  return (
    <div
      ref={place}
      role="textbox"
      aria-readonly
      aria-multiline
      aria-label={label}
      aria-activedescendant={isCurrentDrawn ? `${id}${current}` : undefined}
      tabIndex={0}
      className="group min-h-0 flex-1 overflow-auto py-2 font-mono text-code"
      onScroll={sight.onScroll}
      onKeyDown={onKeyDown}
    >
      <div className="relative w-full" style={{ height: sight.height }}>
        {sight.rows.map(({ index, top }) => {
          const line = lineAt(index);
          const isFolded = folded.has(line);
          const text = readLine(layout, line);
          return (
            <div
              key={line}
              id={`${id}${line}`}
              className={`absolute left-0 flex min-w-full pr-4 whitespace-pre ${toTone(line === marked, hits?.has(line), line === current)}`}
              style={{ height: rowHeight, lineHeight: `${rowHeight}px`, top }}
            >
              <span
                aria-hidden
                className="shrink-0 pl-4 text-right text-ink-3 select-none"
                style={{ width: `calc(${gutter + 1}ch + 16px)` }}
              >
                {line + 1}
              </span>
              <span className="inline-flex w-5 shrink-0 items-center justify-center select-none">
                {isFoldable(line) && (
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
              {folds === undefined ? <span>{text}</span> : <JsonLine text={text} toLink={toLink} />}
              {isFolded && (
                <>
                  <button
                    type="button"
                    tabIndex={-1}
                    className="ml-1 rounded-sm bg-active px-1.5 font-sans text-xs text-ink-2"
                    onClick={() => toggle(line)}
                  >
                    {(folds?.[line] ?? 0) - line - 1} lines
                  </button>
                  <span>{readLine(layout, folds?.[line] ?? 0).trim()}</span>
                </>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** A text that is there as one, as lines. */
export function TextLines({ label, text }: { label: string; text: string }) {
  const layout = useMemo(() => toLayout(text), [text]);
  return <Lines label={label} layout={layout} />;
}

function toTone(isMarked: boolean, isHit: boolean | undefined, isCurrent: boolean): string {
  if (isMarked) return 'bg-warn-soft outline outline-warn';
  const ground = isHit === true ? 'bg-warn-soft' : '';
  return isCurrent ? `${ground} group-focus:outline group-focus:outline-accent` : ground;
}

interface Part {
  readonly text: string;
  readonly tone: string;
  readonly open?: (() => void) | undefined;
}

/** Pieces of a line of JSON by their colours, and what they lead to. */
function splitJson(text: string, toLink: LinesProps['toLink']): Part[] {
  const parts: Part[] = [];
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
  return parts;
}

function findLink(text: string, toLink: LinesProps['toLink']): (() => void) | undefined {
  return splitJson(text, toLink).find(({ open }) => open !== undefined)?.open;
}

function JsonLine({ text, toLink }: { text: string; toLink: LinesProps['toLink'] }) {
  return (
    <span>
      {splitJson(text, toLink).map((part, index) =>
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
