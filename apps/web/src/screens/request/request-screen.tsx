import { Columns2, Rows2, Send, Square, SquareSplitHorizontal, X } from 'lucide-react';
import { memo, useMemo } from 'react';
import { actions, useShortcut } from '../../actions.ts';
import { sendTab } from '../../state/send.ts';
import { useStore, type Tab } from '../../state/store.ts';
import { activateTab, closeTabSafely, editItem, isDirty, isSameRequest, saveTab } from '../../state/tabs.ts';
import { toUrl } from '../../state/url.ts';
import { findUnresolved, type KnownVariable } from '../../state/variables.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Method } from '../../ui/method.tsx';
import { useEnvironment, useVariables } from '../../ui/use-variables.ts';
import { VariableInput } from '../../ui/variable-input.tsx';
import { RequestParts } from './request-parts.tsx';
import { ResponsePane } from './response-pane.tsx';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Open requests as tabs, and the one in front with its answer beside or below it. */
export function RequestScreen() {
  const tabs = useStore((state) => state.tabs);
  const activeId = useStore((state) => state.activeId);
  const isBelow = useStore((state) => state.isAnswerBelow);
  const searchKey = useShortcut('palette');
  const beside = useStore((state) => state.beside);
  const shown = listShown(tabs, activeId, beside);
  return (
    <main className="flex min-h-0 min-w-0 flex-1 flex-col bg-bg">
      {tabs.length > 0 && (
        <div
          role="tablist"
          aria-label="Open requests"
          className="flex h-9 shrink-0 overflow-x-auto border-b border-line bg-sunken"
        >
          {tabs.map((tab) => (
            <TabHead key={tab.id} tab={tab} isActive={tab.id === activeId} isBeside={tab.id === beside?.id} />
          ))}
        </div>
      )}
      {shown.length === 0 ? (
        <Empty title="Nothing open">
          Choose a request at the left
          {searchKey === undefined ? '' : `, or press ${searchKey} and type its name`}.
        </Empty>
      ) : (
        <div className="flex min-h-0 flex-1">
          {shown.map((tab) => (
            <OpenRequest
              key={tab.id}
              tab={tab}
              isActive={tab.id === activeId}
              isSplit={shown.length > 1}
              // Half of the page has no room for an answer at the side.
              isBelow={isBelow || shown.length > 1}
            />
          ))}
        </div>
      )}
    </main>
  );
}

/** The requests that are in sight, from left to right. */
function listShown(
  tabs: readonly Tab[],
  activeId: string | null,
  beside: { readonly id: string; readonly isLeft: boolean } | null,
): readonly Tab[] {
  const ids = beside === null ? [activeId] : beside.isLeft ? [beside.id, activeId] : [activeId, beside.id];
  return ids.flatMap((id) => tabs.find((tab) => tab.id === id) ?? []);
}

const TabHead = memo(
  Head,
  (before, now) =>
    isSameRequest(before.tab, now.tab) &&
    before.isActive === now.isActive &&
    before.isBeside === now.isBeside,
);

interface HeadProps {
  readonly tab: Tab;
  readonly isActive: boolean;
  readonly isBeside: boolean;
}

function Head({ tab, isActive, isBeside }: HeadProps) {
  const dirty = isDirty(tab);
  const close = () => closeTabSafely(tab.id);
  return (
    <div
      role="presentation"
      className={`group flex max-w-56 shrink-0 items-center border-r border-line text-[12.5px] ${isActive ? 'bg-bg text-ink shadow-[inset_0_2px_0_var(--accent)]' : isBeside ? 'bg-bg text-ink-2 shadow-[inset_0_2px_0_var(--line-strong)]' : 'text-ink-2'}`}
    >
      <button
        type="button"
        role="tab"
        aria-selected={isActive}
        className="flex h-full min-w-0 items-center gap-1.5 pl-3.5"
        onClick={() => activateTab(tab.id)}
        onAuxClick={(event) => event.button === 1 && close()}
        onKeyDown={(event) => event.key === 'Delete' && close()}
      >
        <Method method={tab.item.request.method} />
        <span className="truncate">{tab.item.name}</span>
        {dirty && (
          <span aria-label="not saved" role="img" className="size-1.75 shrink-0 rounded-full bg-accent" />
        )}
      </button>
      {/* For the mouse; the keyboard closes with Delete or Alt W. A tab list holds nothing but tabs. */}
      <IconButton
        label={`Close ${tab.item.name}`}
        aria-hidden
        tabIndex={-1}
        className="mx-1 size-5! opacity-60 hover:opacity-100"
        onClick={close}
      >
        <X size={12} />
      </IconButton>
    </div>
  );
}

interface OpenRequestProps {
  readonly tab: Tab;
  /** Keys and menus mean this one. */
  readonly isActive: boolean;
  readonly isSplit: boolean;
  readonly isBelow: boolean;
}

