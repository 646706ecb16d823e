import type { ReceivedResponse, RequestFailure } from '@castellan/engine';
import type { Command } from 'commander';
import { CommandFailure, ExitCode } from '../exit-codes.ts';
import { collect, collectPair, readWhole } from './run/arguments.ts';
import { readOrder } from './send/order.ts';

interface SendFlags {
  readonly environment?: string;
  readonly workspace?: string;
  readonly fail?: true;
  readonly json?: true;
  readonly allPages?: true;
  readonly out?: string;
  readonly max?: number;
  readonly column: readonly (readonly [string, string])[];
  readonly secretsEnvFile?: string;
  readonly scriptSecret: readonly string[];
  readonly yesProduction?: string;
  readonly trust?: true;
  readonly scripts: boolean;
}

/** `castellan send`: one request of the workspace. */
export function addSendCommand(program: Command): void {
  program
    .command('send')
    .argument('<request>', 'the request as “Collection/Folder/Request”')
    .summary('send one request')
    .description('Sends one request. The body of the answer goes to stdout, status, time and size to stderr.')
    .option('-e, --environment <name>', 'environment by name')
    .option('--workspace <folder>', 'folder of collections and environments; ~/Castellan unless told')
    .option('--fail', 'end with 1 when the answer is 400 or above')
    .option('--json', 'print status, headers, time, size and body as one JSON object')
    .option('--all-pages', 'follow the links to the next page, and write every entry to --out')
    .option('--out <file>', 'with --all-pages: where to write, CSV or JSON Lines (.jsonl)')
    .option('--max <n>', 'with --all-pages: most entries to write', readWhole)
    .option(
      '--column <name=path>',
      'with --all-pages: a column of the CSV, a JSONPath into an entry; several times',
      collectPair,
      [],
    )
    .option(
      '--secrets-env-file <file>',
      'secrets by the names of their variables, lines of NAME=value; CASTELLAN_SECRET_NAME gives one as well',
    )
    .option('--script-secret <name>', 'let scripts read this secret; several times', collect, [])
    .option('--yes-production <org>', 'confirm what is written to this guarded org, by its host')
    .option('--trust', 'agree to the scripts of the collection, for good')
    .option('--no-scripts', 'send without the scripts of the collection')
    .action(runSend);
}

async function runSend(path: string, flags: SendFlags): Promise<void> {
  const { createEngine } = await import('@castellan/workbench');
  const asked = await readOrder(path, flags);
  if (flags.allPages === true) {
    const { out, max, column: columns } = flags;
    if (out === undefined)
      throw new CommandFailure(
        'Say where the entries go: --out users.csv, or --out users.jsonl.',
        ExitCode.wrongUsage,
      );
    const { sendAllPages } = await import('./send/all-pages.ts');
    const written = await sendAllPages({ ...asked, out, columns, ...(max === undefined ? {} : { max }) });
    process.stdout.write(`${written} entries in ${out}\n`);
    return;
  }

  let response: ReceivedResponse | undefined;
  let failure: RequestFailure | undefined;
  const events = createEngine().run({
    ...asked,
    itemId: asked.item.id,
    edited: asked.item,
    // Whoever asked for an answer gets it as it came; nothing but this command's output has it.
    onAnswer(answer) {
      response = answer;
    },
  });
  for await (const event of events)
    if (event.kind === 'request-failed' && event.source === 'item') failure = event.failure;
  if (asked.signal.aborted) throw new CommandFailure('Stopped before an answer came.', ExitCode.interrupted);
  if (failure !== undefined) throw new CommandFailure(failure.sentence);
  if (response === undefined)
    throw new CommandFailure('The request was skipped by its script; nothing was sent.');
  print(response, flags.json === true);
  if (flags.fail === true && response.code >= 400) process.exitCode = ExitCode.failed;
}

function print(response: ReceivedResponse, asJson: boolean): void {
  const { code, status, headers, time, size } = response;
  const body = Buffer.from(response.bodyBase64, 'base64');
  if (asJson) {
    const answer = { code, status, time, size, headers, body: body.toString('utf8') };
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    return;
  }
  process.stderr.write(`${code} ${status}  ${Math.round(time)} ms  ${body.length} bytes\n`);
  process.stdout.write(prettify(body));
}

/** JSON is laid out for reading; anything else goes out byte for byte. */
function prettify(body: Buffer): Buffer | string {
  try {
    return `${JSON.stringify(JSON.parse(body.toString('utf8')), null, 2)}\n`;
  } catch {
    return body;
  }
}
