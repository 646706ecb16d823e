import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp, Search, Square } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { collectionsQuery } from '../../api.ts';
import type { Sight, View } from '../../bodies/held-body.ts';
import type { OpenBody } from '../../bodies/open-body.ts';
import { findNextPage, type Answer } from '../../state/answer.ts';
import { openPath, toApiPath } from '../../state/links.ts';
import { fetchAll, sendTab, stopTab } from '../../state/send.ts';
import type { Tab } from '../../state/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Lines } from '../../ui/lines.tsx';
import { useOperations } from '../../ui/use-operations.ts';
import { usePromise } from '../../ui/use-promise.ts';
import { explain, type Explanation } from './explain.ts';

interface AnswerBodyProps {
  readonly tab: Tab;
  readonly answer: Answer;
  readonly response: NonNullable<Answer['response']>;
  readonly body: OpenBody;
}

/** The body of an answer: laid out, searched, filtered, folded, with ids that lead on. */
export function AnswerBody({ tab, answer, response, body }: AnswerBodyProps) {
  const [isRaw, setRaw] = useState(false);
  const [path, setPath] = useState('');
  const view = toView(body, isRaw, path.trim());
  const sight = useSight(body, view);
  const search = useSearch(body, view);
  const toLink = useLinks();
  const explanation = useExplanation(tab, response.code, body);
  if (body.size === 0 && explanation === undefined) {
    return (
      <Empty title="The answer has no body">
        {response.code === 204 ? '204 says that it worked and that there is nothing to add.' : ''}
      </Empty>
    );
  }
  return (
    <>
      {explanation !== undefined && <Explained explanation={explanation} />}
      <Pages tab={tab} answer={answer} items={body.items} />
      <div className="mx-4 mt-2 flex h-7 shrink-0 items-center gap-2 text-sm text-ink-3">
        <Search size={13} aria-hidden className="shrink-0" />
        <input
          aria-label="Find in the body"
          placeholder="Find"
          className="h-6 w-36 min-w-0 rounded-sm bg-transparent px-1 text-ink"
          value={search.wanted}
          onChange={(event) => search.setWanted(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && search.step(event.shiftKey ? -1 : 1)}
        />
        {search.wanted !== '' && (
          <>
            <span role="status" className="whitespace-nowrap tabular-nums">
              {search.hits === undefined
                ? 'Searching …'
                : search.hits.length === 0
                  ? 'Nothing found'
                  : `${search.index + 1} of ${search.hits.length.toLocaleString('en')}`}
            </span>
            <IconButton label="Previous hit" className="size-5!" onClick={() => search.step(-1)}>
              <ChevronUp size={12} />
            </IconButton>
            <IconButton label="Next hit" className="size-5!" onClick={() => search.step(1)}>
              <ChevronDown size={12} />
            </IconButton>
          </>
        )}
        {body.isJson && (
          <input
            aria-label="Filter by JSONPath"
            placeholder="Filter: $[*].profile.login"
            spellCheck={false}
            className="h-6 min-w-0 flex-1 rounded-sm bg-transparent px-1 font-mono text-ink"
            value={path}
            onChange={(event) => setPath(event.target.value)}
          />
        )}
        <button
          type="button"
          aria-pressed={isRaw}
          className={`ml-auto rounded-sm px-1.5 py-0.5 ${isRaw ? 'bg-active text-ink' : 'hover:bg-hover'}`}
          onClick={() => setRaw(!isRaw)}
        >
          Raw
        </button>
      </div>
      {sight.problem !== undefined && (
        <p role="status" className="mx-4 text-sm text-bad">
          {sight.problem}
        </p>
      )}
      <Lines
        label="Response body"
        layout={sight.layout}
        marked={search.hits?.[search.index]}
        hits={search.hitSet}
        toLink={toLink}
      />
    </>
  );
}

function Explained({ explanation }: { explanation: Explanation }) {
  return (
    <div role="note" className="mx-4 mt-3 rounded-md border border-line bg-sunken p-3 text-[12.5px]">
      <p className="font-semibold">{explanation.title}</p>
      {explanation.causes.length > 0 && (
        <ul className="mt-1 list-disc pl-5">
          {explanation.causes.map((cause) => (
            <li key={cause}>{cause}</li>
          ))}
        </ul>
      )}
      <p className="mt-1 text-ink-2">{explanation.advice}</p>
      {explanation.needs !== undefined && <p className="mt-1 text-ink-2">{explanation.needs}</p>}
    </div>
  );
}

function useExplanation(tab: Tab, status: number, body: OpenBody): Explanation | undefined {
  const operations = useOperations();
  const { method, url } = tab.item.request;
  const text = usePromise(() => (status < 400 ? undefined : body.text()), [status, body]);
  return useMemo(
    () =>
      status >= 400 && text === undefined
        ? undefined
        : explain({
            status,
            body: text ?? '',
            operation: operations?.findOperation(method, url.raw),
            findError: operations?.findError,
          }),
    [operations, status, text, method, url.raw],
  );
}

interface PagesProps {
  readonly tab: Tab;
  readonly answer: Answer;
  readonly items: number | undefined;
}

/** Says whether more pages follow, and brings the next one or all of them. */
function Pages({ tab, answer, items }: PagesProps) {
  const next = answer.response === undefined ? undefined : findNextPage(answer.response.headers);
  const { pages } = answer;
  if (pages === undefined && next === undefined) return null;
  const count = (number: number) => number.toLocaleString('en');
  return (
    <div
      role="status"
      className="mx-4 mt-3 flex items-center gap-2 rounded-md border border-line bg-sunken px-3 py-1.5 text-[12.5px]"
    >
      {pages !== undefined
        ? `${count(pages.items)} from ${count(pages.count)} pages${pages.isDone ? '' : ' so far …'}`
        : items !== undefined
          ? `${count(items)} on this page, more follow.`
          : 'More follow.'}
      {pages?.stopped !== undefined && <span className="text-bad">{pages.stopped}</span>}
      <span className="ml-auto flex gap-2">
        {pages !== undefined && !pages.isDone && (
          <Button onClick={() => stopTab(tab.id)}>
            <Square size={12} /> Stop
          </Button>
        )}
        {pages === undefined && next !== undefined && (
          <>
            <Button onClick={() => void sendTab(tab.id, next)}>Next page</Button>
            <Button onClick={() => void fetchAll(tab.id)}>Fetch all</Button>
          </>
        )}
      </span>
    </div>
  );
}

function toView(body: OpenBody, isRaw: boolean, path: string): View {
  if (isRaw) return { kind: 'raw' };
  return path === '' || !body.isJson ? { kind: 'pretty' } : { kind: 'path', path };
}

/** The body in a view; until another view is there, the one before stays. */
function useSight(body: OpenBody, view: View): Sight {
  const key = JSON.stringify(view);
  const other = usePromise(() => (view.kind === 'pretty' ? undefined : body.see(view)), [body, key]);
  return view.kind === 'pretty' || other === undefined ? body : other;
}

function useSearch(body: OpenBody, view: View) {
  const [wanted, setWanted] = useState('');
  const [index, setIndex] = useState(0);
  const needle = wanted.trim();
  const key = JSON.stringify(view);
  const found = usePromise(() => (needle === '' ? NOTHING : body.find(view, needle)), [body, key, needle]);
  const hitSet = useMemo(() => new Set(found), [found]);
  const count = found?.length ?? 0;
  return {
    wanted,
    hits: found,
    hitSet,
    index: Math.min(index, Math.max(0, count - 1)),
    setWanted: (text: string) => {
      setWanted(text);
      setIndex(0);
    },
    step: (by: number) => setIndex((now) => (now + by + count) % Math.max(1, count)),
  };
}

const NOTHING = new Int32Array();

function useLinks() {
  const collections = useQuery(collectionsQuery).data?.collections;
  const known = useRef(collections);
  useEffect(() => {
    known.current = collections;
  });
  return useMemo(
    () => (text: string) => {
      const path = toApiPath(text);
      return path === undefined ? undefined : () => void openPath(path, known.current ?? []);
    },
    [],
  );
}
