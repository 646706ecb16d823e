import type { RunHost } from '../host.ts';
import type { WireRequest, WireResponse } from '../transport.ts';

/** Takes a request to the other side and brings its answer back. */
export interface Delivery {
  /** Rejects with the transport's error when there is no answer, and nothing more can be done about it. */
  deliver(request: WireRequest, call: DeliveryCall): Promise<WireResponse>;
}

/** What goes with one request on its way. */
export interface DeliveryCall {
  readonly signal?: AbortSignal;
  /** Somebody reads the answer: that the request was answered is not enough. */
  readonly needsAnswer: boolean;
  /** Called when the request leaves, once however often it is sent. */
  onLeave(request: WireRequest): void;
}

/** Sends at once and once, as Newman does. */
export function createPlainDelivery(host: RunHost): Delivery {
  return {
    deliver(request, { signal, onLeave }) {
      onLeave(request);
      return host.transport.send(request, signal);
    },
  };
}
