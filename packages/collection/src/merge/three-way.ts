import { isSameJson } from '../json.ts';
import type { Json } from '../model.ts';

/** Where a part comes from when the file and the workspace both changed it. */
export type Side = 'mine' | 'theirs';

/** A part that was changed here and in the file, each in its own way. */
export interface Conflict {
  /** The same in every merge of the same three things. */
  readonly id: string;
  /** Names from the outside in (`Users / Create User`). */
  readonly place: string;
  /** `address`, `header Accept`, `test script`; `whole` when one side deleted what the other changed. */
  readonly part: string;
  /** What it was at the last import; absent when that is not known or it was not there. */
  readonly base?: string;
  /** What stands here; absent: deleted here. */
  readonly mine?: string;
  /** What the file says; absent: deleted in the file. */
  readonly theirs?: string;
}

/** What was never seen: without a base nobody can tell who changed a thing. */
export const UNKNOWN: unique symbol = Symbol('unknown');

export interface ThreeValues {
  readonly base: Json | undefined | typeof UNKNOWN;
  readonly mine: Json | undefined;
  readonly theirs: Json | undefined;
}

/** Whose value counts: the one that changed since the base, and `both` when both did, differently. */
export function findChanged({ base, mine, theirs }: ThreeValues): Side | 'both' {
  if (isSameJson(mine, theirs)) return 'mine';
  if (base === UNKNOWN) return 'both';
  if (isSameJson(base, mine)) return 'theirs';
  return isSameJson(base, theirs) ? 'mine' : 'both';
}

export interface ThreeOrders {
  readonly base: readonly string[] | undefined;
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
}

/**
 * One order for what is left of two: the order of the side that changed it, mine when both did. What only the
 * other side has stands behind the one that it follows there.
 */
export function mergeOrder({ base, mine, theirs }: ThreeOrders, left: ReadonlySet<string>): string[] {
  const leads = base !== undefined && isSameOrder(base, mine) ? theirs : mine;
  const follows = leads === mine ? theirs : mine;
  const order = leads.filter((one) => left.has(one));
  const placed = new Set(order);
  let previous: string | undefined;
  for (const one of follows) {
    if (left.has(one) && !placed.has(one)) {
      order.splice(previous === undefined ? 0 : order.indexOf(previous) + 1, 0, one);
      placed.add(one);
    }
    if (placed.has(one)) previous = one;
  }
  return [...order, ...[...left].filter((one) => !placed.has(one))];
}

/** Whether what both lists have in common stands in the same order in them. */
function isSameOrder(left: readonly string[], right: readonly string[]): boolean {
  const inLeft = new Set(left);
  const inRight = new Set(right);
  const common = right.filter((one) => inLeft.has(one));
  return left.filter((one) => inRight.has(one)).every((one, index) => common[index] === one);
}
