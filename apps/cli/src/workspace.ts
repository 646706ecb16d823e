import type { Collection, Environment, Folder, RequestItem } from '@castellan/collection';
import type { WorkspaceContents } from '@castellan/workbench';
import { CommandFailure } from './exit-codes.ts';
import { toWorkspaceFolder } from './options.ts';
import { asCommand } from './refusals.ts';

/**
 * Reads the workspace that a command was told, or the person's own.
 * @throws CommandFailure there is none, or its secrets cannot be read
 */
export async function readContents(asked: string | undefined): Promise<WorkspaceContents> {
  const { createFormats, readWorkspace } = await import('@castellan/workbench');
  return asCommand(readWorkspace(toWorkspaceFolder(asked), createFormats()));
}

/** A request with the collection and the folders around it. */
export interface FoundItem {
  readonly collection: Collection;
  readonly folders: readonly Folder[];
  readonly item: RequestItem;
}

/**
 * Finds a request by “Collection/Folder/Request”.
 * @throws CommandFailure there is none, with the names that are near
 */
export async function findItem(collections: readonly Collection[], path: string): Promise<FoundItem> {
  const { CollectionError, findRequest } = await import('@castellan/collection');
  const collection = collections.find(({ name }) => path.startsWith(`${name}/`));
  if (collection === undefined) throw noCollection(collections, path);
  try {
    return { collection, ...findRequest(collection, path.slice(collection.name.length + 1)) };
  } catch (cause) {
    if (cause instanceof CollectionError) throw new CommandFailure(cause.message, undefined, { cause });
    throw cause;
  }
}

/**
 * Finds a collection by its name or id.
 * @throws CommandFailure there is none of that name
 */
export function findCollection(collections: readonly Collection[], wanted: string): Collection {
  const found = collections.find(({ name, id }) => name === wanted || id === wanted);
  if (found === undefined) throw noCollection(collections, wanted);
  return found;
}

/** The sentence for a name that no collection has. */
export function noCollection(collections: readonly Collection[], path: string): CommandFailure {
  const names = collections.map(({ name }) => `“${name}”`).join(', ');
  const there =
    names === '' ? 'The workspace has no collections; import one first' : `The workspace has ${names}`;
  return new CommandFailure(`“${path}” names no collection. ${there}.`);
}

/**
 * Finds an environment by its name or id; `undefined` when none was asked for.
 * @throws CommandFailure there is none of that name
 */
export function findEnvironment(
  environments: readonly Environment[],
  wanted: string | undefined,
): Environment | undefined {
  if (wanted === undefined) return undefined;
  const found = environments.find(({ name, id }) => name === wanted || id === wanted);
  if (found !== undefined) return found;
  const names = environments.map(({ name }) => `“${name}”`).join(', ');
  throw new CommandFailure(
    `There is no environment “${wanted}”. ${names === '' ? 'The workspace has none; import one, or add it in the app' : `There are ${names}`}.`,
  );
}
