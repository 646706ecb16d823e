/** What Newman tells its listeners: the names of its events, and the things of Postman's SDK as far as they are typed. */

/** Where Newman's events say that they happened. */
export interface Cursor {
  readonly ref: string;
  readonly position: number;
  readonly iteration: number;
  readonly length: number;
  readonly cycles: number;
  readonly bof: boolean;
  readonly eof: boolean;
  readonly empty: boolean;
  readonly cr: boolean;
}

/** Headers or other pairs, as Postman's SDK lists them. */
interface SdkList {
  get(name: string): string | undefined;
  has(name: string): boolean;
  count(): number;
  each(visit: (entry: { readonly key: string; readonly value: string }) => void): void;
}

export interface SdkItem {
  id: string;
  readonly name: string;
  toJSON(): object;
}

export interface SdkRequest {
  readonly method: string;
  readonly url: { toString(): string; getHost(): string; getPath(): string };
  readonly headers: SdkList;
  readonly body?: { toString(): string };
  toJSON(): object;
}

export interface SdkResponse {
  readonly code: number;
  readonly status: string;
  /** Milliseconds. */
  readonly responseTime: number;
  readonly headers: SdkList;
  readonly cookies: object;
  text(): string;
  json(): unknown;
  /** Bytes. */
  size(): { body: number; header: number; total: number };
}

/** A failed assertion, or what a script or the network threw. */
export interface ToldError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  /** Of an assertion: its place in the script, from 0, and its name. */
  readonly index?: number;
  readonly test?: string;
}

type Told<More = object> = [error: ToldError | null, told: { readonly cursor: Cursor } & More];
type ToldOfItem<More = object> = Told<{ readonly item: SdkItem } & More>;
type ToldOfScript = ToldOfItem<{ readonly script: object; readonly event: { readonly listen: string } }>;

/** Newman's events and what their listeners are given. */
export interface NewmanEvents<Summary = unknown> {
  start: Told;
  beforeIteration: Told;
  iteration: Told;
  beforeItem: ToldOfItem;
  item: ToldOfItem;
  beforePrerequest: ToldOfItem<{ readonly events: readonly object[] }>;
  prerequest: ToldOfItem<{ readonly executions: readonly object[] }>;
  beforeTest: ToldOfItem<{ readonly events: readonly object[] }>;
  test: ToldOfItem<{ readonly executions: readonly object[] }>;
  beforeScript: ToldOfScript;
  script: ToldOfScript;
  beforePrerequestScript: ToldOfScript;
  prerequestScript: ToldOfScript;
  beforeTestScript: ToldOfScript;
  testScript: ToldOfScript;
  beforeRequest: ToldOfItem<{ readonly request: SdkRequest }>;
  /** Of the item, and of each request that its scripts and its authentication made. */
  request: ToldOfItem<{ readonly request: SdkRequest; readonly response?: SdkResponse }>;
  assertion: ToldOfItem<{ readonly assertion: string; readonly skipped: boolean }>;
  console: Told<{ readonly level: string; readonly messages: readonly unknown[] }>;
  beforeDone: [error: null, told: { readonly summary: Summary }];
  /** The last one: every report and export is written. */
  done: [error: Error | null, summary: Summary];
}
