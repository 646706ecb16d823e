/** What `castellan run` was told. */
export interface RunFlags {
  readonly environment?: string;
  readonly globals?: string;
  readonly iterationData?: string;
  readonly iterationCount?: number;
  readonly reporters: readonly string[];
  readonly folder: readonly string[];
  readonly envVar: readonly (readonly [string, string])[];
  readonly globalVar: readonly (readonly [string, string])[];
  readonly exportEnvironment?: string;
  readonly exportGlobals?: string;
  readonly exportCollection?: string;
  readonly exportCookieJar?: string;
  readonly cookieJar?: string;
  readonly bail?: true | readonly string[];
  readonly delayRequest: number;
  readonly timeout: number;
  readonly timeoutRequest: number;
  readonly timeoutScript: number;
  readonly ignoreRedirects?: boolean;
  readonly insecure?: boolean;
  readonly sslClientCert?: string;
  readonly sslClientKey?: string;
  readonly sslClientPassphrase?: string;
  readonly sslClientCertList?: string;
  readonly sslExtraCaCerts?: string;
  readonly workingDir?: string;
  readonly insecureFileRead: boolean;
  readonly suppressExitCode?: boolean;
  readonly silent?: boolean;
  readonly verbose?: boolean;
  readonly disableUnicode?: boolean;
  readonly color: 'auto' | 'on' | 'off';
  /** Requests of one iteration before it counts as going round in circles. */
  readonly loopLimit?: number;
  /** Rows side by side. */
  readonly lanes?: number;
  /** The share of each limit that the run may use, 0 to 1. */
  readonly capacity?: number;
  readonly strict?: boolean;
  readonly journal?: string;
  /** Name of the request that reads whether a row's write took effect. */
  readonly check?: string;
  readonly repeatWrites?: boolean;
  readonly dryRun?: boolean;
  /** With `dryRun`: the estimate as JSON. */
  readonly json?: boolean;
  readonly failedRows?: string;
  readonly results?: string;
  /** Columns of the results by name, as JSONPath into answers. */
  readonly column: readonly (readonly [string, string])[];
  readonly acceptChanges?: boolean;
  /** File of secrets for CI, lines of `NAME=value`. */
  readonly secretsEnvFile?: string;
  /** Secrets of CI that scripts may read. */
  readonly scriptSecret: readonly string[];
  /** False: no script of the collection runs. */
  readonly scripts: boolean;
  /** Host of a guarded org whose writes are confirmed. */
  readonly yesProduction?: string;
}
