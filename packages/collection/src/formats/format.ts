import type { z } from 'zod';
import { CollectionError } from '../errors.ts';
import type { SourceFile } from '../sources/source-file.ts';
import type { Collection, Environment, Json, Note } from '../model.ts';

/** A file as every format sees it: its text and, where it is JSON or YAML, its value. */
export interface Source {
  readonly name: string | undefined;
  readonly text: string;
  readonly json: Json | undefined;
  /** What becomes of requests of a v1 collection that none of its lists names. */
  readonly unlisted?: 'left-out' | 'kept' | undefined;
}

/** What a file held. Most hold one thing; exports of a whole workspace hold many of both. */
export interface ReadResult {
  readonly collections: readonly Collection[];
  readonly environments: readonly Environment[];
  readonly notes: readonly Note[];
}

/** One file format: whether a file is in it, and what it holds. */
export interface Format {
  /** What a person calls it. */
  readonly title: string;
  readonly detect: (source: Source) => boolean;
  readonly read: (source: Source) => ReadResult;
}

/** A format whose collections are folders of files. */
export interface FolderFormat {
  /** The folders that are a collection each; none of them lies in another one. */
  readonly findRoots: (files: readonly SourceFile[]) => readonly string[];
  /** Reads one of them; paths start there, and `name` is the folder's own. */
  readonly read: (files: readonly SourceFile[], name: string) => ReadResult;
}

/** What a file is called without its folder and ending; a name without an ending is no file's. */
export function toFileTitle(name: string | undefined): string | undefined {
  return /([^\\/]+)\.[^.\\/]+$/.exec(name ?? '')?.[1];
}

/** Parses with the schema of a format; throws `malformed` with the place of the first thing that does not fit. */
export function readWith<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = [place, ...(issue?.path ?? []).map(String)].join(' / ');
  throw new CollectionError('malformed', issue?.message.toLowerCase(), { place: where });
}
