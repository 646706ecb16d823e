import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from './changes.ts';

/**
 * Makes this process the only one that uses the data of an org. A lock whose process is gone is taken over.
 * Returns what gives it back.
 * @throws StoreError another live process uses the folder
 */
export async function lockData(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'org.lock');
  const claim = `${path}.${process.pid}`;
  await writeFile(claim, String(process.pid), { mode: 0o600 });
  try {
    if (!(await tryLink(claim, path))) {
      const owner = Number(await readFile(path, 'utf8').catch(() => ''));
      // This process itself: a second org in it would write between the lines of the first as well.
      if (owner > 0 && isAlive(owner)) throw inUse(folder, owner);
      await rm(path, { force: true });
      if (!(await tryLink(claim, path))) throw inUse(folder, owner);
    }
  } finally {
    await rm(claim, { force: true });
  }
  return () => rm(path, { force: true });
}

/** A link comes into being with its content, so nobody reads an empty lock. */
async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw cause;
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

function inUse(folder: string, pid: number): StoreError {
  return new StoreError(
    `${folder} is used by another local org (process ${pid}). Stop that one, or choose another folder with --data.`,
  );
}
