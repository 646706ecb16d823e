import { inspect, styleText } from 'node:util';
import type { ConsoleEntry } from '@castellan/sandbox';
import type { Json } from '@castellan/collection';
import type { Count, RunEvent, RunSummary } from '../events.ts';
import { toFailure } from './record.ts';
import type { FailureRecord } from './record.ts';
import type { Reporter, ReporterContext } from './reporter.ts';
import { createRowRecords, explainRows, hasRows, toRowCounts } from './rows.ts';

type Style = 'red' | 'green' | 'yellow' | 'dim' | 'bold' | 'cyan';

/**
 * What a person reads in a terminal: each request with its checks, what failed and why, the counts. On a terminal
 * the last line says how far the run is; everywhere else lines are only added.
 */
export function createCliReporter(context: ReporterContext): Reporter {
  const { output, options, plan } = context;
  const failures: FailureRecord[] = [];
  const rows = createRowRecords();
  const symbols = output.plainSymbols
    ? { ok: 'ok', failed: 'not ok', skipped: '-', item: '->', folder: '[]' }
    : { ok: '✓', failed: '✗', skipped: '○', item: '→', folder: '❏' };
  const total = plan.steps.length * plan.iterations;
  let folder = '';
  let done = 0;
  let shown = '';
  return { onEvent };

  function onEvent(event: RunEvent): void {
    const failure = toFailure(event);
    if (failure !== undefined) failures.push(failure);
    rows.onEvent(event);
    if (options['silent'] === true) return;
    if (event.kind === 'item-finished') done += 1;
    draw(event);
    if (output.isTerminal && total > 1 && event.kind !== 'run-finished') drawProgress();
  }

  function drawProgress(): void {
    const failed = failures.length === 1 ? '1 failure' : `${failures.length} failures`;
    const text = paint('dim', `${done}/${total} requests, ${failed}`);
    if (text !== shown) output.write(shown === '' ? text : `${ERASE_LINE}${text}`);
    shown = text;
  }

  function draw(event: RunEvent): void {
    switch (event.kind) {
      case 'run-started':
        line(paint('bold', event.name));
        break;
      case 'iteration-started':
        if (plan.iterations > 1)
          line(`\n${paint('dim', `Iteration ${event.iteration + 1}/${plan.iterations}`)}`);
        break;
      case 'item-started':
        drawFolder(event.folders.join(' / '));
        line(`\n${symbols.item} ${event.itemName}`);
        break;
      case 'response-received':
        drawResponse(event);
        break;
      case 'request-failed':
        line(`  ${paint('red', `${symbols.failed} ${event.failure.sentence}`)}`);
        break;
      case 'console':
        if (options['noConsole'] !== true) drawConsole(event.entry);
        break;
      case 'assertion':
        drawAssertion(event);
        break;
      case 'script-finished':
        if (event.error !== undefined) {
          line(
            `  ${paint('red', `${symbols.failed} ${event.error.name} in ${event.listen}-script: ${event.error.message}`)}`,
          );
        }
        break;
      case 'run-finished':
        drawEnd(event);
        break;
      default:
    }
  }

  function drawFolder(name: string): void {
    if (name !== folder && name !== '') line(`\n${symbols.folder} ${paint('bold', name)}`);
    folder = name;
  }

  function drawResponse({
    source,
    request,
    response,
  }: Extract<RunEvent, { kind: 'response-received' }>): void {
    if (source !== 'item' && !output.verbose) return;
    const status = paint(response.code < 400 ? 'green' : 'red', `${response.code} ${response.status}`);
    line(`  ${request.method} ${request.url} [${status}, ${toSize(response.size.body)}, ${response.time}ms]`);
    if (!output.verbose) return;
    for (const [name, value] of response.headers) line(paint('dim', `    ${name}: ${value}`));
    line(Buffer.from(response.bodyBase64, 'base64').toString('utf8'));
  }

  function drawConsole({ level, values, texts }: ConsoleEntry): void {
    const text = (texts ?? values.map(toConsoleText)).join(', ');
    const style = level === 'error' ? 'red' : level === 'warn' ? 'yellow' : 'dim';
    line(
      text
        .split('\n')
        .map((part) => `  ${paint(style, '│')} ${part}`)
        .join('\n'),
    );
  }

  function drawAssertion({ assertion }: Extract<RunEvent, { kind: 'assertion' }>): void {
    if (options['noAssertions'] === true) return;
    if (assertion.skipped) line(`  ${paint('cyan', `${symbols.skipped} ${assertion.name}`)}`);
    else if (!assertion.passed) line(`  ${paint('red', `${failures.length}. ${assertion.name}`)}`);
    else if (options['noSuccessAssertions'] !== true)
      line(`  ${paint('green', symbols.ok)} ${assertion.name}`);
  }

  function drawEnd({ summary, outcome, error }: Extract<RunEvent, { kind: 'run-finished' }>): void {
    if (options['noSummary'] !== true) {
      line(`\n${toTable(summary)}`);
      if (hasRows(summary)) line(toRowCounts(summary.rows));
      for (const text of explainRows(rows.rows, summary, plan)) line(paint('yellow', text));
    }
    if (options['noFailures'] !== true)
      for (const [index, failure] of failures.entries()) drawFailure(failure, index);
    if (outcome === 'stopped') line(paint('yellow', '\nThe run was stopped before its end.'));
    if (error !== undefined) line(paint('red', `\n${error.message}`));
  }

  function drawFailure({ place, at, error, test }: FailureRecord, index: number): void {
    const where = [...place.folders, place.itemName].join(' / ');
    const iteration = plan.iterations > 1 ? ` in iteration ${place.iteration + 1}` : '';
    line(`\n${paint('red', `${index + 1}. ${error.name}`)} ${test ?? ''}`);
    line(`   ${error.message}`);
    line(paint('dim', `   at ${at} of "${where}"${iteration}`));
  }

  function toTable(summary: RunSummary): string {
    const { iterations, requests, testScripts, prerequestScripts, assertions } = summary;
    const rows: readonly (readonly [string, Count])[] = [
      ['iterations', iterations],
      ['requests', requests],
      ['pre-request scripts', prerequestScripts],
      ['test scripts', testScripts],
      ['assertions', assertions],
    ];
    const lines = rows.map(([name, { total, failed }]) => {
      const text = failed > 0 ? paint('red', `${failed} failed`) : paint('dim', '0 failed');
      return `${name.padStart(20)} ${String(total).padStart(8)}   ${text}`;
    });
    const refused =
      summary.refusedAnswers === 0 ? '' : `, ${summary.refusedAnswers} answers of 400 and above`;
    return [...lines, `\n${summary.duration}ms, ${toSize(summary.receivedBytes)} received${refused}`].join(
      '\n',
    );
  }

  function paint(style: Style, text: string): string {
    return output.hasColor ? styleText(style, text) : text;
  }

  function line(text: string): void {
    output.write(shown === '' ? `${text}\n` : `${ERASE_LINE}${text}\n`);
    shown = '';
  }
}

/** ECMA-48: back to the line's begin, and nothing on it. */
const ERASE_LINE = '\r\u001b[2K';

/** Texts as they are, everything else as node shows it. */
function toConsoleText(value: Json): string {
  return typeof value === 'string' ? value : inspect(value, { depth: 5, breakLength: Infinity });
}

function toSize(bytes: number): string {
  if (bytes < 1000) return `${bytes}B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(2)}kB` : `${(bytes / 1_000_000).toFixed(2)}MB`;
}
