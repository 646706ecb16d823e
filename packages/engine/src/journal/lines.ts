import { createHash } from 'node:crypto';
import type { Json } from '@castellan/collection';
import { z } from 'zod';

const Verdict = z.enum(['done', 'failed', 'in-doubt', 'not-reached']);

const ScopeValue = z.object({
  key: z.string(),
  // A JSON value: the line was read as JSON.
  value: z.custom<Json>((value) => value !== undefined),
  type: z.string().optional(),
  disabled: z.boolean().optional(),
});

/** What a script changed in one scope: values that are new or different, and names that are gone. */
const ScopeChange = z.object({ set: z.array(ScopeValue), removed: z.array(z.string()) });

const Changes = z.object({
  environment: ScopeChange.optional(),
  collection: ScopeChange.optional(),
  globals: ScopeChange.optional(),
  local: ScopeChange.optional(),
});

const Fingerprints = z.object({
  collection: z.string(),
  environment: z.string(),
  data: z.string(),
  settings: z.string(),
});

/** One line of a journal. Rows are counted from 0, times are milliseconds since 1970. */
const Line = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run'),
    version: z.literal(1),
    id: z.string(),
    at: z.number(),
    name: z.string(),
    rows: z.number(),
    fingerprints: Fingerprints,
    /** What the command line or the app needs to plan the same run again. */
    order: z.custom<Json>((value) => value !== undefined).optional(),
  }),
  z.object({ kind: z.literal('resumed'), at: z.number() }),
  /** A write is about to leave. `request` tells it from another one of the same row. */
  z.object({
    kind: z.literal('sent'),
    row: z.number(),
    at: z.number(),
    request: z.string(),
    what: z.string(),
  }),
  /** Its answer; without a code it certainly had no effect. */
  z.object({ kind: z.literal('ended'), row: z.number(), request: z.string(), code: z.number().optional() }),
  /** A step is over and the row goes on with the step at `next`. */
  z.object({
    kind: z.literal('step'),
    row: z.number(),
    next: z.number(),
    changes: Changes,
    /** Names whose values are secret and not known from elsewhere; they are not written down. */
    withheld: z.array(z.string()).optional(),
    /** The row holds cookies, which are not written down. */
    cookies: z.literal(true).optional(),
    /** Why the row has failed already. */
    failure: z.string().optional(),
  }),
  z.object({
    kind: z.literal('row'),
    row: z.number(),
    verdict: Verdict,
    reason: z.string().optional(),
    requests: z.number(),
    time: z.number(),
  }),
  z.object({ kind: z.literal('finished'), at: z.number(), outcome: z.string() }),
]);
export type JournalLine = z.infer<typeof Line>;
export type RunLine = Extract<JournalLine, { kind: 'run' }>;
export type StepLine = Extract<JournalLine, { kind: 'step' }>;
export type ScopeChanges = z.infer<typeof Changes>;
export type RunFingerprints = z.infer<typeof Fingerprints>;

/** A line as it stands in the file: its checksum, a space, JSON. */
export function writeLine(line: JournalLine): string {
  const text = JSON.stringify(line);
  return `${toChecksum(text)} ${text}\n`;
}

/** @returns `undefined` for a line that is torn or damaged */
export function readLine(text: string): JournalLine | undefined {
  const space = text.indexOf(' ');
  const json = text.slice(space + 1);
  if (space === -1 || text.slice(0, space) !== toChecksum(json)) return undefined;
  const parsed = Line.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data : undefined;
}

function toChecksum(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
