import { Command, CommanderError } from 'commander';
import { addCodeCommand } from './commands/code.ts';
import { addExportCommand } from './commands/export.ts';
import { addImportCommand } from './commands/import.ts';
import { addOrgCommand } from './commands/org.ts';
import { addResumeCommand } from './commands/resume.ts';
import { addRunCommand } from './commands/run.ts';
import { addRunsCommand } from './commands/runs.ts';
import { addSendCommand } from './commands/send.ts';
import { addStartCommand } from './commands/start.ts';
import { addTokenCommand } from './commands/token.ts';
import { addTrustCommand } from './commands/trust.ts';
import { addVaultCommand } from './commands/vault.ts';
import { CommandFailure, ExitCode } from './exit-codes.ts';
import { version } from './version.ts';

/** Adds one verb to the program; what the verb needs is imported when it runs. */
type AddCommand = (program: Command) => void;

const commands: readonly AddCommand[] = [
  addStartCommand,
  addOrgCommand,
  addImportCommand,
  addExportCommand,
  addRunCommand,
  addResumeCommand,
  addRunsCommand,
  addSendCommand,
  addCodeCommand,
  addVaultCommand,
  addTokenCommand,
  addTrustCommand,
  // One line each.
];

/**
 * Runs one command line.
 * @param args what was typed after `castellan`
 * @returns the exit code; whatever went wrong has been said on stderr in one sentence
 */
export async function castellan(args: readonly string[]): Promise<number> {
  const program = createProgram();
  try {
    await program.parseAsync([...args], { from: 'user' });
    return Number(process.exitCode ?? ExitCode.done);
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return ExitCode.done;
      // Newman's exit code for a wrong command line, which scripts around `run` may look at.
      return args[0] === 'run' ? ExitCode.failed : ExitCode.wrongUsage;
    }
    if (error instanceof CommandFailure) {
      process.stderr.write(`castellan: ${error.message}\n`);
      return error.exitCode;
    }
    throw error;
  }
}

function createProgram(): Command {
  const program = new Command('castellan')
    .description('A workbench for administrators of Okta organisations.')
    .version(version, '-v, --version')
    .helpCommand(false)
    // Options behind a verb are the verb's own, though its noun may have some of the same name.
    .enablePositionalOptions()
    .showHelpAfterError('(castellan --help shows what there is)')
    .exitOverride();
  for (const add of commands) add(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}
