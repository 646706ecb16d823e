import type { z } from 'zod';
import { CollectionError } from '../errors.ts';
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

/** Parses with the schema of a format; throws `malformed` with the place of the first thing that does not fit. */
export function readWith<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = [place, ...(issue?.path ?? []).map(String)].join(' / ');
  throw new CollectionError('malformed', issue?.message.toLowerCase(), { place: where });
}
