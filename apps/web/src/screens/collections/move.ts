import type { CollectionOutline, OutlineItem } from '@castellan/workbench/api';
import { useState, type DragEvent } from 'react';
import { call } from '../../api.ts';
import { attempt, tell } from '../../state/store.ts';
import type { TreeRow } from './tree-row.ts';

/** Where something is dropped: before or after a row, or into a folder or collection. */
type Place = 'before' | 'after' | 'into';

interface Over {
  readonly key: string;
  readonly place: Place;
}

/** Moves rows of the tree with the mouse: over the edge of a row beside it, over its middle into it. */
export function useDrag(collections: readonly CollectionOutline[]) {
  const [held, setHeld] = useState<TreeRow | null>(null);
  const [over, setOver] = useState<Over | null>(null);
  const end = () => {
    setHeld(null);
    setOver(null);
  };
  return {
    of: (row: TreeRow) => ({
      onDragStart(event: DragEvent) {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', row.name);
        setHeld(row);
      },
      onDragOver(event: DragEvent) {
        if (held === null || held.collectionId !== row.collectionId || held.key === row.key) return;
        event.preventDefault();
        setOver({ key: row.key, place: toPlace(event, row) });
      },
      onDrop(event: DragEvent) {
        event.preventDefault();
        if (held !== null && over?.key === row.key) void drop(held, row, over.place, collections);
        end();
      },
      onDragEnd: end,
    }),
    /** How a row shows that something would be dropped at it. */
    look(row: TreeRow): string {
      if (over?.key !== row.key) return '';
      if (over.place === 'into') return 'outline outline-accent bg-accent-soft';
      return over.place === 'before'
        ? 'shadow-[inset_0_2px_0_var(--accent)]'
        : 'shadow-[inset_0_-2px_0_var(--accent)]';
    },
  };
}

function toPlace(event: DragEvent, row: TreeRow): Place {
  if (row.itemId === null) return 'into';
  const box = event.currentTarget.getBoundingClientRect();
  const share = (event.clientY - box.top) / box.height;
  if (row.isOpen !== undefined && share > 0.25 && share < 0.75) return 'into';
  return share < 0.5 ? 'before' : 'after';
}

async function drop(
  held: TreeRow,
  target: TreeRow,
  place: Place,
  collections: readonly CollectionOutline[],
): Promise<void> {
  if (place === 'into') return move(held, target.itemId, undefined);
  const around = findSiblings(collections, target);
  if (around === undefined) return;
  // The place is counted without the one that moves.
  const others = around.items.filter(({ id }) => id !== held.itemId);
  const at = others.findIndex(({ id }) => id === target.itemId);
  return move(held, around.parentId, place === 'before' ? at : at + 1);
}

/** Moves a row one place up or down among those beside it. */
export async function moveByKey(
  row: TreeRow,
  collections: readonly CollectionOutline[],
  step: 1 | -1,
): Promise<void> {
  const around = findSiblings(collections, row);
  if (around === undefined) return;
  const index = around.items.findIndex(({ id }) => id === row.itemId) + step;
  if (index >= 0 && index < around.items.length) await move(row, around.parentId, index);
}

async function move(row: TreeRow, parentId: string | null, index: number | undefined): Promise<void> {
  const { collectionId, itemId } = row;
  if (itemId === null) return;
  await attempt(async () => {
    await call('POST /api/collections/{collectionId}/edits', {
      path: { collectionId },
      body: { kind: 'move', itemId, parentId, ...(index === undefined ? {} : { index }) },
    });
    const undo = () =>
      void attempt(() => call('POST /api/collections/{collectionId}/undo', { path: { collectionId } }));
    tell(`Moved “${row.name}”.`, { undo });
  });
}

interface Siblings {
  readonly parentId: string | null;
  readonly items: readonly OutlineItem[];
}

function findSiblings(collections: readonly CollectionOutline[], row: TreeRow): Siblings | undefined {
  const search = (parentId: string | null, items: readonly OutlineItem[]): Siblings | undefined => {
    if (items.some(({ id }) => id === row.itemId)) return { parentId, items };
    for (const item of items) {
      const found = item.kind === 'folder' ? search(item.id, item.items) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(null, collections.find(({ id }) => id === row.collectionId)?.items ?? []);
}
