import { randomUUID } from 'node:crypto';
import { readCollection, readDataFile, readEnvironment } from '@castellan/collection';
import type { DataRow, Environment } from '@castellan/collection';
import { findSecrets, openDataFile, plan } from '@castellan/engine';
import type { RowSource, RunPlan, RunSettings } from '@castellan/engine';
import { RunFailure, toReason } from './failure.ts';
import { furnish, readGivenSecrets } from './given-secrets.ts';
import type { KeyAndValue, RunOptions, Source } from './options.ts';
import { isLink, readSource } from './sources.ts';

/**
 * Reads everything that a run needs and plans it.
 * @param settings what counts besides the options
 * @throws {RunFailure} something cannot be read or is not there; the sentence says which option it was
 */
export async function readPlan(options: RunOptions, settings: RunSettings = {}): Promise<RunPlan> {
  const collection = await read('collection', options.collection, async (source) => {
    return readCollection(await readSource(source)).collection;
  });
  const given = await readGivenSecrets(options.secretsEnvFile, process.env);
  const { environment, secrets } = furnish(
    await readScope('environment', options.environment, options.envVar),
    given,
    { readable: options.scriptSecret ?? [], empty: () => createScope('environment') },
  );
  const globals = await readScope('globals', options.globals, options.globalVar);
  const data = await read('iteration data', options.iterationData, readRows);
  if (collection === undefined) throw new RunFailure('Say which collection to run: a file or a link.');
  try {
    return plan({
      collection,
      items: [options.folder ?? []].flat(),
      ...(environment === undefined ? {} : { environment }),
      ...(globals === undefined ? {} : { globals }),
      secrets: [...secrets, ...findSecrets(globals)],
      ...(data === undefined ? {} : { data }),
      ...(options.iterationCount === undefined ? {} : { iterationCount: options.iterationCount }),
      ...(options.check === undefined ? {} : { check: options.check }),
      settings: { ...toSettings(options), ...settings },
    });
  } catch (cause) {
    throw new RunFailure(toReason(cause), { cause });
  }
}

/** Newman's words for what could not be read come first, ours say why. */
async function read<S, T>(
  what: string,
  source: S | undefined,
  readIt: (source: S) => Promise<T>,
): Promise<T | undefined> {
  if (source === undefined) return undefined;
  try {
    return await readIt(source);
  } catch (cause) {
    const isLoaded = what === 'collection' || what === 'iteration data';
    const title = isLoaded ? `${what} could not be loaded` : `could not load ${what}`;
    throw new RunFailure(`${title}: ${toReason(cause)}`, { cause });
  }
}

/** A file is read as the run goes; what a link gives is kept. */
async function readRows(source: string | readonly DataRow[]): Promise<readonly DataRow[] | RowSource> {
  if (typeof source !== 'string') return source;
  if (isLink(source)) return readDataFile(await readSource(source)).rows;
  return openDataFile(source).catch((cause: unknown) => {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new RunFailure(`${source} cannot be read. Check the name and its folder.`, { cause });
  });
}

/** The file, with the variables that were given beside it in it or in an empty one. */
async function readScope(
  scope: Environment['scope'],
  source: Source | undefined,
  pairs: readonly KeyAndValue[] = [],
): Promise<Environment | undefined> {
  const found = await read(scope, source, async (given) => {
    return readEnvironment(await readSource(given)).environment;
  });
  if (pairs.length === 0) return found;
  const set = new Map(pairs.map(({ key, value }) => [key, value ?? null]));
  const kept = (found?.values ?? []).filter(({ key }) => !set.has(key));
  const added = [...set].map(([key, value]) => ({ key, value, type: 'default', enabled: true }));
  return { ...(found ?? createScope(scope)), values: [...kept, ...added] };
}

/** An environment or globals with nothing in it. */
export function createScope(scope: Environment['scope']): Environment {
  return { kind: 'environment', scope, id: randomUUID(), name: scope, values: [] };
}

function toSettings(options: RunOptions): RunSettings {
  return {
    requestTimeout: options.timeoutRequest ?? 0,
    scriptTimeout: options.timeoutScript ?? 0,
    delay: options.delayRequest ?? 0,
    bail: toBail(options.bail),
    ...(options.ignoreRedirects === undefined ? {} : { followRedirects: !options.ignoreRedirects }),
    insecure: options.insecure === true,
    ...(options.scripts === false ? { scripts: 'skip' as const } : {}),
    ...(options.loopLimit === undefined ? {} : { maxExecutions: options.loopLimit }),
  };
}

function toBail(bail: RunOptions['bail']): NonNullable<RunSettings['bail']> {
  if (bail === undefined || typeof bail === 'boolean') return bail === true ? 'failure' : false;
  const has = (name: string): boolean =>
    Array.isArray(bail) ? bail.includes(name) : (bail as Readonly<Record<string, boolean>>)[name] === true;
  return has('failure') ? 'failure' : has('folder') ? 'folder' : false;
}
