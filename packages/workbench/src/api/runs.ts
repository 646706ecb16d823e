import type { PaceState, Progress, RowVerdict, RunSummary } from '@castellan/engine';
import { z } from 'zod';
import { defineRoute } from './define.ts';

const DataFileView = z.strictObject({
  id: z.string(),
  name: z.string(),
  columns: z.array(z.string()),
  count: z.number(),
  /** The first rows, as texts. */
  preview: z.array(z.record(z.string(), z.string())),
});
/** The rows of a data file; the workbench keeps them until it stops. */
export type DataFileView = z.infer<typeof DataFileView>;

const RunOrder = z.strictObject({
  collectionId: z.string(),
  /** A folder or request to run alone; the whole collection when absent. */
  itemId: z.string().exactOptional(),
  /** Ids of the requests to send for each row, in this order; those of the collection when absent. */
  steps: z.array(z.string()).min(1, 'Choose at least one request.').max(5000).exactOptional(),
  environmentId: z.string().nullable(),
  dataId: z.string().exactOptional(),
  /** Columns under other names: the variable by the column. */
  rename: z.record(z.string(), z.string()).default({}),
  iterations: z.number().int().min(1).max(100_000, 'A run has at most 100,000 rows here.').default(1),
  /** Rows side by side. */
  lanes: z.number().int().min(1).max(64, 'At most 64 rows run side by side.').default(1),
  /**
   * Each row begins with the variables and cookies that the row before it left, as Postman does. Such a run goes one row
   * at a time and has no journal, so it cannot be resumed.
   */
  carry: z.boolean().default(false),
  /** The share of each rate limit that the run may use. */
  capacity: z.number().min(0.05).max(1).default(0.8),
  /** Milliseconds between two requests. */
  delay: z.number().int().min(0).max(60_000, 'Wait at most 60 seconds between requests.').default(0),
  /** Ends the run after so many failed rows; 0 never. */
  stopAfter: z.number().int().min(0).default(0),
  /** The host of a guarded org, typed to confirm what the run writes there. */
  confirmed: z.string().exactOptional(),
  /** `skip`: without scripts. With `run`, strange ones are refused with the code `untrusted`. */
  scripts: z.enum(['run', 'skip']).default('run'),
});
export type RunOrder = z.infer<typeof RunOrder>;

const Write = z.strictObject({
  title: z.string(),
  host: z.string(),
  method: z.string(),
  count: z.number(),
  irreversible: z.boolean(),
});

/** What the guard of the environment wants confirmed by typing the host; what cannot be undone comes first. */
export const Confirmation = z.strictObject({
  host: z.string(),
  kind: z.enum(['local', 'preview', 'production']),
  writes: z.array(Write).readonly(),
});
export type Confirmation = z.infer<typeof Confirmation>;

const Estimate = z.strictObject({
  rows: z.number(),
  requests: z.number(),
  /** Milliseconds that the limits alone take; absent where none are known. */
  time: z.number().exactOptional(),
  buckets: z
    .array(
      z.strictObject({
        host: z.string(),
        bucket: z.string(),
        requests: z.number(),
        /** Calls in a window that the org is thought to allow. */
        limit: z.number().exactOptional(),
        /** The share of them that the run uses while it lasts, 0 to 1. */
        share: z.number().exactOptional(),
        time: z.number().exactOptional(),
      }),
    )
    .readonly(),
  writes: z.array(Write).readonly(),
  /** Mails, messages and calls that go out to people. */
  notifications: z.number(),
  missing: z
    .array(
      z.strictObject({
        name: z.string(),
        rows: z.number(),
        /** From 0. */
        firstRow: z.number(),
        request: z.string(),
      }),
    )
    .readonly(),
  /** Columns of the data that nothing asks for. */
  unusedColumns: z.array(z.string()).readonly(),
  confirmation: Confirmation.exactOptional(),
  /** What the guard of the environment would refuse, as sentences. */
  refusals: z.array(z.string()),
});
/** What a run would do, said before it does anything. */
export type Estimate = z.infer<typeof Estimate>;

const RunEntry = z.strictObject({
  id: z.string(),
  name: z.string(),
  at: z.number(),
  /** `interrupted`: it has no end, and nobody is at work on it. */
  state: z.enum(['running', 'paused', 'stopping', 'completed', 'stopped', 'failed', 'interrupted']),
  rows: z.number(),
  done: z.number(),
  /** Those in doubt included. */
  failed: z.number(),
  environment: z.string().exactOptional(),
  /** Runs of the command line are seen here, and steered there. */
  origin: z.enum(['app', 'command-line']),
  /** How often it was begun or resumed. */
  attempts: z.number(),
  /** It has a journal and rows that have no end yet. */
  resumable: z.boolean(),
});
export type RunEntry = z.infer<typeof RunEntry>;

