import { stat } from 'node:fs/promises';
import type { Collection, Environment } from '@castellan/collection';
import { WorkbenchError } from '../errors.ts';
import type { Formats } from '../neighbours.ts';
import { findHome, openVault } from '../vault/vault.ts';
import { openShelves } from './shelves.ts';
import { fillSecrets } from './workspace.ts';

/** A workspace as a command reads it: whole, with its secrets in their places, and without owning the folder. */
export interface WorkspaceContents {
  readonly collections: readonly Collection[];
  readonly environments: readonly Environment[];
  /** The values that must not be shown. */
  readonly secrets: readonly string[];
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
  const vault = await openVault(findHome(process.env), folder);
  const { collections, environments } = await openShelves(folder, formats);
  return {
    collections: collections.list().map(({ thing }) => thing),
    environments: environments.list().map(({ thing }) => fillSecrets(thing, vault)),
    secrets: vault.values(),
  };
}
