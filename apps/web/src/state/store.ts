import type { OpenedRequest } from '@castellan/workbench/api';
import { create } from 'zustand';
import { call, openRequest, queries, readRunEvents } from '../api.ts';
import { addEvent, sending, type Answer } from './answer.ts';
import type { ConsoleLine } from './console.ts';

export type Item = OpenedRequest['item'];
export type Theme = 'system' | 'light' | 'dark';
export type Dialog = 'import' | 'environments' | 'palette' | null;
export type Screen = 'collections' | 'runs' | 'history';

/** One open request: as it is saved, as it is edited, and what it was answered. */
export interface Tab {
  readonly id: string;
  readonly collectionId: string;
  readonly levels: OpenedRequest['levels'];
  readonly saved: Item;
  readonly item: Item;
  readonly answer?: Answer;
}

interface State {
  readonly screen: Screen;
  readonly tabs: readonly Tab[];
  readonly activeId: string | null;
  readonly environmentId: string | null;
  readonly theme: Theme;
  readonly dialog: Dialog;
  readonly isConnected: boolean;
  readonly isConsoleOpen: boolean;
  readonly isWelcomeDone: boolean;
  readonly console: readonly ConsoleLine[];
  readonly notice: { readonly text: string; readonly isBad: boolean; readonly undo?: () => void } | null;
}

const aborters = new Map<string, AbortController>();
const MOST_CONSOLE_LINES = 2000;

export const useStore = create<State>(() => ({
  screen: 'collections',
  tabs: [],
  activeId: null,
  environmentId: null,
  theme: readTheme(),
  dialog: null,
  isConnected: true,
  isConsoleOpen: false,
  isWelcomeDone: false,
  console: [],
  notice: null,
}));

const set = useStore.setState;
const get = useStore.getState;

function readTheme(): Theme {
  const stored = globalThis.localStorage?.getItem('castellan-theme');
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export function setTheme(theme: Theme): void {
  localStorage.setItem('castellan-theme', theme);
  const isDark =
    theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  set({ theme });
}

export function tell(text: string, options: { isBad?: boolean; undo?: () => void } = {}): void {
  set({
    notice: {
      text,
      isBad: options.isBad ?? false,
      ...(options.undo === undefined ? {} : { undo: options.undo }),
    },
  });
}

/** Does it, and says in the page's words when the server refuses. */
export async function attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (cause) {
    tell(cause instanceof Error ? cause.message : 'That did not work.', { isBad: true });
    return undefined;
  }
}

export const showDialog = (dialog: Dialog): void => set({ dialog });
export const showScreen = (screen: Screen): void => set({ screen });
export const toggleConsole = (): void => set(({ isConsoleOpen }) => ({ isConsoleOpen: !isConsoleOpen }));
export const clearConsole = (): void => set({ console: [] });
export const setConnected = (isConnected: boolean): void => set({ isConnected });
export const closeNotice = (): void => set({ notice: null });
export const finishWelcome = (): void => set({ isWelcomeDone: true });

export function chooseEnvironment(environmentId: string | null): void {
  set({ environmentId });
}

export async function openTab(collectionId: string, itemId: string): Promise<void> {
  const id = `${collectionId}/${itemId}`;
  set({ screen: 'collections', isWelcomeDone: true });
  if (get().tabs.some((tab) => tab.id === id)) {
    set({ activeId: id });
    return;
  }
  const opened = await attempt(() => openRequest(collectionId, itemId));
  if (opened === undefined) return;
  set(({ tabs }) => ({
    tabs: tabs.some((tab) => tab.id === id)
      ? tabs
      : [...tabs, { id, collectionId, levels: opened.levels, saved: opened.item, item: opened.item }],
    activeId: id,
  }));
}

export const activateTab = (id: string): void => set({ activeId: id });

export function closeTab(id: string): void {
  aborters.get(id)?.abort();
  set(({ tabs, activeId }) => {
    const index = tabs.findIndex((tab) => tab.id === id);
    const rest = tabs.filter((tab) => tab.id !== id);
    const next = rest[Math.min(index, rest.length - 1)]?.id ?? null;
    return { tabs: rest, activeId: activeId === id ? next : activeId };
  });
}

function changeTab(id: string, change: (tab: Tab) => Tab): void {
  set(({ tabs }) => ({ tabs: tabs.map((tab) => (tab.id === id ? change(tab) : tab)) }));
}

export const editItem = (id: string, change: (item: Item) => Item): void =>
  changeTab(id, (tab) => ({ ...tab, item: change(tab.item) }));

export const isDirty = (tab: Tab): boolean =>
  tab.item !== tab.saved && JSON.stringify(tab.item) !== JSON.stringify(tab.saved);

