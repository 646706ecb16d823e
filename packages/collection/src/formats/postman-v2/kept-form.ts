import { isSameJson } from '../../json.ts';
import type { Extra, Json } from '../../model.ts';

/**
 * Fields whose written form the model cannot say: what the file holds differs from what would be written for
 * the same value. They stay in `extra`; `undefined` when everything would be written as it was.
 */
export function keepForms(source: Extra, written: Extra, keys: readonly string[]): Extra {
  const kept: Record<string, Json> = {};
  for (const key of keys) {
    const value = source[key];
    if (value !== undefined && !isSameJson(value, written[key])) kept[key] = value;
  }
  return kept;
}

/** The form of the file while it still says the same as the model; else what the model says. */
export function pickForm<T>(kept: Json | undefined, value: T, read: (form: Json) => T, written: Json): Json {
  if (kept === undefined) return written;
  return JSON.stringify(read(kept)) === JSON.stringify(value) ? kept : written;
}

/** The parts of `extra` joined; `undefined` when there are none. */
export function toExtra(...parts: readonly (Extra | undefined)[]): Extra | undefined {
  const joined: Extra = Object.assign({}, ...parts);
  return Object.keys(joined).length === 0 ? undefined : joined;
}
