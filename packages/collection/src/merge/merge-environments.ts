import { isSameJson } from '../json.ts';
import type { Environment, EnvironmentValue, Json } from '../model.ts';
import { compareEnvironments } from './compare.ts';
import type { Merge, ThreeVersions } from './merge-collections.ts';
import { findChanged, mergeOrder, UNKNOWN, type Conflict, type ThreeValues } from './three-way.ts';

type Rows = ReadonlyMap<string, EnvironmentValue>;

/**
 * Brings an environment up to date with its file, value by value, as {@link mergeCollections} does. An empty
 * value in the file never takes the place of one that was filled in here, and no secret stands in a conflict.
 */
export function mergeEnvironments(versions: ThreeVersions<Environment>): Merge<Environment> {
  const { mine, choose } = versions;
  const theirs = { ...versions.theirs, id: mine.id };
  const conflicts: Conflict[] = [];
  const lists = { base: versions.base && toRows(versions.base), mine: toRows(mine), theirs: toRows(theirs) };
  const values: Map<string, EnvironmentValue> = new Map();
  for (const key of new Set([...lists.mine.keys(), ...lists.theirs.keys()])) {
    const row = mergeRow(key, lists, (conflict) => {
      conflicts.push({ ...conflict, place: `${mine.name} / ${key}` });
      return choose?.(conflict.id) ?? 'mine';
    });
    if (row !== undefined) values.set(key, row);
  }
  const orders = {
    base: lists.base && [...lists.base.keys()],
    mine: [...lists.mine.keys()],
    theirs: [...lists.theirs.keys()],
  };
  const order = mergeOrder(orders, new Set(values.keys()));
  const isRenamed = versions.base !== undefined && versions.base.name === mine.name;
  const merged: Environment = {
    ...mine,
    name: isRenamed ? theirs.name : mine.name,
    // Every key of the order stands in the map.
    values: order.flatMap((key) => values.get(key) ?? []),
  };
  return {
    merged,
    changes: compareEnvironments(mine, merged),
    kept: compareEnvironments(theirs, merged),
    conflicts,
  };
}

function toRows(environment: Environment): Rows {
  return new Map(environment.values.map((row) => [row.key, row]));
}

interface ThreeRows {
  readonly base: Rows | undefined;
  readonly mine: Rows;
  readonly theirs: Rows;
}

function mergeRow(
  key: string,
  { base, mine, theirs }: ThreeRows,
  choose: (conflict: Conflict) => 'mine' | 'theirs',
): EnvironmentValue | undefined {
  const rows = { base: base?.get(key), mine: mine.get(key), theirs: theirs.get(key) };
  if (rows.mine === undefined || rows.theirs === undefined) {
    const left = rows.mine ?? rows.theirs;
    const isUntouched = rows.base !== undefined && isSameJson(saidBy(rows.base), saidBy(left));
    return isUntouched ? undefined : left;
  }
  if (isEmpty(rows.theirs)) return rows.mine;
  if (isEmpty(rows.mine)) return rows.theirs;
  const said: ThreeValues = {
    base: rows.base === undefined ? UNKNOWN : saidBy(rows.base),
    mine: saidBy(rows.mine),
    theirs: saidBy(rows.theirs),
  };
  const changed = findChanged(said);
  if (changed !== 'both') return rows[changed];
  const side = choose({
    id: `${key}#value`,
    place: '',
    part: 'value',
    mine: toShown(rows.mine),
    theirs: toShown(rows.theirs),
  });
  return rows[side];
}

function isEmpty(row: EnvironmentValue): boolean {
  return row.value === null || row.value === '';
}

function saidBy(row: EnvironmentValue | undefined): Json | undefined {
  return row && { value: row.value, enabled: row.enabled };
}

function toShown({ type, value }: EnvironmentValue): string {
  if (type === 'secret') return '(a secret)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
