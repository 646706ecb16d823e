import type { RunEvent } from '../events.ts';
import type { RunPlan } from '../plan.ts';
import type { RunResult } from '../run.ts';

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
  /** Writes a report to a file, the folders around it made. */
  writeFile(path: string, text: string): Promise<void>;
  /** Time of day in ISO 8601 without colons, for names of reports. */
  readonly stamp: string;
}

/** A terminal or a pipe. */
export interface Output {
  readonly isTerminal: boolean;
  readonly hasColor: boolean;
  /** Characters in a line. */
  readonly columns: number;
  /** Plain ASCII instead of symbols. */
  readonly plainSymbols: boolean;
  readonly verbose: boolean;
  write(text: string): void;
}

export type CreateReporter = (context: ReporterContext) => Reporter;

/** Where a reporter writes its file: as it was told, or in Newman's folder. */
export function toReportPath(context: ReporterContext, name: string, extension: string): string {
  const told = context.options['export'];
  return typeof told === 'string' ? told : `newman/newman-run-report-${name}-${context.stamp}.${extension}`;
}

/** Escapes text for XML and HTML, attributes included. */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
