import { Menu } from '@base-ui/react/menu';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { CollectionEdit, CollectionOutline, OutlineItem } from '@castellan/workbench/api';
import { ChevronRight, FolderClosed, MoreHorizontal, Plus } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { call, collectionsQuery } from '../../api.ts';
import { attempt, showDialog, showLevel, showRun, tell, useStore } from '../../state/store.ts';
import { openTab } from '../../state/tabs.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Method } from '../../ui/method.tsx';
import { saveFrom } from '../../ui/save-file.ts';
import { moveByKey, useDrag } from './move.ts';
import type { TreeRow } from './tree-row.ts';

const ROW_HEIGHT = 26;

/** All collections as one virtual tree. Arrows move, Right and Left open and close, Enter opens, F2 renames. */
export function CollectionTree() {
  const { data, error } = useQuery(collectionsQuery);
  const activeId = useStore((state) => state.activeId);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState('');
  const [focused, setFocused] = useState<string | null>(null);
  const [renaming, setRenaming] = useState<string | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => toRows(data?.collections ?? [], open, wanted), [data, open, wanted]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => place.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 16,
  });
  useEffect(() => {
    if (activeId === null || data === undefined) return;
    const around = findAround(data.collections, activeId);
    // What is in front shows in the tree; what a person closes after that stays closed.
    if (around.length > 0) setOpen((now) => new Set([...now, ...around]));
    // oxlint-disable-next-line react/exhaustive-deps -- only when another request comes to the front
  }, [activeId, data === undefined]);
  const drag = useDrag(data?.collections ?? []);
  const focusedKey = rows.some((row) => row.key === focused) ? focused : (rows[0]?.key ?? null);

  const toggle = (row: TreeRow) => {
    const next = new Set(open);
    if (!next.delete(row.key)) next.add(row.key);
    setOpen(next);
  };
  const enter = (row: TreeRow) => {
    if (row.method === undefined || row.itemId === null) toggle(row);
    else void openTab(row.collectionId, row.itemId);
  };
  const focusRow = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    setFocused(row.key);
    virtual.scrollToIndex(index);
    requestAnimationFrame(() =>
      place.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(row.key)}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (renaming !== null) return;
    const index = rows.findIndex((row) => row.key === focusedKey);
    const row = rows[index];
    if (row === undefined) return;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      void moveByKey(row, data?.collections ?? [], event.key === 'ArrowUp' ? -1 : 1);
      return;
    }
    switch (event.key) {
      case 'ArrowDown':
        focusRow(index + 1);
        break;
      case 'ArrowUp':
        focusRow(index - 1);
        break;
      case 'Home':
        focusRow(0);
        break;
      case 'End':
        focusRow(rows.length - 1);
        break;
      case 'ArrowRight':
        if (row.isOpen === false) toggle(row);
        else if (row.isOpen) focusRow(index + 1);
        break;
      case 'ArrowLeft':
        if (row.isOpen) toggle(row);
        else focusRow(rows.findLastIndex((other, at) => at < index && other.level < row.level));
        break;
      case 'Enter':
      case ' ':
        enter(row);
        break;
      case 'F2':
        setRenaming(row.key);
        break;
      case 'Delete':
        void remove(row);
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  return (
    <nav aria-label="Collections" className="flex min-h-0 min-w-0 flex-1 flex-col pt-2">
      <div className="flex items-center pr-1.5 pl-3">
        <h2 className="text-xs font-semibold text-ink-2">Collections</h2>
        <IconButton label="New collection" className="ml-auto" onClick={() => void createCollection()}>
          <Plus size={14} />
        </IconButton>
      </div>
      <input
        aria-label="Filter requests"
        placeholder="Filter"
        className="mx-2 mb-1.5 h-7 rounded-md border border-line bg-sunken px-2 text-sm"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      {data?.problems.map((problem) => (
        <p
          key={problem.file}
          role="alert"
          className="mx-2 mb-1 rounded-md bg-bad-soft px-2 py-1 text-sm text-bad"
        >
          {problem.file}: {problem.sentence}
        </p>
      ))}
      {error !== null && <p className="px-3 text-sm text-bad">{error.message}</p>}
      {data !== undefined && data.collections.length === 0 && (
        <Empty
          title="No collections yet"
          action={<Button onClick={() => showDialog('import')}>Import</Button>}
        >
          A collection holds requests in folders. Import Okta’s packs or your own.
        </Empty>
      )}
      {data !== undefined && rows.length === 0 && wanted !== '' && (
        <p className="px-3 text-sm text-ink-2">Nothing has “{wanted}” in its name.</p>
      )}
      <div ref={place} className="min-h-0 flex-1 overflow-auto px-1.5 pb-2">
        <div
          role="tree"
          tabIndex={-1}
          aria-label="Collections"
          className="relative min-h-px"
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={onKeyDown}
        >
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const isActive = `${row.collectionId}/${row.itemId}` === activeId;
            return (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree around it has the keys
              <div
                key={row.key}
                data-key={row.key}
                role="treeitem"
                aria-label={row.name}
                aria-level={row.level + 1}
                aria-selected={isActive}
                {...(row.isOpen === undefined ? {} : { 'aria-expanded': row.isOpen })}
                tabIndex={row.key === focusedKey ? 0 : -1}
                className={`group absolute right-0 left-0 flex items-center gap-1.5 rounded-sm pr-1 text-[12.5px] ${isActive ? 'bg-active' : 'hover:bg-hover'} ${drag.look(row)}`}
                style={{ top: start, height: ROW_HEIGHT, paddingLeft: 4 + row.level * 14 }}
                draggable={row.itemId !== null && renaming === null}
                {...drag.of(row)}
                onFocus={() => setFocused(row.key)}
                onClick={() => enter(row)}
                onDoubleClick={() => row.method !== undefined && setRenaming(row.key)}
              >
                {row.isOpen === undefined ? (
                  <Method method={row.method ?? ''} className="ml-3.5 w-8.5" />
                ) : (
                  <>
                    <ChevronRight
                      size={12}
                      aria-hidden
                      className={`shrink-0 text-ink-3 ${row.isOpen ? 'rotate-90' : ''}`}
                    />
                    {row.level > 0 && <FolderClosed size={13} aria-hidden className="shrink-0 text-ink-3" />}
                  </>
                )}
                {renaming === row.key ? (
                  <Rename row={row} onDone={() => setRenaming(null)} />
                ) : (
                  <span className={`truncate ${row.level === 0 ? 'font-medium' : ''}`}>{row.name}</span>
                )}
                {row.count !== undefined && (
                  <span
                    aria-hidden
                    className="ml-auto text-xs text-ink-3 group-focus-within:hidden group-hover:hidden"
                  >
                    {row.count}
                  </span>
                )}
                <RowMenu row={row} onRename={() => setRenaming(row.key)} />
              </div>
            );
          })}
        </div>
      </div>
    </nav>
  );
}

