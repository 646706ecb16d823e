import { readFile } from 'node:fs/promises';
import type { Sandbox } from '@castellan/sandbox';

/** A sandbox that opens while the rest of the command is still being loaded. */
export interface EarlySandbox {
  /**
   * The sandbox when it is first asked for, and one more each time after.
   * @throws Error the sandbox cannot be opened
   */
  take(): Promise<Sandbox>;
  /** Closes what nobody took. */
  close(): Promise<void>;
}

/**
 * Opens a sandbox if a collection looks as if it had scripts. Its thread needs as long to start as everything else
 * before the first request, and starts on another core.
 * @param collection a file or a link; what cannot be read is told by whoever reads it in earnest
 */
export function openEarlySandbox(collection: string): EarlySandbox {
  let early: Promise<Sandbox | undefined> | undefined = openIfNeeded(collection).catch(() => undefined);
  return {
    async take() {
      const taken = early;
      // Before it is there: the next lane may ask meanwhile.
      early = undefined;
      return (await taken) ?? open();
    },
    async close() {
      const left = await early;
      await left?.close();
    },
  };
}

/** Fields of every version of Postman's format that hold scripts. */
const SCRIPT_FIELD = /"(?:exec|tests|preRequestScript)"\s*:/;

async function openIfNeeded(collection: string): Promise<Sandbox | undefined> {
  const text = await readFile(collection, 'utf8');
  return SCRIPT_FIELD.test(text) ? open() : undefined;
}

async function open(): Promise<Sandbox> {
  const { createSandbox } = await import('@castellan/sandbox');
  return createSandbox();
}
