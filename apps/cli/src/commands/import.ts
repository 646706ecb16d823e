import type { Command } from 'commander';
import type { ImportChoices, ImportPlan } from '@castellan/workbench';
import { CommandFailure, ExitCode } from '../exit-codes.ts';
import { toWorkspaceFolder } from '../options.ts';
import { asCommand } from '../refusals.ts';
import { printPlan } from './import/print-plan.ts';
import { readSource } from './import/read-source.ts';

interface ImportFlags {
  readonly workspace?: string;
  readonly existing: string;
  readonly replace?: true;
  readonly theirs?: true;
  readonly repair?: readonly string[];
  readonly dryRun?: true;
  readonly json?: true;
}

const EXISTING = ['update', 'keep-both', 'replace', 'skip'] as const;

/** `castellan import`: collections and environments into the workspace. */
export function addImportCommand(program: Command): void {
  program
    .command('import')
    .argument('<source...>', 'files, folders, zip archives or links; - reads standard input')
    .summary('import collections and environments')
    .description(
      'Reads collections and environments in any known format and writes them to the workspace. What was imported\nbefore is updated: edits that were made in the workspace stay, and what was changed on both sides is listed.\nWhen one of several sources cannot be read, nothing is written.',
    )
    .option('--workspace <folder>', 'folder of collections and environments; ~/Castellan unless told')
    .option('--existing <how>', `what happens to what is there already: ${EXISTING.join(', ')}`, 'update')
    .option('--replace', 'the same as --existing replace')
    .option('--theirs', 'take the file’s side of everything that was changed on both sides')
    .option('--repair <id...>', 'carry out these repairs of the plan, or all of them with “all”')
    .option('--dry-run', 'show what would be written and write nothing')
    .option('--json', 'print plan and result as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  castellan import users.json --dry-run\n  castellan import https://github.com/acme/api/blob/main/users.json\n  castellan import ./bruno-collection export.zip\n  pbpaste | castellan import -\n',
    )
    .action(runImport);
}

async function runImport(places: readonly string[], flags: ImportFlags): Promise<void> {
  const existing = EXISTING.find((one) => one === (flags.replace === true ? 'replace' : flags.existing));
  if (existing === undefined)
    throw new CommandFailure(
      `“${flags.existing}” is no way to treat what is there already. There are ${EXISTING.join(', ')}.`,
      ExitCode.wrongUsage,
    );
  const { createFormats, importInto } = await import('@castellan/workbench');
  const { repairFacts } = await import('@castellan/okta-api');
  const workspace = toWorkspaceFolder(flags.workspace);
  const sources = await Promise.all(places.map(readSource));
  const { plan, result } = await asCommand(
    importInto({
      workspace,
      sources,
      decide: (made) => (flags.dryRun === true ? undefined : toChoices(made, existing, flags)),
      formats: createFormats(),
      facts: repairFacts,
      fetch: globalThis.fetch,
    }),
  );
  if (plan.refused.length > 0) {
    const sentences = plan.refused.map(({ source, sentence }) => `${source}: ${sentence}`);
    throw new CommandFailure(`${sentences.join('\n')}\nNothing was imported.`);
  }
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify({ workspace, ...result, entries: plan.entries }, null, 2)}\n`);
    return;
  }
  printPlan(plan, result, flags.theirs === true ? 'theirs' : 'mine');
}

function toChoices(
  plan: ImportPlan,
  existing: ImportChoices['existing'],
  { theirs, repair }: ImportFlags,
): ImportChoices {
  const entries = plan.entries.map((entry) => {
    const wanted = entry.repairs.filter(({ id, chosen }) =>
      repair === undefined ? chosen : repair.includes('all') || repair.includes(id),
    );
    const conflicts = entry.conflicts.map(({ id }) => [id, 'theirs' as const] as const);
    return [
      entry.id,
      {
        ...(theirs === true && { conflicts: Object.fromEntries(conflicts) }),
        repairs: wanted.map(({ id }) => ({ id })),
      },
    ] as const;
  });
  return { existing, entries: Object.fromEntries(entries) };
}
