import type { Answer } from '../../state/answer.ts';
import { Empty } from '../../ui/empty.tsx';
import { TextLines } from '../../ui/lines.tsx';
import { formatTime } from './body-text.ts';

type Response = NonNullable<Answer['response']>;

export function HeaderList({ label, headers }: { label: string; headers: Response['headers'] }) {
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

/** The cookies that an answer sets: name, value and where they hold. */
export function CookieList({ lines }: { lines: readonly string[] }) {
  return (
    <table aria-label="Cookies of the answer" className="w-full table-fixed text-sm">
      <thead>
        <tr className="h-7 border-b border-line text-left text-[11.5px] text-ink-3">
          <th scope="col" className="w-[26%] px-4 font-medium">
            Name
          </th>
          <th scope="col" className="font-medium">
            Value
          </th>
          <th scope="col" className="w-[40%] font-medium">
            Holds
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => {
          const [pair = '', ...attributes] = line.split(/;\s*/);
          const at = pair.indexOf('=');
          return (
            // oxlint-disable-next-line react/no-array-index-key -- a cookie may be set twice
            <tr key={index} className="border-b border-line align-top font-mono">
              <td className="px-4 py-1.5 break-all">{pair.slice(0, at)}</td>
              <td className="py-1.5 pr-3 break-all">{pair.slice(at + 1)}</td>
              <td className="py-1.5 pr-4 break-words text-ink-2">{attributes.join('; ')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

export function Tests({ answer }: { answer: Answer }) {
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

export function Sent({ answer }: { answer: Answer }) {
  if (answer.sent === undefined) return <Empty title="Nothing was sent" />;
  return (
    <>
      <p className="border-b border-line px-4 py-2 font-mono text-sm break-all">
        {answer.sent.method} {answer.sent.url}
      </p>
      <HeaderList label="Sent headers" headers={answer.sent.headers} />
      {answer.sent.body !== undefined && answer.sent.body !== '' && (
        <TextLines label="Sent body" text={answer.sent.body} />
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

export function Timeline({ response }: { response: Response }) {
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
