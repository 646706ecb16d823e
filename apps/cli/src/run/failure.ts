/** A run that could not begin, or whose results could not be written: the message is for whoever asked for it. */
export class RunFailure extends Error {
  override readonly name = 'RunFailure';
}

/** What was thrown, as a sentence. */
export function toReason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
