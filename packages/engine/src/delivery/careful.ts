import type { ApiFacts, CallFacts } from '../api-facts.ts';
import { isRepeatable, isSafe } from '../api-facts.ts';
import type { RepeatReason } from '../events.ts';
import { RefusedRequest } from '../failures.ts';
import type { RunHost } from '../host.ts';
import type { Recollection } from '../journal/row-journal.ts';
import type { EarlierWrite } from '../journal/read.ts';
import type { Pacing } from '../pacing/pacing.ts';
import type { WireRequest, WireResponse } from '../transport.ts';
import type { Delivery, DeliveryCall } from './delivery.ts';
import type { LostWrite, Settlement } from './settle.ts';

/** What careful delivery works with; one for each row. */
export interface CarefulContext {
  readonly host: RunHost;
  readonly pacing: Pacing;
  readonly facts: ApiFacts | undefined;
  /** The share of each limit that the run may use, 0 to 1. */
  readonly share: number;
  /** Repeats writes whose answer was lost without knowing whether they took effect. */
  readonly repeatsWrites: boolean;
  /** A write is about to leave: resolves when that is written down for good. Rejects to keep it from leaving. */
  onWriteLeaving(request: WireRequest): Promise<void>;
  /** What became of a write that was written down. */
  onWriteEnded(request: WireRequest, end: WriteEnd): void;
  /** What an earlier run knows of a write that is about to leave. */
  recall(request: WireRequest): Recollection;
  onRepeat(repeat: { readonly reason: RepeatReason; readonly code?: number; readonly wait: number }): void;
  /** Reads whether a write whose answer was lost took effect. `read` sends a request that changes nothing. */
  settle(lost: LostWrite): Promise<Settlement>;
  /** Another side that cannot be reached is not going to be reached by the next row. */
  onUnreachable(error: Error): void;
}

/** `answered` with a code, `undone` when it certainly had no effect. */
type WriteEnd = { readonly kind: 'answered'; readonly code: number } | { readonly kind: 'undone' };

/** A 429 that comes back this often is the answer. */
const MOST_REFUSALS = 100;
/** Limits of one user or one phone, and servers that are busy: as often as a person would try. */
const MOST_TRIES = 8;
/** Waits after an answer was lost or no connection came about; together about two minutes. */
const PATIENCE = [250, 500, 1000, 2000, 4000, 8000, 15_000, 30_000, 60_000];

