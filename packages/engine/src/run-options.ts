import type { ScriptError, VariableScopes } from '@castellan/sandbox';
import type { CookieJar } from 'tough-cookie';
import type { ApiFacts } from './api-facts.ts';
import type { ReceivedResponse, RunEvent, RunSummary } from './events.ts';
import type { RunJournal } from './journal/journal.ts';
import type { RunControl } from './lanes/control.ts';
import type { Pacing } from './pacing/pacing.ts';
import type { Mask } from './secrets/mask.ts';

export interface RunOptions {
  /** Breaks the run off: requests under way are given up, every report still hears of the end. */
  readonly signal?: AbortSignal;
  /** Pauses the run and ends it softly; made by `createRunControl`. */
  readonly control?: RunControl;
  /**
   * Hears of everything. A promise holds the row that is under way back until it is settled.
   */
  readonly onEvent?: (event: RunEvent) => void | Promise<void>;
  /** Cookies to begin with. */
  readonly cookieJar?: CookieJar;
  /**
   * Keeps to the limits of the other side, sends again what was refused for now, and settles writes whose answer
   * was lost. Absent: every request is sent at once and once, as Newman does.
   */
  readonly pacing?: Pacing;
  /** Where the run is written down, so that another one can go on with it; rows are then independent (`lanes`). */
  readonly journal?: RunJournal;
  /** What is known of the API, for the reads that settle lost writes. */
  readonly facts?: ApiFacts;
  /** The host of a guarded org, typed by whoever confirms what the run writes there. */
  readonly confirmed?: string;
  /**
   * Takes the plan's secrets and those that answers bring out of every event. Whoever writes more of the run than its
   * events hands one in and masks with it. Absent: the run's own.
   */
  readonly mask?: Mask;
  /**
   * Hears the answers to the run's items with what they newly bring, before the event that has it masked: for the
   * person who asked for the answer. What was secret before is masked here too.
   */
  readonly onAnswer?: (answer: ReceivedResponse) => void;
}

/** What is left when a run is over. */
export interface RunResult {
  readonly outcome: 'completed' | 'stopped' | 'failed';
  readonly summary: RunSummary;
  /** What ended a run that failed as a whole. */
  readonly error?: ScriptError;
  /** The scopes as the last script left them; those of the start when rows ran in lanes. */
  readonly scopes: VariableScopes;
  /** A jar of `tough-cookie`, absent when no cookie was ever seen. */
  readonly cookieJar?: { toJSON(): unknown };
}
