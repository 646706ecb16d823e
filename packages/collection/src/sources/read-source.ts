import { CollectionError } from '../errors.ts';
import { brunoFolder } from '../formats/bruno/index.ts';
import type { FolderFormat, ReadResult } from '../formats/format.ts';
import { readAny, type FormatName, type ReadOptions } from '../formats/index.ts';
import { postmanV3Folder } from '../formats/postman-v3/index.ts';
import type { Note } from '../model.ts';
import { filesIn, nameOf, toPlainFiles, type SourceFile } from './source-file.ts';
import { isZip, unzip } from './zip.ts';

const FOLDER_FORMATS: Readonly<Partial<Record<FormatName, FolderFormat>>> = {
  'postman-v3': postmanV3Folder,
  bruno: brunoFolder,
};

/** Endings of files that may hold a collection or an environment. */
const READABLE = /\.(?:json|ya?ml|har|bru|curl|sh|txt|environment|postman_\w+)$/i;

export type SourceReading = ReadResult & { readonly format: FormatName };

/**
 * Reads a file in any known format, an archive included. Throws as {@link readAny} and {@link readFolder}.
 * @param file its text or bytes
 */
export function readSource(file: string | Uint8Array, options: ReadOptions = {}): SourceReading[] {
  if (typeof file === 'string' || !isZip(file)) return [readAny(file, options)];
  return readFolder(unzip(file), { ...options, name: options.name?.replace(/\.zip$/i, '') ?? 'archive' });
}

/**
 * Reads every collection and environment of a folder: folders of a format of their own, and single files. What
 * is in no known format is left alone and named in a note. Throws `climbing-path`, `unknown-format` when there
 * is nothing to read, and what a folder of a known format is refused for.
 */
export function readFolder(source: readonly SourceFile[], options: ReadOptions = {}): SourceReading[] {
  const files = toPlainFiles(source);
  const readings: SourceReading[] = [];
  const used = new Set<string>();
  for (const [format, { findRoots, read }] of Object.entries(FOLDER_FORMATS)) {
    for (const root of findRoots(files)) {
      const inside = filesIn(files, root);
      const name = root === '' ? (options.name ?? 'Collection') : nameOf(root);
      // The keys of the table are names of formats.
      readings.push({ ...read(inside, name), format: format as FormatName });
      for (const { path } of inside) used.add(root === '' ? path : `${root}/${path}`);
    }
  }
  const { readings: single, notes } = readSingleFiles(
    files.filter(({ path }) => !used.has(path)),
    options,
  );
  const [first, ...others] = [...readings, ...single];
  if (first === undefined)
    throw new CollectionError(
      'unknown-format',
      `none of its ${files.length} files is a collection or an environment${notes[0] === undefined ? '' : `; ${notes[0].place}: ${notes[0].sentence}`}`.replace(
        /\.$/,
        '',
      ),
    );
  return [{ ...first, notes: [...first.notes, ...notes] }, ...others];
}

function readSingleFiles(
  files: readonly SourceFile[],
  options: ReadOptions,
): { readings: SourceReading[]; notes: Note[] } {
  const readings: SourceReading[] = [];
  const notes: Note[] = [];
  const passed: string[] = [];
  for (const { path, content } of files) {
    // Postman's archives list their own content in this file.
    if (nameOf(path) === 'archive.json') continue;
    if (!READABLE.test(path)) {
      passed.push(path);
      continue;
    }
    try {
      readings.push(readAny(content, { ...options, name: path }));
    } catch (cause) {
      if (!(cause instanceof CollectionError)) throw cause;
      if (cause.code === 'unknown-format') passed.push(path);
      else notes.push({ kind: 'lost', place: path, sentence: cause.message });
    }
  }
  if (passed.length > 0) {
    const shown = passed.slice(0, 5).join(', ') + (passed.length > 5 ? ', …' : '');
    const sentence = `${passed.length === 1 ? 'One file is' : `${passed.length} files are`} in no known format and left alone: ${shown}.`;
    notes.push({ kind: 'advice', place: options.name ?? 'folder', sentence });
  }
  return { readings, notes };
}