function OpenRequest({ tab, isActive, isSplit, isBelow }: OpenRequestProps) {
  const environment = useEnvironment();
  const variables = useVariables(tab.collectionId, tab.levels);
  const unresolved = useMemo(() => findUnresolved(tab.item, variables), [tab.item, variables]);
  const nameOf = (part: string) => (isActive ? part : `${part} beside`);
  return (
    <div
      data-tab={tab.id}
      className={`flex min-h-0 min-w-0 flex-1 flex-col not-first:border-l not-first:border-line ${isSplit && isActive ? 'shadow-[inset_0_1px_0_var(--accent)]' : ''}`}
      onFocusCapture={isActive ? undefined : () => activateTab(tab.id)}
      onPointerDownCapture={isActive ? undefined : () => activateTab(tab.id)}
    >
      <AddressBar
        tab={tab}
        isBelow={isBelow}
        isSplit={isSplit}
        variables={variables}
        isProduction={environment?.org === 'production'}
      />
      {unresolved.length > 0 && (
        <p
          role="note"
          className="mx-4 mb-2 flex items-center gap-1.5 rounded-md bg-bad-soft px-2.5 py-1 text-sm text-bad"
        >
          <span className="truncate">
            No value for <span className="font-mono">{unresolved.join(', ')}</span>
          </span>
          <span className="ml-auto shrink-0 text-ink-2">
            {environment === undefined
              ? 'Choose an environment at the top right.'
              : `Add it to “${environment.name}”.`}
          </span>
        </p>
      )}
      <div
        className={`grid min-h-0 flex-1 border-t border-line ${isBelow ? 'grid-rows-[minmax(0,1fr)_minmax(0,1.2fr)]' : 'grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)]'}`}
      >
        <section aria-label={nameOf('Request')} className="flex min-h-0 min-w-0 flex-col">
          <RequestParts tab={tab} variables={variables} />
        </section>
        <div
          className={`flex min-h-0 min-w-0 flex-col *:flex-1 ${isBelow ? 'border-t' : 'border-l'} border-line`}
        >
          <ResponsePane label={nameOf('Response')} tab={tab} />
        </div>
      </div>
    </div>
  );
}

interface AddressProps {
  readonly tab: Tab;
  readonly isBelow: boolean;
  readonly isSplit: boolean;
  readonly variables: ReadonlyMap<string, KnownVariable>;
  readonly isProduction: boolean;
}

const AddressBar = memo(
  Address,
  ({ tab: before, ...was }, { tab: now, ...is }) =>
    isSameRequest(before, now) &&
    was.isBelow === is.isBelow &&
    was.isSplit === is.isSplit &&
    was.variables === is.variables &&
    was.isProduction === is.isProduction,
);

function Address({ tab, isBelow, isSplit, variables, isProduction }: AddressProps) {
  const { item, id } = tab;
  const sendKey = useShortcut('send');
  const edit = (part: Partial<typeof item.request>) =>
    editItem(id, (now) => ({ ...now, request: { ...now.request, ...part } }));
  const methods = METHODS.includes(item.request.method) ? METHODS : [item.request.method, ...METHODS];
  return (
    <>
      <div className="flex items-center gap-1.5 px-4 pt-2.5 text-sm text-ink-3">
        <span className="truncate">{tab.levels.map((level) => level.name).join(' / ')} /</span>
        <h1 className="truncate font-semibold text-ink">{item.name}</h1>
        <span className="ml-auto flex">
          <IconButton
            label={isSplit ? 'Show this request alone' : 'Show another request beside this one'}
            onClick={actions.split.perform}
          >
            {isSplit ? <Square size={14} /> : <SquareSplitHorizontal size={14} />}
          </IconButton>
          {!isSplit && (
            <IconButton
              label={isBelow ? 'Show the answer beside the request' : 'Show the answer below the request'}
              onClick={actions.flip.perform}
            >
              {isBelow ? <Columns2 size={14} /> : <Rows2 size={14} />}
            </IconButton>
          )}
        </span>
        <Button look="ghost" disabled={!isDirty(tab)} onClick={() => void saveTab(id)}>
          Save
        </Button>
      </div>
      <form
        className="flex gap-2 px-4 pt-1.5 pb-2.5"
        onSubmit={(event) => {
          event.preventDefault();
          void sendTab(id);
        }}
      >
        <div className="flex h-8.5 min-w-0 flex-1 items-center rounded-md border border-line-strong bg-raised">
          <select
            aria-label="Method"
            className="h-full rounded-l-md border-r border-line bg-raised px-2.5 font-mono text-sm font-bold"
            value={item.request.method}
            onChange={(event) => edit({ method: event.target.value })}
          >
            {methods.map((method) => (
              <option key={method}>{method}</option>
            ))}
          </select>
          <VariableInput
            label="Address"
            value={item.request.url.raw}
            variables={variables}
            onChange={(raw) => edit({ url: toUrl(raw, item.request.url) })}
            onEnter={() => void sendTab(id)}
          />
        </div>
        <Button
          type="submit"
          look="primary"
          aria-label="Send"
          title={isProduction ? 'This goes to a production org' : sendKey}
          className={`h-8.5! px-4! text-md! font-semibold! ${isProduction ? 'border-bad! bg-bad!' : ''}`}
        >
          <Send size={14} aria-hidden /> Send
        </Button>
      </form>
    </>
  );
}
