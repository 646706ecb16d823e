import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import type { ImportSource } from '@castellan/workbench';
import { CommandFailure } from '../../exit-codes.ts';

/** Bytes that an import reads, of a file, a folder or standard input; as many as of a link. */
const LARGEST = 50 * 1024 * 1024;

/** Files of a folder that may belong to a collection; a repository holds many others. */
const READABLE = /\.(?:json|ya?ml|bru|har|curl|environment|postman_\w+)$/i;

/** Folders that hold no collections. */
const PASSED_OVER = new Set(['node_modules', '.git', '.svn']);

/**
 * Reads what was named on the command line: a link, a file, a folder, or standard input for `-`.
 * @throws CommandFailure it cannot be read, or is too large
 */
export async function readSource(place: string): Promise<ImportSource> {
  if (/^https?:\/\//i.test(place)) return { kind: 'link', url: place };
  if (place === '-') return toBytes('standard input', await readInput());
  try {
    const found = await stat(place);
    if (found.isDirectory()) return await readFolder(place);
    if (found.size > LARGEST) throw tooLarge(place, found.size);
    return toBytes(place, await readFile(place));
  } catch (cause) {
    if (cause instanceof CommandFailure) throw cause;
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const why = code === 'ENOENT' ? 'there is no such file or folder' : String(code ?? cause);
    throw new CommandFailure(`${place} cannot be read: ${why}. Check the path.`, undefined, { cause });
  }
}

function toBytes(name: string, bytes: Buffer): ImportSource {
  return { kind: 'bytes', name, base64: bytes.toString('base64') };
}

/** Links inside of the folder are not followed: they may lead anywhere. */
async function readFolder(place: string): Promise<ImportSource> {
  const files: { path: string; text: string }[] = [];
  let size = 0;
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !PASSED_OVER.has(entry.name)) await visit(path);
      if (!entry.isFile() || !READABLE.test(entry.name)) continue;
      size += (await stat(path)).size;
      if (size > LARGEST) throw tooLarge(place, size);
      files.push({ path: relative(place, path).split(sep).join('/'), text: await readFile(path, 'utf8') });
    }
  };
  await visit(place);
  return { kind: 'folder', name: basename(resolve(place)), files };
}

async function readInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST)
      throw new CommandFailure('Standard input is larger than the 50 MB that an import takes.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function tooLarge(place: string, size: number): CommandFailure {
  return new CommandFailure(
    `${place} has ${Math.round(size / 1024 / 1024)} MB; an import takes 50 MB at most. Split the collection and import its parts.`,
  );
}
