import type { Json } from '@castellan/collection';
import type { ScopeValue, ScriptError } from '@castellan/sandbox';
import type { RunSummary } from '../events.ts';
import type { HeaderLine } from '../headers.ts';
import type { RunPlan } from '../plan.ts';
import { createRecord } from './record.ts';
import type { ExecutionRecord, FailureRecord } from './record.ts';
import type { ReporterContext, Reporter } from './reporter.ts';
import { createRowRecords } from './rows.ts';

/** One JSON file in the shape of Newman's `json` reporter. */
export function createJsonReporter(context: ReporterContext): Reporter {
  const record = createRecord();
  const rows = createRowRecords();
  let started = 0;
  let finished = 0;
  return {
    onEvent(event) {
      if (event.kind === 'run-started') started = event.at;
      if (event.kind === 'run-finished') finished = event.at;
      record.onEvent(event);
      rows.onEvent(event);
    },
    async finish({ summary, scopes, error }) {
      const { plan } = context;
      const report = {
        collection: toCollection(plan),
        environment: toScope(plan.environment?.id, plan.environment?.name, scopes.environment),
        globals: toScope(plan.globals?.id, plan.globals?.name, scopes.globals),
        collectionVariables: toValues(scopes.collection),
        run: {
          stats: toStats(summary, record.executions.filter(isUntested(plan)).length),
          timings: { ...toTimings(record.executions), started, completed: finished },
          executions: record.executions.filter(isSent).map(toExecution),
          transfers: { responseTotal: summary.receivedBytes },
          failures: record.failures.map(toFailureJson),
          error: error ?? null,
          rows: { ...summary.rows, notDone: rows.rows },
        },
      };
      await context.writeReport('newman-run-report.json', `${JSON.stringify(report, null, 2)}\n`);
    },
  };
}

function toCollection({ collection, steps }: RunPlan): object {
  return {
    info: { _postman_id: collection.id, name: collection.name },
    item: steps.map(({ item }) => ({ id: item.id, name: item.name })),
  };
}

function toScope(id: string | undefined, name: string | undefined, values: readonly ScopeValue[]): object {
  return {
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    values: toValues(values),
  };
}

function toValues(values: readonly ScopeValue[]): object[] {
  return values.map(({ key, value, type, disabled }) => ({
    type: type ?? 'any',
    value,
    key,
    ...(disabled === true ? { disabled: true } : {}),
  }));
}

/** Newman: an item that was ended before its request is none of the executions. */
function isSent({ skipped, request, failure }: ExecutionRecord): boolean {
  return !skipped && (request !== undefined || failure !== undefined);
}

/** Newman counts no tests of an item that was skipped, or that `bail` ended before them. */
function isUntested({ settings }: RunPlan): (execution: ExecutionRecord) => boolean {
  return ({ skipped, failure, scriptErrors }) =>
    skipped ||
    (Boolean(settings.bail) &&
      (failure !== undefined || scriptErrors.some(({ listen }) => listen === 'prerequest')));
}

function toStats(summary: RunSummary, untested: number): object {
  const { iterations, items, scripts, requests, assertions, testScripts, prerequestScripts } = summary;
  const count = ({ total, failed }: { total: number; failed: number }) => ({ total, pending: 0, failed });
  return {
    iterations: count(iterations),
    items: count(items),
    scripts: count(scripts),
    prerequests: { total: items.total, pending: 0, failed: 0 },
    requests: count(requests),
    tests: { total: items.total - untested, pending: 0, failed: 0 },
    assertions: count(assertions),
    testScripts: count(testScripts),
    prerequestScripts: count(prerequestScripts),
  };
}

function toTimings(executions: readonly ExecutionRecord[]): object {
  const times = executions.flatMap(({ response }) => (response === undefined ? [] : [response.time]));
  const count = Math.max(1, times.length);
  const average = times.reduce((sum, time) => sum + time, 0) / count;
  const variance = times.reduce((sum, time) => sum + (time - average) ** 2, 0) / count;
  return {
    responseAverage: average,
    responseMin: times.reduce((least, time) => Math.min(least, time), times[0] ?? 0),
    responseMax: times.reduce((most, time) => Math.max(most, time), 0),
    responseSd: Math.sqrt(variance),
  };
}

function toExecution(execution: ExecutionRecord): object {
  const { place, request, response, failure, assertions, scriptErrors } = execution;
  const scripts = (listen: string) =>
    scriptErrors.filter((entry) => entry.listen === listen).map(({ error }) => ({ error }));
  const [prerequest, test] = [scripts('prerequest'), scripts('test')];
  return {
    cursor: { iteration: place.iteration, position: place.execution, ref: `${place.execution}` },
    id: place.itemId,
    item: { id: place.itemId, name: place.itemName },
    request: {
      method: request?.method ?? execution.method,
      url: request?.url ?? execution.url,
      header: toHeaders(request?.headers ?? []),
      ...(request?.body === undefined ? {} : { body: { mode: 'raw', raw: request.body } }),
    },
    ...(response === undefined
      ? {}
      : {
          response: {
            status: response.status,
            code: response.code,
            header: toHeaders(response.headers),
            stream: { type: 'Base64', data: response.bodyBase64 },
            responseTime: response.time,
            responseSize: response.size.body,
          },
        }),
    ...(failure === undefined ? {} : { requestError: failure.error }),
    ...(prerequest.length === 0 ? {} : { prerequestScript: prerequest }),
    ...(test.length === 0 ? {} : { testScript: test }),
    ...(assertions.length === 0
      ? {}
      : {
          assertions: assertions.map(({ name, skipped, error, index }) => ({
            assertion: name,
            skipped,
            ...(error === undefined ? {} : { error: { ...error, index, test: name } }),
          })),
        }),
  };
}

function toHeaders(headers: readonly HeaderLine[]): object[] {
  return headers.map(([key, value]) => ({ key, value }));
}

function toFailureJson({ place, at, error, test, index }: FailureRecord): Json {
  const named: ScriptError & { test?: string; index?: number } = {
    ...error,
    ...(test === undefined ? {} : { test }),
    ...(index === undefined ? {} : { index }),
  };
  return {
    parent: { name: place.folders.at(-1) ?? '' },
    source: { id: place.itemId, name: place.itemName },
    error: { ...named },
    at,
    cursor: { iteration: place.iteration, position: place.execution, ref: `${place.execution}` },
  };
}
