import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeCollection, writeEnvironment } from '@castellan/collection';
import type { Collection, Environment } from '@castellan/collection';
import {
  createCookieJar,
  createHost,
  createPacing,
  createRunControl,
  hasFailed,
  isReporterName,
  reporters,
  run,
} from '@castellan/engine';
import type { Output, Reporter, RunHost, RunPlan, RunResult } from '@castellan/engine';
import { callFacts } from '@castellan/okta-api';
import { CommandFailure, ExitCode } from '../../exit-codes.ts';
import { isCareful } from './care.ts';
import { printEstimate } from './dry-run.ts';
import type { RunFlags } from './flags.ts';
import { openJournal } from './journals.ts';
import { emptyScope, readPlan } from './read-plan.ts';
import { createRowFiles } from './row-files.ts';
import { readSource } from './sources.ts';
import { readTlsSettings } from './tls-files.ts';

export interface RunCommand {
  readonly collection: string;
  readonly flags: RunFlags;
  /** By `<reporter>-<option>`, or `<option>` for all. */
  readonly reporterOptions: ReadonlyMap<string, string | boolean>;
  /** The journal of an earlier run to go on with. */
  readonly resume?: string;
}

/**
 * Runs a collection from the command line.
 * @returns Newman's exit code: 0 when nothing failed, else 1; 130 after Ctrl-C
 */
export async function runCollection(command: RunCommand): Promise<number> {
  const { flags } = command;
  const made = await readPlan(command);
  if (flags.dryRun === true) {
    const refused = await printEstimate(made, flags.json === true);
    return refused ? ExitCode.failed : ExitCode.done;
  }
  const host = createHost({
    ...(flags.workingDir === undefined ? {} : { workingDir: flags.workingDir }),
    allowOutsideFiles: flags.insecureFileRead,
    ...(await readTlsSettings(flags, readSource)),
  });
  try {
    return await carryOut(made, host, command);
  } catch (cause) {
    if (cause instanceof CommandFailure) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandFailure(`The run broke off: ${reason}`, ExitCode.failed, { cause });
  } finally {
    await host.close();
  }
}

async function carryOut(made: RunPlan, host: RunHost, command: RunCommand): Promise<number> {
  const { flags } = command;
  const care = isCareful(flags);
  const files = createRowFiles(made, flags);
  const journal = await openJournal(made, command);
  const drawers = [...createReporters(made, command), files];
  const stop = new AbortController();
  const control = createRunControl();
  const onSignal = (): void => {
    // The rows under way are finished first; whoever cannot wait presses it once more.
    if (!care || control.state === 'stopping') stop.abort();
    else control.stop();
  };
  process.on('SIGINT', onSignal);
  const timer = flags.timeout > 0 ? setTimeout(() => stop.abort(), flags.timeout) : undefined;
  try {
    const cookieJar =
      flags.cookieJar === undefined ? undefined : await createCookieJar(await readSource(flags.cookieJar));
    const result = await run(made, host, {
      signal: stop.signal,
      control,
      onEvent: (event) => drawers.forEach((drawer) => drawer.onEvent(event)),
      ...(cookieJar === undefined ? {} : { cookieJar }),
      ...(care ? { pacing: createPacing(host, { facts: callFacts }), facts: callFacts } : {}),
      ...(journal === undefined ? {} : { journal }),
    });
    for (const drawer of drawers) await drawer.finish?.(result);
    await writeExports(made, result, flags);
    return toExitCode(result, made, flags);
  } finally {
    clearTimeout(timer);
    process.off('SIGINT', onSignal);
    await journal?.close();
  }
}

function toExitCode(result: RunResult, made: RunPlan, flags: RunFlags): number {
  if (flags.suppressExitCode === true) return ExitCode.done;
  if (result.outcome === 'stopped') return flags.timeout > 0 ? ExitCode.failed : ExitCode.interrupted;
  return hasFailed(result, made) ? ExitCode.failed : ExitCode.done;
}

function createReporters(made: RunPlan, { flags, reporterOptions }: RunCommand): Reporter[] {
  if (flags.silent === true) return [];
  const output = toOutput(flags);
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  return flags.reporters.flatMap((name) => {
    if (!isReporterName(name)) {
      process.stderr.write(
        `castellan: there is no reporter "${name}"; there are ${Object.keys(reporters).join(', ')}.\n`,
      );
      return [];
    }
    const options = toReporterOptions(name, reporterOptions);
    return [guard(name, reporters[name]({ plan: made, options, output, stamp, writeFile: writeReport }))];
  });
}

/** A reporter that breaks is named and left out; the run goes on. */
function guard(name: string, reporter: Reporter): Reporter {
  let isBroken = false;
  const giveUp = (error: unknown): void => {
    isBroken = true;
    process.stderr.write(
      `castellan: the reporter "${name}" failed: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  };
  return {
    onEvent(event) {
      if (isBroken) return;
      try {
        reporter.onEvent(event);
      } catch (error) {
        giveUp(error);
      }
    },
    async finish(result) {
      if (isBroken) return;
      try {
        await reporter.finish?.(result);
      } catch (error) {
        giveUp(error);
      }
    },
  };
}

function toReporterOptions(
  name: string,
  all: RunCommand['reporterOptions'],
): Record<string, string | boolean> {
  const options: Record<string, string | boolean> = {};
  for (const [key, value] of all) {
    const isOther = Object.keys(reporters).some((other) => other !== name && key.startsWith(`${other}-`));
    if (isOther) continue;
    const own = key.startsWith(`${name}-`) ? key.slice(name.length + 1) : key;
    options[own.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())] = value;
  }
  return options;
}

function toOutput(flags: RunFlags): Output {
  const isTerminal = process.stdout.isTTY === true;
  return {
    isTerminal,
    hasColor:
      flags.color === 'on' || (flags.color !== 'off' && isTerminal && process.env['NO_COLOR'] === undefined),
    columns: process.stdout.columns ?? 100,
    plainSymbols: flags.disableUnicode === true,
    verbose: flags.verbose === true,
    write: (text) => void process.stdout.write(text),
  };
}

async function writeExports(made: RunPlan, { scopes, cookieJar }: RunResult, flags: RunFlags): Promise<void> {
  const toEnvironment = (
    scope: Environment['scope'],
    read: Environment | undefined,
    values: RunResult['scopes']['globals'],
  ) =>
    writeEnvironment({
      ...(read ?? emptyScope(scope)),
      scope,
      values: values.map(({ key, value, type, disabled }) => ({
        key,
        value,
        type: type ?? 'default',
        enabled: disabled !== true,
      })),
    });
  if (flags.exportEnvironment !== undefined) {
    await writeReport(
      flags.exportEnvironment,
      toEnvironment('environment', made.environment, scopes.environment),
    );
  }
  if (flags.exportGlobals !== undefined) {
    await writeReport(flags.exportGlobals, toEnvironment('globals', made.globals, scopes.globals));
  }
  if (flags.exportCollection !== undefined) {
    const collection: Collection = { ...made.collection, variables: scopes.collection };
    await writeReport(flags.exportCollection, writeCollection(collection));
  }
  if (flags.exportCookieJar !== undefined) {
    const jar = cookieJar ?? (await createCookieJar());
    await writeReport(flags.exportCookieJar, `${JSON.stringify(jar.toJSON(), null, 2)}\n`);
  }
}

async function writeReport(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
