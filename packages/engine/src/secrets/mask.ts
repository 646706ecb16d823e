import type { Json } from '@castellan/collection';
import { attachBody, readBody } from '../body-bytes.ts';
import { toForms } from './forms.ts';
import { createTextFinder, type Stretch, type TextFinder } from './text-finder.ts';

/** What stands in the place of a secret. */
export const DOTS = '••••••••';

/** Takes secret values out of what is said. What holds none comes back as it is, not as a copy. */
export interface Redaction {
  text(text: string): string;
  /** Bytes in base64, as bodies travel in events. */
  base64(encoded: string): string;
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
  /** The same without what was learned: for the person who asked for it. */
  readonly known: Redaction;
}

/** Shorter values would blot out ordinary text everywhere. */
const SHORTEST = 4;
/** What nobody has called a secret by hand is one only when it is long enough to be no word. */
export const SHORTEST_LEARNED = 8;
/** Learned values that are known at least, and their characters. */
const KEPT = { values: 1024, characters: 256 * 1024 };

/** Whether something holds one of some values, as it is or encoded. */
export interface Search {
  text(text: string): boolean;
  bytes(bytes: Uint8Array): boolean;
}

/** Looks for these values in the same forms that a mask takes out. */
export function createSearch(secrets: Iterable<string>): Search {
  const finder = createTextFinder(SHORTEST);
  for (const secret of secrets) addForms(finder, secret, SHORTEST);
  return { text: finder.has, bytes: (bytes) => finder.has(toLatin(bytes)) };
}

/** Makes a mask for these values, in every form of `toForms`. */
export function createMask(secrets: Iterable<string> = []): Mask {
  const known = createTextFinder(SHORTEST);
  const values = new Set<string>();
  let older = createTextFinder(SHORTEST_LEARNED);
  let newer = createTextFinder(SHORTEST_LEARNED);
  let learned = new Set<string>();
  let characters = 0;
  let before = new Set<string>();
  const mask: Mask = {
    ...createRedaction((text) =>
      values.size + learned.size === 0
        ? NOTHING
        : joinStretches([known.find(text), newer.find(text), older.find(text)]),
    ),
    known: createRedaction(known.find),
    add(added) {
      for (const value of added) {
        if (values.has(value)) continue;
        values.add(value);
        addForms(known, value, SHORTEST);
      }
    },
    learn(added) {
      for (const value of added) {
        if (value.length < SHORTEST_LEARNED || learned.has(value) || before.has(value)) continue;
        if (learned.size >= KEPT.values || characters >= KEPT.characters) {
          [older, newer] = [newer, createTextFinder(SHORTEST_LEARNED)];
          [before, learned] = [learned, new Set()];
          characters = 0;
        }
        learned.add(value);
        characters += value.length;
        addForms(newer, value, SHORTEST_LEARNED);
      }
    },
  };
  mask.add(secrets);
  return mask;
}

const NOTHING: readonly Stretch[] = [];

function addForms(finder: TextFinder, value: string, shortest: number): void {
  if (value.length < shortest) return;
  for (const form of toForms(value, shortest)) finder.add(form);
}

function createRedaction(find: (text: string) => readonly Stretch[]): Redaction {
  const cover = (text: string, dots: string): string => {
    const found = find(text);
    if (found.length === 0) return text;
    const kept = found.map(({ start }, index) => text.slice(found[index - 1]?.end ?? 0, start));
    return [...kept, text.slice(found.at(-1)?.end ?? 0)].join(dots);
  };
  const text = (value: string): string => cover(value, DOTS);
  const bytes = (plain: Uint8Array): Uint8Array => {
    // latin1 keeps bytes that are no text as they are.
    const latin = toLatin(plain);
    const covered = cover(latin, Buffer.from(DOTS).toString('latin1'));
    return covered === latin ? plain : Buffer.from(covered, 'latin1');
  };
  const base64 = (encoded: string): string => {
    const plain = Buffer.from(encoded, 'base64');
    const masked = bytes(plain);
    return masked === plain ? encoded : Buffer.from(masked).toString('base64');
  };
  const walk = (value: Json | undefined): Json | undefined => {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return value;
    return Array.isArray(value) ? walkList(value) : walkRecord(value as Readonly<Record<string, Json>>);
  };
  const walkList = (list: Json[]): Json => {
    let copy: Json[] | undefined;
    for (const [index, item] of list.entries()) {
      const masked = walk(item);
      if (masked === item || masked === undefined) continue;
      copy ??= [...list];
      copy[index] = masked;
    }
    return copy ?? list;
  };
  const walkRecord = (record: Readonly<Record<string, Json>>): Json => {
    const names = Object.keys(record);
    let entries: [string, Json][] | undefined;
    for (const [index, name] of names.entries()) {
      // An answer of many megabytes is not decoded for readers of its headers.
      if (name === 'bodyBase64') return maskBody(record);
      const value = record[name];
      const masked = walk(value) ?? null;
      const shown = text(name);
      const isOther = (masked !== value && value !== undefined) || shown !== name;
      if (isOther) entries ??= names.slice(0, index).map((before) => [before, record[before] ?? null]);
      entries?.push([shown, masked]);
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
  return { text, base64, bytes, json: <T>(value: T): T => walk(value as Json) as T };
}

/** Of several finders: the parts that any of them found, from the left, those that overlap as one. */
function joinStretches(lists: readonly (readonly Stretch[])[]): readonly Stretch[] {
  const found = lists.filter((list) => list.length > 0);
  const [only] = found;
  if (only === undefined || found.length === 1) return only ?? [];
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of found.flat().toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last === undefined || start >= last.end) joined.push({ start, end });
    else last.end = Math.max(last.end, end);
  }
  return joined;
}

function toLatin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
