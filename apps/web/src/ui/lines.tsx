import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';

const LINE_HEIGHT = 19;
const JSON_PART = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;

/** Long text as lines; only those in sight are drawn, so that 20 MB scroll like one page. */
export function Lines({
  label,
  lines,
  isJson,
  wanted = '',
}: {
  label: string;
  lines: readonly string[];
  isJson: boolean;
  wanted?: string;
}) {
  const place = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => place.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
  });
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
        {virtual.getVirtualItems().map((row) => (
          <div
            key={row.key}
            className={`absolute left-0 flex min-w-full pr-4 whitespace-pre ${wanted !== '' && lines[row.index]?.toLowerCase().includes(wanted) ? 'bg-warn-soft' : ''}`}
            style={{ height: LINE_HEIGHT, lineHeight: `${LINE_HEIGHT}px`, top: row.start }}
          >
            <span
              aria-hidden
              className="mr-3.5 shrink-0 pl-4 text-right text-ink-3 select-none"
              style={{ width: `calc(${gutter + 1}ch + 16px)` }}
            >
              {row.index + 1}
            </span>
            {isJson ? <JsonLine text={lines[row.index] ?? ''} /> : <span>{lines[row.index]}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}

function JsonLine({ text }: { text: string }) {
  const parts: { text: string; tone: string }[] = [];
  let end = 0;
  for (const match of text.matchAll(JSON_PART)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index), tone: '' });
    const [whole, quoted, colon] = match;
    if (quoted !== undefined && colon !== undefined) {
      parts.push({ text: quoted, tone: 'text-accent' }, { text: colon, tone: '' });
    } else parts.push({ text: whole, tone: quoted === undefined ? 'text-warn' : 'text-ok' });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), tone: '' });
  return (
    <span>
      {parts.map((part, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- parts have no identity but their place
        <span key={index} className={part.tone}>
          {part.text}
        </span>
      ))}
    </span>
  );
}
