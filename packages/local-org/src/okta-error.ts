import { errors, errorSummary, type ErrorCode } from '@castellan/okta-api';

/** What a thrown error tells the client beside its code. */
export interface OktaErrorDetail {
  /** Fills `{0}` of the catalogue's summary. */
  readonly about?: string;
  readonly causes?: readonly string[];
  readonly cause?: unknown;
}

/** One of Okta's errors, thrown anywhere below the pipeline and answered at its one catch. */
export class OktaError extends Error {
  readonly code: ErrorCode;
  readonly causes: readonly string[];

  constructor(code: ErrorCode, detail: OktaErrorDetail = {}) {
    super(errorSummary(code, detail.about), { cause: detail.cause });
    this.name = 'OktaError';
    this.code = code;
    this.causes = detail.causes ?? [];
  }

  get status(): number {
    return errors[this.code].status;
  }
}

/** 400 E0000001: `about` is the object or field that Okta names, `causes` are its reasons. */
export function invalid(about: string, ...causes: string[]): OktaError {
  return new OktaError('E0000001', { about, causes });
}

/** 404 E0000007 in Okta's words: the id that was asked for and the kind of thing it should name. */
export function notFound(id: string, kind: string): OktaError {
  return new OktaError('E0000007', { about: `Resource not found: ${id} (${kind})` });
}

/** Okta's envelope of an error (core-okta-api#errors). */
export function toEnvelope(
  code: string,
  summary: string,
  causes: readonly string[],
  errorId: string,
): object {
  return {
    errorCode: code,
    errorSummary: summary,
    errorLink: code,
    errorId,
    errorCauses: causes.map((errorSummary) => ({ errorSummary })),
  };
}
