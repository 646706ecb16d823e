/** A journal that cannot be used: the message is for the person whose run it is. */
export class JournalError extends Error {
  /** What differs from the run that the journal is of, in words; absent when that is not what is wrong. */
  readonly changes?: readonly string[];

  constructor(message: string, options?: ErrorOptions & { readonly changes?: readonly string[] }) {
    super(message, options);
    this.name = 'JournalError';
    if (options?.changes !== undefined) this.changes = options.changes;
  }
}
