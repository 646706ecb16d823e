// `npm run new <kind> <name>`: writes the files, the test and the registry line of a new thing.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './install.mjs';

/**
 * What a kind of thing needs: its files with what stands in them, and the lines it adds to a registry. A line
 * goes in front of the first line that the pattern finds.
 * @typedef {{ readonly files: Readonly<Record<string, string>>,
 *   readonly registry: string, readonly lines: readonly (readonly [before: RegExp, line: string])[] }} Blueprint
 */

/** @type {Readonly<Record<string, (name: string, camel: string, pascal: string) => Blueprint>>} */
const kinds = {
  command: (name, _camel, pascal) => ({
    files: {
      [`apps/cli/src/commands/${name}.ts`]: `import type { Command } from 'commander';

/** \`castellan ${name}\`: say here what it is for. */
export function add${pascal}Command(program: Command): void {
  program.command('${name}').summary('say here what it does').action(run${pascal});
}

async function run${pascal}(): Promise<void> {
  process.stdout.write('${name} does nothing yet.\\n');
}
`,
      [`tests/${name}.test.ts`]: `import { expect, it } from 'vitest';
import { runCli } from './support/castellan.ts';

it('${name} says what it does in its help', async () => {
  const { code, stdout } = await runCli(['${name}', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('castellan ${name}');
});
`,
    },
    registry: 'apps/cli/src/castellan.ts',
    lines: [
      [/^import \{ CommandFailure/m, `import { add${pascal}Command } from './commands/${name}.ts';\n`],
      [/^\];/m, `  add${pascal}Command,\n`],
    ],
  }),
  auth: (name, camel) => ({
    files: {
      [`packages/engine/src/auth/${name}.ts`]: `import { withAuthorization } from './scheme.ts';
import type { AuthScheme } from './scheme.ts';

/** Name the RFC or the page that the scheme follows. */
export const ${camel}: AuthScheme = {
  label: '${name}',
  fields: [],
  apply: (request) => withAuthorization(request, '${name}'),
};
`,
    },
    registry: 'packages/engine/src/auth/index.ts',
    lines: [
      [/^import type \{ AuthScheme/m, `import { ${camel} } from './${name}.ts';\n`],
      [/;\n\n\/\*\* Every scheme/m, ` | '${name}'`],
      [/^\} satisfies Record<AuthName/m, `  ${name === camel ? name : `'${name}': ${camel}`},\n`],
    ],
  }),
  format: (name, camel) => ({
    files: {
      [`packages/collection/src/formats/${name}/index.ts`]: `import { z } from 'zod';
import { type Format, readWith } from '../format.ts';

const File = z.looseObject({ ${camel}: z.string() });

/** Name the page that describes the format. */
export const ${camel}: Format = {
  title: '${name}',
  detect: ({ json }) => File.safeParse(json).success,
  read({ json }) {
    readWith(File, json, '${name}');
    return { kind: 'collections', collections: [], notes: [] };
  },
};
`,
      [`packages/collection/src/formats/${name}/index.test.ts`]: `import { expect, it } from 'vitest';
import { ${camel} } from './index.ts';

it('knows its own files', () => {
  const json = { ${camel}: '1' };
  expect(${camel}.detect({ name: undefined, text: JSON.stringify(json), json })).toBe(true);
});
`,
    },
    registry: 'packages/collection/src/formats/index.ts',
    lines: [
      [/^\nexport type FormatName/m, `import { ${camel} } from './${name}/index.ts';\n`],
      [/;\n\n\/\*\* Every format/m, ` | '${name}'`],
      [/^\} satisfies Record<FormatName/m, `  '${name}': ${camel},\n`],
    ],
  }),
};

/**
 * Plans a new thing without writing anything.
 * @param {string} kind
 * @param {string} name in kebab-case
 * @param {(path: string) => string | undefined} read a file of the checkout; `undefined` when it is not there
 * @returns {Record<string, string>} the text of every file to write, by its path from the root
 * @throws {Error} with what to do: unknown kind, odd name, something of that name is there already
 */
export function planNew(kind, name, read) {
  const blueprint = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (blueprint === undefined)
    throw new Error(`There is no kind “${kind}”. Kinds are ${Object.keys(kinds).join(', ')}.`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new Error(`“${name}” is not a name in kebab-case, like \`rate-limits\`.`);
  const camel = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  const { files, registry, lines } = blueprint(name, camel, camel.charAt(0).toUpperCase() + camel.slice(1));
  const taken = Object.keys(files).find((path) => read(path) !== undefined);
  if (taken !== undefined) throw new Error(`${taken} is there already. Choose another name.`);
  let text = read(registry);
  for (const [before, line] of lines) {
    const found = text === undefined ? null : before.exec(text);
    if (text === undefined || found === null)
      throw new Error(
        `${registry} has another form than \`npm run new\` knows. Add the ${kind} by hand, and mend scripts/new.mjs.`,
      );
    text = text.slice(0, found.index) + line + text.slice(found.index);
  }
  return { ...files, [registry]: /** set above @type {string} */ (text) };
}

/** @param {string} path from the root */
function readFile(path) {
  const full = join(root, path);
  return existsSync(full) ? readFileSync(full, 'utf8') : undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const files = planNew(process.argv[2] ?? '', process.argv[3] ?? '', readFile);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
      console.log(`wrote ${path}`);
    }
    console.log('Run `npm run format` and `npm run check` next.');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
