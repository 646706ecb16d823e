// oxlint-disable promise/no-callback-in-promise -- Postman's function takes a callback; without one it gives a promise
import sdk from 'postman-collection';
import type { ResponseHead } from '../src/wire.ts';
import { ask } from './host-calls.ts';
import { toResponse } from './response.ts';

interface NestedAnswer {
  readonly head: ResponseHead;
  readonly body: string;
  readonly cookies: object[];
}

type Callback = (error: unknown, response?: sdk.Response, more?: { cookies: sdk.CookieList }) => void;

/**
 * `pm.sendRequest`, with a callback or without.
 * @param wanted an address, Postman's JSON of a request, or a request of postman-collection
 * @param fail gets what the callback throws
 */
export function sendRequest(
  wanted: unknown,
  callback: unknown,
  fail: (thrown: unknown) => void,
): Promise<sdk.Response> | undefined {
  // Written by the worker.
  const answer = ask('send', { request: toRequestJson(wanted) }) as Promise<NestedAnswer>;
  if (typeof callback !== 'function') return answer.then(({ head, body }) => toResponse(head, () => body));
  const done = callback as Callback;
  answer
    .then(
      ({ head, body, cookies }) =>
        done(
          null,
          toResponse(head, () => body),
          {
            cookies: new sdk.CookieList(null, cookies),
          },
        ),
      (error: unknown) => done(error),
    )
    .catch(fail);
  return undefined;
}

function toRequestJson(wanted: unknown): unknown {
  if (typeof wanted === 'string') return wanted;
  // Whatever it is: postman-collection makes a request of it.
  return (sdk.Request.isRequest(wanted) ? wanted : new sdk.Request(wanted as object)).toJSON();
}
