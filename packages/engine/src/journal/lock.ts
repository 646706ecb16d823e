import { readFile, rm, writeFile } from 'node:fs/promises';
import { JournalError } from './errors.ts';

/**
 * Keeps a journal for this process: two that go on with the same run would do everything twice. The lock of a
 * process that is no more is taken over.
 * @returns a function that gives it back
 * @throws {JournalError} another process has it
 */
export async function lockJournal(path: string): Promise<() => Promise<void>> {
  const lock = `${path}.lock`;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
      return () => rm(lock, { force: true });
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'))
        throw new JournalError(`The journal ${path} cannot be made. Check its folder.`, { cause });
    }
    const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (isAlive(owner))
      throw new JournalError(
        `Process ${owner} is at work on this run (${path}). Wait for it, or stop it first.`,
      );
    await rm(lock, { force: true });
  }
  throw new JournalError(`The journal ${path} is locked. Remove ${lock} if nobody uses it.`);
}

/** Whether a process that lives, this one included, is at work on the run of a journal. */
export async function isJournalInUse(path: string): Promise<boolean> {
  const owner = Number(await readFile(`${path}.lock`, 'utf8').catch(() => ''));
  return owner === process.pid || isAlive(owner);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}
