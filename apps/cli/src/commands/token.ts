import type { PlannedCall, RoleAdvice } from '@castellan/okta-api';
import type { TokenFacts, WorkspaceContents } from '@castellan/workbench';
import type { Command } from 'commander';
import { asCommand } from '../refusals.ts';
import { findCollection, findEnvironment, readContents } from '../workspace.ts';

interface TokenFlags {
  readonly environment: string;
  readonly for?: string;
  readonly workspace?: string;
  readonly json?: true;
}

/** `castellan token`: whose an environment's token is, what it may do and when it ends. */
export function addTokenCommand(program: Command): void {
  program
    .command('token')
    .summary('say whose a token is, what it may do and when it ends')
    .description(
      'Asks the org of an environment about its token. Asking is a use, and Okta gives a token 30 days after each use.',
    )
    .requiredOption('-e, --environment <name>', 'environment by name')
    .option('--for <collection>', 'say which role the requests of this collection need')
    .option('--workspace <folder>', 'folder of collections and environments; ~/Castellan unless told')
    .option('--json', 'print as JSON')
    .action(runToken);
}

async function runToken(flags: TokenFlags): Promise<void> {
  const { readToken } = await import('@castellan/workbench');
  const { adviseOnRoles } = await import('@castellan/okta-api');
  const contents = await readContents(flags.workspace);
  const environment = findEnvironment(contents.environments, flags.environment);
  if (environment === undefined) return;
  const calls = flags.for === undefined ? undefined : await listCalls(contents, flags.for, environment.id);
  const stopper = new AbortController();
  process.once('SIGINT', () => stopper.abort());
  const facts = await asCommand(
    readToken({
      environment,
      secrets: contents.secretsOf(environment.id),
      fetch,
      signal: stopper.signal,
    }),
  );
  const advice = calls === undefined ? undefined : adviseOnRoles(calls, facts.roles);
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify({ ...facts, ...(advice && { advice }) }, null, 2)}\n`);
    return;
  }
  process.stdout.write(await describe(facts));
  if (advice !== undefined) process.stdout.write(await describeAdvice(advice));
}

/** The requests of a collection with the open values of the environment in their addresses. */
async function listCalls(
  { shared }: WorkspaceContents,
  name: string,
  environmentId: string,
): Promise<PlannedCall[]> {
  const { toCall, walkItems } = await import('@castellan/collection');
  const { toOpenValues } = await import('@castellan/workbench');
  const collection = findCollection(shared.collections, name);
  const values = toOpenValues(
    shared.environments.filter(({ id, scope }) => id === environmentId || scope === 'globals'),
  );
  return [...walkItems(collection)].flatMap(({ item, folders }) => {
    if (item.kind !== 'request') return [];
    const { method, url } = toCall(item, { levels: [collection, ...folders], values });
    return [{ name: item.name, method, url }];
  });
}

async function describe({ owner, roles, tokens = [], unread }: TokenFacts): Promise<string> {
  const { SOON_DAYS, toDaysLeft } = await import('@castellan/okta-api');
  const toDay = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
  const lines = tokens.map(({ name, lastUse, endsAt }) => {
    const days = toDaysLeft(endsAt, Date.now());
    const warning = days <= SOON_DAYS ? '; use it, or it ends' : '';
    return `Token   ${name}: last used ${toDay(lastUse)}, ends ${toDay(endsAt)} (${days} days left${warning})`;
  });
  return [
    `Owner   ${owner}`,
    ...(roles === undefined
      ? []
      : [`Roles   ${roles.length === 0 ? 'none' : roles.map(({ label }) => label).join(', ')}`]),
    ...lines,
    ...(lines.length > 1 ? ['Okta does not say which of its owner’s tokens asked.'] : []),
    ...unread.map((sentence) => `Not read. ${sentence}`),
    '',
  ].join('\n');
}

async function describeAdvice({ enough, needsNone, refused, unknown }: RoleAdvice): Promise<string> {
  const { roleLabels } = await import('@castellan/okta-api');
  const toLabels = (roles: RoleAdvice['enough']): string => roles.map((role) => roleLabels[role]).join(', ');
  const [smallest] = enough;
  return [
    needsNone || smallest === undefined
      ? 'No request whose rights are known needs an administrator.'
      : `Enough for every request whose rights are known: ${roleLabels[smallest]}.`,
    ...refused.map(
      ({ call, enough: roles }) =>
        `403 for ${call.method} “${call.name}”: it needs one of ${toLabels(roles)}.`,
    ),
    ...(unknown.length === 0
      ? []
      : [`Not known what they need: ${unknown.map(({ name }) => name).join(', ')}.`]),
    '',
  ].join('\n');
}
