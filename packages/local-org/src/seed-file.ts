import { parse } from 'yaml';
import { z } from 'zod';

/** A seed file cannot be used; the message says where and why. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
}

const Attributes = z.record(z.string(), z.record(z.string(), z.json()));

/** What an org begins with, in the words of Okta's API. Names stand for ids, so that the file can be written by hand. */
const Seed = z.strictObject({
  /** Custom attributes, as a schema of Okta's writes them: `{ badge: { title: Badge, type: string } }`. */
  attributes: z.strictObject({ users: Attributes.optional(), groups: Attributes.optional() }).optional(),
  userTypes: z
    .array(
      z.strictObject({
        name: z.string(),
        displayName: z.string(),
        description: z.string().optional(),
        attributes: Attributes.optional(),
      }),
    )
    .optional(),
  groups: z.array(z.strictObject({ profile: z.object({ name: z.string() }).catchall(z.json()) })).optional(),
  users: z
    .array(
      z.strictObject({
        profile: z.object({ login: z.string() }).catchall(z.json()),
        /** ACTIVE unless said otherwise. */
        status: z
          .enum(['STAGED', 'PROVISIONED', 'ACTIVE', 'PASSWORD_EXPIRED', 'SUSPENDED', 'DEPROVISIONED'])
          .optional(),
        /** The name of a user type. */
        type: z.string().optional(),
        password: z.string().optional(),
        /** Names of groups that the user is put into. */
        groups: z.array(z.string()).optional(),
      }),
    )
    .optional(),
  rules: z
    .array(
      z.strictObject({
        name: z.string(),
        expression: z.string(),
        /** Names of the groups that the rule fills. */
        groups: z.array(z.string()).min(1),
        /** ACTIVE unless said otherwise. */
        status: z.enum(['ACTIVE', 'INACTIVE']).optional(),
      }),
    )
    .optional(),
});
export type Seed = z.output<typeof Seed>;

/** How many of each kind a seed made, and how many it found and brought in line. */
export interface SeedReport {
  readonly made: SeedCounts;
  readonly changed: SeedCounts;
}
type SeedCounts = Readonly<Record<'userTypes' | 'groups' | 'users' | 'rules', number>>;

/**
 * Reads a seed file.
 * @param text YAML or JSON
 * @throws SeedError the text is neither, or says something that no seed says
 */
export function readSeed(text: string): Seed {
  const read = Seed.safeParse(readYaml(text) ?? {});
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue?.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  throw new SeedError(
    `The seed cannot be used: ${place?.replace(/^\./, '') || 'its top'}: ${issue?.message}.`,
  );
}

function readYaml(text: string): unknown {
  // JSON is YAML too, but to read it as YAML takes longer than to sow it.
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text);
    } catch {
      // YAML says where the fault is.
    }
  }
  try {
    // Many people share a set of groups or attributes: aliases are welcome, but no bomb of them.
    return parse(text, { maxAliasCount: 1000 });
  } catch (cause) {
    const [line] = cause instanceof Error ? cause.message.split('\n') : [];
    throw new SeedError(`The seed is neither YAML nor JSON: ${line}`, { cause });
  }
}
