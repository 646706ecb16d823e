import { Popover } from '@base-ui/react/popover';
import { SOON_DAYS } from '@castellan/okta-api';
import { useQuery } from '@tanstack/react-query';
import type { EnvironmentRow, EnvironmentView } from '@castellan/workbench/api';
import { Eye } from 'lucide-react';
import type { ReactNode } from 'react';
import { environmentsQuery } from '../../api.ts';
import { showDialog, useStore } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { toDaysLeft, useTokens } from '../../ui/use-tokens.ts';

/** What variables have now: of the chosen environment, the collection of the open request, and the globals. */
export function QuickLook({ chosen }: { chosen: EnvironmentView | undefined }) {
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label="Environment quick look"
        title="Environment quick look"
        className="inline-flex size-7 items-center justify-center rounded-md text-ink-2 hover:bg-hover"
      >
        <Eye size={15} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="z-50" align="end" sideOffset={4}>
          <Popover.Popup className="max-h-[70vh] w-110 overflow-auto rounded-lg border border-line bg-raised p-4 shadow-[var(--shadow-pop)]">
            <Popover.Title className="text-md font-semibold">
              {chosen?.name ?? 'No environment'}
            </Popover.Title>
            {chosen === undefined ? (
              <p className="mt-1 text-sm text-ink-2">Choose one to fill in the variables of a request.</p>
            ) : (
              <>
                <GuardNote environment={chosen} />
                <TokenNote environment={chosen} />
                <Values rows={chosen.values} />
              </>
            )}
            <CollectionValues />
            <GlobalValues />
            <Button className="mt-3" onClick={() => showDialog('environments')}>
              Manage environments
            </Button>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function GuardNote({ environment: { host, guard, org } }: { environment: EnvironmentView }) {
  const rules = [
    guard?.readOnly === true ? 'read-only' : '',
    guard?.confirm === 'writes' ? 'every write is confirmed' : '',
    guard?.confirm === 'irreversible' ? 'what cannot be undone is confirmed' : '',
    guard?.writeBudget === undefined ? '' : `${guard.writeBudget} writes a run`,
    guard?.hours === undefined ? '' : `written to from ${guard.hours.from} to ${guard.hours.to}`,
  ].filter(Boolean);
  if (host === undefined) return null;
  return (
    <p className="mt-0.5 text-sm text-ink-2">
      <span className="font-mono">{host}</span>, {org}
      {rules.length > 0 && `: ${rules.join(', ')}`}
    </p>
  );
}

/** A word on the token while there is something to say: that it ends soon. Asked only when somebody looks. */
function TokenNote({ environment }: { environment: EnvironmentView }) {
  const { tokens } = useTokens(environment.id);
  const days = tokens.map(({ expiresAt }) => toDaysLeft(expiresAt));
  const next = Math.min(...days);
  if (days.length === 0 || next > SOON_DAYS) return null;
  return (
    <p role="alert" className="mt-2 rounded-md bg-warn-soft px-2.5 py-1.5 text-sm text-warn">
      {next <= 0
        ? 'A token of this org’s owner has ended.'
        : `A token of this org’s owner ends in ${next} days.`}{' '}
      Look at Org.
    </p>
  );
}

/** Variables of the collection that the open request belongs to. */
function CollectionValues() {
  const tab = useStore((state) => state.tabs.find(({ id }) => id === state.activeId));
  const { data } = useQuery(environmentsQuery);
  const level = tab?.levels.find(({ kind }) => kind === 'collection');
  if (tab === undefined || level === undefined) return null;
  const current = data?.collections[tab.collectionId] ?? [];
  const own = level.variables
    .filter(({ key }) => !current.some((row) => row.key === key))
    .map(({ key, value, disabled }): EnvironmentRow => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return { key, value: text, type: 'default', enabled: disabled !== true, hasValue: text !== '' };
    });
  const rows = [...own, ...current];
  return rows.length === 0 ? null : (
    <Titled title={level.name}>
      <Values rows={rows} />
    </Titled>
  );
}

function GlobalValues() {
  const { data } = useQuery(environmentsQuery);
  const globals = data?.environments.find(({ scope }) => scope === 'globals');
  return globals === undefined ? null : (
    <Titled title="Globals">
      <Values rows={globals.values} />
    </Titled>
  );
}

function Titled({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="mt-4 text-md font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function Values({ rows }: { rows: readonly EnvironmentRow[] }) {
  if (rows.length === 0) return <p className="mt-1 text-sm text-ink-2">It has no values yet.</p>;
  return (
    <dl className="mt-2 grid grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)] gap-x-3 gap-y-1 font-mono text-sm">
      {rows.map((row) => (
        <div key={row.key} className={`contents ${row.enabled ? '' : 'text-ink-3 line-through'}`}>
          <dt className="truncate text-ink-2">{row.key}</dt>
          <dd className="truncate">
            {row.type === 'secret' ? (row.hasValue ? '••••••••' : 'no value') : row.value || 'no value'}
            {row.initial !== undefined && row.initial !== row.value && (
              <span className="text-ink-3"> (initially {row.initial || 'nothing'})</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
