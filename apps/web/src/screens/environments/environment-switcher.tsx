import { Popover } from '@base-ui/react/popover';
import { Select } from '@base-ui/react/select';
import { useQuery } from '@tanstack/react-query';
import type { EnvironmentView } from '@castellan/workbench/api';
import { ChevronDown, Eye } from 'lucide-react';
import { environmentsQuery } from '../../api.ts';
import { chooseEnvironment, showDialog, useStore } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { SOON_DAYS, toDaysLeft, useTokens } from '../../ui/use-tokens.ts';
import { OrgDot } from '../../ui/org-dot.tsx';

const NONE = 'none';
const MANAGE = 'manage';
/** The choice at the top right: which org everything is sent to. */
export function EnvironmentSwitcher() {
  const { data } = useQuery(environmentsQuery);
  const environmentId = useStore((state) => state.environmentId);
  const environments = (data?.environments ?? []).filter(({ scope }) => scope === 'environment');
  const chosen = environments.find(({ id }) => id === environmentId);
  const option =
    'flex h-7.5 cursor-default items-center gap-2 rounded-sm px-2 text-[12.5px] data-highlighted:bg-hover data-selected:font-semibold';
  return (
    <div className="flex items-center gap-1">
      <Select.Root
        value={chosen?.id ?? NONE}
        onValueChange={(value) => {
          if (value === MANAGE) showDialog('environments');
          else chooseEnvironment(value === NONE ? null : value);
        }}
      >
        <Select.Trigger
          aria-label="Environment"
          className={`inline-flex h-7 max-w-60 items-center gap-2 rounded-md border bg-raised px-2.5 text-sm font-medium hover:bg-hover ${chosen?.org === 'production' ? 'border-bad' : 'border-line-strong'}`}
        >
          <OrgDot org={chosen?.org ?? 'none'} />
          <span className="truncate">{chosen === undefined ? 'No environment' : chosen.name}</span>
          {chosen?.org === 'production' && <span className="text-bad">production</span>}
          {chosen?.guard?.readOnly === true && <span className="text-ink-2">read-only</span>}
          <ChevronDown size={13} aria-hidden />
        </Select.Trigger>
        <Select.Portal>
          <Select.Positioner className="z-50" align="end" sideOffset={4} alignItemWithTrigger={false}>
            <Select.Popup className="max-h-[60vh] min-w-56 overflow-auto rounded-md border border-line bg-raised p-1 shadow-[var(--shadow-pop)]">
              <Select.Item value={NONE} className={option}>
                <OrgDot org="none" />
                <Select.ItemText>No environment</Select.ItemText>
              </Select.Item>
              {environments.map(({ id, name, org }) => (
                <Select.Item key={id} value={id} className={option}>
                  <OrgDot org={org} />
                  <Select.ItemText>{name}</Select.ItemText>
                </Select.Item>
              ))}
              <Select.Separator className="my-1 h-px bg-line" />
              <Select.Item value={MANAGE} className={option}>
                <Select.ItemText>Manage environments</Select.ItemText>
              </Select.Item>
            </Select.Popup>
          </Select.Positioner>
        </Select.Portal>
      </Select.Root>
      <QuickLook chosen={chosen} globals={data?.environments.find(({ scope }) => scope === 'globals')} />
    </div>
  );
}

interface QuickLookProps {
  readonly chosen: EnvironmentView | undefined;
  readonly globals: EnvironmentView | undefined;
}

function QuickLook({ chosen, globals }: QuickLookProps) {
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
          <Popover.Popup className="max-h-[70vh] w-100 overflow-auto rounded-lg border border-line bg-raised p-4 shadow-[var(--shadow-pop)]">
            <Popover.Title className="text-md font-semibold">
              {chosen?.name ?? 'No environment'}
            </Popover.Title>
            {chosen === undefined ? (
              <p className="mt-1 text-sm text-ink-2">Choose one to fill in the variables of a request.</p>
            ) : (
              <>
                <TokenNote environment={chosen} />
                <Values view={chosen} />
              </>
            )}
            {globals !== undefined && (
              <>
                <h3 className="mt-4 text-md font-semibold">Globals</h3>
                <Values view={globals} />
              </>
            )}
            <Button className="mt-3" onClick={() => showDialog('environments')}>
              Manage environments
            </Button>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
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

function Values({ view }: { view: EnvironmentView }) {
  if (view.values.length === 0) return <p className="mt-1 text-sm text-ink-2">It has no values yet.</p>;
  return (
    <dl className="mt-2 grid grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)] gap-x-3 gap-y-1 font-mono text-sm">
      {view.values.map((row) => (
        <div key={row.key} className={`contents ${row.enabled ? '' : 'text-ink-3 line-through'}`}>
          <dt className="truncate text-ink-2">{row.key}</dt>
          <dd className="truncate">
            {row.type === 'secret' ? (row.hasValue ? '••••••••' : 'no value') : row.value || 'no value'}
          </dd>
        </div>
      ))}
    </dl>
  );
}
