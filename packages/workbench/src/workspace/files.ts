import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a file whole or not at all: the text goes to a neighbour first, which then takes the name.
 * @param mode permissions of the file; 0o600 for what others must not read
 */
export async function writeWhole(path: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const neighbour = join(dirname(path), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(neighbour, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(neighbour, path);
  } catch (cause) {
    await rm(neighbour, { force: true });
    throw cause;
  }
}

const LONGEST_NAME = 80;
const RESERVED_ON_WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * Turns a name into a file name that every system takes, and that no other file of the folder has.
 * @param taken file names of the folder, in lower case
 * @returns the file name, `.json` included
 */
export function toFileName(name: string, taken: ReadonlySet<string>): string {
  const safe = name
    .normalize('NFC')
    // oxlint-disable-next-line no-control-regex -- file names must not hold control characters
    .replace(/[<>:"/\\|?*\u0000-\u001f\u007f]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, LONGEST_NAME)
    .trim();
  const stem = safe === '' || RESERVED_ON_WINDOWS.test(safe) ? `untitled ${safe}`.trim() : safe;
  for (let count = 1; ; count += 1) {
    const file = count === 1 ? `${stem}.json` : `${stem} ${count}.json`;
    if (!taken.has(file.toLowerCase())) return file;
  }
}
