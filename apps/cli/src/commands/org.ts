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
}

const PLANS = ['off', 'integrator', 'enterprise'] as const;

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
    .addHelpText(
      'after',
      '\nThe administrator’s password is CASTELLAN_ADMIN_PASSWORD, or made up and printed.\n',
    )
    .action(runOrg);
  addOrgDataCommands(org);
}

async function runOrg(flags: OrgFlags): Promise<void> {
  const plan = PLANS.find((name) => name === flags.plan);
  if (plan === undefined)
    throw new CommandFailure(
      `There is no plan “${flags.plan}”. Plans are ${PLANS.join(', ')}.`,
      ExitCode.wrongUsage,
    );
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
