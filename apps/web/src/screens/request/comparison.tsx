import { useMemo, useState } from 'react';
import { toLayout } from '../../bodies/held-body.ts';
import { readLine } from '../../bodies/layout.ts';
import type { OpenBody } from '../../bodies/open-body.ts';
import { useStore, type Tab } from '../../state/store.ts';
import { Empty } from '../../ui/empty.tsx';
import { usePromise } from '../../ui/use-promise.ts';
import { compareJson, type JsonDifference } from './compare-json.ts';
import { compareLines } from './compare-lines.ts';

/** Something that the answer can be compared with. */
interface Other {
  readonly key: string;
  readonly name: string;
  readonly read: () => Promise<string>;
}

/** The answer beside another one: the one before, an example, the answer of another tab. */
export function Comparison({ tab, now }: { tab: Tab; now: OpenBody }) {
  const others = useOthers(tab, now);
  const [chosen, setChosen] = useState<string>();
  const [isText, setText] = useState(false);
  const other = others.find(({ key }) => key === chosen) ?? others[0];
  const texts = usePromise(
    () => other && Promise.all([other.read(), now.text()]),
    [other?.key, tab.before, now],
  );
  const differences = useMemo(() => texts && findDifferences(...texts), [texts]);
  if (other === undefined) {
    return (
      <Empty title="Nothing to compare with yet">
        Send again, save an answer as example, or open another request and send it.
      </Empty>
    );
  }
  const isShownAsText = isText || differences === null;
  return (
    <>
      <div className="flex shrink-0 items-center gap-3 border-b border-line px-4 py-2 text-sm">
        <label className="flex items-center gap-2 text-ink-2">
          Compared with
          <select
            className="h-7 max-w-56 rounded-md border border-line-strong bg-raised px-2 text-ink"
            value={other.key}
            onChange={(event) => setChosen(event.target.value)}
          >
            {others.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {differences !== null && (
          <label className="flex items-center gap-1.5 text-ink-2">
            <input
              type="checkbox"
              className="accent-[var(--accent)]"
              checked={isText}
              onChange={(event) => setText(event.target.checked)}
            />
            As text
          </label>
        )}
      </div>
      {texts === undefined ? (
        <Empty title="Comparing …" />
      ) : isShownAsText ? (
        <LineDifferences before={texts[0]} now={texts[1]} />
      ) : (
        <PlaceDifferences differences={differences ?? []} />
      )}
    </>
  );
}

function useOthers(tab: Tab, now: OpenBody): readonly Other[] {
  const tabs = useStore((state) => state.tabs);
  const before = tab.before?.body;
  const examples = tab.item.examples.map(({ id, name, body }): Other => ({
    key: id,
    name: `Example: ${name}`,
    read: async () => body ?? '',
  }));
  const ofTabs = tabs.flatMap(({ id, item, answer }): Other[] => {
    const body = answer?.body;
    return id === tab.id || body === undefined
      ? []
      : [{ key: id, name: `Tab: ${item.name}`, read: () => body.text() }];
  });
  const earlier: Other[] =
    before === undefined || before === now
      ? []
      : [{ key: 'before', name: 'The answer before', read: () => before.text() }];
  return [...earlier, ...examples, ...ofTabs];
}

/** Null when one of the texts is no JSON. */
function findDifferences(before: string, now: string): readonly JsonDifference[] | null {
  try {
    return compareJson(JSON.parse(before), JSON.parse(now));
  } catch {
    return null;
  }
}

const MOST_PLACES = 500;

function PlaceDifferences({ differences }: { differences: readonly JsonDifference[] }) {
  const count = differences.length.toLocaleString('en');
  return (
    <>
      <p role="status" className="shrink-0 px-4 py-2 text-sm text-ink-2">
        {differences.length === 0
          ? 'Both say the same.'
          : differences.length === 1
            ? 'They differ in one place.'
            : `They differ in ${count} places${differences.length > MOST_PLACES ? `; the first ${MOST_PLACES} are shown` : ''}.`}
      </p>
      {differences.length > 0 && (
        <div
          role="group"
          aria-label="Differences, scrolled"
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
          tabIndex={0}
          className="min-h-0 flex-1 overflow-auto"
        >
          <table aria-label="Differences" className="w-full table-fixed text-sm">
            <thead>
              <tr className="h-7 border-y border-line text-left text-[11.5px] text-ink-3">
                <th scope="col" className="w-[40%] px-4 font-medium">
                  Where
                </th>
                <th scope="col" className="px-2 font-medium">
                  There
                </th>
                <th scope="col" className="px-2 font-medium">
                  Here
                </th>
              </tr>
            </thead>
            <tbody className="font-mono">
              {differences.slice(0, MOST_PLACES).map(({ path, before, now }) => (
                <tr key={`${path} ${before === undefined}`} className="border-b border-line align-top">
                  <th scope="row" className="px-4 py-1.5 text-left font-normal break-all text-ink-2">
                    {path}
                  </th>
                  <td className={`px-2 py-1.5 break-all ${before === undefined ? '' : 'bg-bad-soft'}`}>
                    <span title={before} className="line-clamp-4">
                      {before ?? ''}
                    </span>
                  </td>
                  <td className={`px-2 py-1.5 break-all ${now === undefined ? '' : 'bg-ok-soft'}`}>
                    <span title={now} className="line-clamp-4">
                      {now ?? ''}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

const MOST_LINES = 4000;
const TONES = { same: '', gone: 'bg-bad-soft', added: 'bg-ok-soft' };
const SIGNS = { same: ' ', gone: '−', added: '+' };

function LineDifferences({ before, now }: { before: string; now: string }) {
  const lines = useMemo(() => {
    const [old, fresh] = [listLines(before), listLines(now)];
    return old.length > MOST_LINES || fresh.length > MOST_LINES ? undefined : compareLines(old, fresh);
  }, [before, now]);
  if (lines === undefined)
    return <Empty title="Too long for this">One of the two has more than 4,000 lines.</Empty>;
  const changed = lines.filter(({ kind }) => kind !== 'same').length;
  return (
    <>
      <p role="status" className="px-4 py-2 text-sm text-ink-2">
        {changed === 0 ? 'Both say the same.' : `${changed} lines differ.`}
      </p>
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
        tabIndex={0}
        aria-label="Lines that differ"
        className="min-h-0 flex-1 overflow-auto border-t border-line py-2 font-mono text-code"
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

function listLines(text: string): string[] {
  const layout = toLayout(text);
  return Array.from(layout.starts, (_, line) => readLine(layout, line));
}
