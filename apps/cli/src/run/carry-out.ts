import { EventEmitter } from 'node:events';
import { createCookieJar, createHost, createMask, hasFailed, run } from '@castellan/engine';
import type {
  Mask,
  Reporter,
  RunHost,
  RunOptions as EngineOptions,
  RunPlan,
  RunResult,
} from '@castellan/engine';
import { RunFailure, toReason } from './failure.ts';
import { openNewmanRun } from './newman/newman-run.ts';
import type { NewmanRun } from './newman/newman-run.ts';
import type { Summary } from './newman/summary.ts';
import type { RunOptions } from './options.ts';
import { readPlan } from './read-plan.ts';
import { createReporters } from './reporters.ts';
import { readTextFile } from './sources.ts';
import { readTlsSettings } from './tls-files.ts';
import { writeExports } from './write-exports.ts';

/** What belongs to a run and is no option of it. */
export interface Surroundings {
  /** Says what went wrong beside the run: a reporter, a report. */
  warn(message: string): void;
  /** Listeners of Newman's events hang on it. */
  readonly emitter?: EventEmitter;
  /** Read from the options when absent. */
  readonly plan?: RunPlan;
  /** Hear everything after the reporters that were asked for; what they throw ends the run. */
  readonly others?: readonly Reporter[];
  /** Opens the sandboxes of the run; the engine's own way when absent. */
  readonly createSandbox?: RunHost['createSandbox'];
  /** How the run is led. */
  lead?(host: RunHost): Pick<EngineOptions, 'control' | 'pacing' | 'facts' | 'journal'>;
}

export interface RunOutcome {
  readonly plan: RunPlan;
  readonly result: RunResult;
  /** Whether Newman would end with 1. */
  readonly failed: boolean;
  /** The run took longer than `timeout`. */
  readonly timedOut: boolean;
  /** Newman's summary; only where somebody listens to its events. */
  readonly summary?: Summary;
}

/**
 * Reads, runs, reports and exports what the options say. The one way for the command line and the library.
 * @throws {RunFailure} the run cannot begin, or an export cannot be written
 */
export async function carryOut(options: RunOptions, surroundings: Surroundings): Promise<RunOutcome> {
  const plan = surroundings.plan ?? (await readPlan(options));
  const cookieJar = await readCookieJar(options.cookieJar);
  const host = createHost({
    ...(options.workingDir === undefined ? {} : { workingDir: options.workingDir }),
    allowOutsideFiles: options.insecureFileRead !== false,
    ...(surroundings.createSandbox === undefined ? {} : { createSandbox: surroundings.createSandbox }),
    ...(await readTlsSettings(options)),
  });
  const mask = createMask(plan.secrets.map(({ value }) => value));
  const { newman, reporters } = await openReporters(plan, options, { ...surroundings, mask });
  const limit = createLimit(options);
  try {
    const result = await run(plan, host, {
      ...surroundings.lead?.(host),
      signal: limit.signal,
      mask,
      ...(options.yesProduction === undefined ? {} : { confirmed: options.yesProduction }),
      ...(cookieJar === undefined ? {} : { cookieJar }),
      onEvent(event) {
        for (const reporter of reporters) reporter.onEvent(event);
        return options.onEvent?.(event);
      },
    });
    for (const reporter of reporters) await reporter.finish?.(result);
    await writeExports(plan, result, options, { mask, warn: surroundings.warn });
    newman?.sayDone(null);
    const timedOut = limit.isOver();
    return {
      plan,
      result,
      timedOut,
      failed: timedOut || hasFailed(result, plan),
      ...(newman === undefined ? {} : { summary: newman.summary }),
    };
  } finally {
    limit.clear();
    await host.close();
  }
}

async function readCookieJar(jar: RunOptions['cookieJar']) {
  // What is no path is a jar of tough-cookie, as the option says.
  if (typeof jar !== 'string') return jar as Awaited<ReturnType<typeof createCookieJar>> | undefined;
  const saved = await readTextFile(jar);
  try {
    return await createCookieJar(saved);
  } catch (cause) {
    throw new RunFailure(`${jar} holds no cookies that can be read: ${toReason(cause)}.`, { cause });
  }
}

/** Newman's side of the run is opened for those who need it: it costs a library of a megabyte. */
async function openReporters(
  plan: RunPlan,
  options: RunOptions,
  { emitter, warn, mask, others = [] }: Surroundings & { readonly mask: Mask },
): Promise<{ newman: NewmanRun | undefined; reporters: Reporter[] }> {
  let newman: NewmanRun | undefined;
  const openNewman = async (): Promise<NewmanRun> =>
    (newman ??= await openNewmanRun(plan, emitter ?? new EventEmitter(), { warn, mask }));
  if (emitter !== undefined) await openNewman();
  const made = await createReporters({ plan, options, mask, openNewman, warn });
  return { newman, reporters: [...(newman === undefined ? [] : [newman]), ...made, ...others] };
}

/** The caller's signal and the time for the whole run, as one. */
function createLimit({ timeout = 0, signal }: RunOptions) {
  const stop = new AbortController();
  let isOver = false;
  const timer =
    timeout > 0
      ? setTimeout(() => {
          isOver = true;
          stop.abort();
        }, timeout)
      : undefined;
  return {
    signal: signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]),
    isOver: () => isOver,
    clear: () => clearTimeout(timer),
  };
}
