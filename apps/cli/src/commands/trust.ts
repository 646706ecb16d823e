import type { Item, Script } from '@castellan/collection';
import type { Command } from 'commander';
import { CommandFailure } from '../exit-codes.ts';
import { findCollection, readContents } from '../workspace.ts';

interface TrustFlags {
  readonly workspace?: string;
  readonly show?: true;
  readonly json?: true;
}

/** `castellan trust`: which collections' scripts may run. */
export function addTrustCommand(program: Command): void {
  program
    .command('trust')
    .argument('[collection]', 'a collection of the workspace, by its name')
    .summary('let the scripts of an imported collection run')
    .description(
      'Says which collections of the workspace have scripts that nobody here wrote or agreed to, and agrees to those of\none. They run in a sandbox without files and network of their own, but they can send what the collection could.',
    )
    .option('--workspace <folder>', 'folder of collections and environments; ~/Castellan unless told')
    .option('--show', 'print the scripts and agree to nothing')
    .option('--json', 'print as JSON')
    .action(runTrust);
}

async function runTrust(name: string | undefined, flags: TrustFlags): Promise<void> {
  const { shared, trust } = await readContents(flags.workspace);
  if (name === undefined) {
    const looks = await Promise.all(
      shared.collections.map(async (collection) => ({
        name: collection.name,
        ...(await trust.look(collection)),
      })),
    );
    print(flags, { collections: looks }, looks.map(toLine).join(''));
    return;
  }
  const collection = findCollection(shared.collections, name);
  if (flags.show === true) {
    const scripts = listScripts(collection, collection.name);
    print(
      flags,
      { scripts },
      scripts.map(({ place, listen, source }) => `// ${place}: ${listen}\n${source}\n\n`).join(''),
    );
    return;
  }
  const { digest } = await trust.look(collection);
  await trust.agree(collection, digest).catch((cause: unknown) => {
    throw new CommandFailure(cause instanceof Error ? cause.message : String(cause), undefined, { cause });
  });
  const look = { name: collection.name, ...(await trust.look(collection)) };
  print(flags, look, toLine(look));
}

function toLine({
  name,
  scripts,
  strange,
  source,
}: {
  name: string;
  scripts: number;
  strange: number;
  source?: string;
}): string {
  const state = strange === 0 ? 'trusted' : `${strange} not agreed to`;
  return `${name}\t${scripts} scripts\t${state}${source === undefined ? '' : `\tfrom ${source}`}\n`;
}

function listScripts(
  { scripts, items = [] }: { readonly scripts: readonly Script[]; readonly items?: readonly Item[] },
  place: string,
): { place: string; listen: string; source: string }[] {
  return [
    ...scripts.map(({ listen, source }) => ({ place, listen, source })),
    ...items.flatMap((item) =>
      listScripts(item.kind === 'folder' ? item : { scripts: item.scripts }, `${place}/${item.name}`),
    ),
  ];
}

function print(flags: TrustFlags, result: object, text: string): void {
  process.stdout.write(flags.json === true ? `${JSON.stringify(result, null, 2)}\n` : text);
}
