import { createRecord } from './record.ts';
import type { ExecutionRecord } from './record.ts';
import { escapeMarkup, toReportPath } from './reporter.ts';
import type { Reporter, ReporterContext } from './reporter.ts';

/** JUnit's XML as Newman writes it: a suite for every request, a case for every assertion. */
export function createJunitReporter(context: ReporterContext): Reporter {
  const record = createRecord();
  return {
    onEvent: record.onEvent,
    async finish({ summary }) {
      const suites = groupByItem(record.executions).map((group) => writeSuite(group, context));
      const seconds = (summary.duration / 1000).toFixed(3);
      const head = `<testsuites name="${escapeMarkup(context.plan.name)}" tests="${summary.assertions.total}" time="${seconds}">`;
      const lines = ['<?xml version="1.0" encoding="UTF-8"?>', head, ...suites, '</testsuites>'];
      await context.writeFile(toReportPath(context, 'junit', 'xml'), lines.join('\n'));
    },
  };
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

/** One case for each name of an assertion, failed when it failed in any iteration. */
interface Case {
  readonly name: string;
  readonly errors: { readonly message: string; readonly stack?: string }[];
  readonly skipped: boolean;
}

function writeSuite(executions: readonly ExecutionRecord[], context: ReporterContext): string {
  const [first] = executions;
  if (first === undefined) return '';
  const { itemName, itemId, folders } = first.place;
  const cases = toCases(executions);
  const failed = cases.filter(({ errors }) => errors.length > 0).length;
  const scriptErrors = executions.flatMap((execution) => execution.scriptErrors);
  const requestErrors = executions.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  const seconds = executions.reduce((sum, { response }) => sum + (response?.time ?? 0), 0) / 1000;
  const errors = scriptErrors.length + requestErrors.length;
  const name = escapeMarkup([...folders, itemName].join(' / '));
  const head = `  <testsuite name="${name}" id="${escapeMarkup(itemId)}" tests="${cases.length}" failures="${failed}" errors="${errors}" time="${seconds.toFixed(3)}">`;
  const messages = [...scriptErrors, ...requestErrors].map(
    ({ error }) =>
      `    <system-err><![CDATA[${escapeCdata(`${error.name}: ${error.message}`)}]]></system-err>`,
  );
  const time = (seconds / Math.max(1, cases.length)).toFixed(3);
  const className = toClassName(itemName);
  return [
    head,
    ...messages,
    ...cases.map((entry) => writeCase(entry, className, time, first, context)),
    '  </testsuite>',
  ].join('\n');
}

function toCases(executions: readonly ExecutionRecord[]): Case[] {
  const cases = new Map<string, Case>();
  for (const { name, skipped, error } of executions.flatMap(({ assertions }) => assertions)) {
    const known = cases.get(name) ?? { name, skipped, errors: [] };
    if (error !== undefined) known.errors.push(error);
    cases.set(name, known);
  }
  return [...cases.values()];
}

function writeCase(
  entry: Case,
  className: string,
  time: string,
  execution: ExecutionRecord,
  context: ReporterContext,
) {
  const head = `    <testcase name="${escapeMarkup(entry.name)}" time="${time}" classname="${className}"`;
  const [error] = entry.errors;
  if (error === undefined) return entry.skipped ? `${head}><skipped/></testcase>` : `${head}/>`;
  const lines = [
    `Failed ${entry.errors.length} times.`,
    `Collection JSON ID: ${context.plan.collection.id}.`,
    `Collection name: ${context.plan.name}.`,
    `Request name: ${execution.place.itemName}.`,
    `Test description: ${entry.name}.`,
    `Error message: ${error.message}.`,
    `Stacktrace: ${error.stack ?? ''}.`,
  ];
  return [
    `${head}>`,
    `      <failure type="AssertionFailure" message="${escapeMarkup(error.message)}">`,
    ...lines.map((line) => `        <![CDATA[${escapeCdata(line)}]]>`),
    '      </failure>',
    '    </testcase>',
  ].join('\n');
}

function escapeCdata(text: string): string {
  return text.replaceAll(']]>', ']]]]><![CDATA[>');
}

/** Newman: the words of the name in upper camel case. */
function toClassName(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`).join('');
}
