import { attachBody, readBody } from '../body-bytes.ts';
import type { Place, ReceivedResponse, RunEvent, SentRequest } from '../events.ts';
import type { HeaderLine } from '../headers.ts';
import type { PaceState } from '../pacing/pacing.ts';
import type { Mask } from './mask.ts';

/**
 * An event as it may leave the engine. Each kind is masked where it can hold a text of somebody's: a run of many
 * thousand requests should not look through every name and number.
 */
export function maskEvent(event: RunEvent, mask: Mask): RunEvent {
  // Nothing is secret yet.
  if (mask.version === 0) return event;
  switch (event.kind) {
    case 'row-started':
    case 'run-paused':
    case 'run-resumed':
    case 'run-stopping':
    case 'iteration-started':
    case 'iteration-finished':
      return event;
    case 'pace':
      return { ...event, pace: maskPace(event.pace, mask) };
    case 'row-finished':
    case 'run-started':
    case 'run-finished':
    case 'console':
    case 'assertion':
    case 'write-settled':
      return mask.json(event);
    case 'script-finished':
      return event.error === undefined ? maskPlace(event, mask) : mask.json(event);
    case 'script-started':
    case 'item-finished':
    case 'request-repeated':
      return maskPlace(event, mask);
    case 'item-started': {
      const url = mask.text(event.url);
      return maskPlace(url === event.url ? event : { ...event, url }, mask);
    }
    case 'request-sent':
      return maskPlace({ ...event, request: maskRequest(event.request, mask) }, mask);
    case 'response-received': {
      const request = maskRequest(event.request, mask);
      return maskPlace({ ...event, request, response: maskResponse(event.response, mask) }, mask);
    }
    case 'request-failed': {
      const request = event.request === undefined ? {} : { request: maskRequest(event.request, mask) };
      return maskPlace({ ...event, ...request, failure: mask.json(event.failure) }, mask);
    }
  }
}

/** The limit of a call that nobody has described has its path for a name. */
function maskPace({ buckets, parallel }: PaceState, mask: Mask): PaceState {
  const maskHost = <One extends { readonly host: string }>(one: One): One => ({
    ...one,
    host: mask.text(one.host),
  });
  return {
    buckets: buckets.map((one) => ({ ...maskHost(one), bucket: mask.text(one.bucket) })),
    parallel: parallel.map(maskHost),
  };
}

function maskPlace<Event extends Place>(event: Event, mask: Mask): Event {
  const itemName = mask.text(event.itemName);
  const folders = mask.json(event.folders);
  const isOpen = itemName === event.itemName && folders === event.folders;
  return isOpen ? event : { ...event, itemName, folders };
}

interface Masked {
  readonly request: SentRequest;
  readonly version: number;
}

const maskedRequests = new WeakMap<SentRequest, Masked>();

/** A request is told of when it leaves and when it is answered: once is enough while nothing new is known. */
function maskRequest(request: SentRequest, mask: Mask): SentRequest {
  const known = maskedRequests.get(request);
  if (known?.version === mask.version) return known.request;
  const { url, body } = request;
  const masked = {
    ...request,
    url: mask.text(url),
    headers: maskHeaders(request.headers, mask),
    ...(body === undefined ? {} : { body: mask.text(body) }),
  };
  maskedRequests.set(request, { request: masked, version: mask.version });
  return masked;
}

function maskResponse(response: ReceivedResponse, mask: Mask): ReceivedResponse {
  const { code, httpVersion, size, time, timeline } = response;
  const masked = {
    code,
    status: mask.text(response.status),
    httpVersion,
    headers: maskHeaders(response.headers, mask),
    size,
    time,
    timeline,
  };
  return attachBody(masked, () => mask.bytes(readBody(response)));
}

function maskHeaders(headers: readonly HeaderLine[], mask: Mask): readonly HeaderLine[] {
  let copy: HeaderLine[] | undefined;
  for (let index = 0; index < headers.length; index += 1) {
    const [name = '', value = ''] = headers[index] ?? [];
    const [shownName, shown] = [mask.text(name), mask.text(value)];
    if (shownName !== name || shown !== value) (copy ??= [...headers])[index] = [shownName, shown];
  }
  return copy ?? headers;
}
