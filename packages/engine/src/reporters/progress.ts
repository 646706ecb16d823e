import type { Reporter, ReporterContext } from './reporter.ts';
import { createRowProgressReporter } from './row-progress.ts';

/**
 * One line that says how far the run is; without a terminal a line for every tenth of the way. A run that is strict
 * about its rows counts rows, a plain one requests.
 */
export function createProgressReporter(context: ReporterContext): Reporter {
  if (context.plan.settings.strict === true) return createRowProgressReporter(context);
  const { output, plan } = context;
  const total = Math.max(1, plan.steps.length * plan.iterations);
  let done = 0;
  let failed = 0;
  let tenth = -1;
  return {
    onEvent(event) {
      if (event.kind === 'request-failed') failed += 1;
      if (event.kind === 'assertion' && event.assertion.error !== undefined) failed += 1;
      if (event.kind === 'script-finished' && event.error !== undefined) failed += 1;
      if (event.kind !== 'item-finished') return;
      done += 1;
      draw();
    },
    finish() {
      if (output.isTerminal) output.write('\n');
    },
  };

  function draw(): void {
    const text = `${done}/${total} requests, ${failed} failures`;
    const now = Math.floor((done * 10) / total);
    if (output.isTerminal) output.write(`\r${text}`);
    else if (now !== tenth) output.write(`${text}\n`);
    tenth = now;
  }
}
