import { X } from 'lucide-react';
import { useState } from 'react';
import type { ConsoleLine } from '../../state/console.ts';
import { clearConsole, toggleConsole, useStore } from '../../state/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';

const SHOWN = { all: 'Everything', request: 'Requests', script: 'Scripts', error: 'Errors' } as const;
type Shown = keyof typeof SHOWN;

function isShown({ level, sent, text }: ConsoleLine, shown: Shown, words: string): boolean {
  const isRequest = level === 'request' || sent !== undefined;
  const fits = { all: true, request: isRequest, script: !isRequest, error: level === 'error' }[shown];
  return fits && text.toLowerCase().includes(words);
}

/** Every request with what was really sent, and what scripts said; the newest last. */
export function Console() {
  const lines = useStore((state) => state.console);
  const [shown, setShown] = useState<Shown>('all');
  const [words, setWords] = useState('');
  const wanted = lines.filter((line) => isShown(line, shown, words.trim().toLowerCase()));
  return (
    <section aria-label="Console" className="flex h-64 shrink-0 flex-col border-t border-line bg-bg">
      <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3.5 text-sm">
        <h2 className="font-semibold">Console</h2>
        <select
          aria-label="Lines of the console"
          className="h-6.5 rounded-md border border-line bg-raised px-1.5"
          value={shown}
          // The options are the keys of SHOWN.
          onChange={(event) => setShown(event.target.value as Shown)}
        >
          {Object.entries(SHOWN).map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
        <input
          aria-label="Search the console"
          placeholder="Search"
          className="h-6.5 w-52 rounded-md border border-line bg-raised px-2"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Button look="ghost" className="ml-auto" onClick={clearConsole}>
          Clear
        </Button>
        <IconButton label="Close the console" onClick={toggleConsole}>
          <X size={13} />
        </IconButton>
      </div>
      <ol
        aria-label="Console lines"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto py-1 font-mono text-sm"
      >
        {wanted.length === 0 && (
          <li className="px-3.5 font-sans text-ink-2">
            {lines.length === 0 ? 'Requests and what scripts say appear here.' : 'No line fits.'}
          </li>
        )}
        {wanted.map((line, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines are only added
          <li key={index} className={`px-3.5 py-0.5 break-all ${toTone(line)}`}>
            {line.sent === undefined ? line.text : <Exchange {...line} sent={line.sent} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

function toTone({ level, received }: ConsoleLine): string {
  if (level === 'error' || (received !== undefined && received.code >= 400)) return 'text-bad';
  return level === 'warn' ? 'text-warn' : '';
}

/** A request that opens: its head and body as they left, and the head of the answer. */
function Exchange({ text, sent, received }: ConsoleLine & Required<Pick<ConsoleLine, 'sent'>>) {
  return (
    <details>
      <summary>
        {text}
        {received !== undefined && <span className="text-ink-2"> in {Math.round(received.time)} ms</span>}
      </summary>
      <div className="my-1 ml-4 flex flex-col gap-2 border-l border-line pl-3 whitespace-pre-wrap text-ink">
        <div>
          <p className="font-sans text-ink-2">Sent, with secrets masked</p>
          {sent.method} {sent.url}
          <Head lines={sent.headers} />
          {sent.body !== undefined && sent.body !== '' && <p className="mt-1">{sent.body}</p>}
        </div>
        {received !== undefined && (
          <div>
            <p className="font-sans text-ink-2">Answered</p>
            {received.code} {received.status}
            <Head lines={received.headers} />
          </div>
        )}
      </div>
    </details>
  );
}

function Head({ lines }: { lines: readonly (readonly [name: string, value: string])[] }) {
  return lines.map(([name, value], index) => (
    // oxlint-disable-next-line react/no-array-index-key -- a header may be there twice
    <p key={index}>
      <span className="text-ink-2">{name}:</span> {value}
    </p>
  ));
}
