import { STATUS_CODES } from 'node:http';
import type { Json } from '@castellan/collection';
import type { CallFacts, WriteCheck } from '../api-facts.ts';
import { findHeader, withoutHeader } from '../headers.ts';
import type { WireRequest, WireResponse } from '../transport.ts';
import { parseAddress, toWire } from '../url.ts';

/** A write that left and whose answer never came. */
export interface LostWrite {
  readonly request: WireRequest;
  readonly facts: CallFacts | undefined;
  /** When it left, on our clock. */
  readonly sentAt: number;
  readonly signal: AbortSignal | undefined;
  now(): number;
  read(request: WireRequest): Promise<WireResponse>;
}

/** Whether a write whose answer was lost took effect; `answer` stands in for the lost one where it reads alike. */
export type Settlement =
  | {
      readonly kind: 'applied';
      readonly answer?: WireResponse;
      /** What was read, for a row that needs nothing of the answer. */
      readonly read: WireResponse;
      readonly by: string;
    }
  | { readonly kind: 'not-applied'; readonly by: string }
  | { readonly kind: 'unknown'; readonly by: string };

/** Clocks of two machines, and a `Date` that knows whole seconds only. */
const CLOCK_TOLERANCE = 5000;

/** Settles a write by the check that the API's facts give for it. `unknown` when they give none. */
export async function settleByFacts(lost: LostWrite): Promise<Settlement> {
  const check = lost.facts?.check;
  const path = check === undefined ? undefined : fillText(check.path, lost, encodeURIComponent);
  if (check === undefined || path === undefined) return { kind: 'unknown', by: 'no check is known for it' };
  const by = `GET ${path}`;
  const read = await lost.read(toCheckRequest(lost.request, path)).catch((error: unknown) => {
    if (lost.signal?.aborted === true) throw error;
    return undefined;
  });
  if (read === undefined) return { kind: 'unknown', by };
  const found = judge(check, read, lost);
  if (found !== 'applied') return { kind: found, by };
  return { kind: 'applied', by, read, ...toAnswer(check, read) };
}

function toAnswer({ answersAs, answerBody }: WriteCheck, read: WireResponse): { answer?: WireResponse } {
  if (answersAs === undefined) return {};
  const body = answerBody === undefined ? read.body : Buffer.from(answerBody);
  return { answer: { ...read, code: answersAs, status: STATUS_CODES[answersAs] ?? '', body } };
}

function judge(check: WriteCheck, read: WireResponse, lost: LostWrite): Settlement['kind'] {
  if (read.code === 404) return check.missing;
  if (read.code >= 300) return 'unknown';
  const thing = findThing(check, parse(read.body), lost);
  if (thing === undefined) return check.missing;
  if (check.created !== undefined && isOlder(thing, check.created, read, lost)) return 'not-applied';
  if (check.when === undefined) return check.missing === 'applied' ? 'not-applied' : 'applied';
  const value = toText(pick(thing, check.when.field));
  if (value === undefined) return 'unknown';
  if (check.when.applied.includes(value)) return 'applied';
  return check.when.notApplied.includes(value) ? 'not-applied' : 'unknown';
}

function findThing({ find }: WriteCheck, json: Json | undefined, lost: LostWrite): Json | undefined {
  if (find === undefined) return json;
  const wanted = fillText(find.equals, lost);
  return Array.isArray(json) ? json.find((entry) => toText(pick(entry, find.field)) === wanted) : undefined;
}

/** The times are the other side's; its `Date` tells how far its clock is from ours. */
function isOlder(thing: Json, field: string, read: WireResponse, { sentAt, now }: LostWrite): boolean {
  const created = Date.parse(toText(pick(thing, field)) ?? '');
  const date = Date.parse(findHeader(read.headers, 'date') ?? '');
  const offset = Number.isNaN(date) ? 0 : date - now();
  return !Number.isNaN(created) && created < sentAt + offset - CLOCK_TOLERANCE;
}

/** The check goes where the write went, with the same proof of who asks. */
function toCheckRequest(request: WireRequest, path: string): WireRequest {
  const address = toWire(parseAddress(`${request.address.protocol}//${request.address.host}${path}`));
  const { body: _body, once: _once, ...rest } = request;
  const headers = ['content-type', 'content-length', 'transfer-encoding'].reduce(withoutHeader, [
    ...request.headers,
  ]);
  return { ...rest, method: 'GET', address, headers };
}

/** @returns `undefined` when the request does not hold what the check asks for */
function fillText(template: string, lost: LostWrite, encode = (text: string) => text): string | undefined {
  let isWhole = true;
  const filled = template.replace(/\{([\w.]+)\}/g, (_match, name: string) => {
    const value = lookUp(name, lost);
    if (value === undefined || value === '') isWhole = false;
    return encode(value ?? '');
  });
  return isWhole ? filled : undefined;
}

function lookUp(name: string, { request, facts }: LostWrite): string | undefined {
  if (name.startsWith('body.')) return toText(pick(parse(request.body), name.slice('body.'.length)));
  if (name.startsWith('query.'))
    return new URL(request.address.href).searchParams.get(name.slice('query.'.length)) ?? undefined;
  const parameter = facts?.parameters[name];
  return parameter === undefined ? undefined : decode(parameter);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parse(body: Uint8Array | undefined): Json | undefined {
  try {
    // JSON.parse gives Json and nothing else
    return JSON.parse(Buffer.from(body ?? []).toString('utf8')) as Json;
  } catch {
    return undefined;
  }
}

function pick(value: Json | undefined, path: string): Json | undefined {
  let at = value;
  for (const key of path.split('.')) {
    if (at === null || typeof at !== 'object' || Array.isArray(at)) return undefined;
    at = Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

function toText(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
