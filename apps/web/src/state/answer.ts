import type { ReceivedResponse, RequestFailure, RunEvent, SentRequest } from '@castellan/engine';
import type { AssertionResult, ConsoleLine } from './console.ts';

/** What came of one Send, put together from its events. */
export interface Answer {
  readonly state: 'sending' | 'done';
  readonly sent?: SentRequest;
  readonly response?: ReceivedResponse;
  readonly failure?: RequestFailure | { readonly sentence: string };
  readonly assertions: readonly AssertionResult[];
  readonly console: readonly ConsoleLine[];
}

export const sending: Answer = { state: 'sending', assertions: [], console: [] };

/** The answer after one more event. */
export function addEvent(answer: Answer, event: RunEvent): Answer {
  switch (event.kind) {
    case 'request-sent':
      return event.source === 'item' ? { ...answer, sent: event.request } : answer;
    case 'response-received':
      return {
        ...answer,
        ...(event.source === 'script' ? {} : { sent: event.request, response: event.response }),
        console: [
          ...answer.console,
          { level: 'request', text: `${event.request.method} ${event.request.url} → ${event.response.code}` },
        ],
      };
    case 'request-failed':
      return {
        ...answer,
        ...(event.source === 'script' ? {} : { failure: event.failure }),
        console: [...answer.console, { level: 'error', text: event.failure.sentence }],
      };
    case 'assertion':
      return { ...answer, assertions: [...answer.assertions, event.assertion] };
    case 'console':
      return {
        ...answer,
        console: [
          ...answer.console,
          {
            level: event.entry.level,
            text: event.entry.values
              .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
              .join(' '),
          },
        ],
      };
    case 'script-finished':
      if (event.error === undefined) return answer;
      return {
        ...answer,
        console: [...answer.console, { level: 'error', text: `${event.error.name}: ${event.error.message}` }],
      };
    case 'run-finished':
      return {
        ...answer,
        state: 'done',
        ...(event.error !== undefined && answer.response === undefined && answer.failure === undefined
          ? { failure: { sentence: event.error.message } }
          : {}),
      };
    default:
      return answer;
  }
}
