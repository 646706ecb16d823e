import { Copy, Search, Square } from 'lucide-react';
import { useMemo, useState } from 'react';
import { sendTab, stopTab, tell, type Tab } from '../../state/store.ts';
import type { Answer } from '../../state/answer.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Lines } from '../../ui/lines.tsx';
import { TabStrip, type TabPane } from '../../ui/tabs.tsx';
import { decodeBody, findNextPage, formatBody, formatSize, formatTime, toTable } from './body-text.ts';
import { explain } from './explain.ts';
import { ResultTable } from './result-table.tsx';

type Response = NonNullable<Answer['response']>;

/** What came back: status, time, size, body, headers, tests, timeline; or why nothing did. */
export function ResponsePane({ tab }: { tab: Tab }) {
  const { answer } = tab;
  return (
    <section
      aria-label="Response"
      aria-busy={answer?.state === 'sending'}
      className="flex min-h-0 min-w-0 flex-col"
    >
      <Content tab={tab} answer={answer} />
    </section>
  );
}

function Content({ tab, answer }: { tab: Tab; answer: Answer | undefined }) {
  if (answer === undefined) {
    return (
      <Empty title="No answer yet">
        Send the request to see its status, time, headers and body here. Ctrl Enter (⌘ Enter on a Mac) sends
        too.
      </Empty>
    );
  }
  if (answer.response !== undefined) return <Received tab={tab} answer={answer} response={answer.response} />;
  if (answer.failure !== undefined) return <Failed answer={answer} />;
  if (answer.state === 'sending') {
    return (
      <Empty
        title="Waiting for the answer …"
        action={
          <Button onClick={() => stopTab(tab.id)}>
            <Square size={12} /> Stop
          </Button>
        }
      />
    );
  }
  return <Empty title="Nothing was sent">A script skipped this request. The console says what it did.</Empty>;
}

function Failed({ answer }: { answer: Answer }) {
  const names =
    answer.failure !== undefined && 'variables' in answer.failure ? answer.failure.variables : undefined;
  return (
    <>
      <div className="flex h-9.5 shrink-0 items-center border-b border-line px-4">
        <Status tone="bad" text="Not sent" />
      </div>
      <div role="alert" className="m-4 rounded-md border border-bad bg-bad-soft p-3 text-[12.5px]">
        <p className="font-semibold text-ink">{answer.failure?.sentence}</p>
        {names !== undefined && names.length > 0 && (
          <p className="mt-1 text-ink-2">
            Without a value: <span className="font-mono">{names.join(', ')}</span>
          </p>
        )}
      </div>
      {answer.sent !== undefined && (
        <p className="px-4 font-mono text-sm break-all text-ink-2">
          {answer.sent.method} {answer.sent.url}
        </p>
      )}
    </>
  );
}

const TONES = { ok: 'bg-ok-soft text-ok', warn: 'bg-warn-soft text-warn', bad: 'bg-bad-soft text-bad' };

function Status({ tone, text }: { tone: keyof typeof TONES; text: string }) {
  return (
    <span role="status" className={`rounded-full px-2 py-0.5 text-sm font-semibold ${TONES[tone]}`}>
      {text}
    </span>
  );
}

function Received({ tab, answer, response }: { tab: Tab; answer: Answer; response: Response }) {
  const text = useMemo(() => decodeBody(response.bodyBase64), [response]);
  const { lines, json } = useMemo(() => formatBody(text), [text]);
  const table = useMemo(() => toTable(json), [json]);
  const passed = answer.assertions.filter((assertion) => assertion.passed).length;
  const tone = response.code < 300 ? 'ok' : response.code < 400 ? 'warn' : 'bad';
  const panes: TabPane[] = [
    {
      name: 'Body',
      content: () => <Body tab={tab} response={response} text={text} lines={lines} json={json} />,
    },
    ...(table === undefined
      ? []
      : [
          {
            name: 'Table',
            badge: table.rows.length,
            content: () => <ResultTable {...table} name={tab.item.name} />,
          },
        ]),
    {
      name: 'Headers',
      badge: response.headers.length,
      content: () => <HeaderList label="Response headers" headers={response.headers} />,
    },
    {
      name: 'Tests',
      ...(answer.assertions.length === 0
        ? {}
        : {
            badge: `${passed} of ${answer.assertions.length}`,
            tone: passed === answer.assertions.length ? ('ok' as const) : ('bad' as const),
          }),
      content: () => <Tests answer={answer} />,
    },
    { name: 'Sent', content: () => <Sent answer={answer} /> },
    { name: 'Timeline', content: () => <Timeline response={response} /> },
  ];
  return (
    <>
      <div className="flex h-9.5 shrink-0 items-center gap-3 border-b border-line px-4 text-sm text-ink-2">
        <Status tone={tone} text={`${response.code} ${response.status}`} />
        <span title="Time from the first byte sent to the last byte received">
          {formatTime(response.time)}
        </span>
        <span title="Size of headers and body">{formatSize(response.size.headers + response.size.body)}</span>
        <LimitMeter headers={response.headers} />
        <IconButton
          label="Copy the body"
          className="ml-auto"
          onClick={() => void navigator.clipboard.writeText(text).then(() => tell('Copied the body.'))}
        >
          <Copy size={14} />
        </IconButton>
      </div>
      <TabStrip label="Response parts" panes={panes} />
    </>
  );
}

