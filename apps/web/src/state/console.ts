import type { RunEvent } from '@castellan/engine';

export type AssertionResult = Extract<RunEvent, { kind: 'assertion' }>['assertion'];

/** One line of the console: what a script said, or what was sent. */
export interface ConsoleLine {
  readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug' | 'clear' | 'request';
  readonly text: string;
}
