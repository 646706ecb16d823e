import type { ReactNode } from 'react';
import { quantile, toBins, type RunProgress } from './run-progress.ts';

const WIDTH = 560;
const HEIGHT = 120;
const BINS = 12;

/** How much of the rate limit was used over time, below the line that the run keeps to. */
export function LimitGraph({ limit, capacity }: { limit: RunProgress['limit']; capacity: number }) {
  const samples = limit?.samples ?? [];
  const last = samples.at(-1);
  const first = samples[0];
  if (limit === undefined || first === undefined || last === undefined) {
    return (
      <Card title="Rate limit" note="">
        <p className="m-auto text-sm text-ink-2">No answer has told of a limit yet.</p>
      </Card>
    );
  }
  const span = Math.max(1, last.at - first.at);
  const x = (at: number) => ((at - first.at) / span) * WIDTH;
  const y = (share: number) => HEIGHT - share * (HEIGHT - 12);
  const points = samples.map(({ at, used, limit: most }) => `${x(at)},${y(used / most)}`).join(' ');
  return (
    <Card
      title="Rate limit, this minute"
      note={`${limit.name}: ${last.limit}, kept for others: ${Math.round(last.limit * (1 - capacity))}`}
    >
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${last.used} of ${last.limit} requests of this minute are used`}
        className="h-30 w-full"
      >
        <line
          x1="0"
          x2={WIDTH}
          y1={y(1)}
          y2={y(1)}
          className="stroke-bad"
          strokeDasharray="4 4"
          vectorEffect="non-scaling-stroke"
        />
        <line
          x1="0"
          x2={WIDTH}
          y1={y(capacity)}
          y2={y(capacity)}
          className="stroke-line-strong"
          vectorEffect="non-scaling-stroke"
        />
        <polyline
          points={points}
          className="fill-none stroke-accent"
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
    </Card>
  );
}

/** How many answers took how long. */
export function TimesGraph({ times }: { times: readonly number[] }) {
  if (times.length === 0) {
    return (
      <Card title="Answer times" note="">
        <p className="m-auto text-sm text-ink-2">No answer has come yet.</p>
      </Card>
    );
  }
  const bins = toBins(times, BINS);
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const note = `median ${Math.round(quantile(times, 0.5))} ms, p99 ${Math.round(quantile(times, 0.99))} ms`;
  return (
    <Card title="Answer times" note={note}>
      <div role="img" aria-label={note} className="flex h-30 items-end gap-1">
        {bins.map(({ from, count }) => (
          <span
            key={from}
            title={`${count} from ${Math.round(from)} ms`}
            className="flex-1 bg-accent"
            style={{ height: `${(count / most) * 100}%` }}
          />
        ))}
      </div>
    </Card>
  );
}

function Card({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-3 rounded-lg border border-line p-3.5">
      <header className="flex items-baseline gap-3">
        <h2 className="text-[12.5px] font-semibold whitespace-nowrap">{title}</h2>
        <span className="ml-auto truncate text-sm text-ink-3">{note}</span>
      </header>
      {children}
    </section>
  );
}
