import type { EnvironmentRow, EnvironmentView, Level } from '@castellan/workbench/api';
import type { Item } from './store.ts';

/** A variable as the page knows it: of secrets, that they have a value. */
export interface KnownVariable {
  readonly name: string;
  readonly value: string;
  readonly scope: string;
  readonly isSecret: boolean;
  readonly hasValue: boolean;
}

/** Where the variables of a request come from. */
interface Scopes {
  readonly environment: EnvironmentView | undefined;
  readonly globals: EnvironmentView | undefined;
  /** The collection and folders around, from the outside in. */
  readonly levels: readonly Level[];
  /** Current values of the collection's variables, where they differ from the file. */
  readonly collectionValues: readonly EnvironmentRow[];
}

/** Every variable that a request sees, the nearest scope winning: environment before collection before globals. */
export function listVariables(scopes: Scopes): Map<string, KnownVariable> {
  const known = new Map<string, KnownVariable>();
  const addRows = (rows: readonly EnvironmentRow[], scope: string) => {
    for (const row of rows) {
      if (!row.enabled) continue;
      known.set(row.key, {
        name: row.key,
        value: row.value ?? '',
        scope,
        isSecret: row.type === 'secret',
        hasValue: row.hasValue,
      });
    }
  };
  addRows(scopes.globals?.values ?? [], 'Globals');
  // Postman: variables of folders are kept in their files and never read.
  for (const level of scopes.levels.filter(({ kind }) => kind === 'collection')) {
    for (const variable of level.variables) {
      if (variable.disabled) continue;
      const value = typeof variable.value === 'string' ? variable.value : JSON.stringify(variable.value);
      known.set(variable.key, {
        name: variable.key,
        value,
        scope: level.name,
        isSecret: false,
        hasValue: value !== '',
      });
    }
    addRows(scopes.collectionValues, level.name);
  }
  addRows(scopes.environment?.values ?? [], scopes.environment?.name ?? '');
  return known;
}

const VARIABLE = /\{\{([^{}]+)\}\}/g;

/** Parts of a text: plain, and `{{variables}}` by their names. */
export function splitVariables(text: string): { readonly text: string; readonly name?: string }[] {
  const parts: { text: string; name?: string }[] = [];
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: match[0], name: (match[1] ?? '').trim() });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Names in a request that have no value; Postman's own `$` variables always have one. */
export function findUnresolved(item: Item, known: ReadonlyMap<string, KnownVariable>): string[] {
  const { url, headers, body, auth } = item.request;
  const text = JSON.stringify([
    url.raw,
    url.query.filter((field) => !field.disabled),
    headers.filter((field) => !field.disabled),
    body ?? '',
    auth ?? '',
  ]);
  const names = splitVariables(text).flatMap(({ name }) => (name === undefined ? [] : [name]));
  return [...new Set(names)].filter((name) => !name.startsWith('$') && known.get(name)?.hasValue !== true);
}
