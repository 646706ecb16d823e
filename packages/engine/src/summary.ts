import type { RowCounts, RowVerdict, RunEvent, RunSummary } from './events.ts';

type Counts = { total: number; failed: number };

/** Rows by verdict, without their total. */
type Verdicts = Record<RowVerdict, number>;

/** Counts a run's events as they come, the way Newman's table counts them. */
export function createSummary(): { count(event: RunEvent): void; read(now: number): RunSummary } {
  const iterations = zero();
  const items = zero();
  const requests = zero();
  const scripts = zero();
  const prerequestScripts = zero();
  const testScripts = zero();
  const assertions = { ...zero(), skipped: 0 };
  let refusedAnswers = 0;
  let receivedBytes = 0;
  let repeated = 0;
  let started = 0;
  let totalRows = 0;
  const verdicts: Verdicts = { done: 0, failed: 0, 'in-doubt': 0, 'not-reached': 0 };

  return {
    count(event) {
      switch (event.kind) {
        case 'run-started':
          started = event.at;
          totalRows = event.iterations;
          break;
        case 'row-finished':
          verdicts[event.verdict] += 1;
          break;
        case 'request-repeated':
          repeated += 1;
          break;
        case 'iteration-started':
          iterations.total += 1;
          break;
        case 'item-started':
          items.total += 1;
          break;
        case 'script-finished': {
          const kind = event.listen === 'test' ? testScripts : prerequestScripts;
          add(scripts, event.error !== undefined);
          add(kind, event.error !== undefined);
          break;
        }
        case 'assertion':
          add(assertions, !event.assertion.passed && !event.assertion.skipped);
          if (event.assertion.skipped) assertions.skipped += 1;
          break;
        case 'response-received':
          receivedBytes += event.response.size.body;
          if (event.source === 'redirect') break;
          // Newman counts the rounds of an authentication and not those of a redirect.
          add(requests, false);
          if (event.response.code >= 400) refusedAnswers += 1;
          break;
        case 'request-failed':
          add(requests, true);
          break;
        default:
      }
    },
    read: (now) => ({
      iterations,
      items,
      requests,
      scripts,
      prerequestScripts,
      testScripts,
      assertions,
      refusedAnswers,
      rows: toRowCounts(verdicts, totalRows),
      repeated,
      duration: now - started,
      receivedBytes,
    }),
  };
}

/** Rows without a verdict were not reached. */
function toRowCounts(verdicts: Verdicts, total: number): RowCounts {
  const { done, failed, 'in-doubt': inDoubt } = verdicts;
  return { total, done, failed, inDoubt, notReached: Math.max(0, total - done - failed - inDoubt) };
}

function zero(): Counts {
  return { total: 0, failed: 0 };
}

function add(counts: Counts, failed: boolean): void {
  counts.total += 1;
  if (failed) counts.failed += 1;
}
