/**
 * What is known of the API that a run talks to, as data: the engine knows no API by itself. Whoever plans a run
 * hands it in; without it everything is learned from the answers.
 */
export interface ApiFacts {
  /** What a call of this method and path is; `undefined` when the API has no such call. Paths without query. */
  describe(method: string, path: string): CallFacts | undefined;
  /** Fields of a call's answer that hold a secret; asked for every answer, so it should be quick. */
  secretsOf?(method: string, path: string): readonly SecretField[] | undefined;
  /** Calls that an org may make in one window, by bucket, where that is known before the first answer. */
  readonly limits: Readonly<Record<string, number>>;
  /** Milliseconds of a window. */
  readonly window: number;
  /** Requests that may be under way at once. */
  readonly concurrency?: number;
}

export interface CallFacts {
  /** `Create a user`. */
  readonly title: string;
  /** The bucket that counts the call; absent where nothing is counted. */
  readonly bucket?: string;
  /** Changes or deletes something for good. */
  readonly irreversible?: boolean;
  /** Whether it sends a person a mail, a message or a call. */
  readonly notifies?: (call: { readonly query: URLSearchParams; readonly body: unknown }) => boolean;
  /** Sent twice it leaves the same as sent once. Absent: what its method says (RFC 9110, 9.2.2). */
  readonly repeatable?: boolean;
  readonly check?: WriteCheck;
  /** Values of the path's parameters, by name. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A field of an answer that holds a secret. */
export interface SecretField {
  /** Names from the outside in; `*` is every entry of a list or record. */
  readonly path: readonly string[];
  /** `text`: the value itself. `link`: the last part of an address. */
  readonly kind: 'text' | 'link';
}

/**
 * How one reads whether a write whose answer was lost took effect. Texts may hold `{name}` of a path parameter,
 * `{body.profile.login}` of the request's JSON body and `{query.name}`.
 */
export interface WriteCheck {
  /** A GET of this path and query. */
  readonly path: string;
  /** What it means when the thing is not there (404, or in no entry of the list). */
  readonly missing: 'applied' | 'not-applied';
  /** The answer is a list: its entry whose field has this value. */
  readonly find?: { readonly field: string; readonly equals: string };
  /** What the thing's field says; a value in neither list leaves the row in doubt. Absent: being there is applied. */
  readonly when?: {
    readonly field: string;
    readonly applied: readonly string[];
    readonly notApplied: readonly string[];
  };
  /** Field with the time the thing was made: one that is older than the request is not the request's doing. */
  readonly created?: string;
  /** The check's answer reads like the write's own, which had this status: test scripts get it instead. */
  readonly answersAs?: number;
  /** The body that the write itself answers with, where that is always the same. */
  readonly answerBody?: string;
}

/** Whether a method changes nothing (RFC 9110, 9.2.1). */
export function isSafe(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method.toUpperCase());
}

/** Whether a call cannot be undone; a deletion that nobody knows may be one. */
export function isIrreversible(method: string, facts: CallFacts | undefined): boolean {
  return facts === undefined ? method.toUpperCase() === 'DELETE' : facts.irreversible === true;
}

/** Whether a call may be sent again when nobody knows if it arrived (RFC 9110, 9.2.2, unless the facts know better). */
export function isRepeatable(method: string, facts: CallFacts | undefined): boolean {
  return facts?.repeatable ?? (isSafe(method) || ['PUT', 'DELETE'].includes(method.toUpperCase()));
}
