import type { Command } from 'commander';
import { CommandFailure, ExitCode } from '../exit-codes.ts';
import { readPort } from '../options.ts';
import { addOrgDataCommands } from './org-data.ts';

interface OrgFlags {
  readonly port: string;
  readonly host: string;
  readonly data?: string;
  readonly empty?: true;
  readonly token?: string;
  readonly plan: string;
  readonly edition?: string;
  readonly governance?: true;
}

const PLANS = ['off', 'integrator', 'enterprise'] as const;
const EDITIONS = ['oie', 'classic'] as const;

/** `castellan org`: a local org alone, for tests, CI and scripts. */
export function addOrgCommand(program: Command): void {
  const org = program
    .command('org')
    .enablePositionalOptions()
    .summary('run a local org alone')
    .description('Runs an Okta-compatible org on this machine until it is stopped with Ctrl-C.')
    .option('--port <number>', 'port to listen on; 0 takes a free one', '4401')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--data <folder>', 'keep the org’s state in this folder; without it nothing is kept')
    .option('--empty', 'one administrator, the group Everyone and the default user type, nobody else')
    .option('--token <value>', 'a token that is valid from the start, for tests and CI')
    .option('--plan <name>', `whose rate limits count: ${PLANS.join(', ')}`, 'off')
    .option('--edition <name>', `Okta’s engine that it is like: ${EDITIONS.join(' (Identity Engine), ')}`)
    .option('--governance', 'with Okta Identity Governance: realms and owners of groups')
    .addHelpText(
      'after',
      '\nThe administrator’s password is CASTELLAN_ADMIN_PASSWORD, or made up and printed.\n',
    )
    .action(runOrg);
  addOrgDataCommands(org);
}

async function runOrg(flags: OrgFlags): Promise<void> {
  const plan = choose('plan', PLANS, flags.plan);
  const edition = flags.edition === undefined ? undefined : choose('edition', EDITIONS, flags.edition);
  const port = readPort(flags.port);
  const { startLocalOrg } = await import('../local-org.ts');
  const { waitForStop } = await import('../stop-signal.ts');
  const org = await startLocalOrg({
    port,
    hostname: flags.host,
    plan,
    seed: flags.empty === true ? 'empty' : 'sample',
    ...(flags.data === undefined ? {} : { data: flags.data }),
    ...(flags.token === undefined ? {} : { token: flags.token }),
    settings: { features: { ...(edition && { edition }), ...(flags.governance && { governance: true }) } },
  });
  const { login, password } = org.administrator;
  process.stdout.write(
    `Local org   ${org.url}\n` +
      `Admin       ${org.url}/admin (sign in as ${login} with ${password})\n` +
      'Ctrl-C stops it.\n',
  );
  await waitForStop();
  await org.close();
}

/** One of the names that an option takes. Throws a failure of usage for any other. */
function choose<Name extends string>(option: string, names: readonly Name[], given: string): Name {
  const name = names.find((one) => one === given);
  if (name !== undefined) return name;
  throw new CommandFailure(
    `There is no ${option} “${given}”. There are ${names.join(', ')}.`,
    ExitCode.wrongUsage,
  );
}
