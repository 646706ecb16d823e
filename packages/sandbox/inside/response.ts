import sdk from 'postman-collection';
import type { ResponseHead } from '../src/wire.ts';
import { expect } from './assertions.ts';
import { parse, say } from './door.ts';
import { defineLazy } from './lazy.ts';
import { createHeaders } from './lists.ts';
import { script } from './script.ts';

interface Body {
  readonly isBinary: boolean;
  /** Text, or base64 of what is none. */
  readonly read: () => string;
  /** The script has the bytes in hand and may have changed them. */
  isOpened: boolean;
}

const bodies = new WeakMap<object, Body>();

/**
 * `pm.response`: only what the script looks at is made. Postman: without an answer there is a response with nothing
 * in it.
 */
export function readResponse(): sdk.Response {
  if (!script.head.hasResponse) return withAssertions(new sdk.Response({}));
  // Written by the worker.
  const head = parse(say('read', 'response')) as ResponseHead;
  let text: string | undefined;
  return toResponse(head, () => (text ??= say('read', 'body')));
}

/**
 * A response as postman-collection makes it, each part when it is first looked at.
 * @param read the body: text, or base64 when `head.isBinary`
 */
export function toResponse(head: ResponseHead, read: () => string): sdk.Response {
  const response = Object.create(sdk.Response.prototype);
  const body: Body = { isBinary: head.isBinary, read, isOpened: false };
  bodies.set(response, body);
  const plain = once(() => new sdk.Response({ code: head.code, status: head.status }));
  defineLazy(response, 'id', () => plain().id);
  defineLazy(response, '_details', () => plain().details());
  if (head.status === '') defineLazy(response, 'status', () => plain().status);
  else response.status = head.status;
  response.code = head.code;
  defineLazy(response, 'headers', () => createHeaders(response, head.headers));
  defineLazy(response, 'stream', () => {
    body.isOpened = true;
    return Buffer.from(read(), head.isBinary ? 'base64' : 'utf8');
  });
  defineLazy(response, 'cookies', () => plain().cookies);
  response.responseTime = head.responseTime;
  response.responseSize = head.size;
  return withAssertions(response);
}

function withAssertions(response: sdk.Response): sdk.Response {
  return Object.defineProperty(response, 'to', { get: () => expect(response).to });
}

const textOfStream = sdk.Response.prototype.text;

/** Postman decodes the bytes by the charset of the content type. Text that came as UTF-8 need not be bytes first. */
sdk.Response.prototype.text = function text() {
  const body = bodies.get(this);
  if (body === undefined || body.isBinary || body.isOpened || !isUtf8(this)) return textOfStream.call(this);
  const whole = body.read();
  return whole.charCodeAt(0) === 0xfeff ? whole.slice(1) : whole;
};

function isUtf8(response: sdk.Response): boolean {
  const type = String(response.headers.get('content-type') ?? '').toLowerCase();
  return !type.includes('charset') || /charset\s*=\s*["']?utf-?8/.test(type);
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
