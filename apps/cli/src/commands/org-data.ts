import { randomUUID } from 'node:crypto';
import { lstat, readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Org, SeedReport } from '@castellan/local-org';
import { CommandFailure } from '../exit-codes.ts';

interface DataFlags {
  readonly data: string;
  readonly json?: true;
}

/** `castellan org seed|reset|snapshot|restore`: what an org that does not run holds in its data folder. */
export function addOrgDataCommands(org: Command): void {
  const command = (usage: string, description: string): Command =>
    org
      .command(usage)
      .description(description)
      .requiredOption('--data <folder>', 'folder that the org keeps its state in')
      .option('--json', 'print the result as JSON');
  command(
    'seed <file>',
    'Puts users, groups, rules and custom attributes from a YAML or JSON file into the org. What is there by its name is brought in line. With the first fault in the file, nothing changes.',
  ).action(seed);
  command(
    'reset',
    'Makes the org empty: one administrator, the group Everyone, the default user type.',
  ).action(reset);
  command('snapshot <file>', 'Writes everything that the org holds to a new file.')
    .option('--force', 'write over a snapshot that is there')
    .action(snapshot);
  command('restore <file>', 'Makes the org what it was at a snapshot. What it holds now is lost.').action(
    restore,
  );
}

async function seed(file: string, flags: DataFlags): Promise<void> {
  const text = (await read(file)).toString('utf8');
  const report = await withOrg(flags, (org) => org.seed(text));
  print(flags, report, `Seeded ${flags.data}: ${count(report)}.`);
}

async function reset(flags: DataFlags): Promise<void> {
  await withOrg(flags, (org) => org.reset());
  print(flags, { reset: true }, `Reset ${flags.data}.`);
}

async function snapshot(file: string, flags: DataFlags & { readonly force?: true }): Promise<void> {
  await refuseTaken(file, flags.force === true);
  const bytes = await withOrg(flags, (org) => org.snapshot());
  // Beside its place first, so that a crash leaves no half of it there.
  const next = `${file}.${randomUUID()}`;
  try {
    await writeFile(next, bytes, { mode: 0o600 });
    await rename(next, file);
  } catch (cause) {
    await rm(next, { force: true });
    throw new CommandFailure(`${file} cannot be written. Choose another file.`, undefined, { cause });
  }
  print(flags, { file, bytes: bytes.length }, `Wrote ${file}, ${bytes.length} bytes.`);
}

/** Renaming over a device, a link or somebody's file would put a snapshot in the place of it. */
async function refuseTaken(file: string, force: boolean): Promise<void> {
  const there = await lstat(file).catch(() => undefined);
  if (there === undefined) return;
  if (!there.isFile())
    throw new CommandFailure(
      `${file} is no file that a snapshot can take the place of. Choose another name.`,
    );
  if (!force)
    throw new CommandFailure(`${file} is there already. Choose another name, or write over it with --force.`);
}

async function restore(file: string, flags: DataFlags): Promise<void> {
  const bytes = await read(file);
  await withOrg(flags, (org) => org.restore(bytes));
  print(flags, { restored: file }, `Restored ${flags.data} from ${file}.`);
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new CommandFailure(`${file} cannot be read. Check its name.`, undefined, { cause });
  }
}

/** Opens the org of a folder, does something with it and closes it, whatever came of it. */
async function withOrg<Result>({ data }: DataFlags, use: (org: Org) => Promise<Result>): Promise<Result> {
  const { createOrg, SeedError, StoreError } = await import('@castellan/local-org');
  try {
    const org = await createOrg({ data });
    try {
      return await use(org);
    } finally {
      await org.close();
    }
  } catch (cause) {
    if (cause instanceof SeedError || cause instanceof StoreError)
      throw new CommandFailure(cause.message, undefined, { cause });
    throw cause;
  }
}

function count({ made, changed }: SeedReport): string {
  const words = { users: 'users', groups: 'groups', rules: 'rules', userTypes: 'user types' } as const;
  const parts = Object.entries(words).flatMap(([kind, word]) => {
    // The keys of `words` are those of the counts.
    const name = kind as keyof typeof words;
    const all = made[name] + changed[name];
    return all === 0 ? [] : [`${all} ${word} (${made[name]} new)`];
  });
  return parts.length === 0 ? 'nothing in it' : parts.join(', ');
}

function print(flags: DataFlags, result: object, sentence: string): void {
  process.stdout.write(flags.json === true ? `${JSON.stringify(result)}\n` : `${sentence}\n`);
}
