import { createHash } from 'node:crypto';
import { mkdir, readFile, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { BoundSecret } from '@castellan/engine';
import { z } from 'zod';
import { WorkbenchError } from '../errors.ts';
import { writeWhole } from '../workspace/files.ts';
import { type KeySources, type MasterKey, openMasterKey } from './master-key.ts';
import { seal, Sealed, unseal } from './seal.ts';

const Kept = z.object({
  value: z.string(),
  /** Hosts that may get it; absent: any. */
  hosts: z.array(z.string()).optional(),
  /** Scripts may read it. */
  readable: z.boolean().optional(),
});
type Kept = z.infer<typeof Kept>;

/** What is sealed: by environment id and name. */
const Contents = z.object({ environments: z.record(z.string(), z.record(z.string(), Kept)) });
type Contents = z.infer<typeof Contents>;

const VaultFile = z.object({ version: z.literal(2), sealed: Sealed });

/** The secret values of one workspace, by environment id and name. They lie outside of the workspace. */
export interface Vault {
  get(environmentId: string, key: string): string | undefined;
  /**
   * Replaces every secret of an environment; none removes it.
   * @param host whom values that are new or changed belong to; a value that stays keeps its hosts
   */
  set(environmentId: string, values: Readonly<Record<string, string>>, host?: string): Promise<void>;
  /** Every value that is kept, for masking. */
  values(): readonly string[];
  /** The secrets of an environment with the hosts that each is bound to. */
  bound(environmentId: string): readonly BoundSecret[];
  /** Gives another environment the same secrets, bound to the same hosts. */
  copy(environmentId: string, to: string): Promise<void>;
  /** Changes to which hosts a secret may go, or whether scripts may read it. False when there is no such secret. */
  allow(
    environmentId: string,
    key: string,
    change: { readonly hosts?: string[] | undefined; readonly readable?: boolean },
  ): Promise<boolean>;
}

/** Where Castellan keeps what belongs to a person and not to a workspace: $CASTELLAN_HOME or the XDG folder. */
export function findHome(env: Readonly<Record<string, string | undefined>>): string {
  return (
    env['CASTELLAN_HOME'] ?? join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'castellan')
  );
}

/** A workspace's own name in the home: two clones of one repository do not share secrets. */
export async function toWorkspaceKey(workspace: string): Promise<string> {
  return createHash('sha256')
    .update(await realpath(workspace))
    .digest('hex')
    .slice(0, 24);
}

/**
 * Opens the vault of a workspace: a sealed file that only its owner may read.
 * @param home folder of `findHome`
 * @throws WorkbenchError `vault-locked`, or `vault-unreadable` when the file is there but damaged; it is left as it is
 */
export async function openVault(home: string, workspace: string, sources: KeySources): Promise<Vault> {
  const folder = join(home, 'secrets');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${await toWorkspaceKey(workspace)}.json`);
  const key = await openMasterKey(home, sources);
  const environments = new Map(Object.entries((await readVault(path, key)).environments));
  let writing = Promise.resolve();
  const write = (): Promise<void> => {
    const text = JSON.stringify({ environments: Object.fromEntries(environments) } satisfies Contents);
    const file = { version: 2, sealed: seal(text, key.key) };
    writing = writing
      .catch(() => undefined)
      .then(() => writeWhole(path, `${JSON.stringify(file, null, 2)}\n`, 0o600));
    return writing;
  };

  const find = (environmentId: string, name: string): Kept | undefined => {
    const values = environments.get(environmentId);
    return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
  };
  return {
    get: (environmentId, name) => find(environmentId, name)?.value,
    values: () => [...environments.values()].flatMap((kept) => Object.values(kept).map(({ value }) => value)),
    set(environmentId, values, host) {
      const kept = Object.entries(values).map(([name, value]): [string, Kept] => {
        const before = find(environmentId, name);
        if (before?.value === value) return [name, before];
        return [name, { value, ...(host === undefined ? {} : { hosts: [host] }) }];
      });
      if (kept.length === 0) environments.delete(environmentId);
      else environments.set(environmentId, Object.fromEntries(kept));
      return write();
    },
    bound: (environmentId) =>
      Object.entries(environments.get(environmentId) ?? {}).map(([name, { value, hosts, readable }]) => ({
        name,
        value,
        ...(hosts === undefined ? {} : { hosts }),
        ...(readable === undefined ? {} : { readable }),
      })),
    copy(environmentId, to) {
      environments.set(to, { ...environments.get(environmentId) });
      return write();
    },
    async allow(environmentId, name, change) {
      const before = find(environmentId, name);
      if (before === undefined) return false;
      environments.set(environmentId, {
        ...environments.get(environmentId),
        // Absent hosts leave no trace in the JSON: any host may get it then.
        [name]: { ...before, ...change } as Kept,
      });
      await write();
      return true;
    },
  };
}

async function readVault(path: string, { key }: MasterKey): Promise<Contents> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw unreadable(path, cause);
  });
  if (text === undefined) return { environments: {} };
  try {
    const { sealed } = VaultFile.parse(JSON.parse(text));
    return Contents.parse(JSON.parse(unseal(sealed, key) ?? ''));
  } catch {
    // The cause would quote the file, and the file holds secrets.
    throw unreadable(path, undefined);
  }
}

function unreadable(path: string, cause: unknown): WorkbenchError {
  return new WorkbenchError(
    'vault-unreadable',
    `The secrets in ${path} cannot be read. Mend the file or move it away; Castellan then asks for the values again.`,
    { cause },
  );
}