/** Sends within the limits, again where that is safe, and finds out what became of writes without an answer. */
export function createCarefulDelivery(context: CarefulContext): Delivery {
  const { host, pacing, facts, share } = context;
  return { deliver: (request, call) => deliver(request, call) };

  async function deliver(request: WireRequest, call: DeliveryCall): Promise<WireResponse> {
    const known = facts?.describe(request.method, pathOf(request));
    const isWrite = !isSafe(request.method);
    const repeats = context.repeatsWrites || isRepeatable(request.method, known);
    const tries = { refused: 0, busy: 0, lost: 0 };
    let hasLeft = false;
    if (isWrite) {
      const recalled = context.recall(request);
      const answer = await lookInto(recalled, { request, call, known, repeats, isWrite, sentAt: 0, tries });
      if (answer !== undefined) return answer;
    }
    for (;;) {
      const pass = await pacing.enter(
        { method: request.method, origin: originOf(request), path: pathOf(request), share, isAgain: hasLeft },
        call.signal,
      );
      if (isWrite) {
        await context.onWriteLeaving(request).catch((error: unknown) => {
          pass.lost();
          throw error;
        });
      }
      if (!hasLeft) call.onLeave(request);
      hasLeft = true;
      const sentAt = host.now();
      let response: WireResponse;
      try {
        response = await host.transport.send(repeats ? request : { ...request, once: true }, call.signal);
      } catch (error) {
        pass.lost();
        const answer = await overcome(error, { request, call, known, repeats, isWrite, sentAt, tries });
        if (answer !== undefined) return answer;
        continue;
      }
      const ruling = pass.answered(response);
      const tried =
        response.code === 429 && ruling.kind === 'again' && ruling.wait === 0 ? 'refused' : 'busy';
      const most =
        tried === 'refused' || (ruling.kind === 'again' && ruling.reason === 'concurrency')
          ? MOST_REFUSALS
          : MOST_TRIES;
      if (ruling.kind === 'final' || tries[tried] >= most) {
        if (isWrite) context.onWriteEnded(request, { kind: 'answered', code: response.code });
        return response;
      }
      if (isWrite) context.onWriteEnded(request, { kind: 'undone' });
      // An own limit or a busy server is given more time with every try.
      const wait = ruling.wait * (ruling.reason === 'concurrency' ? 1 : 2 ** Math.min(tries[tried], 5));
      tries[tried] += 1;
      context.onRepeat({ reason: ruling.reason, code: response.code, wait });
      await pause(wait, call.signal);
    }
  }

  /** No answer came: waits until the request can be sent again, or gives the answer that a read has found. */
  async function overcome(error: unknown, lost: Lost): Promise<WireResponse | undefined> {
    const { request, call, repeats, isWrite, tries } = lost;
    const cause = error instanceof Error ? error : new Error(String(error));
    const nothingLeft = isUnsent(cause);
    if (isWrite && nothingLeft) context.onWriteEnded(request, { kind: 'undone' });
    if (call.signal?.aborted === true) throw cause;
    if (!nothingLeft && !repeats) return settle(cause, lost);
    const wait = isHopeless(cause) ? undefined : PATIENCE[tries.lost];
    if (wait === undefined) {
      if (nothingLeft) context.onUnreachable(cause);
      throw cause;
    }
    tries.lost += 1;
    context.onRepeat({ reason: nothingLeft ? 'no-connection' : 'no-answer', wait });
    await pause(wait, call.signal);
    return undefined;
  }

  /** An earlier run has sent this write, or another one in its place. @returns its answer where a read gives one */
  async function lookInto(recalled: Recollection, lost: Lost): Promise<WireResponse | undefined> {
    if (recalled.kind === 'new') return undefined;
    if (recalled.kind === 'other') throw sentAnother(recalled.what);
    const { write } = recalled;
    // What was refused with 4xx has not happened.
    const wasRefused = write.code !== undefined && write.code >= 400 && write.code < 500;
    if (wasRefused || lost.repeats) return undefined;
    return settle(leftUnanswered(write), { ...lost, sentAt: write.at });
  }

  async function settle(
    cause: Error,
    { request, call, known, sentAt }: Lost,
  ): Promise<WireResponse | undefined> {
    const found = await context.settle({
      request,
      facts: known,
      sentAt,
      signal: call.signal,
      now: host.now,
      read: (check) => deliver(check, { ...call, onLeave: () => undefined }),
    });
    switch (found.kind) {
      case 'applied':
        return answerFor(found.answer ?? (call.needsAnswer ? undefined : found.read), request);
      case 'not-applied':
        context.onWriteEnded(request, { kind: 'undone' });
        context.onRepeat({ reason: 'not-applied', wait: 0 });
        return undefined;
      case 'unknown':
        throw cause;
    }
  }

  function answerFor(answer: WireResponse | undefined, request: WireRequest): WireResponse {
    if (answer === undefined) throw answerLost(request);
    context.onWriteEnded(request, { kind: 'answered', code: answer.code });
    return answer;
  }

  async function pause(wait: number, signal: AbortSignal | undefined): Promise<void> {
    if (wait > 0) await host.wait(wait, signal);
    if (signal?.aborted === true) throw signal.reason;
  }
}

interface Lost {
  readonly request: WireRequest;
  readonly call: DeliveryCall;
  readonly known: CallFacts | undefined;
  readonly repeats: boolean;
  readonly isWrite: boolean;
  readonly sentAt: number;
  readonly tries: { lost: number };
}

function leftUnanswered({ what, code }: EarlierWrite): RefusedRequest {
  const seen =
    code === undefined
      ? 'and nobody knows whether it took effect'
      : `and was answered with ${code}, before the run ended`;
  return new RefusedRequest(
    'in-doubt',
    'the write left in an earlier attempt',
    `${what} left in an earlier attempt ${seen}. Look it up, then finish the row by hand or run it again.`,
  );
}

function sentAnother(what: string): RefusedRequest {
  return new RefusedRequest(
    'in-doubt',
    'another write left in an earlier attempt',
    `An earlier attempt sent ${what}, and this one would send something else in its place. Look it up, then finish the row by hand.`,
  );
}

/** A write took effect, and the row needs more of its answer than that. */
function answerLost({ address }: WireRequest): RefusedRequest {
  return new RefusedRequest(
    'in-doubt',
    'the write took effect, and its answer was lost',
    `${address.host} closed the connection before it answered. A read says that the write took effect, but the row cannot go on without its answer: finish it by hand.`,
  );
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|EPROTO/;

/** Whether an error came before a byte of the request left. */
function isUnsent(error: Error & { code?: unknown; syscall?: unknown }): boolean {
  if (error.syscall === 'connect' || error.syscall === 'getaddrinfo') return true;
  return typeof error.code === 'string' && CERTIFICATE.test(error.code);
}

/** A certificate does not get better by waiting. */
function isHopeless(error: Error & { code?: unknown }): boolean {
  return typeof error.code === 'string' && (CERTIFICATE.test(error.code) || error.code.startsWith('HPE_'));
}

function originOf({ address }: WireRequest): string {
  return `${address.protocol}//${address.host}`;
}

function pathOf({ address }: WireRequest): string {
  const end = address.path.indexOf('?');
  return end === -1 ? address.path : address.path.slice(0, end);
}
