import { isSameJson } from '../json.ts';
import type { Collection, Environment, EnvironmentValue, Json } from '../model.ts';
import { flatten, ROOT, toPlace } from './flat.ts';
import { partsOf } from './parts.ts';

/** One way in which two versions of a thing differ. */
export interface Change {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  /** Names from the outside in (`Users / Create User`). */
  readonly place: string;
  /** The parts that differ (`address`, `test script`); none for what was added, removed or moved. */
  readonly parts: readonly string[];
}

/** What has to happen to one collection to make it the other; things are the same when their ids are. */
export function compareCollections(from: Collection, to: Collection): Change[] {
  const before = flatten(from);
  const after = flatten(to);
  const changes: Change[] = [];
  for (const [id, node] of after.nodes) {
    const old = before.nodes.get(id);
    const place = toPlace(after, id);
    if (old === undefined) {
      changes.push({ kind: 'added', place, parts: [] });
      continue;
    }
    const parts = partsOf(node)
      .filter((part) => !isSameJson(part.read(old), part.read(node)))
      .map((part) => part.name);
    if (parts.length > 0) changes.push({ kind: 'changed', place, parts });
    if (id !== ROOT && before.parents.get(id) !== after.parents.get(id))
      changes.push({ kind: 'moved', place, parts: [] });
  }
  for (const id of before.nodes.keys()) {
    if (!after.nodes.has(id)) changes.push({ kind: 'removed', place: toPlace(before, id), parts: [] });
  }
  for (const [id, children] of after.children) {
    const old = before.children.get(id) ?? [];
    const common = old.filter((one) => children.includes(one));
    const kept = children.filter((one) => old.includes(one));
    if (!isSameJson(common, kept))
      changes.push({ kind: 'changed', place: toPlace(after, id), parts: ['order'] });
  }
  return changes;
}

/** What has to happen to one environment to make it the other; no value is shown. */
export function compareEnvironments(from: Environment, to: Environment): Change[] {
  const before = new Map(from.values.map((row) => [row.key, row]));
  const after = new Map(to.values.map((row) => [row.key, row]));
  const changes: Change[] = [];
  if (from.name !== to.name) changes.push({ kind: 'changed', place: to.name, parts: ['name'] });
  for (const [key, row] of after) {
    const old = before.get(key);
    const place = `${to.name} / ${key}`;
    if (old === undefined) changes.push({ kind: 'added', place, parts: [] });
    else if (!isSameJson(toJson(old), toJson(row)))
      changes.push({ kind: 'changed', place, parts: ['value'] });
  }
  for (const key of before.keys()) {
    if (!after.has(key)) changes.push({ kind: 'removed', place: `${to.name} / ${key}`, parts: [] });
  }
  return changes;
}

function toJson({ value, enabled }: EnvironmentValue): Json {
  return { value, enabled };
}
