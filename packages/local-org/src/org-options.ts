import type { OpenedCopy } from './local/copies.ts';
import type { SettingsChanges } from './settings.ts';

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
  /** What kind of org it is and its policies, where they are not to be Okta's defaults. */
  readonly settings?: SettingsChanges;
  /** Folder of the store's log; nothing is kept when absent. */
  readonly data?: string;
  /** Who may sign in to the admin console; without a password nobody can. */
  readonly admin?: { readonly login?: string; readonly password?: string };
  /** Served under `/docs/api/postman/{name}.json`: the text of a collection by its name. */
  readonly packs?: Readonly<Record<string, string>>;
  /** Serves another org that begins with a snapshot of this one; `serveOrg` gives it. */
  readonly openCopy?: (snapshot: Uint8Array) => Promise<OpenedCopy>;
  /** Whatever is absent is the machine's. */
  readonly host?: Partial<OrgHost>;
}

/** Time and chance, passed in so that tests own them. */
export interface OrgHost {
  /** Epoch milliseconds. */
  now(): number;
  random(bytes: number): Uint8Array;
  wait(milliseconds: number): Promise<void>;
}
