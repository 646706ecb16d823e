import sdk from 'postman-collection';
import { expect } from './assertions.ts';
import { parse, say } from './door.ts';
import { createHeaders } from './lists.ts';

let request: sdk.Request | undefined;

/** `pm.request`. */
export function openRequest(): sdk.Request {
  request ??= readRequest();
  return request;
}

/** The request as it was before the script. */
export function readRequest(): sdk.Request {
  // Written by the worker: Postman's v2.1 JSON.
  const { header, ...rest } = parse(say('read', 'request')) as { readonly header?: unknown };
  const made = new sdk.Request({ ...rest, header: [] });
  if (Array.isArray(header)) made.headers = createHeaders(made, header as { key: string; value: string }[]);
  else made.headers.populate(header ?? []);
  Object.defineProperty(made, 'to', { get: () => expect(made).to });
  return made;
}

/** The request as the script left it; `undefined` when it never looked at it. */
export function changedRequest(): unknown {
  return request?.toJSON();
}
