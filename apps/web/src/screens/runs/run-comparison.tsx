import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { runsQuery } from '../../api.ts';
import { quantile, type RowLine } from './run-progress.ts';
import { useRun } from './use-run.ts';

const time = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const MOST_ROWS = 500;

/** Two runs side by side: their figures, and the rows that went differently. */
export function RunComparison({ first, second }: { first: string; second: string }) {
  const runs = useQuery(runsQuery).data?.runs ?? [];
  const progress = [useRun(first), useRun(second)] as const;
  const entries = [first, second].map((id) => runs.find((run) => run.id === id));
  const verdicts = new Map(progress[1].rows.map((row) => [keyOf(row), row.verdict]));
  const different = progress[0].rows.filter(
    (row) => verdicts.has(keyOf(row)) && verdicts.get(keyOf(row)) !== row.verdict,
  );
  const figure = (name: string, read: (at: 0 | 1) => ReactNode) => (
    <tr className="border-t border-line">
      <th scope="row" className="px-4 py-1.5 text-left font-normal text-ink-2">
        {name}
      </th>
      <td className="px-2.5 tabular-nums">{read(0)}</td>
      <td className="px-2.5 tabular-nums">{read(1)}</td>
    </tr>
  );
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <h1 className="px-4 pt-3 pb-2 text-lg font-semibold">Compare two runs</h1>
      <table aria-label="Figures" className="w-full max-w-3xl text-[12.5px]">
        <thead>
          <tr className="text-left">
            <th scope="col">
              <span className="sr-only">Figure</span>
            </th>
            {entries.map((entry, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- the first and the second
              <th key={index} scope="col" className="px-2.5 py-1.5 font-semibold">
                {entry === undefined ? 'gone' : `${entry.name}, ${time.format(entry.at)}`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figure('Environment', (at) => entries[at]?.environment ?? 'none')}
          {figure('Rows done', (at) => `${progress[at].done} of ${progress[at].total}`)}
          {figure('Failed', (at) => progress[at].failed)}
          {figure('Tests passed', (at) => progress[at].passed)}
          {figure('Tests failed', (at) => progress[at].failedTests)}
          {figure('Median answer', (at) => `${Math.round(quantile(progress[at].times, 0.5))} ms`)}
          {figure('99 of 100 answers within', (at) => `${Math.round(quantile(progress[at].times, 0.99))} ms`)}
        </tbody>
      </table>
      <h2 className="px-4 pt-5 pb-1 text-md font-semibold">
        {different.length === 0
          ? 'Every row that is in both went the same way'
          : `${different.length.toLocaleString('en')} rows went differently`}
      </h2>
      <ul>
        {different.slice(0, MOST_ROWS).map((row) => (
          <li key={row.row} className="flex gap-4 border-t border-line px-4 py-1.5 text-[12.5px]">
            <span className="w-60 truncate font-mono text-sm">{row.label || `row ${row.row + 1}`}</span>
            <span>
              {row.verdict} → {verdicts.get(keyOf(row))}
            </span>
            <span className="truncate text-ink-2">{row.reason}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A row is the same in both by its value, or by its number where it has none. */
const keyOf = (row: RowLine): string => row.label || String(row.row);
