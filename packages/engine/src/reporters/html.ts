import type { HeaderLine } from '../headers.ts';
import type { RunResult } from '../run-options.ts';
import { createRecord } from './record.ts';
import type { ExecutionRecord, FailureRecord, RunRecord } from './record.ts';
import { hideProofs } from './proofs.ts';
import { escapeMarkup } from '../markup.ts';
import type { Reporter, ReporterContext } from './reporter.ts';
import { createRowRecords, explainRows, hasRows, toRowCounts } from './rows.ts';
import type { RowRecord } from './rows.ts';

/** One HTML file that needs nothing else: the counts, what failed and why, then every request with its checks. */
export function createHtmlReporter(context: ReporterContext): Reporter {
  const record = createRecord();
  const rows = createRowRecords();
  let started = 0;
  return {
    onEvent(event) {
      if (event.kind === 'run-started') started = event.at;
      record.onEvent(event);
      rows.onEvent(event);
    },
    async finish(result) {
      const title = escapeMarkup(context.plan.name);
      const page = [
        '<!doctype html>',
        `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head>`,
        `<body><header><h1>${title}</h1><p>${toIntroduction(result, started, context)}</p></header>`,
        `<main>${writeCounts(result)}${writeRows(rows.rows, result, context)}${writeFailures(record)}${writeExecutions(record, context)}</main>`,
        '</body></html>',
      ];
      await context.writeReport('newman-run-report.html', `${page.join('\n')}\n`);
    },
  };
}

const STYLE = `
:root { color-scheme: light dark; --bad: light-dark(#b3261e, #ff8a80); --good: light-dark(#146c43, #7bd8a5); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; }
table { border-collapse: collapse; } th, td { padding: .15rem 1.2rem .15rem 0; text-align: left; }
td { text-align: right; font-variant-numeric: tabular-nums; }
ol, ul { padding-left: 1.5rem; } .checks { list-style: none; padding: 0; }
details { border-top: 1px solid #8885; padding: .4rem 0; } summary { cursor: pointer; }
details details { border: 0; padding-left: 1rem; }
code, pre { font: 13px/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; max-height: 24rem; overflow: auto; margin: .3rem 0; }
.failed { color: var(--bad); } .passed { color: var(--good); } .place { opacity: .75; }
body:has(#only:checked) details.fine { display: none; }
`;

function toIntroduction({ outcome, error }: RunResult, started: number, { plan }: ReporterContext): string {
  const end =
    outcome === 'stopped' ? 'stopped before its end' : outcome === 'failed' ? 'broken off' : 'to the end';
  const where = plan.environment === undefined ? '' : ` in ${escapeMarkup(plan.environment.name)}`;
  const reason = error === undefined ? '' : ` <span class="failed">${escapeMarkup(error.message)}</span>`;
  return `Run of ${new Date(started).toISOString()}${where}, ${end}.${reason}`;
}

function writeCounts({ summary }: RunResult): string {
  const { iterations, requests, prerequestScripts, testScripts, assertions } = summary;
  const rows = Object.entries({
    iterations,
    requests,
    'pre-request scripts': prerequestScripts,
    'test scripts': testScripts,
    assertions,
  });
  const lines = rows.map(
    ([name, { total, failed }]) =>
      `<tr><th scope="row">${name}</th><td>${total}</td><td class="${failed > 0 ? 'failed' : 'passed'}">${failed}</td></tr>`,
  );
  const head = '<tr><th scope="col"></th><th scope="col">executed</th><th scope="col">failed</th></tr>';
  const skipped = assertions.skipped > 0 ? `, ${assertions.skipped} assertions skipped` : '';
  return `<table>${head}${lines.join('')}</table><p>${summary.duration} ms, ${summary.receivedBytes} bytes received${skipped}</p>`;
}