function toRows(
  collections: readonly CollectionOutline[],
  open: ReadonlySet<string>,
  wanted: string,
): TreeRow[] {
  const needle = wanted.trim().toLowerCase();
  const rows: TreeRow[] = [];
  const isMatch = (item: OutlineItem): boolean =>
    item.name.toLowerCase().includes(needle) ||
    (item.kind === 'request' ? item.url.toLowerCase().includes(needle) : item.items.some(isMatch));
  const walk = (items: readonly OutlineItem[], collectionId: string, level: number, isInMatch: boolean) => {
    for (const item of items) {
      if (needle !== '' && !isInMatch && !isMatch(item)) continue;
      const key = `${collectionId}/${item.id}`;
      const base = { key, level, collectionId, itemId: item.id, name: item.name };
      if (item.kind === 'request') {
        rows.push({ ...base, method: item.method });
        continue;
      }
      const isOpen = needle !== '' || open.has(key);
      rows.push({ ...base, isOpen });
      if (isOpen)
        walk(item.items, collectionId, level + 1, isInMatch || item.name.toLowerCase().includes(needle));
    }
  };
  for (const { id, name, items, requests } of collections) {
    const isNamed = name.toLowerCase().includes(needle);
    if (needle !== '' && !isNamed && !items.some(isMatch)) continue;
    const isOpen = needle !== '' || open.has(id);
    rows.push({ key: id, level: 0, collectionId: id, itemId: null, name, count: requests, isOpen });
    if (isOpen) walk(items, id, 1, needle === '' || isNamed);
  }
  return rows;
}

