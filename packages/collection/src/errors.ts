/** Every reason for which a file or a part of a collection is refused, with the sentence a person reads. */
export const COLLECTION_ERRORS = {
  'not-json': 'The file is not valid JSON',
  'not-yaml': 'The file is not valid YAML',
  'html-instead-of-json': 'The file is a web page, not a collection',
  'unknown-format': 'The file is in none of the formats that can be read',
  'wrong-kind': 'The file holds something else than was asked for',
  'too-large': 'The file is too large',
  'too-deep': 'The file is nested too deeply',
  'forbidden-key': 'The file holds a key that is not allowed',
  malformed: 'The file is damaged',
  empty: 'The file is empty',
  'climbing-path': 'A path leads out of the folder',
  'request-not-found': 'There is no such request',
} as const;

export type CollectionErrorCode = keyof typeof COLLECTION_ERRORS;

/**
 * A file or a name that the person can correct. `message` is one whole sentence; `place` says where in the
 * file, as names from the outside in.
 */
export class CollectionError extends Error {
  override readonly name = 'CollectionError';
  readonly code: CollectionErrorCode;
  readonly place: string | undefined;

  constructor(code: CollectionErrorCode, detail?: string, options?: { place?: string; cause?: unknown }) {
    const where = options?.place === undefined ? '' : ` (at ${options.place})`;
    super(
      `${COLLECTION_ERRORS[code]}${where}${detail === undefined ? '' : `: ${detail}`}.`,
      options?.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = code;
    this.place = options?.place;
  }
}
