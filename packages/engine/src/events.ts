import type { Json, RequestSettings } from '@castellan/collection';
import type { AssertionResult, ConsoleEntry, ScriptError } from '@castellan/sandbox';
import type { HeaderLine } from './headers.ts';
import type { PaceState } from './pacing/pacing.ts';

/** Where in a run something happened. */
export interface Place {
  /** Number of the iteration (the data row), from 0. */
  readonly iteration: number;
  /** Number of the item execution within the run, from 0; a request that is sent twice has two. */
  readonly execution: number;
  readonly itemId: string;
  readonly itemName: string;
  /** Names of the folders around the item, from the outside in, the collection not included. */
  readonly folders: readonly string[];
}

/**
 * Everything that happens in a run, as plain JSON. The web app streams it and reporters draw it. What happens in a
 * row comes in the order of the rows, also when several are under way; `LiveEvent`s come in the moment they happen.
 */
export type RunEvent =
  | LiveEvent
  | {
      readonly kind: 'run-started';
      readonly at: number;
      readonly name: string;
      readonly iterations: number;
      readonly items: number;
    }
  | { readonly kind: 'iteration-started'; readonly at: number; readonly iteration: number }
  | ({
      readonly kind: 'item-started';
      readonly at: number;
      readonly method: string;
      readonly url: string;
    } & Place)
  | ({ readonly kind: 'script-started'; readonly at: number; readonly listen: 'prerequest' | 'test' } & Place)
  | ({ readonly kind: 'console'; readonly at: number; readonly entry: ConsoleEntry } & Place)
  | ({ readonly kind: 'assertion'; readonly at: number; readonly assertion: AssertionResult } & Place)
  | ({
      readonly kind: 'script-finished';
      readonly at: number;
      readonly listen: 'prerequest' | 'test';
      readonly error?: ScriptError;
    } & Place)
  | ({
      readonly kind: 'request-sent';
      readonly at: number;
      readonly source: RequestSource;
      readonly request: SentRequest;
    } & Place)
  | ({
      readonly kind: 'response-received';
      readonly at: number;
      readonly source: RequestSource;
      readonly request: SentRequest;
      readonly response: ReceivedResponse;
    } & Place)
  | ({
      readonly kind: 'request-failed';
      readonly at: number;
      readonly source: RequestSource;
      readonly request?: SentRequest;
      readonly failure: RequestFailure;
    } & Place)
  | ({
      /** The answer was a refusal for now, or none came: the same request is sent again, unseen by scripts. */
      readonly kind: 'request-repeated';
      readonly at: number;
      readonly reason: RepeatReason;
      /** Of the answer; absent when none came. */
      readonly code?: number;
      /** Milliseconds until it is sent again; limits may hold it back longer. */
      readonly wait: number;
    } & Place)
  | ({
      /** No answer to a write came, and a read said whether it took effect. */
      readonly kind: 'write-settled';
      readonly at: number;
      readonly found: 'applied' | 'not-applied' | 'unknown';
      /** What was read. */
      readonly by: string;
    } & Place)
  | ({ readonly kind: 'item-finished'; readonly at: number; readonly skipped: boolean } & Place)
  | { readonly kind: 'iteration-finished'; readonly at: number; readonly iteration: number }
  | {
      readonly kind: 'run-finished';
      readonly at: number;
      readonly outcome: 'completed' | 'stopped' | 'failed';
      readonly summary: RunSummary;
      readonly error?: ScriptError;
    };

/** What the screen and the progress line show while rows are under way; never held back for the order of rows. */
export type LiveEvent =
  | { readonly kind: 'row-started'; readonly at: number; readonly row: number; readonly lane: number }
  | ({ readonly kind: 'row-finished'; readonly at: number; readonly lane: number } & RowOutcome)
  | { readonly kind: 'pace'; readonly at: number; readonly progress: Progress; readonly pace: PaceState }
  /** Rows under way go on; no new one starts. */
  | { readonly kind: 'run-paused' | 'run-resumed' | 'run-stopping'; readonly at: number };

