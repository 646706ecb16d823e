import type { AssertionResult, ScriptError } from '@castellan/sandbox';
import type { Place, ReceivedResponse, RequestFailure, RunEvent, SentRequest } from '../events.ts';

/** One execution of one item, put together from its events. */
export interface ExecutionRecord {
  readonly place: Place;
  readonly method: string;
  readonly url: string;
  readonly assertions: AssertionResult[];
  readonly scriptErrors: { readonly listen: 'prerequest' | 'test'; readonly error: ScriptError }[];
  request?: SentRequest;
  response?: ReceivedResponse;
  failure?: RequestFailure;
  skipped: boolean;
}

/** Something that went wrong, where Newman says it did. */
export interface FailureRecord {
  readonly place: Place;
  readonly at: string;
  readonly error: ScriptError;
  /** The assertion's name. */
  readonly test?: string;
  readonly index?: number;
}

/** Keeps what the reports that are written at the end need. */
export interface RunRecord {
  readonly executions: readonly ExecutionRecord[];
  readonly failures: readonly FailureRecord[];
  onEvent(event: RunEvent): void;
}

export function createRecord(): RunRecord {
  const executions: ExecutionRecord[] = [];
  const failures: FailureRecord[] = [];
  return { executions, failures, onEvent };

  function onEvent(event: RunEvent): void {
    if (event.kind === 'item-started') executions.push(toRecord(event));
    if (!('itemId' in event)) return;
    const failure = toFailure(event);
    if (failure !== undefined) failures.push(failure);
    const record = executions.at(-1);
    if (record !== undefined) addTo(record, event);
  }
}

function toRecord(event: Extract<RunEvent, { kind: 'item-started' }>): ExecutionRecord {
  const { method, url } = event;
  return { place: toPlace(event), method, url, assertions: [], scriptErrors: [], skipped: false };
}

function toPlace({ iteration, execution, itemId, itemName, folders }: Place): Place {
  return { iteration, execution, itemId, itemName, folders };
}

function addTo(record: ExecutionRecord, event: RunEvent & Place): void {
  switch (event.kind) {
    case 'assertion':
      record.assertions.push(event.assertion);
      break;
    case 'script-finished':
      if (event.error !== undefined) record.scriptErrors.push({ listen: event.listen, error: event.error });
      break;
    case 'response-received':
      if (event.source !== 'item') break;
      record.request = event.request;
      record.response = event.response;
      break;
    case 'request-failed':
      // Newman: what a script sent and got no answer to is the item's error too.
      record.failure = event.failure;
      if (event.source === 'item' && event.request !== undefined) record.request = event.request;
      break;
    case 'item-finished':
      record.skipped = event.skipped;
      break;
    default:
  }
}

/** What an event adds to the list of failures; most add nothing. */
export function toFailure(event: RunEvent): FailureRecord | undefined {
  switch (event.kind) {
    case 'assertion': {
      const { error, name, index } = event.assertion;
      if (error === undefined) return undefined;
      return { place: toPlace(event), at: `assertion:${index} in test-script`, error, test: name, index };
    }
    case 'script-finished':
      if (event.error === undefined) return undefined;
      return { place: toPlace(event), at: `${event.listen}-script`, error: event.error };
    case 'request-failed':
      return { place: toPlace(event), at: 'request', error: event.failure.error };
    default:
      return undefined;
  }
}
