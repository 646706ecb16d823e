import { z } from 'zod';
import { defineRoute } from './define.ts';
import { JsonValue, RequestItemSchema } from './model.ts';

const Send = z.strictObject({
  kind: z.literal('send'),
  collectionId: z.string(),
  /** The request as the page shows it, saved or not. */
  item: RequestItemSchema,
  environmentId: z.string().nullable(),
});

const Run = z.strictObject({
  kind: z.literal('run'),
  collectionId: z.string(),
  /** A folder or request to run alone; the whole collection when absent. */
  itemId: z.string().optional(),
  environmentId: z.string().nullable(),
  rows: z
    .array(z.record(z.string(), JsonValue))
    .max(100_000, 'A data file has at most 100,000 rows here; the command line takes more.'),
  iterations: z.number().int().min(1).max(100_000).optional(),
  /** Milliseconds between two requests. */
  delay: z.number().int().min(0).max(60_000).default(0),
  stopOnFailure: z.boolean().default(false),
});
export const RunOrder = z.discriminatedUnion('kind', [Send, Run]);
export type RunOrder = z.infer<typeof RunOrder>;

export const HistoryEntry = z.strictObject({
  id: z.string(),
  at: z.number(),
  method: z.string(),
  url: z.string(),
  /** Absent when no answer came. */
  code: z.number().optional(),
  /** Milliseconds. */
  time: z.number().optional(),
  failure: z.string().optional(),
  collectionId: z.string(),
  itemId: z.string(),
  itemName: z.string(),
  environment: z.string().optional(),
  /** Whether the request is kept as it was written, to be opened and sent again. */
  canResend: z.boolean(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const RunEntry = z.strictObject({
  id: z.string(),
  name: z.string(),
  at: z.number(),
  outcome: z.enum(['running', 'completed', 'stopped', 'failed']),
  iterations: z.number(),
  done: z.number(),
  failed: z.number(),
  environment: z.string().optional(),
});
export type RunEntry = z.infer<typeof RunEntry>;

export const runRoutes = {
  startRun: defineRoute({
    method: 'POST',
    path: '/api/runs',
    summary: 'Send one request or run a collection; the answer streams its events as server-sent events',
    body: RunOrder,
    answer: 'stream',
  }),
  followRun: defineRoute({
    method: 'GET',
    path: '/api/runs/{runId}/events',
    summary: 'Stream the events of a run from the first, or after the one that Last-Event-ID names',
    answer: 'stream',
  }),
  stopRun: defineRoute({
    method: 'POST',
    path: '/api/runs/{runId}/stop',
    summary: 'Stop a run',
  }),
  listRuns: defineRoute({
    method: 'GET',
    path: '/api/runs',
    summary: 'List the runs since the workbench started, newest first',
    answer: z.strictObject({ runs: z.array(RunEntry) }),
  }),
  searchHistory: defineRoute({
    method: 'POST',
    path: '/api/history',
    summary:
      'List the requests that were sent, newest first, whose address, status, name or body hold a text',
    body: z.strictObject({ text: z.string() }),
    answer: z.strictObject({ entries: z.array(HistoryEntry) }),
  }),
  readHistoryRequest: defineRoute({
    method: 'GET',
    path: '/api/history/{entryId}/request',
    summary: 'Read a request as it was written when it was sent',
    answer: z.strictObject({ item: RequestItemSchema }),
  }),
  clearHistory: defineRoute({ method: 'DELETE', path: '/api/history', summary: 'Forget the history' }),
};
