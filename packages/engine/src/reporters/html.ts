import { createRecord } from './record.ts';
import type { ExecutionRecord } from './record.ts';
import { escapeMarkup } from './reporter.ts';
import type { Reporter, ReporterContext } from './reporter.ts';

/** One HTML file that needs nothing else: the counts, then every request with its checks. */
export function createHtmlReporter(context: ReporterContext): Reporter {
  const record = createRecord();
  return {
    onEvent: record.onEvent,
    async finish({ summary }) {
      const { requests, assertions, iterations, duration } = summary;
      const title = escapeMarkup(context.plan.name);
      const counts = [
        `${iterations.total} iterations`,
        `${requests.total} requests, ${requests.failed} failed`,
        `${assertions.total} assertions, ${assertions.failed} failed`,
        `${duration} ms`,
      ];
      const page = [
        '<!doctype html>',
        `<html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style></head>`,
        `<body><h1>${title}</h1><ul>${counts.map((count) => `<li>${count}</li>`).join('')}</ul>`,
        ...record.executions.map(writeExecution),
        '</body></html>',
      ];
      await context.writeReport('newman-run-report.html', `${page.join('\n')}\n`);
    },
  };
}

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark; }
ul { list-style: none; padding: 0; } details { border-top: 1px solid #8884; padding: .4rem 0; }
code { word-break: break-all; } .failed { color: #c02b2b; } .passed { color: #1b7f4b; }`;

function writeExecution(execution: ExecutionRecord): string {
  const { place, response, failure, assertions, scriptErrors, request } = execution;
  const isFailed =
    failure !== undefined || scriptErrors.length > 0 || assertions.some(({ error }) => error !== undefined);
  const name = escapeMarkup([...place.folders, place.itemName].join(' / '));
  const status =
    response === undefined ? 'no answer' : `${response.code} ${response.status}, ${response.time} ms`;
  const lines = [
    ...(failure === undefined ? [] : [writeLine('failed', failure.sentence)]),
    ...scriptErrors.map(({ listen, error }) =>
      writeLine('failed', `${error.name} in ${listen}-script: ${error.message}`),
    ),
    ...assertions.map(({ name: test, error }) =>
      error === undefined ? writeLine('passed', test) : writeLine('failed', `${test}: ${error.message}`),
    ),
  ];
  return [
    `<details${isFailed ? ' open' : ''}>`,
    `<summary class="${isFailed ? 'failed' : 'passed'}">${name} — ${escapeMarkup(status)}</summary>`,
    `<p>${escapeMarkup(request?.method ?? execution.method)} <code>${escapeMarkup(request?.url ?? execution.url)}</code></p>`,
    `<ul>${lines.join('')}</ul></details>`,
  ].join('');
}

function writeLine(kind: 'failed' | 'passed', text: string): string {
  return `<li class="${kind}">${kind === 'passed' ? '✓' : '✗'} ${escapeMarkup(text)}</li>`;
}
