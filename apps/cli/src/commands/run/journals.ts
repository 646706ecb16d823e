import { resolve } from 'node:path';
import type { Json } from '@castellan/collection';
import {
  createRunJournal,
  isSecretName,
  JournalError,
  readJournal,
  resumeRunJournal,
} from '@castellan/engine';
import type { RunJournal, RunPlan } from '@castellan/engine';
import { z } from 'zod';
import { CommandFailure } from '../../exit-codes.ts';
import type { RunCommand } from './command.ts';
import type { RunFlags } from './flags.ts';
import { isLink } from '../../run/sources.ts';

/** What a journal keeps of the command line; paths are absolute, secrets are left out. */
const Order = z.object({
  collection: z.string(),
  // Flags were read by the command line's own rules before they were written down.
  flags: z.custom<RunFlags>((value) => typeof value === 'object' && value !== null),
  withheld: z.array(z.string()),
});
type Order = z.infer<typeof Order>;

/**
 * Begins the journal that a run was told to keep, or goes on with one. `undefined` for a run without.
 * @throws CommandFailure the journal cannot be used
 */
export async function openJournal(plan: RunPlan, command: RunCommand): Promise<RunJournal | undefined> {
  const { flags, resume } = command;
  const path = resume ?? (flags.journal === undefined ? undefined : resolve(flags.journal));
  if (path === undefined) return undefined;
  try {
    if (resume !== undefined) {
      return await resumeRunJournal({
        path,
        plan,
        now: Date.now(),
        acceptsChanges: flags.acceptChanges === true,
      });
    }
    const journal = await createRunJournal({ path, plan, order: toOrder(command), now: Date.now() });
    await (await openRuns()).remember({ id: journal.id, journal: path });
    return journal;
  } catch (cause) {
    if (cause instanceof JournalError) throw new CommandFailure(cause.message, undefined, { cause });
    throw cause;
  }
}

const FILES = [
  'environment',
  'globals',
  'iterationData',
  'cookieJar',
  'workingDir',
  'sslClientCert',
  'sslClientKey',
  'sslClientCertList',
  'sslExtraCaCerts',
  'secretsEnvFile',
] as const satisfies readonly (keyof RunFlags)[];

function toOrder({ collection, flags }: RunCommand): Json {
  const absolute = (source: string): string => (isLink(source) ? source : resolve(source));
  const files = Object.fromEntries(
    FILES.flatMap((name) => (flags[name] === undefined ? [] : [[name, absolute(flags[name])] as const])),
  );
  const { sslClientPassphrase, ...rest } = flags;
  const isOpen = ([name]: readonly [string, string]): boolean => !isSecretName(name);
  const withheld = [...flags.envVar, ...flags.globalVar]
    .filter((pair) => !isOpen(pair))
    .map(([name]) => name);
  const order: Order = {
    collection: absolute(collection),
    flags: {
      ...rest,
      ...files,
      workingDir: resolve(flags.workingDir ?? '.'),
      envVar: flags.envVar.filter(isOpen),
      globalVar: flags.globalVar.filter(isOpen),
    },
    withheld: [...withheld, ...(sslClientPassphrase === undefined ? [] : ['--ssl-client-passphrase'])],
  };
  // Flags hold texts, numbers and lists of them.
  return order as unknown as Json;
}

/**
 * The command of an earlier run, with what this command line says besides.
 * @throws CommandFailure there is no such run, or a secret has to be given again
 */
export async function readEarlierCommand(run: string, over: Partial<RunFlags>): Promise<RunCommand> {
  const path = await findJournal(run);
  const { head } = await readJournal(path).catch((cause: unknown) => {
    throw cause instanceof JournalError ? new CommandFailure(cause.message, undefined, { cause }) : cause;
  });
  const order = Order.safeParse(head.order);
  if (!order.success)
    throw new CommandFailure(`The run ${head.id} was started in the app; go on with it there, under Runs.`);
  const { collection, flags, withheld } = order.data;
  const given = new Set([...(over.envVar ?? []), ...(over.globalVar ?? [])].map(([name]) => name));
  if (over.sslClientPassphrase !== undefined) given.add('--ssl-client-passphrase');
  const missing = withheld.filter((name) => !given.has(name));
  if (missing.length > 0)
    throw new CommandFailure(
      `A journal keeps no secrets: give ${missing.map(toFlag).join(' and ')} again, as the run was started.`,
    );
  const told = Object.fromEntries(Object.entries(over).filter(([, value]) => value !== undefined));
  return {
    collection,
    flags: {
      ...flags,
      ...told,
      envVar: [...flags.envVar, ...(over.envVar ?? [])],
      globalVar: [...flags.globalVar, ...(over.globalVar ?? [])],
    },
    reporter: {},
    resume: path,
  };
}

function toFlag(name: string): string {
  return name.startsWith('--') ? name : `--env-var ${name}=…`;
}

/** A run's journal by its path, its id, or the beginning of its id. */
async function findJournal(run: string): Promise<string> {
  if (/[/\\.]/.test(run)) return resolve(run);
  const found = (await (await openRuns()).list()).filter(({ id }) => id.startsWith(run));
  const [first] = found;
  if (first === undefined)
    throw new CommandFailure(`There is no run ${run}. castellan runs lists those there are.`);
  if (found.length > 1)
    throw new CommandFailure(`${run} could be ${found.length} runs. Write more of the id.`);
  return first.journal;
}

async function openRuns() {
  const { findHome, openJournalList } = await import('@castellan/workbench');
  return openJournalList(findHome(process.env));
}
