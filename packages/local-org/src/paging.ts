import { OktaError } from './okta-error.ts';
import { page, type Answer, type QueryPair } from './handling.ts';
import type { Paging } from '@castellan/okta-api';

/** How one list is cut and what its links say. */
export interface Cut<Item> {
  readonly limit: number | undefined;
  readonly after: string | undefined;
  readonly paging: Paging;
  /** The cursor text of an item; must be what `isAfter` understands. */
  readonly cursorOf: (item: Item) => string;
  readonly view: (item: Item) => unknown;
  /** The query that self and next repeat after `limit`, in Okta's order; empty values are left out. */
  readonly query?: readonly (readonly [string, string | undefined])[];
  /** The list is sorted by something else than the cursor: the cursor must then name an item of it. */
  readonly sorted?: boolean;
}

/**
 * Cuts one page out of a whole list in id order. Throws E0000029 for a cursor that this org never made.
 * Okta: a limit of 0 or one above the maximum counts as the default or the maximum.
 */
export function cutPage<Item>(items: readonly Item[], cut: Cut<Item>): Answer {
  const limit = effectiveLimit(cut.limit, cut.paging);
  const start = cut.after === undefined ? 0 : findStart(items, cut, cut.after);
  const shown = items.slice(start, start + limit);
  const last = shown.at(-1);
  const query = (cut.query ?? []).flatMap(([name, value]): QueryPair[] => (value ? [[name, value]] : []));
  const size: QueryPair = ['limit', String(limit)];
  return page({
    items: shown.map(cut.view),
    self: [...(cut.after === undefined ? [] : [['after', cut.after] as const]), size, ...query],
    next:
      last !== undefined && start + limit < items.length
        ? [['after', cut.cursorOf(last)], size, ...query]
        : undefined,
  });
}

export function effectiveLimit(limit: number | undefined, paging: Paging): number {
  if (limit === undefined || limit === 0) return paging.defaultLimit;
  return Math.min(limit, paging.maxLimit);
}

function findStart<Item>(items: readonly Item[], { cursorOf, sorted }: Cut<Item>, after: string): number {
  const found = items.findIndex((item) => cursorOf(item) === after);
  if (found >= 0) return found + 1;
  if (sorted || !/^\d?[A-Za-z0-9]{20}$/.test(after))
    throw new OktaError('E0000029', { causes: ['Invalid cursor.'] });
  const next = items.findIndex((item) => cursorOf(item) > after);
  return next < 0 ? items.length : next;
}
