/**
 * Everything that the workbench refuses, with its HTTP status. Each is thrown with a sentence that says what
 * happened, where, and what to do next.
 */
export const errorStatus = {
  'bad-request': 400,
  'not-found': 404,
  'no-session': 401,
  'foreign-host': 403,
  'foreign-origin': 403,
  'too-large': 413,
  'not-json': 415,
  'import-unreadable': 422,
  'link-unreachable': 422,
  'link-refused': 422,
  'org-unreachable': 502,
  untrusted: 409,
  'local-org-absent': 409,
  'local-org-failed': 502,
  /** What a run was planned from is not what it was. */
  'run-changed': 409,
  'workspace-locked': 409,
  'workspace-unusable': 500,
  'port-in-use': 409,
  'vault-locked': 423,
  'vault-unreadable': 500,
  unexpected: 500,
} as const satisfies Record<string, number>;

export type WorkbenchErrorCode = keyof typeof errorStatus;

/** A refusal that a person can act on. `message` is one sentence, fit to be shown as it is. */
export class WorkbenchError extends Error {
  override readonly name = 'WorkbenchError';
  readonly code: WorkbenchErrorCode;

  constructor(code: WorkbenchErrorCode, sentence: string, options?: { readonly cause?: unknown }) {
    super(sentence, options);
    this.code = code;
  }
}
