import { readCollection, readDataFile, readEnvironment } from '@castellan/collection';
import type { Environment } from '@castellan/collection';
import { openDataFile, plan, toRowSource } from '@castellan/engine';
import type { RowSource, RunPlan, RunSettings } from '@castellan/engine';
import { CommandFailure, ExitCode } from '../../exit-codes.ts';
import { toCareSettings } from './care.ts';
import type { RunFlags } from './flags.ts';
import type { RunCommand } from './run-collection.ts';
import { isLink, readSource } from './sources.ts';

/**
 * Reads everything that a run is made of.
 * @throws CommandFailure what cannot be read, or does not fit together
 */
export async function readPlan({ collection, flags }: RunCommand): Promise<RunPlan> {
  try {
    const environment = await readScope('environment', flags.environment, flags.envVar);
    const globals = await readScope('globals', flags.globals, flags.globalVar);
    return plan({
      collection: readCollection(await readSource(collection)).collection,
      items: flags.folder,
      ...(environment === undefined ? {} : { environment }),
      ...(globals === undefined ? {} : { globals }),
      ...(flags.iterationData === undefined ? {} : { data: await openData(flags.iterationData) }),
      ...(flags.check === undefined ? {} : { check: flags.check }),
      ...(flags.iterationCount === undefined ? {} : { iterationCount: flags.iterationCount }),
      settings: toSettings(flags),
    });
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(error instanceof Error ? error.message : String(error), ExitCode.failed, {
      cause: error,
    });
  }
}

/** A file is read as the run goes; what a link gives is kept. */
async function openData(source: string): Promise<RowSource> {
  if (isLink(source)) return toRowSource(readDataFile(await readSource(source)).rows);
  return openDataFile(source).catch((cause: unknown) => {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new CommandFailure(`${source} cannot be read. Check the name and its folder.`, ExitCode.failed, {
      cause,
    });
  });
}

function toSettings(flags: RunFlags): RunSettings {
  const bails = flags.bail === true || flags.bail?.includes('failure') === true;
  return {
    requestTimeout: flags.timeoutRequest,
    scriptTimeout: flags.timeoutScript,
    delay: flags.delayRequest,
    bail: bails ? 'failure' : flags.bail?.includes('folder') === true ? 'folder' : false,
    ...(flags.ignoreRedirects === true ? { followRedirects: false } : {}),
    insecure: flags.insecure === true,
    ...toCareSettings(flags),
  };
}

/** The file, with the variables of the command line in it or in an empty one. */
async function readScope(
  scope: Environment['scope'],
  source: string | undefined,
  pairs: RunFlags['envVar'],
): Promise<Environment | undefined> {
  if (source === undefined && pairs.length === 0) return undefined;
  const read = source === undefined ? undefined : readEnvironment(await readSource(source)).environment;
  const set = new Map(pairs);
  const kept = (read?.values ?? []).filter(({ key }) => !set.has(key));
  const added = [...set].map(([key, value]) => ({ key, value, type: 'default', enabled: true }));
  return { ...(read ?? emptyScope(scope)), values: [...kept, ...added] };
}

/** A scope without a value. */
export function emptyScope(scope: Environment['scope']): Environment {
  return { kind: 'environment', scope, id: crypto.randomUUID(), name: scope, values: [] };
}