/** What became of the rows, where there are several or the one was not done. */
function writeRows(records: readonly RowRecord[], { summary }: RunResult, { plan }: ReporterContext): string {
  if (!hasRows(summary)) return '';
  const lines = explainRows(records, summary, plan).map((line) => `<li>${escapeMarkup(line)}</li>`);
  const list = lines.length === 0 ? '' : `<ul>${lines.join('')}</ul>`;
  return `<section><h2>Rows</h2><p>${escapeMarkup(toRowCounts(summary.rows))}</p>${list}</section>`;
}

function writeFailures({ failures }: RunRecord): string {
  if (failures.length === 0) return '<p class="passed">Nothing failed.</p>';
  return `<h2>What failed</h2><ol>${failures.map(writeFailure).join('')}</ol>`;
}

function writeFailure({ place, at, error, test }: FailureRecord): string {
  const title = test === undefined ? `${error.name} in the ${at}` : test;
  const where = [...place.folders, place.itemName].join(' / ');
  return `<li><a href="#e${place.execution}" class="failed">${escapeMarkup(title)}</a>: ${escapeMarkup(error.message)} <span class="place">${escapeMarkup(where)}, iteration ${place.iteration + 1}</span></li>`;
}

function writeExecutions({ executions }: RunRecord, { plan }: ReporterContext): string {
  const filter = '<p><label for="only"><input type="checkbox" id="only"/> only what failed</label></p>';
  const lines = executions.map((execution) => writeExecution(execution, plan.iterations > 1));
  return `<h2>Requests</h2>${filter}${lines.join('\n')}`;
}

function writeExecution(execution: ExecutionRecord, showsIteration: boolean): string {
  const { place, response, failure, assertions, scriptErrors, skipped } = execution;
  const isFailed =
    failure !== undefined || scriptErrors.length > 0 || assertions.some(({ error }) => error !== undefined);
  const iteration = showsIteration ? `${place.iteration + 1}. ` : '';
  const name = escapeMarkup(`${iteration}${[...place.folders, place.itemName].join(' / ')}`);
  const status =
    response === undefined
      ? skipped
        ? 'skipped'
        : 'no answer'
      : `${response.code} ${response.status}, ${response.time} ms`;
  const checks = [
    ...(failure === undefined ? [] : [writeCheck('failed', failure.sentence)]),
    ...scriptErrors.map(({ listen, error }) =>
      writeCheck('failed', `${error.name} in ${listen}-script: ${error.message}`),
    ),
    ...assertions.map((assertion) =>
      assertion.error === undefined
        ? writeCheck('passed', assertion.skipped ? `${assertion.name} (skipped)` : assertion.name)
        : writeCheck('failed', `${assertion.name}: ${assertion.error.message}`),
    ),
  ];
  return [
    `<details id="e${place.execution}" class="${isFailed ? 'broken' : 'fine'}"${isFailed ? ' open' : ''}>`,
    `<summary class="${isFailed ? 'failed' : 'passed'}">${name} — ${escapeMarkup(status)}</summary>`,
    `<ul class="checks">${checks.join('')}</ul>${writeExchange(execution)}</details>`,
  ].join('');
}

function writeCheck(kind: 'failed' | 'passed', text: string): string {
  return `<li class="${kind}">${kind === 'passed' ? '✓' : '✗'} ${escapeMarkup(text)}</li>`;
}

function writeExchange({ request, response, method, url }: ExecutionRecord): string {
  const address = `<p>${escapeMarkup(request?.method ?? method)} <code>${escapeMarkup(request?.url ?? url)}</code></p>`;
  const sent = request === undefined ? '' : writePart('Request', request.headers, request.body ?? '');
  const received =
    response === undefined
      ? ''
      : writePart('Answer', response.headers, Buffer.from(response.bodyBase64, 'base64').toString('utf8'));
  return address + sent + received;
}

/** As much of a body as a person reads in a report. */
const SHOWN = 10_000;

function writePart(title: string, headers: readonly HeaderLine[], body: string): string {
  const lines = hideProofs(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  const left = body.length > SHOWN ? `\n… ${body.length - SHOWN} more characters` : '';
  return `<details><summary>${title}</summary><pre>${escapeMarkup(lines)}</pre><pre>${escapeMarkup(body.slice(0, SHOWN) + left)}</pre></details>`;
}
