import { stat } from 'node:fs/promises';
import type { Environment } from '@castellan/collection';
import { findHost } from '@castellan/engine';
import { z } from 'zod';
import { WorkbenchError } from '../errors.ts';
import type { Formats } from '../imports/formats.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';
import { findKeySources } from './key-sources.ts';
import { openMasterKey, protectMasterKey, type Protection } from './master-key.ts';
import { createDerivation, Derivation, deriveKey, seal, Sealed, unseal } from './seal.ts';
import { findHome, openVault, type Vault } from './vault.ts';

/** One secret as it may be shown: everything but its value. */
export interface SecretListing {
  readonly environment: string;
  readonly name: string;
  /** Hosts that may get it; absent: any. */
  readonly hosts?: readonly string[];
  readonly readable: boolean;
}

/** The vault of one workspace for a command, by the names of environments. */
export interface VaultDoor {
  readonly protection: Protection;
  list(): readonly SecretListing[];
  /** @throws WorkbenchError `not-found` for an environment that is not there, here and below */
  set(environment: string, name: string, value: string): Promise<void>;
  remove(environment: string, name: string): Promise<void>;
  allow(
    environment: string,
    name: string,
    change: { readonly hosts?: string[] | undefined; readonly readable?: boolean },
  ): Promise<void>;
  /** Puts the key of all vaults of this person behind a passphrase. */
  protect(passphrase: string): Promise<void>;
  /** The secrets of the workspace as a text that only the passphrase opens. */
  export(passphrase: string): Promise<string>;
  /** Adds what such a text holds; @returns how many secrets that were. */
  import(text: string, passphrase: string): Promise<number>;
}

const Exported = z.object({
  kind: z.literal('castellan-secrets'),
  version: z.literal(1),
  derivation: Derivation,
  sealed: Sealed,
});

const ExportedSecrets = z.array(
  z.object({
    environmentId: z.string(),
    name: z.string(),
    value: z.string(),
    hosts: z.array(z.string()).optional(),
    readable: z.boolean().optional(),
  }),
);

/**
 * Opens the vault of a workspace that nobody else has open, does something with it and closes it again.
 * @throws WorkbenchError `not-found` without a workspace, `workspace-locked`, `vault-locked`, `vault-unreadable`
 */
export async function withVault<T>(
  folder: string,
  formats: Formats,
  act: (door: VaultDoor) => Promise<T>,
): Promise<T> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true)
    throw new WorkbenchError(
      'not-found',
      `There is no workspace at ${folder}. Choose one with --workspace, or import into it first.`,
    );
  const home = findHome(process.env);
  const sources = await findKeySources(process.env);
  const key = await openMasterKey(home, sources);
  const vault = await openVault(home, folder, sources);
  const workspace = await openWorkspace(folder, formats, vault);
  try {
    return await act({
      ...createDoor(vault, workspace),
      protection: key.protection,
      protect: (passphrase) => protectMasterKey(home, key, passphrase),
    });
  } finally {
    await workspace.close();
  }
}

function createDoor(vault: Vault, workspace: Workspace): Omit<VaultDoor, 'protection' | 'protect'> {
  const environments = workspace.environments.list().map(({ thing }) => thing);
  const find = (wanted: string): Environment => {
    const found = environments.find(({ id, name }) => name === wanted || id === wanted);
    if (found !== undefined) return found;
    const names = environments.map(({ name }) => `“${name}”`).join(', ');
    throw new WorkbenchError(
      'not-found',
      `There is no environment “${wanted}”. ${names === '' ? 'The workspace has none' : `There are ${names}`}.`,
    );
  };
  const valuesOf = (id: string) => new Map(vault.bound(id).map(({ name, value }) => [name, value]));
  const missing = (environment: string, name: string): WorkbenchError =>
    new WorkbenchError(
      'not-found',
      `“${environment}” has no secret “${name}”. List them with: castellan vault list`,
    );
  return {
    list: () =>
      environments.flatMap(({ id, name: environment }) =>
        vault.bound(id).map(({ name, hosts, readable }) => ({
          environment,
          name,
          ...(hosts === undefined ? {} : { hosts }),
          readable: readable === true,
        })),
      ),
    async set(wanted, name, value) {
      const { id, values, ...rest } = find(wanted);
      await vault.set(id, Object.fromEntries(valuesOf(id).set(name, value)), findHost(values));
      if (values.some(({ key }) => key === name)) return;
      const row = { key: name, value: '', type: 'secret', enabled: true };
      await workspace.environments.put({ ...rest, id, values: [...values, row] });
    },
    async remove(wanted, name) {
      const { id } = find(wanted);
      const kept = valuesOf(id);
      if (!kept.delete(name)) throw missing(wanted, name);
      await vault.set(id, Object.fromEntries(kept));
    },
    async allow(wanted, name, change) {
      if (!(await vault.allow(find(wanted).id, name, change))) throw missing(wanted, name);
    },
    async export(passphrase) {
      const secrets = environments.flatMap(({ id }) =>
        vault.bound(id).map((secret) => ({ environmentId: id, ...secret })),
      );
      const derivation = createDerivation();
      const sealed = seal(JSON.stringify(secrets), await deriveKey(passphrase, derivation));
      return `${JSON.stringify({ kind: 'castellan-secrets', version: 1, derivation, sealed }, null, 2)}\n`;
    },
    async import(text, passphrase) {
      const secrets = await openExport(text, passphrase);
      const known = secrets.filter(({ environmentId }) =>
        environments.some(({ id }) => id === environmentId),
      );
      for (const { environmentId, name, value, hosts, readable } of known) {
        await vault.set(environmentId, Object.fromEntries(valuesOf(environmentId).set(name, value)));
        await vault.allow(environmentId, name, {
          ...(hosts === undefined ? {} : { hosts }),
          ...(readable === undefined ? {} : { readable }),
        });
      }
      return known.length;
    },
  };
}

async function openExport(text: string, passphrase: string): Promise<z.infer<typeof ExportedSecrets>> {
  let file: z.infer<typeof Exported>;
  try {
    file = Exported.parse(JSON.parse(text));
  } catch (cause) {
    throw new WorkbenchError(
      'bad-request',
      'This is no file of secrets. Make one with: castellan vault export --encrypted FILE',
      { cause },
    );
  }
  const opened = unseal(file.sealed, await deriveKey(passphrase, file.derivation));
  if (opened === undefined)
    throw new WorkbenchError(
      'vault-locked',
      'This is not the passphrase of the file, or the file was changed.',
    );
  return ExportedSecrets.parse(JSON.parse(opened));
}
