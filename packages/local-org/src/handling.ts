import type { ObjectKind, OperationDefinition, PathParameters } from '@castellan/okta-api';
import type { z } from 'zod';
import type { Ids } from './ids.ts';
import type { LateIndex } from './store/late-index.ts';
import type { RecentTexts } from './store/recent-texts.ts';
import type { Store } from './store/store.ts';
import type { ApiTokenRecord, Features, LogEntry, SessionRecord, UserRecord } from './store/records.ts';

/** Who calls, from where, and by what right. */
export interface Caller {
  /** Absent when the operation takes callers without any right. */
  readonly user?: UserRecord | undefined;
  readonly token?: ApiTokenRecord | undefined;
  readonly session?: SessionRecord | undefined;
  /** The id of that session, which its cookie holds. */
  readonly cookie?: string | undefined;
  /** What the browser is known by, from its cookie `DT`. */
  readonly device?: string | undefined;
  readonly ip: string;
  readonly userAgent: string;
  readonly acceptLanguage?: string | undefined;
  readonly deviceFingerprint?: string | undefined;
}

/** Wishes that clients state in headers, already read. */
export interface Wishes {
  readonly respondAsync: boolean;
  readonly returnMinimal: boolean;
  /** The `Accept` header in lower case, empty when there is none. */
  readonly accept: string;
  /** Parts that `Content-Type: …; okta-response=…` leaves out: `omitCredentials` and its kin. */
  readonly omit: ReadonlySet<string>;
}

/** Which objects of a kind the caller may see in a list. */
export type Sees = (kind: ObjectKind, id: string) => boolean;

/** What a handler has around it. It knows no HTTP. */
export interface Context {
  readonly store: Store;
  readonly ids: Ids;
  readonly caller: Caller;
  readonly wishes: Wishes;
  /** Epoch milliseconds, the same during one request. */
  readonly now: number;
  /** What some objects show depends on what kind of org it is. */
  readonly features: Features;
  /** `https://host` that absolute links start with. */
  readonly origin: string;
  readonly requestId: string;
  /** The rows of a table as searches see them: their index may be late. */
  readonly indexed: LateIndex['rows'];
  /** What was answered of users who were read one by one. */
  readonly texts: RecentTexts;
  /** Whether the caller's roles reach an object: lists leave the others out. */
  readonly sees: Sees;
  /** Appends to the System Log when the request succeeds; of a refused one only entries with outcome FAILURE. */
  log(entry: LogEntry): void;
}

/** Optional members of a definition read as `Schema | undefined`; what remains without `undefined` decides. */
type Output<Schema, Otherwise> = [Exclude<Schema, undefined>] extends [never]
  ? Otherwise
  : Exclude<Schema, undefined> extends z.ZodType
    ? z.output<Exclude<Schema, undefined>>
    : Otherwise;

/** One parsed call of an operation. */
interface Call<Operation extends OperationDefinition> {
  readonly params: PathParameters<Operation['path']>;
  readonly query: Output<Operation['query'], Readonly<Record<string, never>>>;
  /** `undefined` only where the definition says that a body is not required. */
  readonly body: Operation extends { readonly bodyRequired?: true }
    ? Output<Operation['body'], undefined>
    : Output<Operation['body'], undefined> | undefined;
}

/**
 * A list with paging. `self` and `next` are query parameters in the order that Okta writes them;
 * no `self` means no Link header at all.
 */
export interface Page {
  readonly kind: 'page';
  readonly items: readonly unknown[];
  readonly self?: readonly QueryPair[] | undefined;
  readonly next?: readonly QueryPair[] | undefined;
}
export type QueryPair = readonly [name: string, value: string];

/** An answer with another status than the operation's, with headers of its own, or with bytes for a body. */
export interface Reply {
  readonly kind: 'reply';
  readonly status?: number | undefined;
  /** Pairs, because some names come several times: `set-cookie`. */
  readonly headers?: readonly (readonly [name: string, value: string])[] | undefined;
  /** JSON data; text and bytes go out as they are, with the content type of `headers`. */
  readonly body?: unknown;
}

export class Answer {
  readonly value: Page | Reply;
  constructor(value: Page | Reply) {
    this.value = value;
  }
}

export const page = (value: Omit<Page, 'kind'>): Answer => new Answer({ kind: 'page', ...value });

export const reply = (value: Omit<Reply, 'kind'>): Answer => new Answer({ kind: 'reply', ...value });

/** A handler returns the JSON to answer with, nothing (no body), a `page` or a `reply`. */
type Handler<Operation extends OperationDefinition> = (call: Call<Operation>, context: Context) => unknown;

/** Every operation of an API has a handler, but those named in `NotYet`, which answer 501. */
export type HandlersOf<
  Operations extends Readonly<Record<string, OperationDefinition>>,
  NotYet extends keyof Operations = never,
> = { readonly [Name in Exclude<keyof Operations, NotYet>]: Handler<Operations[Name]> };
