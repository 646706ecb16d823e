import type { Command } from 'commander';
import type { RunFlags } from './run/flags.ts';
import { collectPair, readLanes, readShare, splitNames } from './run/arguments.ts';

/** `castellan resume`: goes on with a run that has a journal. */
export function addResumeCommand(program: Command): void {
  program
    .command('resume')
    .argument('<run>', 'id of the run (castellan runs), or its journal')
    .summary('go on with a run that was broken off')
    .description(
      'Goes on with a run: rows that are over are left alone, rows that were begun go on where they stood, and writes without an answer are looked up before anything is sent again.',
    )
    .option('--accept-changes', 'go on although the collection, the data or the environment changed')
    .option('--lanes <n>', 'rows side by side', readLanes)
    .option('--capacity <share>', 'share of each rate limit to use at most', readShare)
    .option('-r, --reporters <names>', 'reporters; several with commas', splitNames)
    .option('--env-var <key=value>', 'a value that the journal does not keep', collectPair, [])
    .option('--global-var <key=value>', 'a value that the journal does not keep', collectPair, [])
    .option('--ssl-client-passphrase <text>', 'passphrase of the client key')
    .option('--secrets-env-file <file>', 'secrets by the names of their variables, lines of NAME=value')
    .option('--yes-production <org>', 'confirm what the run writes to this guarded org, by its host')
    .option('--failed-rows <file>', 'write the rows that failed or were not reached as a new data file')
    .option('--results <file>', 'write one line for each row')
    .action(async (run: string, flags: Partial<RunFlags>) => {
      const { readEarlierCommand } = await import('./run/journals.ts');
      const { runCollection } = await import('./run/run-collection.ts');
      process.exitCode = await runCollection(await readEarlierCommand(run, flags));
    });
}
