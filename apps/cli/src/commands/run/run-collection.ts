import { createPacing, createRunControl } from '@castellan/engine';
import { callFacts } from '@castellan/okta-api';
import { CommandFailure, ExitCode } from '../../exit-codes.ts';
import { carryOut } from '../../run/carry-out.ts';
import type { RunOutcome } from '../../run/carry-out.ts';
import { toReason } from '../../run/failure.ts';
import type { RunOptions } from '../../run/options.ts';
import { readPlan } from '../../run/read-plan.ts';
import { confirmWrites } from '../confirm.ts';
import { isCareful, toCareSettings } from './care.ts';
import { printEstimate } from './dry-run.ts';
import type { RunCommand } from './command.ts';
import type { RunFlags } from './flags.ts';
import { openJournal } from './journals.ts';
import { createRowFiles } from './row-files.ts';

/**
 * Runs a collection from the command line.
 * @returns Newman's exit code: 0 when nothing failed, else 1; 130 after Ctrl-C
 */
export async function runCollection(command: RunCommand): Promise<number> {
  const { flags } = command;
  try {
    const options = toOptions(command);
    const plan = await readPlan(options, toCareSettings(flags));
    if (flags.dryRun === true) {
      const refused = await printEstimate(plan, flags.json === true);
      return refused ? ExitCode.failed : ExitCode.done;
    }
    const confirmed = await confirmWrites(plan, flags.yesProduction);
    return toExitCode(await lead(command, { ...options, yesProduction: confirmed }, plan), flags);
  } catch (cause) {
    if (cause instanceof CommandFailure) throw cause;
    throw new CommandFailure(toReason(cause), ExitCode.failed, { cause });
  } finally {
    await command.sandbox?.close();
  }
}

/** The flags as options of a run. */
function toOptions({ collection, flags, reporter }: RunCommand): RunOptions {
  const toVariables = (pairs: RunFlags['envVar']) => pairs.map(([key, value]) => ({ key, value }));
  return {
    ...flags,
    collection,
    reporter,
    envVar: toVariables(flags.envVar),
    globalVar: toVariables(flags.globalVar),
  };
}

async function lead(command: RunCommand, options: RunOptions, plan: RunOutcome['plan']): Promise<RunOutcome> {
  const { flags } = command;
  const care = isCareful(flags);
  const files = createRowFiles(plan, flags);
  const journal = await openJournal(plan, command);
  const stop = new AbortController();
  const control = createRunControl();
  const onSignal = (): void => {
    // The rows under way are finished first; whoever cannot wait presses it once more.
    if (!care || control.state === 'stopping') stop.abort();
    else control.stop();
  };
  process.on('SIGINT', onSignal);
  try {
    return await carryOut(
      { ...options, signal: stop.signal },
      {
        warn,
        plan,
        others: [files],
        ...(command.sandbox === undefined ? {} : { createSandbox: command.sandbox.take }),
        lead: (host) => ({
          control,
          facts: callFacts,
          ...(care ? { pacing: createPacing(host, { facts: callFacts }) } : {}),
          ...(journal === undefined ? {} : { journal }),
        }),
      },
    );
  } finally {
    process.off('SIGINT', onSignal);
    await journal?.close();
  }
}

function toExitCode({ result, failed, timedOut }: RunOutcome, flags: RunFlags): number {
  if (timedOut) warn(`the run was stopped: it took longer than the ${flags.timeout} ms of --timeout.`);
  if (flags.suppressExitCode === true) return ExitCode.done;
  if (timedOut) return ExitCode.failed;
  if (result.outcome === 'stopped') return ExitCode.interrupted;
  return failed ? ExitCode.failed : ExitCode.done;
}

function warn(message: string): void {
  process.stderr.write(`castellan: ${message}\n`);
}
