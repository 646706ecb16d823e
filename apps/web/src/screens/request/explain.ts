import type { Operations } from '../../ui/use-operations.ts';
import type { OperationView } from '../../state/operations.ts';

/** What a person should know about an answer that is a refusal: what happened and what to try. */
export interface Explanation {
  readonly title: string;
  readonly causes: readonly string[];
  readonly advice: string;
  /** What the operation wants, where that helps. */
  readonly needs: string | undefined;
}

interface Refusal {
  readonly status: number;
  readonly body: string;
  readonly operation?: OperationView | undefined;
  readonly findError?: Operations['findError'] | undefined;
}

/**
 * Explains an answer of 400 and above. Okta's error envelope (`errorCode`, `errorSummary`, `errorCauses`) is
 * read where there is one; what to try comes from the definitions of its errors.
 */
export function explain({ status, body, operation, findError }: Refusal): Explanation | undefined {
  if (status < 400) return undefined;
  const error = readOktaError(body);
  const title =
    error === undefined
      ? `The server refused the request with ${status}.`
      : `${error.code}: ${error.summary}`;
  const known = error === undefined ? undefined : findError?.(error.code)?.advice;
  return {
    title,
    causes: error?.causes ?? [],
    advice: known ?? adviseOnStatus(status),
    needs: toNeeds(status, operation),
  };
}

function toNeeds(status: number, operation: OperationView | undefined): string | undefined {
  if (operation === undefined) return undefined;
  const { method, path, authentication, limits, summary } = operation;
  if (status === 401 || status === 403) return `“${summary}” wants: ${authentication}.`;
  if (status === 429 && limits !== undefined) {
    return `${method} ${path} may be called ${limits.enterprise.toLocaleString('en')} times a minute in an Enterprise org, ${limits.integrator.toLocaleString('en')} in an Integrator one.`;
  }
  return status === 404 || status === 405 ? `The operation is ${method} ${path}.` : undefined;
}

function adviseOnStatus(status: number): string {
  switch (status) {
    case 400:
      return 'Okta read the request and refused what is in it. Compare the body and parameters with the causes.';
    case 401:
      return 'Okta does not know who is asking. Choose an environment with a token, and check the Auth and Headers tabs.';
    case 403:
      return 'The token is good, but its owner may not do this. An administrator role that includes it is needed.';
    case 404:
      return 'Nothing has this address in the org. Check the ids in the path, and that the environment is the org you mean.';
    case 405:
      return 'The address is right, the method is not.';
    case 409:
      return 'The object is in a state that does not allow this. Read it first to see its state.';
    case 429:
      return 'The org’s limit for this minute is used up. X-Rate-Limit-Reset in the headers says when it is full again.';
    case 501:
      return 'The local org does not answer this operation yet.';
    default:
      return status >= 500
        ? 'The fault is on the server’s side. Try again; if it stays, its X-Okta-Request-Id helps support to find it.'
        : 'The body of the answer says more.';
  }
}

function readOktaError(body: string): { code: string; summary: string; causes: string[] } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('errorCode' in value)) return undefined;
  const causes = 'errorCauses' in value && Array.isArray(value.errorCauses) ? value.errorCauses : [];
  return {
    code: String(value.errorCode),
    summary: 'errorSummary' in value ? String(value.errorSummary) : '',
    causes: causes.flatMap((cause: unknown) =>
      typeof cause === 'object' && cause !== null && 'errorSummary' in cause
        ? [String(cause.errorSummary)]
        : [],
    ),
  };
}
