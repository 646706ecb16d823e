import { Download, Monitor, Moon, Search, Settings, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { actions, useShortcut } from '../../actions.ts';
import { changePreferences, usePreferences, type Theme } from '../../state/preferences.ts';
import { attempt } from '../../state/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const PICTURES: Readonly<Record<Theme, typeof Sun>> = { system: Monitor, light: Sun, dark: Moon };

/** The banner: import at the left, search in the middle, the environment at the right. */
export function TopBar({ children }: { children: ReactNode }) {
  const theme = usePreferences()?.theme ?? 'system';
  const searchKey = useShortcut('palette');
  const Picture = PICTURES[theme];
  return (
    <header className="flex h-11 shrink-0 items-center gap-3 border-b border-line bg-bg px-3">
      <span className="flex items-center gap-2 font-semibold tracking-[-0.01em]">
        <svg viewBox="0 0 16 16" width="20" height="20" aria-hidden className="text-accent">
          <path fill="currentColor" d="M2 15V4h3v2h1.5V4h3v2H11V4h3v11H10v-3a2 2 0 0 0-4 0v3z" />
        </svg>
        Castellan
      </span>
      <Button onClick={actions.import.perform}>
        <Download size={13} aria-hidden /> Import
      </Button>
      <button
        type="button"
        className="mx-auto flex h-7 max-w-130 flex-1 items-center gap-2 rounded-md border border-line bg-sunken px-2.5 text-left text-sm text-ink-3 hover:border-line-strong"
        onClick={actions.palette.perform}
      >
        <Search size={13} aria-hidden />
        Search requests, people, environments, commands
        {searchKey !== undefined && (
          <kbd className="ml-auto rounded-sm border border-line-strong bg-bg px-1 font-sans text-[10.5px]">
            {searchKey}
          </kbd>
        )}
      </button>
      {children}
      <IconButton
        label={`Theme: ${theme}`}
        onClick={() => void attempt(() => changePreferences({ theme: NEXT[theme] }))}
      >
        <Picture size={15} />
      </IconButton>
      <IconButton label="Settings" onClick={actions.settings.perform}>
        <Settings size={15} />
      </IconButton>
    </header>
  );
}