/** One request of a row and what it was answered. */
export interface RunAnswer {
  readonly itemId: string;
  readonly itemName: string;
  readonly method: string;
  readonly code?: number;
  /** Okta's, where the answer has one. */
  readonly errorCode?: string;
  /** Okta's words for it, with what it says of the causes. */
  readonly summary?: string;
  /** Milliseconds. */
  readonly time?: number;
  readonly failure?: string;
  /** Okta's X-Okta-Request-Id, by which the System Log names what the request caused. */
  readonly requestId?: string;
}

/** What a page is told of a run, in order and numbered, so that it can go on where it was. */
export type RunLine =
  | { readonly kind: 'started'; readonly at: number; readonly rows: number; readonly requestsPerRow: number }
  | {
      readonly kind: 'row';
      readonly at: number;
      readonly row: number;
      /** The values of the row that tell it from others. */
      readonly label: string;
      readonly verdict: RowVerdict;
      readonly reason?: string;
      readonly time: number;
      readonly answers: readonly RunAnswer[];
      readonly passed: number;
      readonly failed: readonly string[];
    }
  | {
      readonly kind: 'pace';
      readonly at: number;
      readonly progress: Progress;
      readonly buckets: PaceState['buckets'];
    }
  /** Another attempt begins. Rows that were not over are told again. */
  | { readonly kind: 'resumed'; readonly at: number }
  | { readonly kind: 'state'; readonly at: number; readonly state: RunEntry['state'] }
  | {
      readonly kind: 'finished';
      readonly at: number;
      readonly state: RunEntry['state'];
      readonly summary?: RunSummary;
      readonly error?: string;
    };

export const runRoutes = {
  addDataFile: defineRoute({
    method: 'POST',
    path: '/api/data-files',
    summary: 'Read the rows of a CSV or JSON file',
    body: z.strictObject({ name: z.string(), text: z.string() }),
    answer: DataFileView,
  }),
  estimateRun: defineRoute({
    method: 'POST',
    path: '/api/runs/estimate',
    summary: 'Say what a run would do: rows, requests, time by the limits, variables without a value',
    body: RunOrder,
    answer: Estimate,
  }),
  startRun: defineRoute({
    method: 'POST',
    path: '/api/runs',
    summary: 'Run a collection or folder, once or once a row',
    body: RunOrder,
    answer: z.strictObject({ id: z.string() }),
  }),
  listRuns: defineRoute({
    method: 'GET',
    path: '/api/runs',
    summary: 'List the runs, newest first, those of earlier starts included',
    answer: z.strictObject({ runs: z.array(RunEntry) }),
  }),
  readRun: defineRoute({
    method: 'GET',
    path: '/api/runs/{runId}',
    summary: 'Read how a run was ordered; runs of the command line have no order here',
    answer: z.strictObject({ entry: RunEntry, order: RunOrder.exactOptional() }),
  }),
  followRun: defineRoute({
    method: 'GET',
    path: '/api/runs/{runId}/lines',
    summary: 'Stream what happens in a run from its start, or after the line that Last-Event-ID names',
    answer: 'stream',
  }),
  steerRun: defineRoute({
    method: 'POST',
    path: '/api/runs/{runId}/steer',
    summary: 'Pause a run, let it go on, or stop it after the rows that are under way',
    body: z.strictObject({ to: z.enum(['pause', 'resume', 'stop']) }),
  }),
  resumeRun: defineRoute({
    method: 'POST',
    path: '/api/runs/{runId}/resume',
    summary:
      'Go on with a run that was stopped or interrupted: rows that are over are left alone, writes without an answer are looked up first',
    body: z.strictObject({
      confirmed: RunOrder.shape.confirmed,
      /** Goes on although the collection, the environment or the data changed. */
      acceptsChanges: z.boolean().default(false),
    }),
  }),
  estimateResume: defineRoute({
    method: 'GET',
    path: '/api/runs/{runId}/estimate',
    summary: 'Say what a run would do, all of its rows counted',
    answer: Estimate,
  }),
  deleteRun: defineRoute({ method: 'DELETE', path: '/api/runs/{runId}', summary: 'Forget a run' }),
  readRunReport: defineRoute({
    method: 'GET',
    path: '/api/runs/{runId}/reports/{format}',
    summary: 'Download the report of a run that is over: html, junit or json',
    answer: 'text',
  }),
  takeRowsLeft: defineRoute({
    method: 'POST',
    path: '/api/runs/{runId}/rows-left',
    summary: 'Make a data file of the rows of a run that were not done, to run them again',
    answer: DataFileView,
  }),
  readFailedRows: defineRoute({
    method: 'GET',
    path: '/api/runs/{runId}/failed-rows',
    summary: 'Download the rows that were not done as CSV, each with its reason',
    answer: 'text',
  }),
};
