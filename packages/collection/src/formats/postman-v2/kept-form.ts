import type { Extra, Json } from '../../model.ts';

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
