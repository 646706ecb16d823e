import type { Command } from 'commander';
import type { ListedRun } from '@castellan/workbench';

/** `castellan runs`: the runs that have a journal. */
export function addRunsCommand(program: Command): void {
  program
    .command('runs')
    .summary('list the runs that have a journal')
    .description(
      'Lists the runs that were started with --journal and those of the app, and what became of their rows; the newest first.',
    )
    .option('--json', 'as JSON')
    .action(async (flags: { readonly json?: true }) => {
      const { findHome, openJournalList, readListedRuns } = await import('@castellan/workbench');
      const runs = await readListedRuns(await openJournalList(findHome(process.env)).list());
      process.stdout.write(flags.json === true ? `${JSON.stringify(runs, null, 2)}\n` : toText(runs));
    });
}

function toText(runs: readonly ListedRun[]): string {
  if (runs.length === 0) return 'No run has a journal. Start one with castellan run … --journal FILE.\n';
  return runs
    .map(({ id, started, name, state, rows, journal }) => {
      const counts = `${rows.done} of ${rows.total} rows done, ${rows.failed} failed, ${rows.inDoubt} in doubt, ${rows.notReached} not reached`;
      return `${id.slice(0, 8)}  ${started.slice(0, 16).replace('T', ' ')}  ${state.padEnd(9)}  ${name}\n          ${counts}\n          ${journal}\n`;
    })
    .join('');
}
