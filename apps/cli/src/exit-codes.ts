/**
 * What a command's exit code says. `castellan run` keeps Newman's: 0 when nothing failed, 1 otherwise, a
 * wrong command line included.
 */
export const ExitCode = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  /** Ended by Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
} as const;

/** Something that the person at the terminal can mend: its message is the one sentence they see. */
export class CommandFailure extends Error {
  readonly exitCode: number;

  constructor(sentence: string, exitCode: number = ExitCode.failed, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'CommandFailure';
    this.exitCode = exitCode;
  }
}
