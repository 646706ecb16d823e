import type { Collection, Environment, RequestItem } from '@castellan/collection';
import { plan, type BoundSecret } from '@castellan/engine';
import type { WorkspaceContents } from '@castellan/workbench';
import { CommandFailure } from '../../exit-codes.ts';
import { toReason } from '../../run/failure.ts';
import { furnish, readGivenSecrets } from '../../run/given-secrets.ts';
import { createScope } from '../../run/read-plan.ts';
import { findEnvironment, findItem, readContents } from '../../workspace.ts';
import { confirmWrites } from '../confirm.ts';

interface OrderFlags {
  readonly environment?: string;
  readonly workspace?: string;
  readonly secretsEnvFile?: string;
  readonly scriptSecret: readonly string[];
  readonly yesProduction?: string;
  readonly trust?: true;
  readonly scripts: boolean;
}

/** One request of the workspace with everything that it is sent with. */
export interface SendOrder {
  readonly collection: Collection;
  readonly item: RequestItem;
  readonly environment?: Environment;
  readonly globals?: Environment;
  readonly secrets: readonly BoundSecret[];
  readonly scripts: 'run' | 'skip';
  /** The host of a guarded org that was typed or given. */
  readonly confirmed?: string;
  readonly signal: AbortSignal;
}

/**
 * Reads what `castellan send` is to send, with the secrets of the vault and those that were given; asks for what has to
 * be confirmed.
 * @throws CommandFailure something is not there or cannot be read, or the collection's scripts were not agreed to
 */
export async function readOrder(path: string, flags: OrderFlags): Promise<SendOrder> {
  const { guarded, WorkbenchError } = await import('@castellan/workbench');
  const contents = await readContents(flags.workspace);
  const { collection, item } = await findItem(contents.collections, path);
  const globals = contents.environments.find(({ scope }) => scope === 'globals');
  try {
    const chosen = findEnvironment(contents.environments, flags.environment);
    const { environment, given, secrets } = furnish(
      chosen === undefined ? undefined : guarded(chosen),
      await readGivenSecrets(flags.secretsEnvFile, process.env),
      { readable: flags.scriptSecret, empty: () => createScope('environment') },
    );
    const kept = [collection, environment, globals].flatMap((owner) =>
      owner === undefined ? [] : contents.secretsOf(owner.id),
    );
    const order = {
      collection,
      item,
      ...(environment === undefined ? {} : { environment }),
      ...(globals === undefined ? {} : { globals }),
      secrets: [
        ...kept.filter(({ name }) => !given.has(name)),
        ...secrets.filter(({ name }) => given.has(name)),
      ],
      scripts: flags.scripts ? ('run' as const) : ('skip' as const),
    };
    const planned = plan({ ...order, items: [item.id], settings: { scripts: order.scripts } });
    await askTrust(contents, order.collection, planned, flags);
    const confirmed = await confirmWrites(planned, flags.yesProduction);
    const stopper = new AbortController();
    process.once('SIGINT', () => stopper.abort());
    return { ...order, ...(confirmed === undefined ? {} : { confirmed }), signal: stopper.signal };
  } catch (cause) {
    if (cause instanceof CommandFailure) throw cause;
    if (cause instanceof WorkbenchError && cause.code === 'untrusted')
      throw new CommandFailure(
        `${cause.message} On the command line: castellan trust "${collection.name}", --trust or --no-scripts.`,
        undefined,
        { cause },
      );
    throw new CommandFailure(toReason(cause), undefined, { cause });
  }
}

async function askTrust(
  { trust }: WorkspaceContents,
  collection: Collection,
  planned: ReturnType<typeof plan>,
  flags: OrderFlags,
): Promise<void> {
  const { refuseStrange } = await import('@castellan/workbench');
  if (flags.trust === true) await trust.agree(collection, (await trust.look(collection)).digest);
  await refuseStrange(trust, collection, planned);
}
