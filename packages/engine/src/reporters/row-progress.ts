import type { RunEvent } from '../events.ts';
import type { Reporter, ReporterContext } from './reporter.ts';
import { createRowRecords, explainRows, hasRows, toRowCounts } from './rows.ts';

/**
 * The progress of a careful run: how far it is in rows, at what pace and how long it takes; without a terminal a line
 * for every tenth of the way. At the end what became of the rows.
 */
export function createRowProgressReporter(context: ReporterContext): Reporter {
  const { output, plan } = context;
  const total = Math.max(1, plan.iterations);
  const records = createRowRecords();
  let done = 0;
  let failed = 0;
  let tenth = 0;
  let pace: Extract<RunEvent, { kind: 'pace' }> | undefined;
  let width = 0;
  return {
    onEvent(event) {
      records.onEvent(event);
      switch (event.kind) {
        case 'pace':
          pace = event;
          if (output.isTerminal) draw();
          break;
        case 'row-finished':
          done += event.verdict === 'not-reached' ? 0 : 1;
          if (event.verdict === 'failed' || event.verdict === 'in-doubt') failed += 1;
          if (!output.isTerminal && Math.floor((done * 10) / total) !== tenth) draw();
          tenth = Math.floor((done * 10) / total);
          break;
        case 'request-failed':
          if (total === 1) output.write(`${event.failure.sentence}\n`);
          break;
        case 'run-paused':
          output.write('\nPaused. Rows under way are finished.\n');
          break;
        case 'run-stopping':
          output.write(
            '\nStopping when the rows under way are finished; Ctrl-C once more breaks them off.\n',
          );
          break;
        default:
      }
    },
    finish({ summary, outcome, error }) {
      if (output.isTerminal) output.write('\n');
      if (hasRows(summary)) output.write(`${toRowCounts(summary.rows)}\n`);
      for (const text of explainRows(records.rows, summary, plan)) output.write(`${text}\n`);
      const { assertions, repeated, duration } = summary;
      const failures = assertions.failed === 0 ? '' : `, ${assertions.failed} assertions failed`;
      const again = repeated === 0 ? '' : `, ${repeated} requests sent again`;
      output.write(`${(duration / 1000).toFixed(1)} s${failures}${again}\n`);
      if (outcome === 'stopped') output.write('The run was stopped before its end.\n');
      if (error !== undefined) output.write(`${error.message}\n`);
    },
  };

  function draw(): void {
    const text = `${done}/${total} rows, ${failed} failed${toPace(pace)}`;
    if (!output.isTerminal) return output.write(`${text}\n`);
    output.write(`\r${text.padEnd(width)}`);
    width = text.length;
  }
}

function toPace(told: Extract<RunEvent, { kind: 'pace' }> | undefined): string {
  if (told === undefined) return '';
  const { progress, pace, at } = told;
  const left = progress.timeLeft === undefined ? '' : `, ${toTime(progress.timeLeft)} left`;
  const waiting = pace.buckets.filter(({ waiting: count, resetAt = 0 }) => count > 0 && resetAt > at);
  const [first] = waiting.toSorted((a, b) => (b.resetAt ?? 0) - (a.resetAt ?? 0));
  const limit =
    first === undefined ? '' : `; ${first.bucket} is used up for ${toTime((first.resetAt ?? at) - at)}`;
  return `, ${Math.round(progress.pace)} a minute${left}${limit}`;
}

function toTime(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
