import type { Json } from '@castellan/collection';
import { attachBody, readBody } from '../body-bytes.ts';
import { findAnswerSecrets, SHORTEST_LEARNED } from './answer-secrets.ts';
import { toForms } from './forms.ts';
import { createFinderOf, createTextFinder, readBytes, type Stretch, type TextFinder } from './text-finder.ts';

/** What stands in the place of a secret. */
export const DOTS = '••••••••';

/** Takes secret values out of what is said. What holds none comes back as it is, not as a copy. */
export interface Redaction {
  text(text: string): string;
  /** Bytes as they are; the same ones when nothing in them is secret. */
  bytes(bytes: Uint8Array): Uint8Array;
  /** A whole JSON value; fields named `bodyBase64` are masked inside, and only when somebody reads them. */
  json<T>(value: T): T;
}

/** Takes secret values out of everything that leaves a run. */
export interface Mask extends Redaction {
  /** Masks these values from now on, for good. Values of three characters and less are left as they are. */
  add(values: Iterable<string>): void;
  /**
   * Masks these as well, values of eight characters and more. Of values that come by the thousand the newest are
   * known: as many as {@link KEPT} says at least, and never more than twice that.
   */
  learn(values: Iterable<string>): void;
  /** Learns what an answer brings. */
  learnFrom(...exchange: Parameters<typeof findAnswerSecrets>): void;
  /** Another one whenever more is masked than before. */
  readonly version: number;
  /** The same without what was learned: for the person who asked for it. */
  readonly known: Redaction;
}

/** Shorter values would blot out ordinary text everywhere. */
const SHORTEST = 4;
/** Learned values that are known at least, and their characters. */
const KEPT = { values: 1024, characters: 256 * 1024 };

/** Whether something holds one of some values, as it is or encoded. */
export interface Search {
  text(text: string): boolean;
  bytes(bytes: Uint8Array): boolean;
}

/** Looks for these values in the same forms that a mask takes out. */
export function createSearch(secrets: Iterable<string>): Search {
  const finder = createFormFinder(secrets);
  return { text: finder.has, bytes: finder.has };
}

/** Makes a mask for these values, in every form of `toForms`. */
export function createMask(secrets: Iterable<string> = []): Mask {
  const values = new Set<string>();
  let known = createFormFinder(values);
  let version = 0;
  /** What is shorter holds none: most names and many values. */
  let shortest = Number.POSITIVE_INFINITY;
  let older = createTextFinder(SHORTEST_LEARNED);
  let newer = createTextFinder(SHORTEST_LEARNED);
  let learned = new Set<string>();
  let characters = 0;
  let earlier = new Set<string>();
  const mask: Mask = {
    ...createRedaction((within) => {
      if (within.length < shortest) return NOTHING;
      const found = known.find(within);
      return learned.size === 0 ? found : join(join(found, newer.find(within)), older.find(within));
    }),
    known: createRedaction((within) => known.find(within)),
    get version() {
      return version;
    },
    add(added) {
      const before = values.size;
      for (const value of added) values.add(value);
      if (values.size === before) return;
      version += 1;
      known = createFormFinder(values);
      shortest = Math.min(shortest, known.width);
    },
    learn(added) {
      for (const value of added) {
        if (value.length < SHORTEST_LEARNED || learned.has(value) || earlier.has(value)) continue;
        if (learned.size >= KEPT.values || characters >= KEPT.characters) {
          [older, newer] = [newer, createTextFinder(SHORTEST_LEARNED)];
          [earlier, learned] = [learned, new Set()];
          characters = 0;
        }
        learned.add(value);
        version += 1;
        shortest = Math.min(shortest, SHORTEST_LEARNED);
        characters += value.length;
        addForms(newer, value, SHORTEST_LEARNED);
      }
    },
    learnFrom: (...exchange) => mask.learn(findAnswerSecrets(...exchange)),
  };
  mask.add(secrets);
  return mask;
}

function addForms(finder: TextFinder, value: string, shortest: number): void {
  for (const form of toForms(value, shortest)) finder.add(form);
}

function createFormFinder(secrets: Iterable<string>): TextFinder {
  return createFinderOf(
    Array.from(secrets)
      .filter(({ length }) => length >= SHORTEST)
      .flatMap((secret) => toForms(secret, SHORTEST)),
  );
}

type Find = (within: string | Uint8Array) => readonly Stretch[];

const NOTHING: readonly Stretch[] = [];

function createRedaction(find: Find): Redaction {
  const cover = (text: string, found: readonly Stretch[], dots: string): string => {
    const kept = found.map(({ start }, index) => text.slice(found[index - 1]?.end ?? 0, start));
    return [...kept, text.slice(found.at(-1)?.end ?? 0)].join(dots);
  };
  const text = (value: string): string => {
    const found = find(value);
    return found.length === 0 ? value : cover(value, found, DOTS);
  };
  const bytes = (plain: Uint8Array): Uint8Array => {
    const found = find(plain);
    if (found.length === 0) return plain;
    return Buffer.from(cover(readBytes(plain), found, Buffer.from(DOTS).toString('latin1')), 'latin1');
  };
  const walk = (value: Json | undefined): Json | undefined => {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return value;
    return Array.isArray(value) ? walkList(value) : walkRecord(value);
  };
  const walkList = (list: Json[]): Json => {
    let copy: Json[] | undefined;
    for (let index = 0; index < list.length; index += 1) {
      const masked = walk(list[index]);
      if (masked === list[index] || masked === undefined) continue;
      copy ??= [...list];
      copy[index] = masked;
    }
    return copy ?? list;
  };
  const walkRecord = (record: Readonly<Record<string, Json>>): Json => {
    // An answer of many megabytes is not decoded for readers of its headers.
    if ('bodyBase64' in record) return maskBody(record);
    let entries: [string, Json][] | undefined;
    for (const name in record) {
      const value = record[name] ?? null;
      const masked = walk(value) ?? null;
      const shown = text(name);
      if (entries !== undefined) entries.push([shown, masked]);
      else if (masked !== value || shown !== name) {
        const names = Object.keys(record);
        const before = names.slice(0, names.indexOf(name));
        entries = [...before.map((same): [string, Json] => [same, record[same] ?? null]), [shown, masked]];
      }
    }
    return entries === undefined ? record : Object.fromEntries(entries);
  };
  const maskBody = (record: Readonly<Record<string, Json>>): Json => {
    const copy: Record<string, Json | undefined> = {};
    for (const name of Object.keys(record)) if (name !== 'bodyBase64') copy[name] = walk(record[name]);
    // It has the field, or nobody would be here.
    return attachBody(copy, () => bytes(readBody(record as { bodyBase64: string }))) as Json;
  };
  // A mask changes texts within a value and never its shape.
  return { text, bytes, json: <T>(value: T): T => walk(value as Json) as T };
}

/** The parts of both lists, from the left, those that overlap as one. */
function join(one: readonly Stretch[], other: readonly Stretch[]): readonly Stretch[] {
  if (other.length === 0) return one;
  if (one.length === 0) return other;
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of [...one, ...other].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last === undefined || start >= last.end) joined.push({ start, end });
    else last.end = Math.max(last.end, end);
  }
  return joined;
}
