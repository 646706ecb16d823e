import type { ReceivedResponse, RunEvent } from '@castellan/engine';
import { z } from 'zod';
import { defineRoute } from './define.ts';
import { RequestItemSchema } from './model.ts';
import { Confirmation } from './runs.ts';

const SendOrder = z.strictObject({
  collectionId: z.string(),
  /** The request as the page shows it, saved or not. */
  item: RequestItemSchema,
  environmentId: z.string().nullable(),
  /** The host of a guarded org, typed to confirm what is written there. */
  confirmed: z.string().exactOptional(),
  /** `skip`: without scripts. With `run`, strange ones are refused with the code `untrusted`. */
  scripts: z.enum(['run', 'skip']).default('run'),
});
export type SendOrder = z.infer<typeof SendOrder>;

/** What a Send tells, in order; secrets are masked. */
export type SendEvent =
  | Exclude<RunEvent, { kind: 'response-received' | 'run-finished' }>
  | ReceivedEvent
  | Ended;

type ReceivedEvent = Omit<Extract<RunEvent, { kind: 'response-received' }>, 'response'> & {
  readonly response: SentBack;
};

/**
 * An answer. A body that is too large to travel here is empty, and lies under its id. Where something in it was masked
 * that it brought itself, the answer as it came lies under `answerId`, for a person who asks to see it.
 */
export type SentBack = ReceivedResponse & { readonly bodyId?: string; readonly answerId?: string };

/** The end: as the engine tells it, or in one sentence when the Send broke off. */
type Ended = Pick<Extract<RunEvent, { kind: 'run-finished' }>, 'kind' | 'outcome' | 'error'>;

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
  /** Okta's X-Okta-Request-Id, by which the System Log names what the request caused. */
  requestId: z.string().optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const sendRoutes = {
  confirmSend: defineRoute({
    method: 'POST',
    path: '/api/sends/confirmation',
    summary: 'Say what has to be confirmed before a request is sent to a guarded org; nothing is sent',
    body: SendOrder,
    answer: z.strictObject({ confirmation: Confirmation.exactOptional() }),
  }),
  send: defineRoute({
    method: 'POST',
    path: '/api/sends',
    summary:
      'Send one request; the answer streams its events as server-sent events, and whoever goes away stops it',
    body: SendOrder,
    answer: 'stream',
  }),
  readBody: defineRoute({
    method: 'GET',
    path: '/api/bodies/{bodyId}',
    summary: 'Read the body of an answer that was too large for its event, masked; for some minutes',
    answer: 'bytes',
  }),
  revealAnswer: defineRoute({
    method: 'GET',
    path: '/api/answers/{answerId}',
    summary: 'Read an answer that brought secrets as it came; what was secret before stays masked',
    answer: z.strictObject({
      headers: z.array(z.tuple([z.string(), z.string()])),
      bodyBase64: z.string(),
    }),
  }),
  searchHistory: defineRoute({
    method: 'POST',
    path: '/api/history',
    summary:
      'List the requests that were sent, newest first, whose address, status, name or body hold a text',
    body: z.strictObject({ text: z.string() }),
    answer: z.strictObject({ entries: z.array(HistoryEntry) }),
  }),
  findCause: defineRoute({
    method: 'GET',
    path: '/api/causes/{requestId}',
    summary: 'Find the request whose answer had this id of Okta’s, in the history or in a run',
    answer: z.strictObject({
      cause: z
        .strictObject({
          collectionId: z.string(),
          itemId: z.string(),
          /** The run that sent it; absent for a Send. */
          runId: z.string().exactOptional(),
        })
        .exactOptional(),
    }),
  }),
  readHistoryRequest: defineRoute({
    method: 'GET',
    path: '/api/history/{entryId}/request',
    summary: 'Read a request as it was written when it was sent',
    answer: z.strictObject({ item: RequestItemSchema }),
  }),
  clearHistory: defineRoute({ method: 'DELETE', path: '/api/history', summary: 'Forget the history' }),
};
