import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp, Search, Square } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { collectionsQuery } from '../../api.ts';
import { findNextPage, type Answer } from '../../state/answer.ts';
import { openPath, toApiPath } from '../../state/links.ts';
import { fetchAll, sendTab, stopTab } from '../../state/send.ts';
import type { Tab } from '../../state/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { findFolds } from '../../ui/folds.ts';
import { Lines } from '../../ui/lines.tsx';
import { useOperations } from '../../ui/use-operations.ts';
import { explain, type Explanation } from './explain.ts';
import { selectByPath, type Selection } from './json-path.ts';

interface AnswerBodyProps {
  readonly tab: Tab;
  readonly answer: Answer;
  readonly response: NonNullable<Answer['response']>;
  readonly text: string;
  readonly lines: readonly string[];
  readonly json: unknown;
}

/** The body of an answer: laid out, searched, filtered, folded, with ids that lead on. */
export function AnswerBody({ tab, answer, response, text, lines, json }: AnswerBodyProps) {
  const [isRaw, setRaw] = useState(false);
  const [path, setPath] = useState('');
  const selection = useSelection(json, path);
  const shown = isRaw ? text.split('\n') : (selection?.lines ?? lines);
  const isJson = json !== undefined && !isRaw;
  const folds = useMemo(() => (isJson ? findFolds(shown) : undefined), [shown, isJson]);
  const search = useSearch(shown);
  const toLink = useLinks();
  const explanation = useExplanation(tab, response.code, text);
  if (text === '' && explanation === undefined) {
    return (
      <Empty title="The answer has no body">
        {response.code === 204 ? '204 says that it worked and that there is nothing to add.' : ''}
      </Empty>
    );
  }
  return (
    <>
      {explanation !== undefined && <Explained explanation={explanation} />}
      <Pages tab={tab} answer={answer} json={json} />
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
              {search.hits.length === 0
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
        {json !== undefined && (
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
      {selection?.problem !== undefined && (
        <p role="status" className="mx-4 text-sm text-bad">
          {selection.problem}
        </p>
      )}
      <Lines
        label="Response body"
        lines={shown}
        isJson={isJson}
        folds={folds}
        marked={search.hits[search.index]}
        hits={search.hitSet}
        toLink={isJson ? toLink : undefined}
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

function useExplanation(tab: Tab, status: number, body: string): Explanation | undefined {
  const operations = useOperations();
  const { method, url } = tab.item.request;
  return useMemo(
    () =>
      explain({
        status,
        body: status < 400 ? '' : body,
        operation: operations?.findOperation(method, url.raw),
        findError: operations?.findError,
      }),
    [operations, status, body, method, url.raw],
  );
}

/** Says whether more pages follow, and brings the next one or all of them. */
function Pages({ tab, answer, json }: { tab: Tab; answer: Answer; json: unknown }) {
  const next = answer.response === undefined ? undefined : findNextPage(answer.response.headers);
  const { pages } = answer;
  if (pages === undefined && next === undefined) return null;
  const count = (items: number) => items.toLocaleString('en');
  return (
    <div
      role="status"
      className="mx-4 mt-3 flex items-center gap-2 rounded-md border border-line bg-sunken px-3 py-1.5 text-[12.5px]"
    >
      {pages !== undefined
        ? `${count(pages.items)} from ${count(pages.count)} pages${pages.isDone ? '' : ' so far …'}`
        : Array.isArray(json)
          ? `${count(json.length)} on this page, more follow.`
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

/** The part of the JSON that a JSONPath names; the library behind it arrives with the first one. */
function useSelection(json: unknown, path: string): Selection | undefined {
  const [found, setFound] = useState<{ json: unknown; path: string; selection: Selection }>();
  const wanted = path.trim();
  useEffect(() => {
    if (wanted === '' || json === undefined) return;
    void selectByPath(json, wanted).then((selection) => setFound({ json, path: wanted, selection }));
  }, [json, wanted]);
  return found?.json === json && found?.path === wanted ? found.selection : undefined;
}

function useSearch(lines: readonly string[]) {
  const [wanted, setWanted] = useState('');
  const [index, setIndex] = useState(0);
  const needle = wanted.trim().toLowerCase();
  const hits = useMemo(() => {
    if (needle === '') return [];
    const found: number[] = [];
    for (let line = 0; line < lines.length; line += 1) {
      if (lines[line]?.toLowerCase().includes(needle)) found.push(line);
    }
    return found;
  }, [lines, needle]);
  const hitSet = useMemo(() => new Set(hits), [hits]);
  return {
    wanted,
    hits,
    hitSet,
    index: Math.min(index, Math.max(0, hits.length - 1)),
    setWanted: (text: string) => {
      setWanted(text);
      setIndex(0);
    },
    step: (by: number) => setIndex((now) => (now + by + hits.length) % Math.max(1, hits.length)),
  };
}

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
