import type { Collection, Environment, Note, RequestItem, SourceFile } from '@castellan/collection';
import type { BoundSecret, createCookieJar, RunEvent, RunResult } from '@castellan/engine';

/** What one file turned out to be. */
export type ReadFile =
  | {
      readonly kind: 'collection';
      readonly collection: Collection;
      readonly notes: readonly Note[];
      readonly format: string;
    }
  | {
      readonly kind: 'environment';
      readonly environment: Environment;
      readonly notes: readonly Note[];
      readonly format: string;
    };

/** The readers and writers of files that the workbench needs, as `@castellan/collection` has them. */
export interface Formats {
  /** Throws an error whose message is one sentence for the person who chose the file. */
  readAny(text: string): readonly ReadFile[];
  /** Reads a file by its bytes, archives included; throws like `readAny`. */
  readBytes(bytes: Uint8Array, name: string): readonly ReadFile[];
  /** Reads a folder of files; throws like `readAny`. */
  readFolder(files: readonly SourceFile[], name: string): readonly ReadFile[];
  writeCollection(collection: Collection): string;
  writeEnvironment(environment: Environment): string;
}

/** One request to send, with everything it needs. */
export interface RunSpecification {
  readonly collection: Collection;
  readonly itemId: string;
  /** Stands in for the saved request of the same id. */
  readonly edited: RequestItem;
  /** Values filled in, secrets included. */
  readonly environment?: Environment;
  readonly globals?: Environment;
  /** Values that only their own hosts get, and scripts only as handles. */
  readonly secrets: readonly BoundSecret[];
  readonly signal: AbortSignal;
  /** Cookies to begin with; the run adds to them. */
  readonly cookieJar?: Awaited<ReturnType<typeof createCookieJar>>;
  /** Hears once what the scripts left, before the stream of events ends. */
  readonly onEnd?: (scopes: RunResult['scopes']) => Promise<void>;
}

/** Plans and runs as `@castellan/engine` does. */
export interface RunEngine {
  run(specification: RunSpecification): AsyncIterable<RunEvent>;
}

/** A running local org: where it answers, and the one thing that only its owner may do. */
export interface LocalOrgDoor {
  readonly url: string;
  readonly adminUrl?: string;
  createToken(name: string): Promise<{ readonly value: string }>;
}
