import type { Auth, Body, RequestSettings } from '@castellan/collection';
import type { AuthParameters } from './auth/scheme.ts';
import type { Cookies } from './cookies.ts';
import type { RequestSource } from './events.ts';
import type { HeaderLine } from './headers.ts';
import type { RunHost } from './host.ts';
import type { RunSettings } from './plan.ts';
import type { WireRequest, WireResponse } from './transport.ts';

/** A request with every variable filled in. */
export interface FilledRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly HeaderLine[];
  readonly body?: Body;
  readonly auth?: Auth;
  readonly settings: RequestSettings;
}

/** What a request needs on its way besides itself. */
export interface SendContext {
  readonly host: RunHost;
  readonly cookies: Cookies;
  readonly settings: RunSettings;
  readonly authMemory: AuthMemory;
  /** Brings every request to the other side, redirects and auth rounds included. */
  deliver(request: WireRequest): Promise<WireResponse>;
  /** Told of every answer that is not the last one. */
  onDetour(source: RequestSource, request: WireRequest, response: WireResponse): void;
  /** Told of what was left out, in Postman's words. */
  warn(message: string): void;
}

/** What became of a request. */
export interface Answer {
  /** The last request of the chain. */
  readonly request: WireRequest;
  /** The first one, which a report shows. */
  readonly first: WireRequest;
  readonly response: WireResponse;
}

/** What challenges taught about one auth of the collection; requests that inherit it share it. */
export interface AuthMemory {
  read(): AuthParameters;
  learn(parameters: AuthParameters): void;
}
