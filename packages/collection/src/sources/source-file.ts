import { CollectionError } from '../errors.ts';

/** A file of a folder or an archive. */
export interface SourceFile {
  /** From the root of the folder, with `/` between its parts. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Folders that tools put beside collections and that hold none. */
const PASSED_OVER = /(?:^|\/)(?:\.git|\.svn|node_modules|__MACOSX)\//;

/**
 * The files with their paths made plain (`./a`, `a\b`), without what no collection is made of. Throws
 * `climbing-path` when a path leads out of the folder: whoever wrote it meant a file of somebody else.
 */
export function toPlainFiles(files: readonly SourceFile[]): SourceFile[] {
  return files.flatMap(({ path, content }) => {
    const parts = path
      .replaceAll('\\', '/')
      .split('/')
      .filter((part) => part !== '.');
    if (parts.includes('..') || parts[0] === '' || /^[a-z]:$/i.test(parts[0] ?? ''))
      throw new CollectionError('climbing-path', `“${path.slice(0, 200)}” may not be read`);
    const plain = parts.filter((part) => part !== '').join('/');
    return plain === '' || PASSED_OVER.test(`${plain}/`) ? [] : [{ path: plain, content }];
  });
}

/** The folder of a path; the root is the empty text. */
export function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end === -1 ? '' : path.slice(0, end);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The files below a folder, with their paths from there. */
export function filesIn(files: readonly SourceFile[], folder: string): SourceFile[] {
  if (folder === '') return [...files];
  return files
    .filter(({ path }) => path.startsWith(`${folder}/`))
    .map(({ path, content }) => ({ path: path.slice(folder.length + 1), content }));
}
