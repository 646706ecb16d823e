import type { Estimate } from '@castellan/workbench/api';
import { useEffect, useState } from 'react';
import { call } from '../../api.ts';
import { Method } from '../../ui/method.tsx';
import { formatDuration } from './run-progress.ts';

const MOST_WRITES = 8;
const number = (value: number): string => value.toLocaleString('en');

/** What a run would do, said before it does anything. */
export function EstimateView({ estimate }: { estimate: Estimate }) {
  const { rows, requests, time, buckets, missing, unusedColumns, notifications, refusals } = estimate;
  return (
    <div className="flex flex-col gap-2.5 text-[12.5px]">
      <p>
        <span className="text-xl font-semibold tabular-nums">{number(requests)}</span>{' '}
        {requests === 1 ? 'request' : 'requests'}
        {rows > 1 && `: ${number(rows)} rows, ${number(requests / rows)} each`}
      </p>
      {time !== undefined && (
        <p className="text-ink-2">
          {time === 0
            ? 'All of it fits into one window of the limits of an Enterprise org.'
            : `About ${formatDuration(time)} by the limits of an Enterprise org; the run learns the real ones from the answers.`}
        </p>
      )}
      <ul className="text-sm text-ink-2">
        {buckets
          .filter(({ limit }) => limit !== undefined)
          .map(({ host, bucket, requests: calls, limit = 0 }) => (
            <li key={`${host} ${bucket}`}>
              {bucket}: {number(calls)} calls, {number(limit)} a minute
            </li>
          ))}
      </ul>
      {missing.length > 0 && (
        <div role="note" className="rounded-md bg-bad-soft px-2.5 py-1.5 text-bad">
          <p>Without a value a request is not sent. Name a column so, or add them to the environment:</p>
          <ul>
            {missing.map((variable) => (
              <li key={variable.name}>
                <span className="font-mono">{variable.name}</span> in {number(variable.rows)}{' '}
                {variable.rows === 1 ? 'row' : 'rows'}, the first is {number(variable.firstRow + 1)} (“
                {variable.request}”)
              </li>
            ))}
          </ul>
        </div>
      )}
      {unusedColumns.length > 0 && (
        <p className="text-ink-2">
          Nothing uses <span className="font-mono">{unusedColumns.join(', ')}</span>.
        </p>
      )}
      <Writes writes={estimate.writes} />
      {notifications > 0 && (
        <p className="text-warn">{number(notifications)} mails, messages or calls would go out to people.</p>
      )}
      {refusals.map((sentence) => (
        <p key={sentence} className="rounded-md bg-warn-soft px-2.5 py-1.5 text-warn">
          {sentence}
        </p>
      ))}
    </div>
  );
}

function Writes({ writes }: Pick<Estimate, 'writes'>) {
  if (writes.length === 0) return null;
  // What cannot be undone is named first.
  const sorted = writes.toSorted((a, b) => Number(b.irreversible) - Number(a.irreversible));
  return (
    <div>
      <p className="text-ink-2">
        {writes.some(({ irreversible }) => irreversible)
          ? 'It changes things, and some of that cannot be taken back:'
          : 'It changes things:'}
      </p>
      <ul className="mt-1">
        {sorted.slice(0, MOST_WRITES).map(({ title, host, method, count, irreversible }) => (
          <li
            key={`${method} ${host} ${title}`}
            className={`flex items-center gap-2 ${irreversible ? 'text-bad' : ''}`}
          >
            <Method method={method} className="w-9" />
            <span className="tabular-nums">{number(count)} ×</span>
            <span className="truncate">{title}</span>
          </li>
        ))}
        {writes.length > MOST_WRITES && (
          <li className="text-ink-2">and {number(writes.length - MOST_WRITES)} more</li>
        )}
      </ul>
    </div>
  );
}

const SETTLE_MS = 200;

/** What the order would do, counted anew a moment after it was changed. */
export function useEstimate(body: NonNullable<Parameters<typeof estimate>[0]>) {
  const [state, setState] = useState<{ estimate?: Estimate; problem?: string }>({});
  const text = JSON.stringify(body);
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      estimate(JSON.parse(text) as typeof body, stop.signal).then(
        (found) => setState({ estimate: found }),
        (cause: unknown) => {
          if (!stop.signal.aborted)
            setState({ problem: cause instanceof Error ? cause.message : 'It cannot be counted.' });
        },
      );
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text]);
  return { estimate: state.estimate, problem: state.problem };
}

const estimate = (
  body: NonNullable<Parameters<typeof call<'POST /api/runs/estimate'>>[1]>['body'],
  signal: AbortSignal,
) => call('POST /api/runs/estimate', { body, signal });
