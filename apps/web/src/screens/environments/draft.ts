import type { EnvironmentRowEdit, EnvironmentView } from '@castellan/workbench/api';

/** An environment as it is edited. */
export interface Draft {
  readonly id: string | null;
  readonly name: string;
  readonly scope: EnvironmentView['scope'];
  readonly rows: readonly DraftRow[];
}

export interface DraftRow extends EnvironmentRowEdit {
  /** A secret that the vault holds; the page has no value of it. */
  readonly isKept: boolean;
}

export const emptyRow: DraftRow = {
  key: '',
  value: '',
  initial: '',
  type: 'default',
  enabled: true,
  isKept: false,
};

export function toDraft(view: EnvironmentView): Draft {
  return {
    id: view.id,
    name: view.name,
    scope: view.scope,
    rows: view.values.map(({ hasValue, hosts: _hosts, readable: _readable, ...row }) => ({
      ...row,
      was: row.key,
      isKept: row.type === 'secret' && hasValue,
    })),
  };
}

/** What is wrong with a draft: with its name, and with the keys of rows, by their place. */
export function findProblems({ name, rows }: Draft): {
  readonly name?: string;
  readonly keys: ReadonlyMap<number, string>;
} {
  const keys = new Map<number, string>();
  const firsts = new Map<string, number>();
  for (const [index, { key }] of rows.entries()) {
    const first = firsts.get(key);
    if (key.trim() === '') continue;
    if (first === undefined) firsts.set(key, index);
    else keys.set(index, `Row ${first + 1} has this key already. Rename or remove one of the two.`);
  }
  return { keys, ...(name.trim() === '' ? { name: 'An environment needs a name.' } : {}) };
}

/** The server decides by the same names; here it only hides what is typed. */
export function isSecret(row: DraftRow): boolean {
  return row.type === 'secret' || /api[-_. ]?key|token|passw|secret|credential/i.test(row.key);
}
