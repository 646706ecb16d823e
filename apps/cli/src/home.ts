import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findHome, toWorkspaceKey } from '@castellan/workbench';

/** What belongs to a workspace and does not lie in it. */
export interface Home {
  /** Folder of the embedded org's state. */
  readonly orgData: string;
  /** The embedded org's administrator signs in with it; made at the first start and kept. */
  readonly adminPassword: string;
}

/** Opens the place beside a workspace, for its owner alone, and makes what is missing. */
export async function openHome(workspace: string): Promise<Home> {
  await mkdir(workspace, { recursive: true });
  const folder = join(findHome(process.env), 'orgs', await toWorkspaceKey(workspace));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return { orgData: folder, adminPassword: await readOrMakePassword(join(folder, 'admin-password')) };
}

async function readOrMakePassword(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
    const password = randomBytes(12).toString('base64url');
    await writeFile(path, `${password}\n`, { mode: 0o600, flag: 'wx' });
    return password;
  }
}
