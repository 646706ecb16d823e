import { z } from 'zod';
import { defineRoute } from './define.ts';

const NoteSchema = z.strictObject({
  kind: z.enum(['lost', 'changed', 'repaired', 'advice']),
  place: z.string(),
  sentence: z.string(),
});

export const ImportEntry = z.strictObject({
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
]);
export type ImportSource = z.infer<typeof ImportSource>;

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
    body: z.strictObject({
      /** What happens to an entry whose name the workspace already has. */
      existing: z.enum(['keep-both', 'replace', 'skip']),
    }),
    answer: z.strictObject({
      collections: z.array(z.strictObject({ id: z.string(), name: z.string() })),
      environments: z.array(z.strictObject({ id: z.string(), name: z.string() })),
      skipped: z.array(z.string()),
    }),
  }),
};
