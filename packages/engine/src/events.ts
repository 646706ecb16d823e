import type { Json, RequestSettings } from '@castellan/collection';
import type { AssertionResult, ConsoleEntry, ScriptError } from '@castellan/sandbox';

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

/** Everything that happens in a run, in order, as plain JSON. The web app streams it and reporters draw it. */
export type RunEvent =
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
  | ({ readonly kind: 'item-finished'; readonly at: number; readonly skipped: boolean } & Place)
  | { readonly kind: 'iteration-finished'; readonly at: number; readonly iteration: number }
  | {
      readonly kind: 'run-finished';
      readonly at: number;
      readonly outcome: 'completed' | 'stopped' | 'failed';
      readonly summary: RunSummary;
      readonly error?: ScriptError;
    };

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

export type HeaderLine = readonly [name: string, value: string];

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
  | 'auth'
  | 'aborted'
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