export async function saveTab(id: string): Promise<void> {
  const tab = get().tabs.find((candidate) => candidate.id === id);
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

/** Reads open, unedited requests again after their files changed. */
export async function refreshTabs(): Promise<void> {
  for (const tab of get().tabs) {
    const opened = await openRequest(tab.collectionId, tab.item.id).catch(() => undefined);
    if (opened === undefined) {
      if (!isDirty(tab) && get().isConnected) closeTab(tab.id);
      continue;
    }
    if (JSON.stringify(opened.item) === JSON.stringify(tab.saved)) {
      changeTab(tab.id, (now) => ({ ...now, levels: opened.levels }));
      continue;
    }
    changeTab(tab.id, (now) => ({
      ...now,
      levels: opened.levels,
      saved: opened.item,
      item: isDirty(now) ? now.item : opened.item,
    }));
    if (isDirty(tab)) tell(`“${tab.item.name}” was also changed on disk. Saving replaces that change.`);
  }
}

/**
 * Sends a request as it is edited and puts the answer together as it arrives.
 * @param address stands in for the request's own address: the next page of a list
 */
export async function sendTab(id: string, address?: string): Promise<void> {
  const tab = get().tabs.find((candidate) => candidate.id === id);
  if (tab === undefined) return;
  aborters.get(id)?.abort();
  const aborter = new AbortController();
  aborters.set(id, aborter);
  changeTab(id, (now) => ({ ...now, answer: sending }));
  const item =
    address === undefined
      ? tab.item
      : {
          ...tab.item,
          request: { ...tab.item.request, url: { raw: address, query: [], pathVariables: [] } },
        };
  let answer = sending;
  try {
    const response = await call('POST /api/runs', {
      body: { kind: 'send', collectionId: tab.collectionId, item, environmentId: get().environmentId },
      signal: aborter.signal,
    });
    for await (const event of readRunEvents(response)) {
      answer = addEvent(answer, event);
      if (event.kind === 'response-received' || event.kind === 'run-finished') {
        changeTab(id, (now) => ({ ...now, answer }));
      }
    }
    if (answer.state === 'sending') answer = { ...answer, state: 'done' };
  } catch (cause) {
    if (aborter.signal.aborted && aborters.get(id) !== aborter) return;
    const sentence = aborter.signal.aborted
      ? 'You stopped this request before its answer came.'
      : cause instanceof Error
        ? cause.message
        : 'The request could not be sent.';
    answer = { ...answer, state: 'done', failure: { sentence } };
  }
  changeTab(id, (now) => ({ ...now, answer }));
  set(({ console }) => ({ console: [...console, ...answer.console].slice(-MOST_CONSOLE_LINES) }));
  await queries.invalidateQueries({ queryKey: ['environments'] });
}

export const stopTab = (id: string): void => aborters.get(id)?.abort();

/** What the page remembers between starts. */
interface Layout {
  readonly tabs: readonly { readonly collectionId: string; readonly itemId: string }[];
  readonly activeId: string | null;
  readonly environmentId: string | null;
}

/** Opens what was open last time, then notes every change. */
export async function restoreLayout(): Promise<void> {
  const read = await call('GET /api/layout').catch(() => undefined);
  const layout = toLayout(read?.layout);
  for (const tab of layout.tabs) {
    const opened = await openRequest(tab.collectionId, tab.itemId).catch(() => undefined);
    if (opened === undefined) continue;
    const id = `${tab.collectionId}/${tab.itemId}`;
    set(({ tabs }) => ({
      tabs: [
        ...tabs,
        { id, collectionId: tab.collectionId, levels: opened.levels, saved: opened.item, item: opened.item },
      ],
    }));
  }
  const { tabs } = get();
  set({
    activeId: tabs.some((tab) => tab.id === layout.activeId) ? layout.activeId : (tabs[0]?.id ?? null),
    environmentId: layout.environmentId,
  });
  let last = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  useStore.subscribe(({ tabs, activeId, environmentId }) => {
    const next: Layout = {
      tabs: tabs.map((tab) => ({ collectionId: tab.collectionId, itemId: tab.item.id })),
      activeId,
      environmentId,
    };
    const text = JSON.stringify(next);
    if (text === last) return;
    last = text;
    clearTimeout(timer);
    timer = setTimeout(() => {
      void call('PUT /api/layout', { body: { layout: JSON.parse(text) } }).catch(() => undefined);
    }, 300);
  });
}

function toLayout(value: unknown): Layout {
  const empty: Layout = { tabs: [], activeId: null, environmentId: null };
  if (typeof value !== 'object' || value === null || !('tabs' in value) || !Array.isArray(value.tabs))
    return empty;
  // Written by this page; unknown ids are met above.
  return { ...empty, ...(value as Layout) };
}
