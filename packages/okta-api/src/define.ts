import type { z } from 'zod';
import type { BucketId } from './rate-limits.ts';
import type { ErrorCode } from './errors.ts';
import type { LogEventType } from './log-events.ts';
import type { Method } from './method.ts';

/** The APIs, by the names of their packs. */
export type ApiName =
  | 'authentication'
  | 'sessions'
  | 'users'
  | 'factors'
  | 'groups'
  | 'admin-roles'
  | 'apps'
  | 'schemas'
  | 'events'
  | 'logs'
  | 'tokens'
  | 'user-types'
  | 'linked-objects'
  | 'subscriptions';

/** What a caller has to show: an API token (SSWS), a session cookie, either, or nothing. */
export type Authentication = 'token' | 'cookie' | 'token-or-cookie' | 'none' | 'optional-token';

/** The `{name}` parts of a path template: `PathParameters<'/users/{userId}'>` is `{ userId: string }`. */
export type PathParameters<Path extends string> = {
  readonly [Name in NamesIn<Path>]: string;
};

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/**
 * One call that people know by name: what a pack's request holds, and what a test sends. Any text in it may
 * hold `{{name}}`; a path parameter that is not given is `{{its own name}}`.
 */
export interface OperationExample<Path extends string = string, Body = unknown> {
  /** The words of the pack: `Create user with password`. */
  readonly title: string;
  readonly path?: Partial<PathParameters<Path>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Body;
  /** A body that is not JSON: a certificate, a picture. */
  readonly raw?: { readonly contentType: string; readonly text: string };
  readonly headers?: Readonly<Record<string, string>>;
  readonly description?: string;
  /**
   * Variables for later calls, each with the dotted place in the answer that it is read from: `{ userId: 'id' }`. A
   * place that ends in `/` is an address, of which the last segment is meant.
   */
  readonly saves?: Readonly<Record<string, string>>;
  /** What is answered while nobody and no call before has given this variable a value. */
  readonly without?: { readonly variable: string; readonly status: number };
  /** Statuses that are right as well, where an org without phones or apps cannot answer with success. */
  readonly alsoAnswers?: readonly number[];
  /** Documented refusals that are right as well, and why: a pack has no phone, and an org its own policies. */
  readonly refusals?: Partial<Readonly<Record<ErrorCode, string>>>;
}

export interface Paging {
  readonly defaultLimit: number;
  readonly maxLimit: number;
}

export interface Success<Answer extends z.ZodType | undefined> {
  readonly status: 200 | 201 | 202 | 204 | 302;
  /** Absent: no body. */
  readonly answer?: Answer;
  /** Another success status that Okta gives in some cases (a push challenge: 201). */
  readonly alsoStatus?: 200 | 201;
  /** `Content-Type` when it is not JSON. */
  readonly contentType?: string;
}

/**
 * One operation of Okta's API, written once. The local org routes, validates, authorises and counts by it;
 * packs, docs and completion are made from it.
 */
export interface OperationDefinition<
  Path extends string = string,
  Query extends z.ZodType | undefined = z.ZodType | undefined,
  Body extends z.ZodType | undefined = z.ZodType | undefined,
  Answer extends z.ZodType | undefined = z.ZodType | undefined,
> {
  /** `local`: only a local org has it. */
  readonly api: ApiName | 'local';
  readonly method: Method;
  readonly path: Path;
  /** One line, in our own words, imperative: `Create a user`. */
  readonly summary: string;
  readonly description?: string;
  readonly authentication: Authentication;
  readonly query?: Query;
  readonly body?: Body;
  /** False when the operation may be sent without any body. Meaningless without `body`. */
  readonly bodyRequired?: boolean;
  /** What the body is when it is not JSON. */
  readonly bodyType?: 'multipart' | 'certificate';
  readonly success: Success<Answer>;
  readonly errors: readonly ErrorCode[];
  readonly bucket: BucketId;
  readonly paging?: Paging;
  /** System Log event types that the call writes when it succeeds. */
  readonly events?: readonly LogEventType[];
  readonly deprecated?: boolean;
  readonly docs?: string;
  /** Deletes or changes something for good: clients name it before they send it. */
  readonly irreversible?: boolean;
  readonly examples: readonly OperationExample<Path, Body extends z.ZodType ? z.input<Body> : never>[];
}

/** Checks one definition against its own schemas and keeps its literal types. */
export function defineOperation<
  const Path extends string,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Answer extends z.ZodType | undefined = undefined,
  const BodyRequired extends boolean = true,
>(
  definition: OperationDefinition<Path, Query, Body, Answer> & { readonly bodyRequired?: BodyRequired },
): OperationDefinition<Path, Query, Body, Answer> & { readonly bodyRequired?: BodyRequired } {
  return definition;
}
