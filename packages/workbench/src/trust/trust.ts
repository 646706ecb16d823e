import { createHash } from 'node:crypto';
import { walkItems, type Collection, type Script } from '@castellan/collection';
import { packs, toCollection } from '@castellan/okta-api';
import { z } from 'zod';
import { WorkbenchError } from '../errors.ts';
import type { PersonalFile } from '../vault/personal-file.ts';

const Kept = z.object({
  /** Where the collection was last imported from, in words. */
  source: z.string().optional(),
  /** When, in epoch milliseconds. */
  at: z.number().optional(),
  /** Fingerprints of the scripts that a person wrote here or agreed to. */
  scripts: z.array(z.string()),
});
type Kept = z.infer<typeof Kept>;

const Book = z.object({ version: z.literal(1), collections: z.record(z.string(), Kept) });

/** What a person should know of a collection's scripts before they run. */
interface Trustworthiness {
  readonly state: 'trusted' | 'asks';
  /** How many scripts it has, and how many of them nobody here wrote or agreed to. */
  readonly scripts: number;
  readonly strange: number;
  /** Changes with every script: whoever agrees says to what. */
  readonly digest: string;
  /** Where it was imported from. */
  readonly source?: string;
  readonly at?: number;
}

/**
 * Which scripts of a workspace's collections may run. What a person writes in the app is theirs; what comes by import,
 * or into the folder by other ways, is asked for first. It is kept beside the vault: a workspace that somebody else
 * made cannot say of itself that it is trusted.
 */
export interface Trust {
  look(collection: Collection): Promise<Trustworthiness>;
  /** Those of these scripts that stand in the collection and that nobody agreed to. */
  findStrange(collection: Collection, scripts: readonly Script[]): Promise<readonly Script[]>;
  /**
   * A person agrees to every script of a collection.
   * @param digest of what they saw
   * @throws WorkbenchError `bad-request` the scripts are no longer those
   */
  agree(collection: Collection, digest: string): Promise<void>;
  /**
   * A person changed a collection here: scripts that are new in it are theirs.
   * @param before what it was made of; absent for a collection that was made from nothing
   */
  wrote(after: Collection, before: Collection | undefined): Promise<void>;
  imported(collection: Collection, source: string, at: number): Promise<void>;
}

/** @param file where the agreements lie; read again each time, because a command may have changed it */
export function createTrust(file: PersonalFile): Trust {
  let turn: Promise<unknown> = Promise.resolve();
  const read = async (): Promise<Readonly<Record<string, Kept>>> => {
    const book = Book.safeParse(await file.read());
    return book.success ? book.data.collections : {};
  };
  const change = async (id: string, apply: (kept: Kept) => Kept): Promise<void> => {
    const collections = await read();
    const kept = Object.hasOwn(collections, id) ? collections[id] : undefined;
    const next = apply(kept ?? { scripts: [] });
    const book = { version: 1, collections: { ...collections, [id]: next } };
    // What is absent has no place in a file.
    await file.write(JSON.parse(JSON.stringify(book)));
  };
  /** One after another, so that no change is written over another. */
  const changeInTurn = (id: string, apply: (kept: Kept) => Kept): Promise<void> => {
    const done = turn.then(() => change(id, apply));
    turn = done.catch(() => undefined);
    return done;
  };
  const findKept = async ({ id }: Collection): Promise<Kept | undefined> => {
    const collections = await read();
    return Object.hasOwn(collections, id) ? collections[id] : undefined;
  };
  const allow = (id: string, fingerprints: readonly string[]): Promise<void> =>
    fingerprints.length === 0
      ? Promise.resolve()
      : changeInTurn(id, (kept) => ({
          ...kept,
          scripts: [...new Set([...kept.scripts, ...fingerprints])],
        }));
  return {
    async look(collection) {
      const kept = await findKept(collection);
      const fingerprints = listScripts(collection).map(toFingerprint);
      const strange = fingerprints.filter((fingerprint) => !isKnown(kept, fingerprint)).length;
      return {
        state: strange === 0 ? 'trusted' : 'asks',
        scripts: fingerprints.length,
        strange,
        digest: toDigest(fingerprints),
        ...(kept?.source === undefined ? {} : { source: kept.source }),
        ...(kept?.at === undefined ? {} : { at: kept.at }),
      };
    },
    async findStrange(collection, scripts) {
      const kept = await findKept(collection);
      const saved = new Set(listScripts(collection).map(({ source }) => source));
      return scripts.filter((script) => saved.has(script.source) && !isKnown(kept, toFingerprint(script)));
    },
    async agree(collection, digest) {
      const fingerprints = listScripts(collection).map(toFingerprint);
      if (toDigest(fingerprints) !== digest)
        throw new WorkbenchError(
          'bad-request',
          `The scripts of “${collection.name}” have changed since they were shown. Look at them again.`,
        );
      await allow(collection.id, fingerprints);
    },
    async wrote(after, before) {
      const old = new Set(before === undefined ? [] : listScripts(before).map(({ source }) => source));
      const kept = before === undefined ? undefined : await findKept(before);
      // A copy takes along what was agreed to for the first.
      const own = listScripts(after).filter(
        (script) => !old.has(script.source) || isKnown(kept, toFingerprint(script)),
      );
      await allow(after.id, own.map(toFingerprint));
    },
    imported: ({ id }, source, at) => changeInTurn(id, (kept) => ({ ...kept, source, at })),
  };
}

function isKnown(kept: Kept | undefined, fingerprint: string): boolean {
  return kept?.scripts.includes(fingerprint) === true || ownScripts().has(fingerprint);
}

/** Every script that would run when the whole collection does, those that are switched off left out. */
function listScripts(collection: Collection): Script[] {
  const within = [...walkItems(collection)].flatMap(({ item }) => item.scripts);
  return [...collection.scripts, ...within].filter(
    ({ source, disabled }) => disabled !== true && source.trim() !== '',
  );
}

/** Line ends and blanks at the ends are nobody's doing: formats write them differently. */
function toFingerprint({ source }: Script): string {
  const text = source.replaceAll('\r\n', '\n').trim();
  return createHash('sha256').update(text).digest('base64url').slice(0, 32);
}

function toDigest(fingerprints: readonly string[]): string {
  const all = fingerprints.join('\n');
  return createHash('sha256').update(all).digest('base64url').slice(0, 32);
}

let made: ReadonlySet<string> | undefined;

/** Castellan's own packs are trusted, whichever way they come. */
function ownScripts(): ReadonlySet<string> {
  made ??= new Set(
    Object.values(packs).flatMap((pack) => listScripts(toCollection(pack)).map(toFingerprint)),
  );
  return made;
}
