import { watch, type FSWatcher } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Collection, Environment } from '@castellan/collection';
import { findHost, isSecretName } from '@castellan/engine';
import type { WorkspaceChange } from '../api/workbench.ts';
import { WorkbenchError } from '../errors.ts';
import type { Formats } from '../imports/formats.ts';
import type { Vault } from '../vault/vault.ts';
import { lockWorkspace } from './lock.ts';
import type { Shelf } from './shelf.ts';
import { openShelves } from './shelves.ts';

/** A workspace folder that this process owns. */
export interface Workspace {
  readonly folder: string;
  readonly collections: Shelf<Collection>;
  readonly environments: Shelf<Environment>;
  /** Calls back after every change, made here or on disk. Returns what ends it. */
  onChange(listener: (change: WorkspaceChange) => void): () => void;
  changed(change: WorkspaceChange): void;
  /** Tells a second start where this one answers. */
  announce(url: string): Promise<void>;
  close(): Promise<void>;
}

const SETTLE_MS = 80;

/**
 * Opens a workspace, makes it if it is not there, and watches it. Clear secrets of an environment that was
 * dropped into the folder go to the vault and leave the file.
 * @throws WorkbenchError `workspace-locked`, `workspace-unusable`
 */
export async function openWorkspace(folder: string, formats: Formats, vault: Vault): Promise<Workspace> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new WorkbenchError(
      'workspace-unusable',
      `The workspace ${folder} cannot be made or used as a folder. Choose another with --workspace.`,
      { cause },
    );
  });
  const lock = await lockWorkspace(folder);
  const listeners = new Set<(change: WorkspaceChange) => void>();
  const changed = (change: WorkspaceChange): void => {
    for (const listener of listeners) listener(change);
  };
  const watchers: FSWatcher[] = [];
  try {
    const { collections, environments } = await openShelves(folder, formats);
    await hideSecrets(environments, vault);
    watchers.push(
      watchShelf(join(folder, 'collections'), collections, () => changed({ kind: 'collections' })),
      watchShelf(join(folder, 'environments'), environments, () => {
        void hideSecrets(environments, vault).finally(() => changed({ kind: 'environments' }));
      }),
    );
    return {
      folder,
      collections,
      environments,
      changed,
      onChange(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      announce: lock.announce,
      async close() {
        for (const watcher of watchers) watcher.close();
        await lock.release();
      },
    };
  } catch (cause) {
    for (const watcher of watchers) watcher.close();
    await lock.release();
    throw cause;
  }
}

async function hideSecrets(environments: Shelf<Environment>, vault: Vault): Promise<void> {
  for (const { thing, file } of environments.list()) {
    const { environment, secrets } = splitSecrets(thing);
    if (Object.keys(secrets).length === 0) continue;
    const kept = Object.fromEntries(
      thing.values.flatMap(({ key }) => {
        const value = vault.get(thing.id, key);
        return value === undefined ? [] : [[key, value]];
      }),
    );
    await vault.set(thing.id, { ...kept, ...secrets }, findHost(thing.values));
    await environments.put(environment, file);
  }
}

/** Takes the clear values of secrets out of an environment: by their type, or by a name that says it. */
export function splitSecrets(environment: Environment): {
  readonly environment: Environment;
  readonly secrets: Readonly<Record<string, string>>;
} {
  const secrets: Record<string, string> = {};
  const values = environment.values.map((row) => {
    if (row.type !== 'secret' && !isSecretName(row.key)) return row;
    if (row.value !== null && row.value !== '') {
      secrets[row.key] = typeof row.value === 'string' ? row.value : JSON.stringify(row.value);
    }
    return { ...row, type: 'secret', value: '' };
  });
  return { environment: { ...environment, values }, secrets };
}

function watchShelf(
  folder: string,
  shelf: Shelf<Collection> | Shelf<Environment>,
  onChange: () => void,
): FSWatcher {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, () => {
    clearTimeout(timer);
    // Editors and copies write in several steps; the last one counts.
    timer = setTimeout(() => {
      void shelf.refresh().then((didChange) => didChange && onChange());
    }, SETTLE_MS);
  });
  watcher.on('close', () => clearTimeout(timer));
  // A folder that goes away is met by the next reading or writing, which says so.
  watcher.on('error', () => undefined);
  return watcher;
}
