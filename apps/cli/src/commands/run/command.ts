import type { EarlySandbox } from '../../run/early-sandbox.ts';
import type { RunOptions } from '../../run/options.ts';
import type { RunFlags } from './flags.ts';

/** What the command line says of a run: anew, or going on with an earlier one. */
export interface RunCommand {
  readonly collection: string;
  readonly flags: RunFlags;
  readonly reporter: NonNullable<RunOptions['reporter']>;
  /** The journal of an earlier run to go on with. */
  readonly resume?: string;
  /** Opened ahead; one is opened when the first script needs it when absent. */
  readonly sandbox?: EarlySandbox;
}
