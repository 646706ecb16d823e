import type { RunEvent } from '../events.ts';
import type { RunPlan } from '../plan.ts';
import type { RunResult } from '../run-options.ts';

/** Draws a run while it happens, or writes it down when it is over. */
export interface Reporter {
  onEvent(event: RunEvent): void;
  /** Called once, for stopped and failed runs too. */
  finish?(result: RunResult): void | Promise<void>;
}

/** What reporters are told, and where they write. */
export interface ReporterContext {
  readonly plan: RunPlan;
  /** `--reporter-<name>-<option>` of this reporter and `--reporter-<option>` of all, in camel case. */
  readonly options: Readonly<Record<string, string | boolean>>;
  readonly output: Output;
  /**
   * Writes a report to where `export` says, or else into Newman's folder under this name and the time.
   * @param name such as `newman-run-report.json`
   */
  writeReport(name: string, text: string): Promise<void>;
}

/** A terminal or a pipe. */
export interface Output {
  readonly isTerminal: boolean;
  readonly hasColor: boolean;
  /** Plain ASCII instead of symbols. */
  readonly plainSymbols: boolean;
  readonly verbose: boolean;
  write(text: string): void;
}

export type CreateReporter = (context: ReporterContext) => Reporter;
