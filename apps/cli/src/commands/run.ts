import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { RunFlags } from './run/flags.ts';
import { CommandFailure, ExitCode } from '../exit-codes.ts';

/** `castellan run`: Newman's flags, Newman's exit codes. */
export function addRunCommand(program: Command): void {
  program
    .command('run')
    .description('Run a collection, from a file or a link, as Newman does')
    .argument('[collection...]', 'a collection: a file or a link')
    .usage('<collection> [options]')
    .allowUnknownOption()
    .option('-e, --environment <file>', 'environment: a file or a link')
    .option('-g, --globals <file>', 'globals: a file or a link')
    .option('-d, --iteration-data <file>', 'rows of data, JSON or CSV; one iteration for each')
    .option('-n, --iteration-count <n>', 'number of iterations', readWhole)
    .option(
      '-r, --reporters <names>',
      'cli, json, junit, html, progress, github; several with commas',
      splitNames,
      ['cli'],
    )
    .option('--folder <name>', 'run only this folder or request; may be said several times', collect, [])
    .option(
      '--env-var <key=value>',
      'set an environment variable; may be said several times',
      collectPair,
      [],
    )
    .option('--global-var <key=value>', 'set a global variable; may be said several times', collectPair, [])
    .option('--export-environment <file>', 'write the environment as the run left it')
    .option('--export-globals <file>', 'write the globals as the run left them')
    .option('--export-collection <file>', 'write the collection as the run left it')
    .option('--export-cookie-jar <file>', 'write the cookies as the run left them')
    .option('--cookie-jar <file>', 'begin with the cookies of this file')
    .option('--bail [modifiers]', 'stop at the first failure (failure, folder)', splitNames)
    .option('--delay-request <ms>', 'wait between requests', readWhole, 0)
    .option('--timeout <ms>', 'time for the whole run', readWhole, 0)
    .option('--timeout-request <ms>', 'time for one request', readWhole, 0)
    .option('--timeout-script <ms>', 'time for one script', readWhole, 0)
    .option('--ignore-redirects', 'take a redirect as the answer')
    .option('-k, --insecure', 'accept every certificate')
    .option('--ssl-client-cert <file>', 'client certificate (PEM)')
    .option('--ssl-client-key <file>', 'key of the client certificate')
    .option('--ssl-client-passphrase <text>', 'passphrase of the key')
    .option('--ssl-client-cert-list <file>', 'client certificates by address (JSON)')
    .option('--ssl-extra-ca-certs <file>', 'certificate authorities to trust as well (PEM)')
    .option('--working-dir <folder>', 'folder that files in bodies are read from')
    .option('--no-insecure-file-read', 'refuse files outside of the working folder')
    .option('-x, --suppress-exit-code', 'exit with 0 whatever happened')
    .option('--silent', 'print nothing')
    .option('--verbose', 'print every request and answer in full')
    .option('--disable-unicode', 'plain letters instead of symbols')
    .option('--color <when>', 'auto, on or off', 'auto')
    .addHelpText(
      'after',
      '\nReporters take options: --reporter-json-export FILE, --reporter-cli-no-summary, …',
    )
    .action(async (_operands: readonly string[], flags: RunFlags, command: Command) => {
      const { runCollection } = await import('./run/run-collection.ts');
      const { collection, reporterOptions } = splitReporterOptions(command.args);
      process.exitCode = await runCollection({ collection, flags, reporterOptions });
    });
}

/** Options of reporters are open: any `--reporter-<words>`, with a value unless it reads as a yes or no. */
function splitReporterOptions(args: readonly string[]): {
  collection: string;
  reporterOptions: Map<string, string | boolean>;
} {
  const reporterOptions = new Map<string, string | boolean>();
  const operands: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    const [, name, value] = /^--reporter-([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name !== undefined) {
      const next = args[index + 1];
      const takesNext =
        value === undefined && !isSwitch(name) && next !== undefined && !next.startsWith('--');
      reporterOptions.set(name, value ?? (takesNext ? next : true));
      if (takesNext) index += 1;
    } else if (arg.startsWith('-') && arg !== '-') {
      throw new CommandFailure(`There is no option ${arg}. See castellan run --help.`);
    } else operands.push(arg);
  }
  const [collection] = operands;
  if (collection === undefined)
    throw new CommandFailure('Say which collection to run: a file or a link.', ExitCode.failed);
  return { collection, reporterOptions };
}

function isSwitch(name: string): boolean {
  return /(^|-)(no|show|silent)(-|$)/.test(name);
}

function readWhole(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number.');
}

function splitNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function collect(text: string, before: string[]): string[] {
  return [...before, text];
}

function collectPair(text: string, before: [string, string][]): [string, string][] {
  const index = text.indexOf('=');
  if (index < 1) throw new InvalidArgumentError('Write key=value.');
  return [...before, [text.slice(0, index), text.slice(index + 1)]];
}
