import { call, openRequest } from '../api.ts';
import { attempt, getState, setState, tell, type Item, type State, type Tab } from './store.ts';

export const findTab = (id: string): Tab | undefined => getState().tabs.find((tab) => tab.id === id);

/**
 * Opens a request, or brings it to the front when it is open.
 * @param change edits it at once, as if a person had; the request is then not saved
 */
export async function openTab(
  collectionId: string,
  itemId: string,
  change?: (item: Item) => Item,
): Promise<void> {
  const id = `${collectionId}/${itemId}`;
  setState({ screen: 'collections', isWelcomeDone: true, level: null });
  if (findTab(id) === undefined) {
    const opened = await attempt(() => openRequest(collectionId, itemId));
    if (opened === undefined) return;
    const tab: Tab = { id, collectionId, levels: opened.levels, saved: opened.item, item: opened.item };
    setState(({ tabs }) => ({ tabs: tabs.some((other) => other.id === id) ? tabs : [...tabs, tab] }));
  }
  setState((state) => bringToFront(state, id));
  if (change !== undefined) editItem(id, change);
}

export const activateTab = (id: string): void =>
  setState((state) => ({ ...bringToFront(state, id), level: null }));

type Front = Pick<State, 'activeId' | 'beside'>;

/** Makes a tab the active one. The one beside stays on its side: keys and menus go over to it. */
function bringToFront({ activeId, beside }: Front, id: string): Front {
  if (activeId === null || beside?.id !== id) return { activeId: id, beside };
  return { activeId: id, beside: { id: activeId, isLeft: !beside.isLeft } };
}

/** Shows another request beside the active one, or the active one alone again. */
export function splitTabs(): void {
  const { tabs, activeId, beside } = getState();
  const index = tabs.findIndex((tab) => tab.id === activeId);
  const other = tabs[index + 1] ?? tabs[index - 1];
  if (beside !== null) setState({ beside: null });
  else if (index === -1 || other === undefined) tell('Open a second request, then show it beside this one.');
  else setState({ beside: { id: other.id, isLeft: false }, screen: 'collections', level: null });
}

/** Goes over to the request beside. */
export function changeSide(): void {
  const { beside } = getState();
  if (beside === null) return;
  activateTab(beside.id);
  const place = document.querySelector(`[data-tab="${CSS.escape(beside.id)}"] [aria-label="Address"]`);
  if (place instanceof HTMLElement) place.focus();
}

function closeTab(id: string): void {
  setState(({ tabs, activeId, beside }) => {
    const index = tabs.findIndex((tab) => tab.id === id);
    const rest = tabs.filter((tab) => tab.id !== id);
    const next = rest[Math.min(index, rest.length - 1)]?.id ?? null;
    if (beside?.id === id) return { tabs: rest, beside: null };
    if (activeId !== id) return { tabs: rest };
    return { tabs: rest, activeId: beside?.id ?? next, beside: null };
  });
}

/** Closes a tab; one with unsaved changes can be taken back. */
export function closeTabSafely(id: string): void {
  const tab = findTab(id);
  if (tab === undefined) return;
  closeTab(id);
  if (!isDirty(tab)) return;
  tell(`Closed “${tab.item.name}”, which was not saved.`, {
    undo: () => setState(({ tabs }) => ({ tabs: [...tabs, tab], activeId: id })),
  });
}

/** Goes to the next tab, or with -1 to the one before. */
export function stepTab(step: 1 | -1): void {
  const { tabs, activeId } = getState();
  const index = tabs.findIndex((tab) => tab.id === activeId);
  const next = tabs[(index + step + tabs.length) % tabs.length];
  if (next !== undefined) setState((state) => ({ ...bringToFront(state, next.id), screen: 'collections' }));
}

export function changeTab(id: string, change: (tab: Tab) => Tab): void {
  setState(({ tabs }) => ({ tabs: tabs.map((tab) => (tab.id === id ? change(tab) : tab)) }));
}

export const editItem = (id: string, change: (item: Item) => Item): void =>
  changeTab(id, (tab) => ({ ...tab, item: change(tab.item) }));

export const isDirty = (tab: Tab): boolean =>
  tab.item !== tab.saved && JSON.stringify(tab.item) !== JSON.stringify(tab.saved);

/** Whether two states of a tab differ in nothing but what was answered. */
export const isSameRequest = (before: Tab, now: Tab): boolean =>
  before.id === now.id &&
  before.item === now.item &&
  before.saved === now.saved &&
  before.levels === now.levels;

export async function saveTab(id: string): Promise<void> {
  const tab = findTab(id);
  if (tab === undefined || !isDirty(tab)) return;
  const { collectionId, item } = tab;
  await attempt(async () => {
    await call('PUT /api/collections/{collectionId}/requests/{itemId}', {
      path: { collectionId, itemId: item.id },
      body: item,
    });
    changeTab(id, (now) => ({ ...now, saved: item }));
    tell(`Saved “${item.name}”.`);
  });
}

/** Reads open requests again after their files changed; what a person edited meanwhile stays. */
export async function refreshTabs(): Promise<void> {
  await Promise.all(getState().tabs.map(refreshTab));
}

async function refreshTab(tab: Tab): Promise<void> {
  const opened = await openRequest(tab.collectionId, tab.item.id).catch(() => undefined);
  if (opened === undefined) {
    if (!isDirty(tab) && getState().isConnected) closeTab(tab.id);
    return;
  }
  const isSame = JSON.stringify(opened.item) === JSON.stringify(tab.saved);
  const wasDirty = isDirty(tab);
  changeTab(tab.id, (now) => ({
    ...now,
    levels: opened.levels,
    saved: isSame ? now.saved : opened.item,
    item: isSame || isDirty(now) ? now.item : opened.item,
  }));
  if (isSame || !wasDirty) return;
  tell(`“${tab.item.name}” was also changed on disk. Save keeps yours; Undo takes the one on disk.`, {
    undo: () => editItem(tab.id, () => opened.item),
  });
}
