import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { CommandFailure, ExitCode } from './exit-codes.ts';

/**
 * Reads a port from the command line: 0 (take a free one) to 65535.
 * @throws CommandFailure wrong usage
 */
export function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new CommandFailure(
    `“${text}” is not a port. Give a number from 0 to 65535; 0 takes a free one.`,
    ExitCode.wrongUsage,
  );
}

/** The workspace folder that was asked for, or the one in the person's home. */
export function toWorkspaceFolder(asked: string | undefined): string {
  return asked === undefined ? join(homedir(), 'Castellan') : resolve(asked);
}
