import { compact, isObject, isSameJson } from '../json.ts';
import type { Collection, Json } from '../model.ts';
import { alignIds } from './align.ts';
import { compareCollections, type Change } from './compare.ts';
import { flatten, ROOT, toPlace, unflatten, type Flat } from './flat.ts';
import { partsOf, toPartText, type Node, type Part } from './parts.ts';
import { findChanged, mergeOrder, UNKNOWN, type Conflict, type Side, type ThreeValues } from './three-way.ts';

export interface ThreeVersions<Thing> {
  /** The file as it was when it was last imported; absent when that is not known. */
  readonly base?: Thing | undefined;
  /** What the workspace has. */
  readonly mine: Thing;
  /** What the file holds now. */
  readonly theirs: Thing;
  /** Which side a conflict is decided for; what stands here, unless told. */
  readonly choose?: ((conflictId: string) => Side | undefined) | undefined;
}

export interface Merge<Thing> {
  readonly merged: Thing;
  /** What the merge does to what stands here. */
  readonly changes: readonly Change[];
  /** Edits that were made here and stay. */
  readonly kept: readonly Change[];
  readonly conflicts: readonly Conflict[];
}

interface Merging {
  readonly base: Flat | undefined;
  readonly mine: Flat;
  readonly theirs: Flat;
  readonly choose: (conflict: Conflict) => Side;
}

/**
 * Brings a collection up to date with its file: what only the file changed is taken over, what was only changed
 * here stays, and what both changed is a conflict, which leaves things as they stand here unless `choose` says
 * otherwise. Without a base every difference is a conflict and nothing is removed.
 */
export function mergeCollections(versions: ThreeVersions<Collection>): Merge<Collection> {
  const { mine } = versions;
  const base = versions.base && { ...versions.base, id: mine.id };
  const theirs = alignIds(versions.theirs, base ?? mine);
  const conflicts: Conflict[] = [];
  const merging: Merging = {
    base: base && flatten(base),
    mine: flatten(mine),
    theirs: flatten(theirs),
    choose(conflict) {
      conflicts.push(conflict);
      return versions.choose?.(conflict.id) ?? 'mine';
    },
  };
  const nodes = mergeNodes(merging);
  const parents = mergeParents(merging, nodes);
  const merged = unflatten({ nodes, children: mergeChildren(merging, parents) });
  return {
    merged,
    changes: compareCollections(mine, merged),
    kept: compareCollections(theirs, merged),
    conflicts,
  };
}

/** Every node that stays, with its parts merged. */
function mergeNodes(merging: Merging): Map<string, Node> {
  const { mine, theirs } = merging;
  const nodes = new Map<string, Node>();
  for (const id of new Set([...mine.nodes.keys(), ...theirs.nodes.keys()])) {
    const node = mergeNode(merging, id);
    if (node !== undefined) nodes.set(id, node);
  }
  // What stays keeps the folders around it.
  for (const id of nodes.keys()) {
    const parent = mergeParent(merging, id);
    const node = mine.nodes.get(parent) ?? theirs.nodes.get(parent);
    if (node !== undefined && !nodes.has(parent)) nodes.set(parent, node);
  }
  return nodes;
}

function mergeNode(merging: Merging, id: string): Node | undefined {
  const base = merging.base?.nodes.get(id);
  const mine = merging.mine.nodes.get(id);
  const theirs = merging.theirs.nodes.get(id);
  if (mine !== undefined && theirs !== undefined) return mergeParts(merging, id, { base, mine, theirs });
  const left = mine ?? theirs;
  // One side alone has it: the other never had it, or deleted it.
  if (left === undefined || base === undefined) return left;
  if (isSameNode(base, left)) return undefined;
  const place = toPlace(mine === undefined ? merging.theirs : merging.mine, id);
  const chosen = merging.choose({
    id: `${id}#whole`,
    place,
    part: 'whole',
    base: describe(base),
    ...(mine !== undefined && { mine: describe(mine) }),
    ...(theirs !== undefined && { theirs: describe(theirs) }),
  });
  return chosen === 'mine' ? mine : theirs;
}

function isSameNode(left: Node, right: Node): boolean {
  return partsOf(right).every((part) => isSameJson(part.read(left), part.read(right)));
}

function describe(node: Node): string {
  return node.kind === 'request' ? `${node.request.method} ${node.request.url.raw}` : node.name;
}

interface ThreeNodes {
  readonly base: Node | undefined;
  readonly mine: Node;
  readonly theirs: Node;
}

