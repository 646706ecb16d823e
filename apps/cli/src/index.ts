/** The library: `import { run } from 'castellan'`. */
export { run } from './run/collection-run.ts';
export type { CollectionRun, RunCallback } from './run/collection-run.ts';
export type { RunOutcome } from './run/carry-out.ts';
export { RunFailure } from './run/failure.ts';
export type { CookieJar, KeyAndValue, ReporterOptions, RunOptions, Source } from './run/options.ts';
export type { Execution, Failure, Summary, Tracker } from './run/newman/summary.ts';
export type { NewmanEvents } from './run/newman/told.ts';
export type { RunEvent, RunPlan, RunResult, RunSummary } from '@castellan/engine';
export { version } from './version.ts';