/** Keys of the collection and folders around an item. */
function findAround(collections: readonly CollectionOutline[], key: string): string[] {
  const search = (
    items: readonly OutlineItem[],
    collectionId: string,
    path: string[],
  ): string[] | undefined => {
    for (const item of items) {
      const own = `${collectionId}/${item.id}`;
      if (own === key) return path;
      const found = item.kind === 'folder' ? search(item.items, collectionId, [...path, own]) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const { id, items } of collections) {
    const found = key.startsWith(`${id}/`) ? search(items, id, [id]) : undefined;
    if (found !== undefined) return found;
  }
  return [];
}

function Rename({ row, onDone }: { row: TreeRow; onDone: () => void }) {
  const [name, setName] = useState(row.name);
  const save = () => {
    onDone();
    if (name.trim() !== '' && name !== row.name) void edit(row, { kind: 'rename', itemId: row.itemId, name });
  };
  return (
    <input
      aria-label="New name"
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person asked to type here
      autoFocus
      className="h-5.5 min-w-0 flex-1 rounded-sm border border-accent bg-raised px-1"
      value={name}
      onChange={(event) => setName(event.target.value)}
      onClick={(event) => event.stopPropagation()}
      onBlur={save}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') save();
        if (event.key === 'Escape') onDone();
      }}
    />
  );
}

const entry = 'flex h-7 cursor-default items-center rounded-sm px-2 text-[12.5px] data-highlighted:bg-hover';

function RowMenu({ row, onRename }: { row: TreeRow; onRename: () => void }) {
  const isRequest = row.method !== undefined;
  const parentId = row.itemId;
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={`More for ${row.name}`}
        tabIndex={-1}
        className="ml-auto hidden size-5.5 shrink-0 items-center justify-center rounded-sm text-ink-2 group-focus-within:inline-flex group-hover:inline-flex hover:bg-active data-popup-open:inline-flex"
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <MoreHorizontal size={13} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="z-50" align="start">
          <Menu.Popup
            className="min-w-44 rounded-md border border-line bg-raised p-1 shadow-[var(--shadow-pop)]"
            onClick={(event) => event.stopPropagation()}
            onKeyDown={(event) => event.stopPropagation()}
          >
            {!isRequest && (
              <>
                <Menu.Item
                  className={entry}
                  onClick={() => void edit(row, { kind: 'add-request', parentId, name: 'New request' })}
                >
                  Add a request
                </Menu.Item>
                <Menu.Item
                  className={entry}
                  onClick={() => void edit(row, { kind: 'add-folder', parentId, name: 'New folder' })}
                >
                  Add a folder
                </Menu.Item>
              </>
            )}
            {!isRequest && (
              <Menu.Item
                className={entry}
                onClick={() =>
                  showLevel({ collectionId: row.collectionId, levelId: row.itemId ?? row.collectionId })
                }
              >
                Settings
              </Menu.Item>
            )}
            <Menu.Item
              className={entry}
              onClick={() =>
                showRun({
                  kind: 'build',
                  order: {
                    collectionId: row.collectionId,
                    ...(row.itemId === null ? {} : { itemId: row.itemId }),
                  },
                })
              }
            >
              Run
            </Menu.Item>
            <Menu.Item className={entry} onClick={onRename}>
              Rename
            </Menu.Item>
            <Menu.Item className={entry} onClick={() => void duplicate(row)}>
              Duplicate
            </Menu.Item>
            {row.itemId === null && (
              <Menu.Item
                className={entry}
                onClick={() => saveFrom(`/api/collections/${encodeURIComponent(row.collectionId)}/export`)}
              >
                Export
              </Menu.Item>
            )}
            <Menu.Item className={`${entry} text-bad`} onClick={() => void remove(row)}>
              Delete
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

async function createCollection(): Promise<void> {
  await attempt(() => call('POST /api/collections', { body: { name: 'New collection' } }));
}

async function edit(row: TreeRow, body: CollectionEdit): Promise<void> {
  const path = { collectionId: row.collectionId };
  const changed = await attempt(() => call('POST /api/collections/{collectionId}/edits', { path, body }));
  if (body.kind === 'add-request' && changed?.itemId !== undefined)
    await openTab(row.collectionId, changed.itemId);
}

async function duplicate(row: TreeRow): Promise<void> {
  if (row.itemId !== null) return edit(row, { kind: 'duplicate', itemId: row.itemId });
  const path = { collectionId: row.collectionId };
  await attempt(() => call('POST /api/collections/{collectionId}/duplicate', { path }));
}

async function remove(row: TreeRow): Promise<void> {
  const { itemId } = row;
  const path = { collectionId: row.collectionId };
  await attempt(async () => {
    if (itemId === null) await call('DELETE /api/collections/{collectionId}', { path });
    else await call('POST /api/collections/{collectionId}/edits', { path, body: { kind: 'delete', itemId } });
    const undo = () => void attempt(() => call('POST /api/collections/{collectionId}/undo', { path }));
    tell(`Deleted “${row.name}”.`, { undo });
  });
}