function mergeParts(merging: Merging, id: string, { base, mine, theirs }: ThreeNodes): Node {
  let merged = mine;
  for (const part of partsOf(mine)) {
    const values: ThreeValues = {
      base: base === undefined ? UNKNOWN : part.read(base),
      mine: part.read(mine),
      theirs: part.read(theirs),
    };
    const changed = findChanged(values);
    if (changed === 'mine') continue;
    const value = changed === 'theirs' ? values.theirs : mergeValue(merging, id, part, values);
    merged = part.write(merged, value);
  }
  return merged;
}

function mergeValue(merging: Merging, id: string, part: Part, values: ThreeValues): Json | undefined {
  const lists = part.entries === undefined ? undefined : toEntries(part.entries.key, values);
  if (lists !== undefined && part.entries !== undefined)
    return mergeEntries(merging, id, part.entries, lists);
  return decide(merging, id, part.name, values);
}

function decide(merging: Merging, id: string, part: string, values: ThreeValues): Json | undefined {
  const chosen = merging.choose({
    id: `${id}#${part}`,
    place: toPlace(merging.mine, id),
    part,
    ...compact({
      base: values.base === UNKNOWN ? undefined : toPartText(values.base),
      mine: toPartText(values.mine),
      theirs: toPartText(values.theirs),
    }),
  });
  return values[chosen];
}

type Entries = ReadonlyMap<string, Json>;

interface ThreeLists {
  readonly base: Entries | undefined;
  readonly mine: Entries;
  readonly theirs: Entries;
}

/** Lists whose entries can be told apart; `undefined` when a key is missing or there twice. */
function toEntries(key: string, values: ThreeValues): ThreeLists | undefined {
  const read = (value: Json | undefined): Entries | undefined => {
    const list = Array.isArray(value) ? value : [];
    const entries = new Map(list.map((one) => [isObject(one) ? one[key] : undefined, one]));
    const keys = [...entries.keys()];
    // Every key was just seen to be a text.
    return entries.size === list.length && keys.every((one) => typeof one === 'string')
      ? (entries as Map<string, Json>)
      : undefined;
  };
  const mine = read(values.mine);
  const theirs = read(values.theirs);
  const base = values.base === UNKNOWN ? undefined : read(values.base);
  if (mine === undefined || theirs === undefined || (base === undefined && values.base !== UNKNOWN))
    return undefined;
  return { base, mine, theirs };
}

function mergeEntries(
  merging: Merging,
  id: string,
  { title }: NonNullable<Part['entries']>,
  { base, mine, theirs }: ThreeLists,
): Json {
  const merged = new Map<string, Json>();
  for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
    const values: ThreeValues = {
      base: base === undefined ? UNKNOWN : base.get(key),
      mine: mine.get(key),
      theirs: theirs.get(key),
    };
    const isOnlyHere = base === undefined && (values.mine === undefined || values.theirs === undefined);
    const changed = findChanged(values);
    const value = isOnlyHere
      ? (values.mine ?? values.theirs)
      : changed === 'both'
        ? decide(merging, id, title(key), values)
        : values[changed];
    if (value !== undefined) merged.set(key, value);
  }
  const orders = { base: base && [...base.keys()], mine: [...mine.keys()], theirs: [...theirs.keys()] };
  return mergeOrder(orders, new Set(merged.keys())).map((key) => merged.get(key) ?? null);
}

/** Where the side that moved a node put it; here, when both moved it. */
function mergeParent({ base, mine, theirs }: Merging, id: string): string {
  const here = mine.parents.get(id);
  const there = theirs.parents.get(id);
  return (here === base?.parents.get(id) ? (there ?? here) : (here ?? there)) ?? ROOT;
}

function mergeParents(merging: Merging, nodes: ReadonlyMap<string, Node>): Map<string, string> {
  const ids = [...nodes.keys()].filter((id) => id !== ROOT);
  const parents = new Map(ids.map((id) => [id, mergeParent(merging, id)]));
  for (const id of parents.keys()) {
    if (holdsItself(id, parents)) parents.set(id, ROOT);
  }
  return parents;
}

/** Two folders that were moved into one another, each on its own side, would both be lost. */
function holdsItself(id: string, parents: ReadonlyMap<string, string>): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined && at !== ROOT; at = parents.get(at)) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}

function mergeChildren(merging: Merging, parents: ReadonlyMap<string, string>): Map<string, string[]> {
  const groups = new Map<string, Set<string>>();
  for (const [id, parent] of parents) groups.set(parent, (groups.get(parent) ?? new Set()).add(id));
  return new Map(
    [...groups].map(([parent, left]) => {
      const of = (flat: Flat): readonly string[] => flat.children.get(parent) ?? [];
      const base = merging.base && of(merging.base);
      return [parent, mergeOrder({ base, mine: of(merging.mine), theirs: of(merging.theirs) }, left)];
    }),
  );
}
