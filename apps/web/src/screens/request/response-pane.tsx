import { Copy, Download, Save, Square } from 'lucide-react';
import { useState } from 'react';
import { useShortcut } from '../../actions.ts';
import type { OpenBody } from '../../bodies/open-body.ts';
import type { Answer } from '../../state/answer.ts';
import { revealAnswer, stopTab } from '../../state/send.ts';
import { attempt, tell, type Tab } from '../../state/store.ts';
import { editItem, saveTab } from '../../state/tabs.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { StatusPill } from '../../ui/status-pill.tsx';
import { TabStrip, type TabPane } from '../../ui/tabs.tsx';
import { AnswerBody } from './answer-body.tsx';
import { CookieList, HeaderList, Sent, Tests, Timeline } from './answer-parts.tsx';
import { AnswerPreview, canPreview } from './answer-preview.tsx';
import { formatSize, formatTime } from './body-text.ts';
import { Comparison } from './comparison.tsx';
import { ResultTable } from './result-table.tsx';

type Response = NonNullable<Answer['response']>;

/** What came back: status, time, size, body, headers, tests, timeline; or why nothing did. */
export function ResponsePane({ label, tab }: { label: string; tab: Tab }) {
  const { answer } = tab;
  return (
    <section
      aria-label={label}
      aria-busy={answer?.state === 'sending'}
      className="flex min-h-0 min-w-0 flex-col"
    >
      <Content tab={tab} answer={answer} />
    </section>
  );
}

