import type { Collection, Environment, Note } from '@castellan/collection';
import type { Command } from 'commander';
import { CommandFailure, ExitCode } from '../exit-codes.ts';
import { noCollection, readContents } from '../workspace.ts';

interface ExportFlags {
  readonly as: string;
  readonly output?: string;
  readonly workspace?: string;
}

const FORMATS = ['postman', 'openapi', 'curl'] as const;

/** `castellan export`: a collection or an environment of the workspace as a file for others. */
export function addExportCommand(program: Command): void {
  program
    .command('export')
    .argument('<name>', 'name of a collection or an environment')
    .summary('write a collection or an environment for others')
    .description(
      'Writes a collection as Postman v2.1, as an OpenAPI document or as curl commands, and an environment as\nPostman has them. The values of secrets are never part of it. What a format cannot hold is said on stderr.',
    )
    .option('--as <format>', `format of a collection: ${FORMATS.join(', ')}`, 'postman')
    .option('-o, --output <file>', 'file to write; standard output unless told')
    .option('--workspace <folder>', 'folder of collections and environments; ~/Castellan unless told')
    .action(runExport);
}

async function runExport(name: string, flags: ExportFlags): Promise<void> {
  const format = FORMATS.find((one) => one === flags.as);
  if (format === undefined)
    throw new CommandFailure(
      `“${flags.as}” is no format to write. There are ${FORMATS.join(', ')}.`,
      ExitCode.wrongUsage,
    );
  const { collections, environments } = (await readContents(flags.workspace)).shared;
  const collection = collections.find((one) => one.name === name);
  const environment = environments.find((one) => one.name === name);
  if (collection === undefined && environment === undefined) throw noCollection(collections, name);
  const { text, notes } =
    collection === undefined ? await writeOpen(environment) : await writeAs(collection, format);
  for (const { place, sentence } of notes) process.stderr.write(`${place}: ${sentence}\n`);
  if (flags.output === undefined) process.stdout.write(text);
  else await writeFileText(flags.output, text);
}

interface Written {
  readonly text: string;
  readonly notes: readonly Note[];
}

async function writeAs(collection: Collection, format: (typeof FORMATS)[number]): Promise<Written> {
  const { writeCollection, writeCurl, writeOpenApi } = await import('@castellan/collection');
  switch (format) {
    case 'postman':
      return { text: writeCollection(collection), notes: [] };
    case 'openapi':
      return writeOpenApi(collection);
    case 'curl':
      return { text: writeCurl(collection), notes: [] };
  }
}

async function writeOpen(environment: Environment | undefined): Promise<Written> {
  if (environment === undefined) return { text: '', notes: [] };
  const { writeEnvironment } = await import('@castellan/collection');
  return { text: writeEnvironment(environment), notes: [] };
}

async function writeFileText(path: string, text: string): Promise<void> {
  const { writeFile } = await import('node:fs/promises');
  try {
    await writeFile(path, text);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new CommandFailure(`${path} cannot be written: ${code}. Choose another file.`, undefined, {
      cause,
    });
  }
}
