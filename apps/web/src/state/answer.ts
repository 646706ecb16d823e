import type { RequestFailure, SentRequest } from '@castellan/engine';
import type { SendEvent, SentBack } from '@castellan/workbench/api';
import type { OpenBody } from '../bodies/open-body.ts';
import type { AssertionResult, ConsoleLine } from './console.ts';

/** What came of one Send, put together from its events. */
export interface Answer {
  readonly state: 'sending' | 'done';
  readonly sent?: SentRequest;
  /** Every request of this Send that left, those of scripts and redirects included. */
  readonly left?: readonly SentRequest[];
  readonly response?: SentBack;
  /** The body of the response, or all the pages of a list as one; absent until it was read. */
  readonly body?: OpenBody;
  readonly failure?: RequestFailure | { readonly sentence: string; readonly code?: string };
  readonly assertions: readonly AssertionResult[];
  readonly console: readonly ConsoleLine[];
  readonly pages?: FetchedPages;
  /** The answer as it came, secrets included, because the person asked to see it; it is never saved. */
  readonly revealed?: { readonly headers: SentBack['headers']; readonly body: OpenBody };
  /** Why the body could not be read. */
  readonly problem?: string;
}

/** How far asking for every page of a list has come. */
interface FetchedPages {
  readonly count: number;
  readonly items: number;
  readonly isDone: boolean;
  /** Why it ended before the last page. */
  readonly stopped: string | undefined;
}

export const sending: Answer = { state: 'sending', assertions: [], console: [] };

/** The answer after one more event. */
export function addEvent(answer: Answer, event: SendEvent): Answer {
  switch (event.kind) {
    case 'request-sent':
      return {
        ...answer,
        left: [...(answer.left ?? []), event.request],
        ...(event.source === 'item' ? { sent: event.request } : {}),
      };
    case 'response-received': {
      const { code, status, headers, time } = event.response;
      return {
        ...answer,
        // What `request-sent` says is what left, cookies included.
        ...(event.source === 'script'
          ? {}
          : { sent: answer.sent ?? event.request, response: event.response }),
        console: [
          ...answer.console,
          {
            level: 'request',
            text: `${event.request.method} ${event.request.url} answered ${code}`,
            sent: findLeft(answer, event.request),
            received: { code, status, headers, time },
          },
        ],
      };
    }
    case 'request-failed': {
      const sent = event.request === undefined ? {} : { sent: findLeft(answer, event.request) };
      return {
        ...answer,
        ...(event.source === 'script' ? {} : { failure: event.failure }),
        console: [...answer.console, { level: 'error', text: event.failure.sentence, ...sent }],
      };
    }
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

/** A request as it left: what its answer names is without what was added on the way, such as cookies. */
function findLeft({ left = [] }: Answer, { method, url, ...rest }: SentRequest): SentRequest {
  return left.findLast((sent) => sent.method === method && sent.url === url) ?? { method, url, ...rest };
}

/** The bytes of a body that travels in base64. */
export function decodeBytes(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** The address of the next page, from the `Link` header (RFC 8288). */
export function findNextPage(headers: readonly (readonly [string, string])[]): string | undefined {
  const links = headers
    .filter(([name]) => name.toLowerCase() === 'link')
    .flatMap(([, value]) => value.split(/,\s*(?=<)/));
  return links.map((link) => /<([^>]+)>\s*;.*rel="?next"?/.exec(link)?.[1]).find((url) => url !== undefined);
}
