import { createReadStream } from 'node:fs';
import type { RowOutcome } from '../events.ts';
import { JournalError } from './errors.ts';
import { readLine } from './lines.ts';
import type { JournalLine, RunLine, StepLine } from './lines.ts';

/** What a journal says of a run. */
export interface EarlierRun {
  readonly head: RunLine;
  /** Rows with a verdict. */
  readonly ended: ReadonlyMap<number, RowOutcome>;
  /** Rows that were begun and have no verdict, or were in doubt. */
  readonly begun: ReadonlyMap<number, BegunRow>;
  /** How the last attempt ended; absent when it was killed. */
  readonly outcome?: string;
  /** When the last attempt ended or was last heard of. */
  readonly attempts: number;
  /** Bytes up to the end of the last whole line. */
  readonly length: number;
}

/** How far a row came. */
export interface BegunRow {
  /** After which step it stands, with what its scripts had changed; absent before the first. */
  step?: StepLine;
  /** Writes since then, in order. */
  writes: EarlierWrite[];
}

export interface EarlierWrite {
  /** Tells it from another write. */
  readonly request: string;
  readonly at: number;
  readonly what: string;
  /** Of its answer; absent when none was written down. */
  code?: number;
}

/**
 * Reads a journal from its first line to its last. A last line that a crash has torn is left out.
 * @throws {JournalError} there is no such file, it is no journal, or it is damaged
 */
export async function readJournal(path: string): Promise<EarlierRun> {
  let head: RunLine | undefined;
  let outcome: string | undefined;
  let attempts = 0;
  let length = 0;
  let number = 0;
  let torn: number | undefined;
  const ended = new Map<number, RowOutcome>();
  const begun = new Map<number, BegunRow>();
  for await (const { text, end, isWhole } of readTextLines(path)) {
    number += 1;
    if (torn !== undefined) throw damaged(path, torn);
    const line = isWhole ? readLine(text) : undefined;
    if (line === undefined) {
      torn = number;
      continue;
    }
    if (head === undefined && line.kind !== 'run') throw notAJournal(path);
    hear(line);
    length = end;
  }
  if (head === undefined) throw notAJournal(path);
  return { head, ended, begun, attempts, length, ...(outcome === undefined ? {} : { outcome }) };

  function hear(line: JournalLine): void {
    switch (line.kind) {
      case 'run':
        head = line;
        attempts = 1;
        break;
      case 'resumed':
        attempts += 1;
        outcome = undefined;
        break;
      case 'finished':
        outcome = line.outcome;
        break;
      case 'row': {
        const { kind: _kind, reason, ...rest } = line;
        ended.set(line.row, { ...rest, ...(reason === undefined ? {} : { reason }) });
        // What is in doubt may be settled later.
        if (line.verdict !== 'in-doubt') begun.delete(line.row);
        break;
      }
      default:
        hearOfRow(findRow(line.row), line);
    }
  }

  function findRow(row: number): BegunRow {
    const known = begun.get(row) ?? { writes: [] };
    begun.set(row, known);
    return known;
  }
}

type RowLine = Extract<JournalLine, { kind: 'sent' | 'ended' | 'step' }>;

function hearOfRow(row: BegunRow, line: RowLine): void {
  switch (line.kind) {
    case 'sent':
      // One that is in doubt and is looked into again is the same write.
      if (row.writes.some(({ request, code }) => request === line.request && code === undefined)) return;
      row.writes.push({ request: line.request, at: line.at, what: line.what });
      return;
    case 'ended': {
      const index = row.writes.findLastIndex(({ request }) => request === line.request);
      const write = row.writes[index];
      if (write === undefined) return;
      if (line.code === undefined) row.writes.splice(index, 1);
      else write.code = line.code;
      return;
    }
    case 'step':
      row.step = line;
      row.writes = [];
  }
}

interface TextLine {
  readonly text: string;
  /** Bytes of the file up to the line's end. */
  readonly end: number;
  /** It ends with a line break. */
  readonly isWhole: boolean;
}

async function* readTextLines(path: string): AsyncGenerator<TextLine> {
  let rest: Buffer = Buffer.alloc(0);
  let end = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      // A stream without an encoding gives buffers.
      rest = Buffer.concat([rest, chunk as Buffer]);
      let start = 0;
      for (let at = rest.indexOf(10); at !== -1; at = rest.indexOf(10, start)) {
        end += at + 1 - start;
        yield { text: rest.toString('utf8', start, at), end, isWhole: true };
        start = at + 1;
      }
      rest = rest.subarray(start);
    }
  } catch (cause) {
    if (cause instanceof JournalError) throw cause;
    throw new JournalError(`There is no journal at ${path} that can be read.`, { cause });
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), end: end + rest.length, isWhole: false };
}

function notAJournal(path: string): JournalError {
  return new JournalError(`${path} is not the journal of a run of this version. It was left as it is.`);
}

function damaged(path: string, line: number): JournalError {
  return new JournalError(
    `Line ${line} of the journal ${path} is damaged, and not by a crash: lines follow it. It was left as it is; what it says up to there can be read by hand.`,
  );
}
