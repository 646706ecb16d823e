import camelCase from 'lodash/camelCase.js';
import { createRecord } from './record.ts';
import type { RowCounts } from '../events.ts';
import type { ExecutionRecord } from './record.ts';
import type { Reporter, ReporterContext } from './reporter.ts';
import { createRowRecords } from './rows.ts';
import type { RowRecord } from './rows.ts';

/**
 * JUnit's XML as Newman writes it: a suite for every request, a case for every name of an assertion. Newman shows
 * one iteration of a request; here a case counts as failed when it failed in any.
 */
export function createJunitReporter(context: ReporterContext): Reporter {
  const record = createRecord();
  const rows = createRowRecords();
  let started = 0;
  return {
    onEvent(event) {
      if (event.kind === 'run-started') started = event.at;
      record.onEvent(event);
      rows.onEvent(event);
    },
    async finish({ summary }) {
      const sent = record.executions.filter(({ request, failure }) => request ?? failure);
      const seconds = toSeconds(sent.reduce((sum, { response }) => sum + (response?.time ?? 0), 0));
      const timestamp = new Date(started).toISOString();
      const lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites ${toAttributes({ name: context.plan.name, tests: summary.items.total, time: seconds })}>`,
        ...groupByItem(sent).map((group) => writeSuite(group, timestamp, context)),
        ...(context.plan.settings.strict === true ? [writeRows(rows.rows, summary.rows, timestamp)] : []),
        '</testsuites>',
      ];
      await context.writeReport('newman-run-report.xml', lines.join('\n'));
    },
  };
}

/** A run that is strict about its rows has a suite of them: those that are not done are its cases, and one for the rest. */
function writeRows(records: readonly RowRecord[], counts: RowCounts, timestamp: string): string {
  const head = {
    name: 'Rows',
    timestamp,
    tests: counts.total,
    failures: counts.failed + counts.inDoubt,
    skipped: counts.notReached,
  };
  return [
    `  <testsuite ${toAttributes(head)}>`,
    `    <testcase ${toAttributes({ name: `${counts.done} rows done`, classname: 'Rows' })}/>`,
    ...records.map(writeRow),
    '  </testsuite>',
  ].join('\n');
}

function writeRow({ row, verdict, reason }: RowRecord): string {
  const head = `    <testcase ${toAttributes({ name: `row ${row + 1}`, classname: 'Rows' })}>`;
  const body =
    verdict === 'not-reached'
      ? '<skipped/>'
      : `<failure ${toAttributes({ type: verdict, message: reason })}/>`;
  return `${head}${body}</testcase>`;
}

function groupByItem(executions: readonly ExecutionRecord[]): ExecutionRecord[][] {
  const groups = new Map<string, ExecutionRecord[]>();
  for (const execution of executions) {
    const { itemId } = execution.place;
    const group = groups.get(itemId);
    if (group) group.push(execution);
    else groups.set(itemId, [execution]);
  }
  return [...groups.values()];
}

/** One case for each name of an assertion. */
interface Case {
  readonly name: string;
  readonly errors: { readonly message: string; readonly stack: string }[];
  readonly skipped: boolean;
}

function writeSuite(
  executions: readonly ExecutionRecord[],
  timestamp: string,
  context: ReporterContext,
): string {
  const { itemName, itemId, folders } = executions[0]?.place ?? { itemName: '', itemId: '', folders: [] };
  const assertions = executions.flatMap((execution) => execution.assertions);
  const times = executions.map(({ response }) => response?.time ?? 0);
  const name = [...folders, itemName].join(' / ');
  const head = `  <testsuite ${toAttributes({
    name,
    id: itemId,
    timestamp,
    tests: assertions.length,
    failures: assertions.filter(({ error }) => error !== undefined).length,
    errors: executions.reduce((sum, { failure, scriptErrors }) => {
      return sum + scriptErrors.length + (failure === undefined ? 0 : 1);
    }, 0),
    time: toSeconds(times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length)),
  })}`;
  const suite = { name, time: toSeconds(times.at(-1) ?? 0), className: toClassName(name, context) };
  const lines = [
    ...writeErrors(executions),
    ...toCases(executions).map((entry) => writeCase(entry, suite, context)),
  ];
  return lines.length === 0 ? `${head}/>` : [`${head}>`, ...lines, '  </testsuite>'].join('\n');
}

/** What went wrong outside of assertions, every iteration with a headline of its own. */
function writeErrors(executions: readonly ExecutionRecord[]): string[] {
  const broken = executions.filter(
    ({ failure, scriptErrors }) => failure !== undefined || scriptErrors.length > 0,
  );
  const parts = broken.map(({ place, failure, scriptErrors }) => {
    const scripts = (['test', 'prerequest'] as const).flatMap((listen) =>
      scriptErrors
        .filter((entry) => entry.listen === listen)
        .map(({ error }) => `${listen}ScriptError: ${error.name}: ${error.message}\n${error.stack ?? ''}`),
    );
    const request =
      failure === undefined ? '' : `RequestError: ${failure.error.name}: ${failure.error.message}\n`;
    return [`Iteration: ${place.iteration}\n${request}`, ...scripts, ''].join('\n---\n');
  });
  return parts.length === 0 ? [] : [`    <system-err>${toCdata(parts.join(''))}</system-err>`];
}

function toCases(executions: readonly ExecutionRecord[]): Case[] {
  const cases = new Map<string, Case>();
  for (const { place, assertions } of executions) {
    for (const { name, skipped, error, index } of assertions) {
      const known = cases.get(name) ?? { name, skipped, errors: [] };
      if (error !== undefined) {
        const stack = `${error.name}: ${error.message}\n   at Object.eval sandbox-script.js:${index + 1}:${place.execution + 1})`;
        known.errors.push({ message: error.message, stack });
      }
      cases.set(name, known);
    }
  }
  return [...cases.values()];
}

function writeCase(
  entry: Case,
  suite: { name: string; time: string; className: string },
  { plan }: ReporterContext,
): string {
  const head = `    <testcase ${toAttributes({ name: entry.name, time: suite.time, classname: suite.className })}`;
  const [error] = entry.errors;
  if (error === undefined) return entry.skipped ? `${head}><skipped/></testcase>` : `${head}/>`;
  const lines = [
    `Failed ${entry.errors.length} times.`,
    `Collection JSON ID: ${plan.collection.id}.`,
    `Collection name: ${plan.name}.`,
    `Request name: ${suite.name}.`,
    `Test description: ${entry.name}.`,
    `Error message: ${error.message}.`,
    `Stacktrace: ${error.stack}.`,
  ];
  return [
    `${head}>`,
    `      <failure ${toAttributes({ type: 'AssertionFailure', message: error.message })}>`,
    ...lines.map((line) => `        ${toCdata(line)}`),
    '      </failure>',
    '    </testcase>',
  ].join('\n');
}

function toSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

/** Newman: the words of the suite's name, or of the collection's where that has none. */
function toClassName(suite: string, { plan }: ReporterContext): string {
  return toUpperCamel(suite) || toUpperCamel(plan.name);
}

function toUpperCamel(name: string): string {
  const words = camelCase(name).replace(/\W/g, '');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function toAttributes(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}="${escapeAttribute(String(value))}"`)
    .join(' ');
}

const ATTRIBUTE_MARKS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

function escapeAttribute(text: string): string {
  return withoutControls(text).replace(/[&<"\t\n\r]/g, (mark) => ATTRIBUTE_MARKS[mark] ?? mark);
}

function toCdata(text: string): string {
  return `<![CDATA[${withoutControls(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** XML 1.0 has no way to write them. */
function withoutControls(text: string): string {
  // oxlint-disable-next-line no-control-regex -- controls are what has to be found
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}
