import { CommandFailure } from './exit-codes.ts';

/**
 * Waits for what the workbench does.
 * @throws CommandFailure with the sentence of what the workbench refused; anything else as it is
 */
export async function asCommand<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const { WorkbenchError } = await import('@castellan/workbench');
    throw cause instanceof WorkbenchError ? new CommandFailure(cause.message, undefined, { cause }) : cause;
  }
}
