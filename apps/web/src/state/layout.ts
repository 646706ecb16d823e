import { call, openRequest } from '../api.ts';
import { getState, setState, useStore, type Item, type RunPage, type Screen, type Tab } from './store.ts';
import { isDirty } from './tabs.ts';

/** What the page remembers between starts. */
interface Layout {
  readonly tabs: readonly KeptTab[];
  readonly activeId: string | null;
  readonly environmentId: string | null;
  readonly isAnswerBelow: boolean;
  readonly screen: Screen;
  readonly run: RunPage;
}

interface KeptTab {
  readonly collectionId: string;
  readonly itemId: string;
  /** The request as it was edited, when that was not saved. */
  readonly draft?: Item;
}

const REMEMBER_MS = 300;

/** Opens what was open last time, unsaved changes included, then notes every change. */
export async function restoreLayout(): Promise<void> {
  const read = await call('GET /api/layout').catch(() => undefined);
  const layout = toLayout(read?.layout);
  const tabs = (await Promise.all(layout.tabs.map(openKept))).filter((tab) => tab !== undefined);
  setState({
    tabs,
    activeId: tabs.some((tab) => tab.id === layout.activeId) ? layout.activeId : (tabs[0]?.id ?? null),
    environmentId: layout.environmentId,
    isAnswerBelow: layout.isAnswerBelow,
    screen: layout.screen,
    run: layout.run,
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = '';
  const remember = async () => {
    const text = JSON.stringify(readLayout());
    if (text === last) return;
    last = text;
    await call('PUT /api/layout', { body: { layout: JSON.parse(text) } }).catch(() => undefined);
  };
  useStore.subscribe((now, before) => {
    if (
      now.tabs === before.tabs &&
      now.activeId === before.activeId &&
      now.environmentId === before.environmentId &&
      now.isAnswerBelow === before.isAnswerBelow &&
      now.screen === before.screen &&
      now.run === before.run
    )
      return;
    clearTimeout(timer);
    timer = setTimeout(() => void remember(), REMEMBER_MS);
  });
}

async function openKept({ collectionId, itemId, draft }: KeptTab): Promise<Tab | undefined> {
  const opened = await openRequest(collectionId, itemId).catch(() => undefined);
  if (opened === undefined) return undefined;
  const id = `${collectionId}/${itemId}`;
  return { id, collectionId, levels: opened.levels, saved: opened.item, item: draft ?? opened.item };
}

function readLayout(): Layout {
  const { tabs, activeId, environmentId, isAnswerBelow, screen, run } = getState();
  return {
    tabs: tabs.map((tab) => ({
      collectionId: tab.collectionId,
      itemId: tab.item.id,
      ...(isDirty(tab) ? { draft: tab.item } : {}),
    })),
    activeId,
    environmentId,
    isAnswerBelow,
    screen,
    run: run.kind === 'view' ? run : { kind: 'build' },
  };
}

function toLayout(value: unknown): Layout {
  const empty: Layout = {
    tabs: [],
    activeId: null,
    environmentId: null,
    isAnswerBelow: false,
    screen: 'collections',
    run: { kind: 'build' },
  };
  if (typeof value !== 'object' || value === null || !('tabs' in value) || !Array.isArray(value.tabs))
    return empty;
  // Written by this page; unknown ids are met above.
  return { ...empty, ...(value as Layout) };
}
