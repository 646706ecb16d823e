/** Okta's errors as data. Source: error-codes, release 2026.08.1. */
export const errors = {
  E0000001: { status: 400, summary: 'Api validation failed: {0}' },
  E0000007: { status: 404, summary: 'Not found: {0}' },
} as const satisfies Record<string, ErrorDefinition>;

export interface ErrorDefinition {
  /** HTTP status; the pair never varies. */
  readonly status: number;
  /** Okta's words, `{0}` filled in at run time. */
  readonly summary: string;
}

export type ErrorCode = keyof typeof errors;
