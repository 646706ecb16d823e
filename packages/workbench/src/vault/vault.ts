import { createHash } from 'node:crypto';
import { mkdir, readFile, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { WorkbenchError } from '../errors.ts';
import { writeWhole } from '../workspace/files.ts';

const VaultFile = z.object({
  version: z.literal(1),
  environments: z.record(z.string(), z.record(z.string(), z.string())),
});

/** The secret values of one workspace, by environment id and name. They lie outside of the workspace. */
export interface Vault {
  get(environmentId: string, key: string): string | undefined;
  /** Replaces every secret of an environment; none removes it. */
  set(environmentId: string, values: Readonly<Record<string, string>>): Promise<void>;
  /** Every value that is kept, for masking. */
  values(): readonly string[];
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
 * Opens the vault of a workspace: a file that only its owner may read.
 * @param home folder of `findHome`
 * @throws WorkbenchError `vault-unreadable` when the file is there but damaged; it is left as it is
 */
export async function openVault(home: string, workspace: string): Promise<Vault> {
  const folder = join(home, 'secrets');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${await toWorkspaceKey(workspace)}.json`);
  const environments = new Map(Object.entries(await readVault(path)));
  let writing = Promise.resolve();

  return {
    get(environmentId, key) {
      const values = environments.get(environmentId);
      return values !== undefined && Object.hasOwn(values, key) ? values[key] : undefined;
    },
    values: () => [...environments.values()].flatMap((values) => Object.values(values)),
    set(environmentId, values) {
      if (Object.keys(values).length === 0) environments.delete(environmentId);
      else environments.set(environmentId, values);
      const text = JSON.stringify({ version: 1, environments: Object.fromEntries(environments) }, null, 2);
      writing = writing.catch(() => undefined).then(() => writeWhole(path, `${text}\n`, 0o600));
      return writing;
    },
  };
}

async function readVault(path: string): Promise<Record<string, Readonly<Record<string, string>>>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return {};
    throw unreadable(path, cause);
  }
  try {
    return VaultFile.parse(JSON.parse(text)).environments;
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
