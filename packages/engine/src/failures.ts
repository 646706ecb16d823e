import type { FailureCode, RequestFailure } from './events.ts';

/** What a failure is explained with. */
export interface FailurePlace {
  readonly url: string;
  /** Milliseconds that were allowed. */
  readonly timeout: number;
}

/** A request that is refused before it leaves, or that the engine itself gives up. */
export class RefusedRequest extends Error {
  readonly code: FailureCode;
  readonly sentence: string;
  readonly variables: readonly string[] | undefined;

  constructor(code: FailureCode, message: string, sentence: string, variables?: readonly string[]) {
    super(message);
    this.name = 'Error';
    this.code = code;
    this.sentence = sentence;
    this.variables = variables;
  }
}

/** Refuses a request whose address, headers or body still hold variables that nobody has set. */
export function refuseUnresolved(names: readonly string[], where: string): RefusedRequest {
  const list = names.map((name) => `{{${name}}}`).join(', ');
  const [verb, it] = names.length === 1 ? ['has', 'it'] : ['have', 'them'];
  return new RefusedRequest(
    'unresolved-variable',
    `${list} ${verb} no value`,
    `${list} in the ${where} ${verb} no value, so nothing was sent. Choose an environment that sets ${it}, or add ${it} to the one in use.`,
    names,
  );
}

/** Refuses a request without an address. Postman's words. */
export function refuseEmptyAddress(): RefusedRequest {
  return new RefusedRequest(
    'invalid-address',
    'runtime: request url is empty',
    'The request has no address. Write one, such as https://example.okta.com.',
  );
}

/**
 * Explains why a request got no answer.
 * @param error what the transport, a file or the engine threw
 */
export function explainFailure(error: unknown, place: FailurePlace): RequestFailure {
  const cause = error instanceof Error ? error : new Error(String(error));
  if (cause instanceof RefusedRequest) {
    return {
      code: cause.code,
      error: { name: 'Error', message: cause.message },
      sentence: cause.sentence,
      ...(cause.variables === undefined ? {} : { variables: cause.variables }),
    };
  }
  const code = toCode(cause);
  const name = cause.name === 'TimeoutError' || cause.name === 'AbortError' ? 'Error' : cause.name;
  return { code, error: { name, message: cause.message }, sentence: toSentence(code, cause, place) };
}

const CODES: Readonly<Record<string, FailureCode>> = {
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'host-not-found',
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-lost',
  EPIPE: 'connection-lost',
  ESOCKETTIMEDOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  EPROTO: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  CERT_HAS_EXPIRED: 'certificate',
  ERR_INVALID_URL: 'invalid-address',
};

function toCode(error: Error & { code?: unknown }): FailureCode {
  if (error.name === 'AbortError') return 'aborted';
  return (typeof error.code === 'string' ? CODES[error.code] : undefined) ?? 'other';
}

function toSentence(code: FailureCode, error: Error, { url, timeout }: FailurePlace): string {
  const host = /^[^:]+:\/\/(?:[^/?#]*@)?([^/?#]*)/.exec(url)?.[1] ?? url;
  switch (code) {
    case 'host-not-found':
      return `There is no host named ${host}. Check the address in the environment, and the network.`;
    case 'connection-refused':
      return `Nothing listens at ${host}: the connection was refused. Start the server there, or correct the port.`;
    case 'connection-lost':
      return `${host} closed the connection before it answered. Send again; if it stays, look at the server's log.`;
    case 'certificate':
      return `${host} could not prove who it is (${error.message}). Add its certificate authority, or switch the check off for this host.`;
    case 'timeout':
      return timeout > 0
        ? `${host} did not answer within ${timeout} ms. Send again, or allow more time in the settings.`
        : `${host} did not answer in time. Check the address and the network, then send again.`;
    case 'aborted':
      return 'The request was stopped before an answer came.';
    case 'invalid-address':
      return `${url} is not an address that a request can be sent to. Begin it with http:// or https:// and a host.`;
    default:
      return `The request to ${host} failed: ${error.message}.`;
  }
}
