import { Select } from '@base-ui/react/select';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { environmentsQuery } from '../../api.ts';
import { chooseEnvironment, showDialog, useStore } from '../../state/store.ts';
import { OrgDot } from '../../ui/org-dot.tsx';
import { QuickLook } from './quick-look.tsx';

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
      <QuickLook chosen={chosen} />
    </div>
  );
}
