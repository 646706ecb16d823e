import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Json } from '@castellan/collection';
import type { RowOutcome } from '../events.ts';
import type { RunPlan } from '../plan.ts';
import { JournalError } from './errors.ts';
import { compareFingerprints, toFingerprints } from './fingerprint.ts';
import type { JournalLine } from './lines.ts';
import { lockJournal } from './lock.ts';
import { readJournal } from './read.ts';
import type { BegunRow } from './read.ts';
import { createJournalWriter, openJournalFile } from './writer.ts';
import type { JournalFile } from './writer.ts';

/** Where a run writes down what it does, before it does it. */
export interface RunJournal {
  readonly id: string;
  /** Rows that an earlier attempt has finished. */
  readonly ended: ReadonlyMap<number, RowOutcome>;
  /** Rows that an earlier attempt has begun. */
  readonly begun: ReadonlyMap<number, BegunRow>;
  /** Resolves when the line is on disk. Rejects with a `JournalError` when it is not. */
  write(line: JournalLine): Promise<void>;
  close(): Promise<void>;
}

export interface CreateJournalOptions {
  readonly path: string;
  readonly plan: RunPlan;
  /** What is needed to plan the same run again. */
  readonly order?: Json;
  readonly now: number;
  /** Stands in for the disk. */
  readonly openFile?: typeof openJournalFile;
}

/**
 * Begins the journal of a new run.
 * @throws {JournalError} the file is there already, or cannot be written
 */
export async function createRunJournal(options: CreateJournalOptions): Promise<RunJournal> {
  const { path, plan, order, now, openFile = openJournalFile } = options;
  await mkdir(dirname(path), { recursive: true });
  const unlock = await lockJournal(path);
  try {
    const file = await openFile(path, undefined).catch((cause: unknown) => {
      throw isThere(cause)
        ? new JournalError(
            `${path} is there already. Go on with it (castellan resume), or give this run a journal of its own.`,
            { cause },
          )
        : new JournalError(`The journal ${path} cannot be made. Check its folder.`, { cause });
    });
    const id = randomUUID();
    const journal = toJournal({ id, file, unlock, ended: new Map(), begun: new Map() });
    await journal.write({
      kind: 'run',
      version: 1,
      id,
      at: now,
      name: plan.name,
      rows: plan.iterations,
      fingerprints: toFingerprints(plan, id),
      ...(order === undefined ? {} : { order }),
    });
    return journal;
  } catch (error) {
    await unlock();
    throw error;
  }
}

export interface ResumeJournalOptions {
  readonly path: string;
  readonly plan: RunPlan;
  readonly now: number;
  /** Goes on although the collection, the data or the environment changed. */
  readonly acceptsChanges?: boolean;
}

/**
 * Opens the journal of an earlier run to go on with it.
 * @throws {JournalError} the plan is not the one of the journal, or another process writes it
 */
export async function resumeRunJournal(options: ResumeJournalOptions): Promise<RunJournal> {
  const { path, plan, acceptsChanges = false, now } = options;
  const unlock = await lockJournal(path);
  try {
    // Under the lock nobody adds to it any more.
    const earlier = await readJournal(path);
    const { id, fingerprints } = earlier.head;
    const changes = compareFingerprints(fingerprints, toFingerprints(plan, id));
    if (changes.length > 0 && !acceptsChanges)
      throw new JournalError(
        `Since this run began, ${changes.join(' and ')} changed. Put back what it was, or go on all the same with --accept-changes.`,
        { changes },
      );
    const ended = new Map(
      [...earlier.ended].filter(([, { verdict }]) => verdict === 'done' || verdict === 'failed'),
    );
    const file = await openJournalFile(path, earlier.length);
    const journal = toJournal({ id, file, unlock, ended, begun: earlier.begun });
    await journal.write({ kind: 'resumed', at: now });
    return journal;
  } catch (error) {
    await unlock();
    throw error;
  }
}

interface Parts extends Pick<RunJournal, 'id' | 'ended' | 'begun'> {
  readonly file: JournalFile;
  unlock(): Promise<void>;
}

function toJournal({ id, file, unlock, ended, begun }: Parts): RunJournal {
  const writer = createJournalWriter(file);
  return {
    id,
    ended,
    begun,
    write: writer.write,
    async close() {
      await writer.close();
      await unlock();
    },
  };
}

function isThere(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
}
