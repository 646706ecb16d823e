import type { Command } from 'commander';
import { CommandFailure } from '../exit-codes.ts';
import { toWorkspaceFolder } from '../options.ts';

interface ImportFlags {
  readonly workspace?: string;
  readonly replace?: true;
  readonly json?: true;
}

/** Bytes of a file that an import reads; as many as of a link. */
const LARGEST_FILE = 50 * 1024 * 1024;

/** `castellan import`: collections and environments into the workspace. */
export function addImportCommand(program: Command): void {
  program
    .command('import')
    .argument('<file-or-url...>', 'files or links of collections and environments; - reads standard input')
    .summary('import collections and environments')
    .description(
      'Reads Postman collections (v1, v2.0, v2.1) and environments and writes them to the workspace.\nWhen one of several cannot be read, nothing is written.',
    )
    .option('--workspace <folder>', 'folder of collections and environments; ~/Castellan unless told')
    .option('--replace', 'replace what the workspace already has under the same name')
    .option('--json', 'print the result as JSON')
    .action(runImport);
}

async function runImport(places: readonly string[], flags: ImportFlags): Promise<void> {
  const { repairFacts } = await import('@castellan/okta-api');
  const { createFormats, importInto, WorkbenchError } = await import('@castellan/workbench');
  const workspace = toWorkspaceFolder(flags.workspace);
  const sources = await Promise.all(places.map(readSource));
  const { plan, result } = await importInto({
    workspace,
    sources,
    decide: () => ({ existing: flags.replace === true ? 'replace' : 'skip' }),
    formats: createFormats(),
    facts: repairFacts,
    fetch: globalThis.fetch,
  }).catch((cause: unknown) => {
    throw cause instanceof WorkbenchError ? new CommandFailure(cause.message, undefined, { cause }) : cause;
  });
  if (result === undefined) {
    const sentences = plan.refused.map(({ source, sentence }) => `${source}: ${sentence}`);
    throw new CommandFailure(`${sentences.join('\n')}\nNothing was imported.`);
  }
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify({ workspace, ...result, entries: plan.entries }, null, 2)}\n`);
    return;
  }
  for (const entry of plan.entries) {
    const size = entry.kind === 'collection' ? `${entry.requests} requests` : `${entry.values} values`;
    const left = result.skipped.includes(entry.name)
      ? ' is there already and was left as it is (--replace replaces it)'
      : '';
    process.stdout.write(`${entry.kind} “${entry.name}”, ${size}${left}\n`);
    for (const note of entry.notes) process.stderr.write(`  ${note.place}: ${note.sentence}\n`);
  }
}

async function readSource(place: string) {
  if (/^https?:\/\//i.test(place)) return { kind: 'link' as const, url: place };
  return {
    kind: 'text' as const,
    name: place,
    text: place === '-' ? await readInput() : await readFileText(place),
  };
}

async function readFileText(path: string): Promise<string> {
  const { readFile, stat } = await import('node:fs/promises');
  try {
    const { size } = await stat(path);
    if (size > LARGEST_FILE)
      throw new CommandFailure(
        `${path} has ${Math.round(size / 1024 / 1024)} MB; an import takes 50 MB at most. Split the collection and import its parts.`,
      );
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof CommandFailure) throw cause;
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : String(code ?? cause);
    throw new CommandFailure(`${path} cannot be read: ${why}. Check the path.`, undefined, { cause });
  }
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST_FILE)
      throw new CommandFailure('Standard input is larger than the 50 MB that an import takes.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
