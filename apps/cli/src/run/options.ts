import type { DataRow, Json } from '@castellan/collection';
import type { RunEvent } from '@castellan/engine';

/** A file, a link, or what stands in one; things of Postman's SDK count as what their `toJSON` gives. */
export type Source = string | object;

/** A `CookieJar` of the library `tough-cookie`, of whichever version. */
export interface CookieJar {
  getCookieStringSync(url: string): string;
  toJSON(): unknown;
}

export interface KeyAndValue {
  readonly key: string;
  readonly value?: Json | undefined;
}

/** What a run is told, under Newman's names. Absent options are Newman's defaults. */
export interface RunOptions {
  readonly collection: Source;
  readonly environment?: Source | undefined;
  readonly globals?: Source | undefined;
  /** Variables that count more than those of the file. */
  readonly envVar?: readonly KeyAndValue[] | undefined;
  readonly globalVar?: readonly KeyAndValue[] | undefined;
  /** A JSON or CSV file, or the rows themselves. */
  readonly iterationData?: string | readonly DataRow[] | undefined;
  readonly iterationCount?: number | undefined;
  /** Names or ids of the folders and requests to run; all when absent. */
  readonly folder?: string | readonly string[] | undefined;
  readonly workingDir?: string | undefined;
  /** Bodies may name files outside of the working folder; true unless told. */
  readonly insecureFileRead?: boolean | undefined;
  /** Milliseconds for the whole run, one request, one script; 0 or absent is none. */
  readonly timeout?: number | undefined;
  readonly timeoutRequest?: number | undefined;
  readonly timeoutScript?: number | undefined;
  /** Milliseconds between requests. */
  readonly delayRequest?: number | undefined;
  /** Requests of one iteration after which it counts as going round in circles; 100,000 unless told. */
  readonly loopLimit?: number | undefined;
  readonly ignoreRedirects?: boolean | undefined;
  /** Accepts every certificate. */
  readonly insecure?: boolean | undefined;
  readonly bail?: boolean | readonly string[] | Readonly<Record<string, boolean>> | undefined;
  readonly sslClientCert?: string | undefined;
  readonly sslClientKey?: string | undefined;
  readonly sslClientPassphrase?: string | undefined;
  /** A list of certificates by address, or the file that holds it. */
  readonly sslClientCertList?: string | readonly object[] | undefined;
  readonly sslExtraCaCerts?: string | undefined;
  /** A jar of `tough-cookie`, which the run fills, or the file that one was saved to. */
  readonly cookieJar?: string | CookieJar | undefined;
  readonly exportEnvironment?: string | undefined;
  readonly exportGlobals?: string | undefined;
  readonly exportCollection?: string | undefined;
  readonly exportCookieJar?: string | undefined;
  readonly reporters?: string | readonly string[] | undefined;
  /** Options of reporters, by reporter. */
  readonly reporter?: Readonly<Record<string, ReporterOptions>> | undefined;
  readonly silent?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly disableUnicode?: boolean | undefined;
  readonly color?: 'auto' | 'on' | 'off' | undefined;
  /** File with the values of secrets by the names of their variables, lines of `NAME=value`. */
  readonly secretsEnvFile?: string | undefined;
  /** Secrets given by file or process environment that scripts may read. */
  readonly scriptSecret?: readonly string[] | undefined;
  /** Host of a guarded org, by which its writes are confirmed. */
  readonly yesProduction?: string | undefined;
  /** False: only the requests are sent, no script of the collection runs. */
  readonly scripts?: boolean | undefined;
  /** Id or name of the request that reads whether the write of a row took effect. */
  readonly check?: string | undefined;
  /** Breaks the run off; every report is written all the same. */
  readonly signal?: AbortSignal | undefined;
  /** Hears of everything that happens, typed. A promise holds the run back until it is settled. */
  readonly onEvent?: ((event: RunEvent) => void | Promise<void>) | undefined;
}

export type ReporterOptions = Readonly<Record<string, string | boolean>>;
