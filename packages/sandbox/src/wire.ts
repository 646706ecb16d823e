import type { ScriptJob, ScriptOutcome } from './protocol.ts';

/** What the sandbox tells its worker thread. */
export type ToWorker =
  | { readonly kind: 'run'; readonly id: number; readonly job: ScriptJob }
  | { readonly kind: 'answer'; readonly run: number; readonly answer: object };

/** What the worker thread tells its sandbox. */
export type FromWorker =
  | { readonly kind: 'said'; readonly id: number; readonly json: string }
  | { readonly kind: 'done'; readonly id: number; readonly outcome: ScriptOutcome }
  | { readonly kind: 'broken'; readonly id: number; readonly message: string };
