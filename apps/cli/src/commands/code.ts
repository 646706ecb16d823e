import type { Command } from 'commander';
import { CommandFailure, ExitCode } from '../exit-codes.ts';
import { findEnvironment, findItem, readContents } from '../workspace.ts';

interface CodeFlags {
  readonly as: string;
  readonly environment?: string;
  readonly workspace?: string;
  readonly list?: true;
  readonly json?: true;
}

/** `castellan code`: one request of the workspace as code. */
export function addCodeCommand(program: Command): void {
  program
    .command('code')
    .argument('[request]', 'the request as “Collection/Folder/Request”')
    .summary('write a request as code')
    .description(
      'Writes a request as code that sends it. Values of the environment are filled in; secrets and what has no\nvalue are read from the environment of the process that runs the code ({{apikey}} is $APIKEY).',
    )
    .option('--as <language>', 'the language; --list names them', 'curl')
    .option('-e, --environment <name>', 'environment by name')
    .option('--workspace <folder>', 'folder of collections and environments; ~/Castellan unless told')
    .option('--list', 'list the languages')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  castellan code "Users/Find/List users" --as python\n  castellan code "Users/Create user" --as okta-sdk -e Preview\n',
    )
    .action(runCode);
}

async function runCode(path: string | undefined, flags: CodeFlags): Promise<void> {
  const { codeLanguages, toOpenValues, writeRequestCode, WorkbenchError } =
    await import('@castellan/workbench');
  if (flags.list === true) {
    const lines = codeLanguages.map(({ name, title }) => `${name.padEnd(12)}${title}\n`);
    process.stdout.write(
      flags.json === true ? `${JSON.stringify(codeLanguages, null, 2)}\n` : lines.join(''),
    );
    return;
  }
  if (path === undefined)
    throw new CommandFailure(
      'Which request? Name it as “Collection/Folder/Request”, or list the languages with --list.',
      ExitCode.wrongUsage,
    );
  const contents = (await readContents(flags.workspace)).shared;
  const { collection, folders, item } = await findItem(contents.collections, path);
  const environment = findEnvironment(contents.environments, flags.environment);
  const globals = contents.environments.filter(({ scope }) => scope === 'globals');
  const values = toOpenValues([...globals, ...(environment === undefined ? [] : [environment])]);
  try {
    const code = writeRequestCode(item, flags.as, { levels: [collection, ...folders], values });
    process.stdout.write(
      flags.json === true ? `${JSON.stringify({ language: flags.as, code }, null, 2)}\n` : code,
    );
  } catch (cause) {
    if (cause instanceof WorkbenchError) throw new CommandFailure(cause.message, undefined, { cause });
    throw cause;
  }
}