/** What became of one row of the data, by what was answered and not by what scripts made of it. */
export interface RowOutcome {
  /** Number of the row, from 0. */
  readonly row: number;
  readonly verdict: RowVerdict;
  /** One sentence; absent for rows that are done. */
  readonly reason?: string;
  /** Requests of the row's items that were answered. */
  readonly requests: number;
  /** Milliseconds from the row's start to its end. */
  readonly time: number;
}

/**
 * - `done`: every request was answered as wanted.
 * - `failed`: a script, an assertion or a request failed, or an answer of 400 and above that no test expected.
 * - `in-doubt`: a write left and nobody knows whether it took effect.
 * - `not-reached`: nothing was sent for it.
 */
export type RowVerdict = 'done' | 'failed' | 'in-doubt' | 'not-reached';

export interface RowCounts {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly inDoubt: number;
  readonly notReached: number;
}

/** How far a run is. */
export interface Progress {
  readonly rows: RowCounts;
  readonly underWay: number;
  /** Rows a minute, of late. */
  readonly pace: number;
  /** Milliseconds; absent while nothing can be said. */
  readonly timeLeft?: number;
  /** Answers of 429 and 503 and lost ones that were sent again. */
  readonly repeated: number;
}

export type RepeatReason =
  | 'rate-limit'
  | 'concurrency'
  | 'unavailable'
  | 'no-connection'
  | 'no-answer'
  | 'not-applied';

/** What caused a request to leave: the item itself, or one of its scripts; redirects and auth rounds count too. */
export type RequestSource = 'item' | 'script' | 'auth' | 'redirect';

/** A request as it left, every variable filled in. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly HeaderLine[];
  /** Text of the body, or its first part; `bodySize` says how much there was. */
  readonly body?: string;
  readonly bodySize: number;
}

export interface ReceivedResponse {
  readonly code: number;
  readonly status: string;
  readonly httpVersion: string;
  readonly headers: readonly HeaderLine[];
  /** The body, decoded from its content encoding. Base64 so that an event is plain JSON. */
  readonly bodyBase64: string;
  /** Bytes on the wire, headers and body. */
  readonly size: { readonly headers: number; readonly body: number };
  /** Milliseconds. */
  readonly time: number;
  readonly timeline: Timeline;
}

/** Milliseconds from the start of the request to each stage's end; absent stages did not happen. */
export interface Timeline {
  readonly dns?: number;
  readonly connect?: number;
  readonly tls?: number;
  readonly firstByte?: number;
  readonly end?: number;
}

/** A request that got no answer, in words for the person who sent it. */
export interface RequestFailure {
  readonly code: FailureCode;
  /** The name and message that Postman's engine reports. */
  readonly error: ScriptError;
  /** What happened, where, and what to do next. */
  readonly sentence: string;
  /** Names of variables without a value, for `unresolved-variable`. */
  readonly variables?: readonly string[];
}

export type FailureCode =
  | 'unresolved-variable'
  | 'invalid-address'
  | 'host-not-found'
  | 'connection-refused'
  | 'connection-lost'
  | 'certificate'
  | 'timeout'
  | 'too-many-redirects'
  | 'file-not-readable'
  /** A secret would go to a host that it does not belong to. */
  | 'secret-elsewhere'
  /** A script computed something from a secret that it cannot read. */
  | 'secret-unread'
  /** The guard of the environment forbids it. */
  | 'guarded'
  /** The guard lets it pass once the org's host is typed. */
  | 'unconfirmed'
  | 'auth'
  | 'aborted'
  /** A write left and nobody knows whether it took effect. */
  | 'in-doubt'
  | 'other';

export interface RunSummary {
  readonly iterations: Count;
  readonly items: Count;
  readonly requests: Count;
  readonly scripts: Count;
  readonly prerequestScripts: Count;
  readonly testScripts: Count;
  readonly assertions: Count & { readonly skipped: number };
  /** Answers of 400 and above, however the scripts judged them. */
  readonly refusedAnswers: number;
  /** What became of the rows; a run without a data file has one for each iteration. */
  readonly rows: RowCounts;
  /** Requests that were sent again because the answer was a refusal for now, or none came. */
  readonly repeated: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly receivedBytes: number;
}

export interface Count {
  readonly total: number;
  readonly failed: number;
}

/** Kept here because a run's settings travel beside its events. */
export type { Json, RequestSettings };
