import type { ReceivedResponse, RunEvent, SentRequest } from '@castellan/engine';

export type AssertionResult = Extract<RunEvent, { kind: 'assertion' }>['assertion'];

/** One line of the console: what a script said, or what was sent. */
export interface ConsoleLine {
  readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug' | 'clear' | 'request';
  readonly text: string;
  /** Of a request: as it left, and the head of what came back. Secrets are masked. */
  readonly sent?: SentRequest;
  readonly received?: Pick<ReceivedResponse, 'code' | 'status' | 'headers' | 'time'>;
}
