import type { Command } from 'commander';
import {
  collect,
  collectPair,
  readColor,
  readCount,
  readLanes,
  readShare,
  readWhole,
  splitNames,
} from './run/arguments.ts';
import { isCareful } from './run/care.ts';
import type { RunFlags } from './run/flags.ts';
import { splitReporterOptions } from './run/reporter-options.ts';
import { CommandFailure, ExitCode } from '../exit-codes.ts';
import { openEarlySandbox } from '../run/early-sandbox.ts';

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
    .option('-n, --iteration-count <n>', 'number of iterations', readCount)
    .option(
      '-r, --reporters <names>',
      'cli, json, junit, html, progress, github, and newman-reporter-… of the folder; several with commas',
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
    .option(
      '--loop-limit <n>',
      'requests of one iteration before it counts as going round in circles',
      readCount,
    )
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
    .option('--silent', 'print nothing; reports that are files are written')
    .option('--verbose', 'print every request and answer in full')
    .option('--disable-unicode', 'plain letters instead of symbols')
    .option('--color <when>', 'auto, on or off', readColor, 'auto')
    .option(
      '--lanes <n>',
      'rows side by side within the rate limits, each for itself; a number or auto',
      readLanes,
    )
    .option(
      '--capacity <share>',
      'share of each rate limit to use at most, such as 50%; 80% unless told',
      readShare,
    )
    .option(
      '--strict',
      'keep to the rate limits, and fail a row on any answer of 400 and above that no test expected',
    )
    .option('--journal <file>', 'write down each write before it leaves, so that castellan resume can go on')
    .option('--check <request>', 'request that reads whether a row’s write took effect, for lost answers')
    .option(
      '--repeat-writes',
      'send writes whose answer was lost again without looking whether they took effect',
    )
    .option('--dry-run', 'send nothing; say how many requests, how long, and what would be written')
    .option('--json', 'with --dry-run: as JSON')
    .option('--failed-rows <file>', 'write the rows that failed or were not reached as a new data file')
    .option('--results <file>', 'write one line for each row, CSV or JSON Lines')
    .option(
      '--column <name=path>',
      'column of the results, a JSONPath into the row’s answers; several times',
      collectPair,
      [],
    )
    .option(
      '--secrets-env-file <file>',
      'secrets by the names of their variables, lines of NAME=value; CASTELLAN_SECRET_NAME gives one as well',
    )
    .option('--script-secret <name>', 'let scripts read this secret; several times', collect, [])
    .option('--no-scripts', 'send the requests alone; no script of the collection runs')
    .option('--yes-production <org>', 'confirm what the run writes to this guarded org, by its host')
    .addHelpText(
      'after',
      '\nReporters take options: --reporter-json-export FILE, --reporter-cli-no-summary, …',
    )
    .action(async (_operands: readonly string[], flags: RunFlags, command: Command) => {
      const isSaid = command.getOptionValueSource('reporters') !== 'default';
      const chosen = isSaid || !isCareful(flags) ? flags : { ...flags, reporters: ['progress'] };
      const { operands, reporter } = splitReporterOptions(command.args, chosen.reporters);
      const [collection] = operands;
      if (collection === undefined)
        throw new CommandFailure('Say which collection to run: a file or a link.', ExitCode.failed);
      const runsScripts = flags.dryRun !== true && flags.scripts;
      const sandbox = runsScripts ? { sandbox: openEarlySandbox(collection) } : {};
      const { runCollection } = await import('./run/run-collection.ts');
      process.exitCode = await runCollection({ collection, flags: chosen, reporter, ...sandbox });
    });
}
