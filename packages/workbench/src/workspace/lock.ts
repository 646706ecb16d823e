import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { WorkbenchError } from '../errors.ts';

const Owner = z.object({ pid: z.number().int(), url: z.string() });
type Owner = z.infer<typeof Owner>;

export interface Lock {
  /** Says where the workbench answers, for the sentence that a second start shows. */
  announce(url: string): Promise<void>;
  release(): Promise<void>;
}

/**
 * Makes this process the only one that writes to a workspace. A lock whose process is gone is taken over.
 * @param folder the workspace
 * @throws WorkbenchError `workspace-locked` when another live process holds it
 */
export async function lockWorkspace(folder: string): Promise<Lock> {
  const own = join(folder, '.castellan');
  await mkdir(own, { recursive: true });
  // The folder holds nothing that belongs into a repository.
  await writeFile(join(own, '.gitignore'), '*\n');
  const path = join(own, 'lock');
  const claim = join(own, `claim-${process.pid}`);
  await writeFile(claim, JSON.stringify({ pid: process.pid, url: '' } satisfies Owner));
  try {
    if (!(await tryLink(claim, path))) {
      const owner = await readOwner(path);
      if (owner !== undefined && isAlive(owner.pid)) throw heldBy(owner, folder);
      await rm(path, { force: true });
      if (!(await tryLink(claim, path))) throw heldBy(await readOwner(path), folder);
    }
  } finally {
    await rm(claim, { force: true });
  }
  return {
    announce: (url) => writeFile(path, JSON.stringify({ pid: process.pid, url } satisfies Owner)),
    release: () => rm(path, { force: true }),
  };
}

/** A link comes into being with its content, so that no reader finds an empty lock. */
async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw cause;
  }
}

async function readOwner(path: string): Promise<Owner | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  try {
    return Owner.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // EPERM: it lives and belongs to somebody else.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}

function heldBy(owner: Owner | undefined, folder: string): WorkbenchError {
  const where = owner?.url ? ` at ${owner.url}` : '';
  const which = owner === undefined ? '' : ` (process ${owner.pid})`;
  return new WorkbenchError(
    'workspace-locked',
    `Castellan already runs on the workspace ${folder}${where}${which}. Use that one, stop it, or choose another folder with --workspace.`,
  );
}
