import type { SandboxResponse, ScriptInfo, ScriptJob, ScriptOutcome, VariableScopes } from './protocol.ts';

/** What the sandbox tells its worker thread. */
export type ToWorker =
  | { readonly kind: 'run'; readonly id: number; readonly job: ScriptJob }
  | { readonly kind: 'answer'; readonly run: number; readonly answer: object };

/** What the worker thread tells its sandbox; `said` are messages of the script in their order. */
export type FromWorker =
  | { readonly kind: 'said'; readonly id: number; readonly said: readonly string[] }
  | {
      readonly kind: 'done';
      readonly id: number;
      readonly said: readonly string[];
      readonly outcome: InsideOutcome;
      /** Milliseconds. */
      readonly duration: number;
    }
  | { readonly kind: 'broken'; readonly id: number; readonly message: string };

/** What a script has done, as far as it has changed anything. */
export interface InsideOutcome extends Omit<ScriptOutcome, 'scopes' | 'request' | 'duration'> {
  readonly scopes: Partial<VariableScopes>;
  readonly request?: ScriptOutcome['request'];
}

/** Why a call of the host failed; `details` are fields of the error that the script is given. */
export interface CallFailure {
  readonly name: string;
  readonly message: string;
  readonly details?: object;
}

/** What the worker hands to the bootstrap at once; everything else is read when the script asks for it. */
export interface ScriptHead {
  readonly listen: ScriptJob['listen'];
  readonly source: string;
  readonly info: ScriptInfo;
  readonly environmentName?: string;
  readonly hasResponse: boolean;
  /** For `Math.random`: the image's own state would always be the same. */
  readonly seed: readonly [number, number, number, number];
}

/** A response as a script first sees it, without its body. */
export interface ResponseHead extends Omit<SandboxResponse, 'body'> {
  /** Bytes of the body. */
  readonly size: number;
  /** The body is not UTF-8 and comes as base64. */
  readonly isBinary: boolean;
}
