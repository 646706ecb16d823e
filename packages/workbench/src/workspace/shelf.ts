import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileProblem } from '../api/collections.ts';
import { WorkbenchError } from '../errors.ts';
import { toFileName, writeWhole } from './files.ts';

/** One folder of the workspace with one kind of thing in it, kept in step with the disk. */
export interface Shelf<Thing extends Named> {
  list(): readonly Shelved<Thing>[];
  problems(): readonly FileProblem[];
  find(id: string): Shelved<Thing> | undefined;
  /** Writes a thing to its own file, or to a new one. */
  put(thing: Thing, file?: string): Promise<Shelved<Thing>>;
  remove(id: string): Promise<void>;
  /** Reads what others changed on disk. Resolves to whether anything did. */
  refresh(): Promise<boolean>;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

interface Shelved<Thing> {
  readonly file: string;
  readonly thing: Thing;
}

interface ShelfOptions<Thing> {
  readonly folder: string;
  /** What the things are called in sentences. */
  readonly noun: string;
  read(text: string): Thing;
  write(thing: Thing): string;
}

interface Entry<Thing> extends Shelved<Thing> {
  readonly stamp: string;
}

/** Opens a folder and reads every `.json` file in it; what cannot be read is a problem, not an error. */
export async function openShelf<Thing extends Named>(options: ShelfOptions<Thing>): Promise<Shelf<Thing>> {
  const { folder } = options;
  await mkdir(folder, { recursive: true });
  const entries = new Map<string, Entry<Thing>>();
  const broken = new Map<string, FileProblem & { readonly stamp: string }>();
  let queue: Promise<unknown> = Promise.resolve();
  /** Writes and readings of the disk take turns, so that no reading undoes a write that it overlapped. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  };

  const readAgain = async (): Promise<boolean> => {
    let changed = false;
    const names = (await readdir(folder))
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort();
    for (const gone of [...entries.keys(), ...broken.keys()].filter((file) => !names.includes(file))) {
      entries.delete(gone);
      broken.delete(gone);
      changed = true;
    }
    for (const file of names) {
      const stamp = await stampOf(join(folder, file));
      if (stamp === undefined || stamp === (entries.get(file)?.stamp ?? broken.get(file)?.stamp)) continue;
      changed = true;
      try {
        const thing = options.read(await readFile(join(folder, file), 'utf8'));
        entries.set(file, { file, thing: withOwnId(thing, file), stamp });
        broken.delete(file);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : 'It cannot be read.';
        broken.set(file, { file, sentence: reason, stamp });
        entries.delete(file);
      }
    }
    return changed;
  };

  /** A file that was copied on disk carries the id of the first; the tree needs two. */
  const withOwnId = (thing: Thing, file: string): Thing => {
    const taken = [...entries.values()].some((entry) => entry.file !== file && entry.thing.id === thing.id);
    return taken ? { ...thing, id: `${thing.id}~${file}` } : thing;
  };

  const find = (id: string) => [...entries.values()].find((entry) => entry.thing.id === id);

  await readAgain();
  return {
    list: () => [...entries.values()].sort((a, b) => a.thing.name.localeCompare(b.thing.name)),
    problems: () => [...broken.values()].map(({ file, sentence }) => ({ file, sentence })),
    find,
    refresh: () => inTurn(readAgain),
    put: (thing, wanted) =>
      inTurn(async () => {
        const taken = new Set([...entries.keys(), ...broken.keys()].map((file) => file.toLowerCase()));
        const file = wanted ?? find(thing.id)?.file ?? toFileName(thing.name, taken);
        await writeWhole(join(folder, file), options.write(thing));
        const entry = { file, thing, stamp: (await stampOf(join(folder, file))) ?? '' };
        entries.set(file, entry);
        return entry;
      }),
    remove: (id) =>
      inTurn(async () => {
        const entry = find(id);
        if (entry === undefined) {
          throw new WorkbenchError('not-found', `This ${options.noun} is no longer in the workspace.`);
        }
        await rm(join(folder, entry.file), { force: true });
        entries.delete(entry.file);
      }),
  };
}

async function stampOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? `${found.mtimeMs}:${found.size}:${found.ino}` : undefined;
}
