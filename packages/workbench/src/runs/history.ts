import { randomUUID } from 'node:crypto';
import type { RequestItem } from '@castellan/collection';
import type { RunEvent } from '@castellan/engine';
import { z } from 'zod';
import { RequestItemSchema } from '../api/model.ts';
import { HistoryEntry } from '../api/sends.ts';
import { WorkbenchError } from '../errors.ts';
import { findRequestId } from './request-id.ts';
import type { PersonalFile } from '../vault/personal-file.ts';

/** Bytes of an answer that the search looks at. */
const LONGEST_BODY = 8 * 1024;
const WRITE_MS = 500;

const Kept = z.strictObject({ entry: HistoryEntry, body: z.string(), item: RequestItemSchema });
type Kept = z.infer<typeof Kept>;

/** What was sent, newest last, over restarts too. Everything in it is masked before it comes here. */
export interface History {
  /**
   * Takes note of an event when it is the end of a request.
   * @param answered the body of the answer, if the event has one
   */
  note(event: RunEvent, answered: Uint8Array, about: NoteContext): void;
  /** Newest first: entries whose address, status, name or body hold the text. */
  search(text: string): HistoryEntry[];
  /** The entry whose answer had this id of Okta's. */
  findCause(requestId: string): HistoryEntry | undefined;
  /** The request as it was sent, its variables not filled in. */
  request(id: string): RequestItem;
  /** Lets go of what is more than is wanted. */
  shorten(): void;
  clear(): void;
  close(): Promise<void>;
}

interface NoteContext {
  readonly collectionId: string;
  readonly environment: string | undefined;
  /** The request as the page sent it. */
  readonly item: RequestItem;
}

/** @param most how many entries are kept, as it is wanted now */
export async function openHistory(file: PersonalFile, most: () => number): Promise<History> {
  const read = z.array(Kept).safeParse(await file.read());
  let kept: Kept[] = read.success ? read.data : [];
  let timer: NodeJS.Timeout | undefined;
  const write = async () => {
    clearTimeout(timer);
    timer = undefined;
    // Everything in an entry is JSON.
    await file.write(JSON.parse(JSON.stringify(kept)));
  };
  const writeSoon = () => {
    timer ??= setTimeout(() => void write().catch(() => undefined), WRITE_MS);
  };
  const shorten = () => {
    kept.splice(0, kept.length - most());
    writeSoon();
  };
  return {
    shorten,
    note(event, answered, about) {
      const entry = toEntry(event, about);
      if (entry === undefined) return;
      const body = new TextDecoder().decode(answered.subarray(0, LONGEST_BODY));
      // The order came in by this schema.
      kept.push({ entry, body, item: about.item as Kept['item'] });
      shorten();
    },
    search(text) {
      const words = text.toLowerCase().split(/\s+/).filter(Boolean);
      return kept
        .filter(({ entry, body }) => {
          const all = `${entry.method} ${entry.url} ${entry.code ?? entry.failure ?? ''} ${entry.itemName} ${entry.requestId ?? ''} ${body}`;
          return words.every((word) => all.toLowerCase().includes(word));
        })
        .map(({ entry }) => entry)
        .reverse();
    },
    findCause: (requestId) => kept.findLast(({ entry }) => entry.requestId === requestId)?.entry,
    request(id) {
      const item = kept.find(({ entry }) => entry.id === id)?.item;
      if (item !== undefined) return item as RequestItem;
      throw new WorkbenchError(
        'not-found',
        'This is no longer in the history. Open it from the tree instead.',
      );
    },
    clear() {
      kept = [];
      writeSoon();
    },
    close: async () => {
      if (timer !== undefined) await write();
    },
  };
}

function toEntry(event: RunEvent, about: NoteContext): HistoryEntry | undefined {
  const isEnd = event.kind === 'response-received' || event.kind === 'request-failed';
  if (!isEnd || event.source !== 'item') return undefined;
  return {
    id: randomUUID(),
    at: event.at,
    method: event.request?.method ?? '',
    url: event.request?.url ?? '',
    ...(event.kind === 'response-received'
      ? { code: event.response.code, time: event.response.time }
      : { failure: event.failure.sentence }),
    collectionId: about.collectionId,
    itemId: event.itemId,
    itemName: event.itemName,
    ...(about.environment === undefined ? {} : { environment: about.environment }),
    ...toRequestId(event),
  };
}

function toRequestId(event: RunEvent): { requestId?: string } {
  if (event.kind !== 'response-received') return {};
  const id = findRequestId(event.response.headers);
  return id === undefined ? {} : { requestId: id };
}
