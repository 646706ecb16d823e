/**
 * What is known of an API from outside of this room, for repairs of old collections. It arrives as data: the
 * room itself knows no API.
 */
export interface RepairFacts {
  /** Schemes that stand before a token in an `Authorization` header. */
  readonly authorizationSchemes: readonly string[];
  /** Hosts that documentation writes where a real one belongs, each as a regular expression without a slash. */
  readonly placeholderHosts: readonly string[];
  /** The variable that holds the address of the server. */
  readonly addressVariable: string;
  readonly operations: readonly KnownOperation[];
  readonly replacements: readonly OperationReplacement[];
}

export interface KnownOperation {
  readonly method: string;
  /** `/api/v1/users/{userId}` */
  readonly path: string;
  /** The part of the API that it belongs to. */
  readonly group: string;
  /** One line, imperative. */
  readonly summary: string;
}

/** An operation that gave way to another one. */
export interface OperationReplacement {
  readonly method: string;
  readonly path: string;
  readonly to: {
    readonly method: string;
    /** May use the names of the old path. */
    readonly path: string;
    /** Query parameters by their old names; the others keep theirs. */
    readonly query?: Readonly<Record<string, string>>;
    /** Pieces of text in query values and what they are now, in the order in which they are exchanged. */
    readonly texts?: readonly (readonly [old: string, now: string])[];
  };
  /** Why, in one sentence. */
  readonly reason: string;
}
