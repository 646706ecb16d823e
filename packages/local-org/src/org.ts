/** How rate limits are counted: not at all, or by the table of one of Okta's plans. */
export type Plan = 'off' | 'integrator' | 'enterprise';

export interface OrgOptions {
  /** The address the org answers at; ids in `_links` are built on the request's own origin when absent. */
  readonly origin?: string;
  /** `empty`: one administrator, the group Everyone, the default user type. `sample`: some invented people too. */
  readonly seed?: 'empty' | 'sample';
  /** A token value that is valid from the start and owned by the administrator. */
  readonly token?: string;
  readonly plan?: Plan;
  /** Folder of the store's log; nothing is kept when absent. */
  readonly data?: string;
  readonly host?: OrgHost;
}

/** Time and chance, passed in so that tests own them. */
export interface OrgHost {
  now(): number;
  random(bytes: number): Uint8Array;
}

/** A running org without a port: `fetch` answers like the server does. */
export interface Org {
  fetch(request: Request): Promise<Response>;
  /** Makes an API token for the administrator, as the admin console does. The value is not kept. */
  createToken(name: string): Promise<{ readonly id: string; readonly value: string }>;
  /** Settles what is not on disk yet. */
  close(): Promise<void>;
}