function Content({ tab, answer }: { tab: Tab; answer: Answer | undefined }) {
  const sendKey = useShortcut('send');
  if (answer === undefined) {
    return (
      <Empty title="No answer yet">
        Send the request to see its status, time, headers and body here.
        {sendKey === undefined ? '' : ` ${sendKey} sends too.`}
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
        <StatusPill tone="bad" text="Not sent" />
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

function Received({ tab, answer, response }: { tab: Tab; answer: Answer; response: Response }) {
  const body = answer.revealed?.body ?? answer.body;
  const headers = answer.revealed?.headers ?? response.headers;
  const [part, setPart] = useState('Body');
  const passed = answer.assertions.filter((assertion) => assertion.passed).length;
  const tone = response.code < 300 ? 'ok' : response.code < 400 ? 'warn' : 'bad';
  const saveBody = () => void (body !== undefined && attempt(() => save(tab, response, body)));
  const cookies = headers.filter(([name]) => name.toLowerCase() === 'set-cookie');
  const panes: TabPane[] = [
    {
      name: 'Body',
      content: () =>
        body === undefined ? (
          <Unread answer={answer} />
        ) : (
          <AnswerBody tab={tab} answer={answer} response={response} body={body} />
        ),
    },
    ...(body?.items !== undefined && body.items > 0
      ? [
          {
            name: 'Table',
            badge: body.items.toLocaleString('en'),
            content: () => <ResultTable tab={tab} body={body} />,
          },
        ]
      : []),
    ...(body !== undefined && canPreview(response)
      ? [
          {
            name: 'Preview',
            content: () => <AnswerPreview response={response} body={body} onSave={saveBody} />,
          },
        ]
      : []),
    {
      name: 'Headers',
      badge: response.headers.length,
      content: () => <HeaderList label="Response headers" headers={headers} />,
    },
    ...(cookies.length === 0
      ? []
      : [
          {
            name: 'Cookies',
            badge: cookies.length,
            content: () => <CookieList lines={cookies.map(([, line]) => line)} />,
          },
        ]),
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
    ...(body === undefined ? [] : [{ name: 'Compare', content: () => <Comparison tab={tab} now={body} /> }]),
  ];
  return (
    <>
      <div className="flex h-9.5 shrink-0 items-center gap-3 border-b border-line px-4 text-sm text-ink-2">
        <StatusPill tone={tone} text={`${response.code} ${response.status}`} />
        <span title="Time from the first byte sent to the last byte received">
          {formatTime(response.time)}
        </span>
        <span title="Size of headers and body">{formatSize(response.size.headers + response.size.body)}</span>
        <LimitMeter headers={response.headers} />
        <span className="ml-auto flex">
          <IconButton
            label="Save as example"
            disabled={body === undefined}
            // What was shown on demand does not go into a file that others get.
            onClick={() => {
              const masked = answer.body;
              if (masked !== undefined) void attempt(() => saveAsExample(tab, response, masked));
            }}
          >
            <Save size={14} />
          </IconButton>
          <IconButton label="Save the body as a file" disabled={body === undefined} onClick={saveBody}>
            <Download size={14} />
          </IconButton>
          <IconButton
            label="Copy the body"
            disabled={body === undefined}
            onClick={() => body !== undefined && void attempt(() => copy(body))}
          >
            <Copy size={14} />
          </IconButton>
        </span>
      </div>
      {response.answerId !== undefined && (
        <p className="flex shrink-0 items-center gap-2 border-b border-line bg-warn-soft px-4 py-1 text-sm">
          {answer.revealed === undefined
            ? 'Secrets that this answer brought are hidden.'
            : 'Secrets that this answer brought are shown.'}
          <Button look="ghost" className="ml-auto h-6!" onClick={() => void revealAnswer(tab.id)}>
            {answer.revealed === undefined ? 'Show them' : 'Hide them'}
          </Button>
        </p>
      )}
      <TabStrip
        label="Response parts"
        panes={panes}
        // The next answer may lack the part that was looked at.
        value={panes.some(({ name }) => name === part) ? part : 'Body'}
        onChange={setPart}
      />
    </>
  );
}

/** In the place of a body that is on its way, or that could not be read. */
function Unread({ answer }: { answer: Answer }) {
  if (answer.problem === undefined) return <Empty title="Reading the body …" />;
  return (
    <p role="alert" className="m-4 rounded-md border border-bad bg-bad-soft p-3 text-[12.5px]">
      {answer.problem}
    </p>
  );
}

async function save(tab: Tab, response: Response, body: OpenBody): Promise<void> {
  const type = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const ending = /^\w+\/(?:[\w.-]+\+)?(json|html|xml|csv|png|jpeg|gif|pdf)\b/.exec(type)?.[1] ?? 'txt';
  saveFile(`${tab.item.name}.${ending}`, await body.bytes(), type);
}

async function copy(body: OpenBody): Promise<void> {
  await navigator.clipboard.writeText(await body.text());
  tell('Copied the body.');
}

async function saveAsExample(tab: Tab, response: Response, body: OpenBody): Promise<void> {
  const name = `${response.code} ${response.status}`;
  const text = await body.text();
  editItem(tab.id, (now) => ({
    ...now,
    examples: [
      ...now.examples,
      {
        id: crypto.randomUUID(),
        name,
        request: tab.item.request,
        status: response.status,
        code: response.code,
        headers: response.headers
          .filter(([key]) => key.toLowerCase() !== 'set-cookie')
          .map(([key, value]) => ({ key, value })),
        body: text,
      },
    ],
  }));
  await saveTab(tab.id);
  tell(`Saved the answer as example “${name}”.`);
}

function LimitMeter({ headers }: { headers: Response['headers'] }) {
  const read = (name: string) =>
    Number(headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? Number.NaN);
  const limit = read('x-rate-limit-limit');
  const left = read('x-rate-limit-remaining');
  const reset = read('x-rate-limit-reset');
  if (!Number.isFinite(limit) || !Number.isFinite(left) || limit <= 0) return null;
  const share = Math.max(0, Math.min(1, left / limit));
  const until = Number.isFinite(reset)
    ? `, full again at ${new Date(reset * 1000).toLocaleTimeString('en', { hour12: false })}`
    : '';
  return (
    <span
      className="inline-flex items-center gap-1.5 whitespace-nowrap"
      title={`Requests left in this minute for this endpoint${until}`}
    >
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