function LimitMeter({ headers }: { headers: Response['headers'] }) {
  const read = (name: string) =>
    Number(headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? Number.NaN);
  const limit = read('x-rate-limit-limit');
  const left = read('x-rate-limit-remaining');
  if (!Number.isFinite(limit) || !Number.isFinite(left) || limit <= 0) return null;
  const share = Math.max(0, Math.min(1, left / limit));
  return (
    <span className="inline-flex items-center gap-1.5" title="Requests left in this minute for this endpoint">
      <span aria-hidden className="h-1.25 w-16 overflow-hidden rounded-full bg-active">
        <span
          className={`block h-full ${share > 0.25 ? 'bg-ok' : share > 0.1 ? 'bg-warn' : 'bg-bad'}`}
          style={{ width: `${share * 100}%` }}
        />
      </span>
      {left.toLocaleString('en')} of {limit.toLocaleString('en')} left
    </span>
  );
}

interface BodyProps {
  readonly tab: Tab;
  readonly response: Response;
  readonly text: string;
  readonly lines: readonly string[];
  readonly json: unknown;
}

function Body({ tab, response, text, lines, json }: BodyProps) {
  const [wanted, setWanted] = useState('');
  const next = findNextPage(response.headers);
  const explanation = explain(response.code, text);
  const needle = wanted.trim().toLowerCase();
  const found = useMemo(
    () => (needle === '' ? 0 : lines.filter((line) => line.toLowerCase().includes(needle)).length),
    [lines, needle],
  );
  if (text === '' && explanation === undefined) {
    return (
      <Empty title="The answer has no body">
        {response.code === 204 ? '204 says that it worked and that there is nothing to add.' : ''}
      </Empty>
    );
  }
  return (
    <>
      {explanation !== undefined && (
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
        </div>
      )}
      {next !== undefined && (
        <div className="mx-4 mt-3 flex items-center gap-2 rounded-md border border-line bg-sunken px-3 py-1.5 text-[12.5px]">
          {Array.isArray(json) ? `${json.length} on this page, more follow.` : 'More follow.'}
          <Button className="ml-auto" onClick={() => void sendTab(tab.id, next)}>
            Next page
          </Button>
        </div>
      )}
      <label className="mx-4 mt-2 flex h-7 shrink-0 items-center gap-2 text-sm text-ink-3">
        <Search size={13} aria-hidden />
        <input
          aria-label="Find in the body"
          placeholder="Find"
          className="h-6 w-48 rounded-sm bg-transparent px-1 text-ink"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        {needle !== '' && <span role="status">{found === 1 ? '1 line' : `${found} lines`}</span>}
      </label>
      <Lines label="Response body" lines={lines} isJson={json !== undefined} wanted={needle} />
    </>
  );
}

function HeaderList({ label, headers }: { label: string; headers: Response['headers'] }) {
  return (
    <table aria-label={label} className="w-full table-fixed text-sm">
      <tbody>
        {headers.map(([name, value], index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a header may come twice
          <tr key={index} className="border-b border-line align-top">
            <th
              scope="row"
              className="w-[34%] px-4 py-1.5 text-left font-mono font-normal break-words text-ink-2"
            >
              {name}
            </th>
            <td className="py-1.5 pr-4 font-mono break-all">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Tests({ answer }: { answer: Answer }) {
  if (answer.assertions.length === 0) {
    return (
      <Empty title="No tests ran">
        Write some in Scripts, After the answer: pm.test("is 200", () =&gt; pm.response.to.have.status(200));
      </Empty>
    );
  }
  return (
    <ul className="py-1">
      {answer.assertions.map((assertion, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- two tests may have one name
        <li key={index} className="flex gap-2.5 border-b border-line px-4 py-1.5 text-[12.5px]">
          <span
            className={`w-14 shrink-0 font-semibold ${assertion.skipped ? 'text-ink-3' : assertion.passed ? 'text-ok' : 'text-bad'}`}
          >
            {assertion.skipped ? 'Skipped' : assertion.passed ? 'Passed' : 'Failed'}
          </span>
          <span>
            {assertion.name}
            {assertion.error !== undefined && (
              <span className="block text-bad">{assertion.error.message}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Sent({ answer }: { answer: Answer }) {
  if (answer.sent === undefined) return <Empty title="Nothing was sent" />;
  return (
    <>
      <p className="border-b border-line px-4 py-2 font-mono text-sm break-all">
        {answer.sent.method} {answer.sent.url}
      </p>
      <HeaderList label="Sent headers" headers={answer.sent.headers} />
      {answer.sent.body !== undefined && answer.sent.body !== '' && (
        <Lines label="Sent body" lines={answer.sent.body.split('\n')} isJson={false} />
      )}
    </>
  );
}

const STAGES = [
  ['dns', 'Name looked up'],
  ['connect', 'Connected'],
  ['tls', 'TLS agreed'],
  ['firstByte', 'First byte'],
  ['end', 'Last byte'],
] as const;

function Timeline({ response }: { response: Response }) {
  const total = response.timeline.end ?? response.time;
  const stages = STAGES.flatMap(([stage, name]) => {
    const at = response.timeline[stage];
    return at === undefined ? [] : [{ stage, name, at }];
  });
  return (
    <ul className="flex flex-col gap-2 p-4 text-[12.5px]">
      {stages.map(({ stage, name, at }, index) => {
        const start = stages[index - 1]?.at ?? 0;
        return (
          <li key={stage} className="grid grid-cols-[110px_1fr_70px] items-center gap-3">
            <span className="text-ink-2">{name}</span>
            <span className="h-1.5 overflow-hidden rounded-full bg-active">
              <span
                className="block h-full rounded-full bg-accent"
                style={{
                  marginLeft: `${(start / total) * 100}%`,
                  width: `${Math.max(1, ((at - start) / total) * 100)}%`,
                }}
              />
            </span>
            <span className="text-right tabular-nums">{formatTime(at - start)}</span>
          </li>
        );
      })}
    </ul>
  );
}
