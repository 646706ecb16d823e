import { stat } from 'node:fs/promises';
import type { Collection, Environment } from '@castellan/collection';
import type { BoundSecret } from '@castellan/engine';
import { WorkbenchError } from '../errors.ts';
import type { Formats } from '../imports/formats.ts';
import { fillValues, fillVariables, openCurrentValues } from '../vault/current-values.ts';
import { openPersonalFile } from '../vault/personal-file.ts';
import { findKeySources } from '../vault/key-sources.ts';
import { findHome, openVault } from '../vault/vault.ts';
import { createTrust, type Trust } from '../trust/trust.ts';
import { openShelves } from './shelves.ts';

/** A workspace as a command reads it: whole, with its secrets in their places, and without owning the folder. */
export interface WorkspaceContents {
  readonly collections: readonly Collection[];
  readonly environments: readonly Environment[];
  /** What lies in the folder itself: without secrets and without what only this person has. */
  readonly shared: {
    readonly collections: readonly Collection[];
    readonly environments: readonly Environment[];
  };
  /** The secrets of a collection or an environment, by its id. */
  secretsOf(ownerId: string): readonly BoundSecret[];
  /** Which scripts of its collections a person has agreed to. */
  readonly trust: Trust;
}

/**
 * Reads a workspace that another process may have open.
 * @param folder of the workspace
 * @throws WorkbenchError `not-found` when there is no such folder, `vault-unreadable`
 */
export async function readWorkspace(folder: string, formats: Formats): Promise<WorkspaceContents> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true)
    throw new WorkbenchError(
      'not-found',
      `There is no workspace at ${folder}. Choose one with --workspace, or import into it first.`,
    );
  const home = findHome(process.env);
  const vault = await openVault(home, folder, await findKeySources(process.env));
  const current = await openCurrentValues(await openPersonalFile(home, 'current-values', folder));
  const stores = { vault, current };
  const { collections, environments } = await openShelves(folder, formats);
  return {
    collections: collections.list().map(({ thing }) => fillVariables(thing, stores)),
    environments: environments.list().map(({ thing }) => fillValues(thing, stores)),
    shared: {
      collections: collections.list().map(({ thing }) => thing),
      environments: environments.list().map(({ thing }) => thing),
    },
    secretsOf: vault.bound,
    trust: createTrust(await openPersonalFile(home, 'trust', folder)),
  };
}
