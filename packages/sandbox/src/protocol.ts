import type { Json } from '@castellan/collection';

/** Runs scripts one at a time; several sandboxes run side by side. */
export interface Sandbox {
  /**
   * Runs one script to its end, timers and promises included. Never rejects because of what the script did:
   * that is in the outcome. Rejects only when the sandbox itself is broken or closed.
   */
  execute(job: ScriptJob, host: ScriptHost, signal?: AbortSignal): Promise<ScriptOutcome>;
  close(): Promise<void>;
}

export interface ScriptJob {
  readonly listen: 'prerequest' | 'test';
  readonly source: string;
  /** Shown in stack traces. */
  readonly name: string;
  readonly info: ScriptInfo;
  readonly scopes: VariableScopes;
  readonly request: SandboxRequest;
  readonly response?: SandboxResponse;
  /** Cookies of the request's address, as `pm.cookies` reads them. */
  readonly cookies: readonly SandboxCookie[];
  readonly limits: ScriptLimits;
}

export interface ScriptInfo {
  readonly eventName: 'prerequest' | 'test';
  readonly iteration: number;
  readonly iterationCount: number;
  readonly requestName: string;
  readonly requestId: string;
  /** Names of the collection, folders and request from the outside in, for `pm.execution.location`. */
  readonly location: readonly string[];
}

export interface ScriptLimits {
  /** Milliseconds for the whole script; 0 is none. */
  readonly timeout: number;
  /** Bytes of the script's memory. */
  readonly memory: number;
}

/** Every scope a script reads. `local` is `pm.variables`' own; `data` is the row. */
export interface VariableScopes {
  readonly globals: readonly ScopeValue[];
  readonly collection: readonly ScopeValue[];
  readonly environment: readonly ScopeValue[];
  readonly data: Readonly<Record<string, Json>>;
  readonly local: readonly ScopeValue[];
  readonly environmentName?: string;
}

export interface ScopeValue {
  readonly key: string;
  readonly value: Json;
  readonly type?: string;
  readonly disabled?: boolean;
}

/** A request in Postman's v2.1 JSON: what `pm.request` is made of, and what it is after the script. */
export type SandboxRequest = Readonly<Record<string, Json>>;

export interface SandboxResponse {
  readonly code: number;
  readonly status: string;
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  readonly body: Uint8Array;
  /** Milliseconds. */
  readonly responseTime: number;
}

export interface SandboxCookie {
  readonly name: string;
  readonly value: string;
  readonly domain?: string;
  readonly path?: string;
  /** Absent or null: until the run ends. */
  readonly expires?: string | null;
  /** Seconds. */
  readonly maxAge?: number | null;
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
  readonly hostOnly?: boolean;
}

/** What a script may ask of its surroundings while it runs. */
export interface ScriptHost {
  /** `pm.sendRequest`. Rejects with what the script's callback gets as its error; of `details` it gets the fields. */
  sendRequest(request: SandboxRequest | string, signal: AbortSignal): Promise<NestedAnswer>;
  /** `pm.cookies.jar()`. */
  cookieJar(call: CookieJarCall): Promise<Json>;
  /** Called as it happens, in order. */
  console(entry: ConsoleEntry): void;
  /** Called as it happens, in order. */
  assertion(assertion: AssertionResult): void;
}

export interface NestedAnswer {
  readonly request: SandboxRequest;
  readonly response: SandboxResponse;
  readonly cookies: readonly SandboxCookie[];
}

export type CookieJarCall =
  | { readonly kind: 'get'; readonly url: string; readonly name: string }
  | { readonly kind: 'getAll'; readonly url: string; readonly options?: Json }
  | { readonly kind: 'set'; readonly url: string; readonly cookie: SandboxCookie }
  | { readonly kind: 'unset'; readonly url: string; readonly name: string }
  | { readonly kind: 'clear'; readonly url: string };

export interface ConsoleEntry {
  readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug' | 'clear';
  /** The arguments, as values; what JSON cannot carry is written as text. */
  readonly values: readonly Json[];
  /** The arguments as Node's console shows them. */
  readonly texts?: readonly string[];
}

export interface AssertionResult {
  readonly name: string;
  /** Place among the script's assertions, from 0. */
  readonly index: number;
  readonly passed: boolean;
  readonly skipped: boolean;
  readonly error?: ScriptError;
}

export interface ScriptError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
}

export interface ScriptOutcome {
  /** The scopes as the script left them. */
  readonly scopes: VariableScopes;
  /** The request as the script left it (pre-request scripts change it). */
  readonly request: SandboxRequest;
  /** `undefined`: not called. `null`: stop after this one. */
  readonly nextRequest?: string | null;
  readonly skipRequest: boolean;
  readonly visualizer?: { readonly template: string; readonly data: Json; readonly options?: Json };
  /** Legacy `tests["name"] = condition`, also reported as assertions. */
  readonly error?: ScriptError;
  /** What a timer threw. Postman: it ends the script without failing it, and with `bail` it ends the run. */
  readonly asynchronousError?: ScriptError;
  /** Milliseconds. */
  readonly duration: number;
}
