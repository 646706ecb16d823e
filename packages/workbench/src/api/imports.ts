import { z } from 'zod';
import { defineRoute } from './define.ts';

const NoteSchema = z.strictObject({
  kind: z.enum(['lost', 'changed', 'repaired', 'advice']),
  place: z.string(),
  sentence: z.string(),
});

const ChangeSchema = z.strictObject({
  kind: z.enum(['added', 'removed', 'changed', 'moved']),
  /** Names from the outside in (`Users / Create User`). */
  place: z.string(),
  /** The parts that differ (`address`, `test script`); none for what was added, removed or moved. */
  parts: z.array(z.string()).readonly(),
});

const ConflictSchema = z.strictObject({
  id: z.string(),
  place: z.string(),
  /** `address`, `header Accept`; `whole` when one side deleted what the other changed. */
  part: z.string(),
  /** What it was at the last import; absent when that is not known. */
  base: z.string().exactOptional(),
  /** What stands in the workspace; absent: deleted here. */
  mine: z.string().exactOptional(),
  /** What the file says; absent: deleted in the file. */
  theirs: z.string().exactOptional(),
});

const RepairSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  explanation: z.string(),
  /** What a person is asked for; the answer goes with the choice. */
  asks: z.string().exactOptional(),
  places: z.array(z.strictObject({ place: z.string(), before: z.string(), after: z.string() })).readonly(),
  /** It was chosen at the last import of this file, and is carried out again unless it is taken back. */
  chosen: z.boolean(),
});

const DriftSchema = z.strictObject({
  /** Requests that call no operation that is known. */
  unknown: z.array(z.strictObject({ place: z.string(), operation: z.string() })).readonly(),
  /** Operations of the same API that no request calls. */
  missing: z.array(z.strictObject({ operation: z.string(), summary: z.string() })).readonly(),
});

export const ImportEntry = z.strictObject({
  /** Names the entry in this plan. */
  id: z.string(),
  kind: z.enum(['collection', 'environment']),
  name: z.string(),
  /** Name of the format it was written in. */
  format: z.string(),
  requests: z.number(),
  folders: z.number(),
  /** How many values an environment holds, and how many of them are secrets that go to the vault. */
  values: z.number(),
  secrets: z.number(),
  notes: z.array(NoteSchema),
  /** Whether the workspace already has one of this id or name. */
  exists: z.boolean(),
  /** What an update would come to: `same` when it would change nothing. */
  state: z.enum(['new', 'changed', 'same']),
  /** What an update would do to what the workspace has. */
  changes: z.array(ChangeSchema).readonly(),
  /** Edits that were made in the workspace and would stay. */
  kept: z.array(ChangeSchema).readonly(),
  /** What was changed both in the file and in the workspace; an update leaves it as it is here, unless told. */
  conflicts: z.array(ConflictSchema).readonly(),
  repairs: z.array(RepairSchema),
  /** Absent when the collection is not about an API that is known. */
  drift: DriftSchema.exactOptional(),
});
export type ImportEntry = z.infer<typeof ImportEntry>;

const ImportPlan = z.strictObject({
  id: z.string(),
  /** Where it came from, in words: a file name or an address. */
  source: z.string(),
  entries: z.array(ImportEntry),
  /** One sentence for each source that could not be read. */
  refused: z.array(z.strictObject({ source: z.string(), sentence: z.string() })),
});
export type ImportPlan = z.infer<typeof ImportPlan>;

const ImportSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string(), name: z.string() }),
  z.strictObject({ kind: z.literal('link'), url: z.string() }),
  /** A file as its bytes, for archives: zip exports of Postman, or a folder that was packed. */
  z.strictObject({ kind: z.literal('bytes'), base64: z.base64(), name: z.string() }),
  /** A folder: Bruno's, Postman's YAML, or any folder with collections and environments in it. */
  z.strictObject({
    kind: z.literal('folder'),
    name: z.string(),
    files: z.array(z.strictObject({ path: z.string(), text: z.string() })),
  }),
]);
export type ImportSource = z.infer<typeof ImportSource>;

/** What happens to an entry that the workspace already has: `update` keeps the edits that were made here. */
const Existing = z.enum(['update', 'keep-both', 'replace', 'skip']);

/** What a person decided about one entry; what is absent goes by the plan. */
const EntryChoice = z.strictObject({
  existing: Existing.exactOptional(),
  /** Which side each conflict is decided for, by its id; `mine` unless told. */
  conflicts: z.record(z.string(), z.enum(['mine', 'theirs'])).exactOptional(),
  /** The repairs to carry out; absent: those that were chosen before. */
  repairs: z.array(z.strictObject({ id: z.string(), answer: z.string().exactOptional() })).exactOptional(),
});

export const ImportChoices = z.strictObject({
  existing: Existing,
  /** By the id of the entry. */
  entries: z.record(z.string(), EntryChoice).exactOptional(),
});
export type ImportChoices = z.infer<typeof ImportChoices>;

const Imported = z.strictObject({
  id: z.string(),
  name: z.string(),
  state: z.enum(['new', 'changed', 'same']),
});

const ImportResult = z.strictObject({
  collections: z.array(Imported),
  environments: z.array(Imported),
  /** Names of what the workspace already had and was left alone. */
  skipped: z.array(z.string()),
});
export type ImportResult = z.infer<typeof ImportResult>;

export const importRoutes = {
  planImport: defineRoute({
    method: 'POST',
    path: '/api/imports',
    summary: 'Read files, links or text and say what an import would write; nothing is written yet',
    body: z.strictObject({ sources: z.array(ImportSource).min(1, 'Choose a file, a link or some text.') }),
    answer: ImportPlan,
  }),
  applyImport: defineRoute({
    method: 'POST',
    path: '/api/imports/{planId}/apply',
    summary: 'Write what a plan holds to the workspace',
    body: ImportChoices,
    answer: ImportResult,
  }),
};
