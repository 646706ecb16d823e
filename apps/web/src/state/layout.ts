import { call, openRequest } from '../api.ts';
import { getState, setState, useStore, type Item, type Tab } from './store.ts';
import { isDirty } from './tabs.ts';

/** Parts of the page's state that are remembered as they are. */
const REMEMBERED = [
  'activeId',
  'beside',
  'environmentId',
  'isAnswerBelow',
  'codeTarget',
  'screen',
  'run',
] as const;

type Remembered = Pick<ReturnType<typeof getState>, (typeof REMEMBERED)[number]>;

/** What the page remembers between starts. */
interface Layout extends Partial<Remembered> {
  readonly tabs: readonly KeptTab[];
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
  const { tabs: _kept, ...rest } = layout;
  setState({
    ...rest,
    tabs,
    activeId: tabs.find((tab) => tab.id === layout.activeId)?.id ?? tabs[0]?.id ?? null,
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = '';
  const remember = async (isLeaving = false) => {
    const text = JSON.stringify(readLayout());
    if (text === written) return;
    await call('PUT /api/layout', { body: { layout: JSON.parse(text) }, keepalive: isLeaving }).then(
      () => (written = text),
      // A workbench that does not answer hears of it when it is back.
      () => undefined,
    );
  };
  addEventListener('pagehide', () => void remember(true));
  useStore.subscribe((now, before) => {
    const isBack = now.isConnected && !before.isConnected;
    if (!isBack && now.tabs === before.tabs && REMEMBERED.every((name) => now[name] === before[name])) return;
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
  const state = getState();
  return {
    ...Object.fromEntries(REMEMBERED.map((name) => [name, state[name]])),
    run: state.run.kind === 'view' ? state.run : { kind: 'build' },
    tabs: state.tabs.map((tab) => ({
      collectionId: tab.collectionId,
      itemId: tab.item.id,
      ...(isDirty(tab) ? { draft: tab.item } : {}),
    })),
  };
}

function toLayout(value: unknown): Layout {
  if (typeof value !== 'object' || value === null || !('tabs' in value) || !Array.isArray(value.tabs))
    return { tabs: [] };
  // Written by this page; unknown ids are met above.
  return value as Layout;
}
