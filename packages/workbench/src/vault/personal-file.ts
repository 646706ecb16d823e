import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '@castellan/collection';
import { writeWhole } from '../workspace/files.ts';
import { toWorkspaceKey } from './vault.ts';

/** One JSON file of a person. It lies in the home, so that it is never committed. */
export interface PersonalFile {
  /** What was written last; null when nothing was, or when the file is damaged. */
  read(): Promise<Json>;
  /** Resolves once the value is on disk; later values win. */
  write(value: Json): Promise<void>;
}

/**
 * @param home folder of `findHome`
 * @param kind name of the folder within the home, such as `cookies`
 */
export async function openPersonalFile(home: string, kind: string, workspace: string): Promise<PersonalFile> {
  const folder = join(home, kind);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return openFile(join(folder, `${await toWorkspaceKey(workspace)}.json`));
}

/**
 * The same for what is about no workspace.
 * @param name of the file within the home, without `.json`
 */
export async function openHomeFile(home: string, name: string): Promise<PersonalFile> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  return openFile(join(home, `${name}.json`));
}

function openFile(path: string): PersonalFile {
  let writing = Promise.resolve();
  return {
    async read() {
      try {
        // JSON.parse gives JSON.
        return JSON.parse(await readFile(path, 'utf8')) as Json;
      } catch {
        return null;
      }
    },
    write(value) {
      writing = writing.catch(() => undefined).then(() => writeWhole(path, JSON.stringify(value), 0o600));
      return writing;
    },
  };
}
