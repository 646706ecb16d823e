import { Tabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

export interface TabPane {
  readonly name: string;
  readonly badge?: ReactNode;
  readonly tone?: 'ok' | 'bad' | undefined;
  readonly content: () => ReactNode;
}

interface TabStripProps {
  readonly label: string;
  readonly panes: readonly TabPane[];
  readonly value?: string;
  readonly onChange?: (name: string) => void;
}

const TONES = { ok: 'bg-ok-soft text-ok', bad: 'bg-bad-soft text-bad' };

/** Tabs over panes; only the pane that is shown is drawn. */
export function TabStrip({ label, panes, value, onChange }: TabStripProps) {
  return (
    <Tabs.Root
      className="flex min-h-0 flex-1 flex-col"
      {...(value === undefined ? { defaultValue: panes[0]?.name ?? '' } : { value })}
      {...(onChange === undefined ? {} : { onValueChange: (next: unknown) => onChange(String(next)) })}
    >
      <Tabs.List
        aria-label={label}
        className="flex shrink-0 gap-2.5 overflow-x-auto border-b border-line px-4"
      >
        {panes.map(({ name, badge, tone }) => (
          <Tabs.Tab
            key={name}
            value={name}
            className="flex h-9 items-center gap-1.5 border-b-2 border-transparent text-[12.5px] whitespace-nowrap text-ink-2 hover:text-ink data-active:border-accent data-active:font-semibold data-active:text-ink"
          >
            {name}
            {badge !== undefined && (
              <span
                aria-hidden
                className={`rounded-full px-1.5 text-[10.5px] font-semibold ${tone === undefined ? 'bg-active text-ink-2' : TONES[tone]}`}
              >
                {badge}
              </span>
            )}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {panes.map(({ name, content }) => (
        <Tabs.Panel key={name} value={name} className="flex min-h-0 flex-1 flex-col overflow-auto">
          {content()}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}
