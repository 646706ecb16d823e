import type { Environment, Json, Variable } from '@castellan/collection';
import type { ScopeValue, VariableScopes } from '@castellan/sandbox';
import { readDynamic } from './dynamic.ts';

/** Looks a variable up by name; `undefined` is a variable that nobody has set. */
export type Lookup = (name: string) => Json | undefined;

/** Postman: a substitution may bring new `{{names}}` with it; after this many rounds what is left stays text. */
const MAX_NESTING = 19;

const VARIABLE = /\{\{([^{}]*)\}\}/g;

/** The values of an environment file as a script and a request read them. */
export function toScopeValues(environment: Environment | undefined): ScopeValue[] {
  return (environment?.values ?? []).map((value) => ({
    key: value.key,
    value: value.value,
    ...(value.type === 'default' ? {} : { type: value.type }),
    ...(value.enabled ? {} : { disabled: true }),
  }));
}

/** The variables of a collection in the same shape. */
export function toCollectionScope(variables: readonly Variable[]): ScopeValue[] {
  return variables.map((variable) => ({
    key: variable.key,
    value: variable.value,
    ...(variable.type === undefined ? {} : { type: variable.type }),
    ...(variable.disabled === true ? { disabled: true } : {}),
  }));
}

/**
 * Postman's precedence: local, data, environment, collection, globals, and last the dynamic `$names`.
 * @returns a lookup over the scopes as they are now
 */
export function createLookup(scopes: VariableScopes): Lookup {
  const local = toMap(scopes.local);
  const data = new Map(Object.entries(scopes.data));
  const others = [scopes.environment, scopes.collection, scopes.globals].map(toMap);
  const layers = [local, data, ...others].filter((layer) => layer.size > 0);
  return (name) => {
    for (const layer of layers) {
      const value = layer.get(name);
      if (value !== undefined) return value;
    }
    return name.startsWith('$') ? readDynamic(name) : undefined;
  };
}

/** Later values of a name win, as in Postman's variable lists; those switched off do not count. */
function toMap(values: readonly ScopeValue[]): Map<string, Json> {
  const map = new Map<string, Json>();
  for (const { key, value, disabled } of values) if (disabled !== true) map.set(key, value);
  return map;
}

/**
 * Fills the `{{names}}` of a text in. Names without a value stay as they are.
 * @param text any text
 * @param lookup where values come from
 */
export function fillText(text: string, lookup: Lookup): string {
  let filled = text;
  for (let round = 0; round < MAX_NESTING && filled.includes('{{'); round += 1) {
    let replaced = 0;
    filled = filled.replace(VARIABLE, (match, name: string) => {
      const value = lookup(name);
      if (value === undefined) return match;
      replaced += 1;
      return String(value);
    });
    if (replaced === 0) return filled;
  }
  return filled;
}

/** The names in a filled text that found no value, each once. */
export function findUnresolved(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(VARIABLE), (match) => match[1] ?? ''))];
}

/** Fills every text inside a JSON value in, names of fields left alone. */
export function fillJson(value: Json, lookup: Lookup): Json {
  if (typeof value === 'string') return fillText(value, lookup);
  if (Array.isArray(value)) return value.map((entry) => fillJson(entry, lookup));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fillJson(entry, lookup)]));
}
