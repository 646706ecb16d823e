import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readCollection, readEnvironment, writeCollection, writeEnvironment } from '@castellan/collection';
import type { Collection, Environment } from '@castellan/collection';
import {
  createCookieJar,
  createHost,
  isReporterName,
  plan,
  readDataFile,
  reporters,
  run,
} from '@castellan/engine';
import type { Output, Reporter, RunHost, RunPlan, RunResult, RunSettings } from '@castellan/engine';
import { CommandFailure, ExitCode } from '../../exit-codes.ts';
import type { RunFlags } from './flags.ts';
import { readTlsSettings } from './tls-files.ts';

export interface RunCommand {
  readonly collection: string;
  readonly flags: RunFlags;
  /** By `<reporter>-<option>`, or `<option>` for all. */
  readonly reporterOptions: ReadonlyMap<string, string | boolean>;
}

/**
 * Runs a collection from the command line.
 * @returns Newman's exit code: 0 when nothing failed, else 1; 130 after Ctrl-C
 */
export async function runCollection(command: RunCommand): Promise<number> {
  const { flags } = command;
  const made = await readPlan(command);
  const host = createHost({
    ...(flags.workingDir === undefined ? {} : { workingDir: flags.workingDir }),
    allowOutsideFiles: flags.insecureFileRead,
    ...(await readTlsSettings(flags, readSource)),
  });
  try {
    return await carryOut(made, host, command);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandFailure(`The run broke off: ${reason}`, ExitCode.failed, { cause });
  } finally {
    await host.close();
  }
}

async function carryOut(made: RunPlan, host: RunHost, command: RunCommand): Promise<number> {
  const { flags } = command;
  const drawers = createReporters(made, command);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal);
  const timer = flags.timeout > 0 ? setTimeout(() => stop.abort(), flags.timeout) : undefined;
  try {
    const cookieJar =
      flags.cookieJar === undefined ? undefined : await createCookieJar(await readSource(flags.cookieJar));
    const result = await run(made, host, {
      signal: stop.signal,
      onEvent: (event) => drawers.forEach((drawer) => drawer.onEvent(event)),
      ...(cookieJar === undefined ? {} : { cookieJar }),
    });
    for (const drawer of drawers) await drawer.finish?.(result);
    await writeExports(made, result, flags);
    return toExitCode(result, flags);
  } finally {
    clearTimeout(timer);
    process.off('SIGINT', onSignal);
  }
}

function toExitCode({ outcome, summary, error }: RunResult, flags: RunFlags): number {
  if (flags.suppressExitCode === true) return ExitCode.done;
  if (outcome === 'stopped') return flags.timeout > 0 ? ExitCode.failed : ExitCode.interrupted;
  const { scripts, requests, assertions } = summary;
  const failed = scripts.failed + requests.failed + assertions.failed;
  return failed > 0 || error !== undefined || outcome === 'failed' ? ExitCode.failed : ExitCode.done;
}

async function readPlan({ collection, flags }: RunCommand): Promise<RunPlan> {
  try {
    const environment = await readScope('environment', flags.environment, flags.envVar);
    const globals = await readScope('globals', flags.globals, flags.globalVar);
    return plan({
      collection: readCollection(await readSource(collection)).collection,
      items: flags.folder,
      ...(environment === undefined ? {} : { environment }),
      ...(globals === undefined ? {} : { globals }),
      ...(flags.iterationData === undefined
        ? {}
        : { data: readDataFile(await readSource(flags.iterationData)) }),
      ...(flags.iterationCount === undefined ? {} : { iterationCount: flags.iterationCount }),
      settings: toSettings(flags),
    });
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(error instanceof Error ? error.message : String(error), ExitCode.failed, {
      cause: error,
    });
  }
}

function toSettings(flags: RunFlags): RunSettings {
  const bails = flags.bail === true || flags.bail?.includes('failure') === true;
  return {
    requestTimeout: flags.timeoutRequest,
    scriptTimeout: flags.timeoutScript,
    delay: flags.delayRequest,
    bail: bails ? 'failure' : flags.bail?.includes('folder') === true ? 'folder' : false,
    ...(flags.ignoreRedirects === true ? { followRedirects: false } : {}),
    insecure: flags.insecure === true,
  };
}

/** The file, with the variables of the command line in it or in an empty one. */
async function readScope(
  scope: Environment['scope'],
  source: string | undefined,
  pairs: RunFlags['envVar'],
): Promise<Environment | undefined> {
  if (source === undefined && pairs.length === 0) return undefined;
  const read = source === undefined ? undefined : readEnvironment(await readSource(source)).environment;
  const set = new Map(pairs);
  const kept = (read?.values ?? []).filter(({ key }) => !set.has(key));
  const added = [...set].map(([key, value]) => ({ key, value, type: 'default', enabled: true }));
  return { ...(read ?? emptyScope(scope)), values: [...kept, ...added] };
}

function emptyScope(scope: Environment['scope']): Environment {
  return { kind: 'environment', scope, id: crypto.randomUUID(), name: scope, values: [] };
}

/** A file's or a link's text. */
async function readSource(source: string): Promise<string> {
  if (!/^https?:\/\//.test(source)) {
    try {
      return toText(await readFile(source));
    } catch (cause) {
      throw new CommandFailure(`${source} cannot be read. Check the name and its folder.`, ExitCode.failed, {
        cause,
      });
    }
  }
  const answer = await fetch(source).catch((cause: unknown) => {
    throw new CommandFailure(
      `${source} cannot be reached. Check the link and the network.`,
      ExitCode.failed,
      { cause },
    );
  });
  if (answer.ok) return answer.text();
  throw new CommandFailure(`${source} answered ${answer.status}. Check the link.`);
}

/** Files of spreadsheets on Windows come as UTF-16 with its mark. */
function toText(bytes: Buffer): string {
  return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le').slice(1) : bytes.toString('utf8');
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
