import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onShortcut } from './actions.ts';
import { collectionsQuery, environmentsQuery, followChanges } from './api.ts';
import { LevelScreen } from './screens/collections/level-screen.tsx';
import { CollectionTree } from './screens/collections/tree.tsx';
import { CookieEditor } from './screens/cookies/cookie-editor.tsx';
import { EnvironmentManager } from './screens/environments/environment-manager.tsx';
import { EnvironmentSwitcher } from './screens/environments/environment-switcher.tsx';
import { HistoryScreen } from './screens/history/history-screen.tsx';
import { ImportDialog } from './screens/import/import-dialog.tsx';
import { LogScreen } from './screens/log/log-screen.tsx';
import { OrgScreen } from './screens/org/org-screen.tsx';
import { Palette } from './screens/palette/palette.tsx';
import { Questions } from './screens/questions/questions.tsx';
import { RequestScreen } from './screens/request/request-screen.tsx';
import { RunList } from './screens/runs/run-list.tsx';
import { RunsScreen } from './screens/runs/runs-screen.tsx';
import { SettingsDialog } from './screens/settings/settings-dialog.tsx';
import { Foot } from './screens/shell/foot.tsx';
import { Rail } from './screens/shell/rail.tsx';
import { TopBar } from './screens/shell/top-bar.tsx';
import { WelcomeScreen } from './screens/welcome/welcome-screen.tsx';
import { restoreLayout } from './state/layout.ts';
import { applyPreferences, usePreferences } from './state/preferences.ts';
import { setConnected, useStore } from './state/store.ts';
import { refreshTabs } from './state/tabs.ts';

export function App() {
  const dialog = useStore((state) => state.dialog);
  const screen = useStore((state) => state.screen);
  const level = useStore((state) => state.level);
  const isWelcomeDone = useStore((state) => state.isWelcomeDone);
  const hasTabs = useStore((state) => state.tabs.length > 0);
  const collections = useQuery(collectionsQuery);
  const environments = useQuery(environmentsQuery);
  const isFresh =
    collections.data !== undefined &&
    environments.data !== undefined &&
    !hasTabs &&
    !isWelcomeDone &&
    screen === 'collections';

  useEffect(() => {
    const stop = new AbortController();
    void restoreLayout();
    void followChanges(setConnected, stop.signal);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', applyPreferences, {
      signal: stop.signal,
    });
    addEventListener('keydown', onShortcut, { capture: true, signal: stop.signal });
    return () => stop.abort();
  }, []);
  const preferences = usePreferences();
  useEffect(() => {
    if (preferences !== undefined) applyPreferences();
  }, [preferences]);
  useEffect(() => {
    if (collections.data !== undefined) void refreshTabs();
  }, [collections.data]);

  return (
    <div className="flex h-full flex-col">
      <TopBar>
        <EnvironmentSwitcher />
      </TopBar>
      <div className="flex min-h-0 flex-1">
        <aside aria-label="Workspace" className="flex w-68 shrink-0 border-r border-line bg-bg">
          <Rail />
          {screen === 'runs' ? <RunList /> : <CollectionTree />}
        </aside>
        {screen === 'history' ? (
          <HistoryScreen />
        ) : screen === 'runs' ? (
          <RunsScreen />
        ) : screen === 'org' ? (
          <OrgScreen />
        ) : screen === 'log' ? (
          <LogScreen />
        ) : level !== null ? (
          <LevelScreen {...level} />
        ) : isFresh ? (
          <WelcomeScreen />
        ) : (
          <RequestScreen />
        )}
      </div>
      <Foot />
      {dialog === 'import' && <ImportDialog />}
      {dialog === 'environments' && environments.data !== undefined && <EnvironmentManager />}
      {dialog === 'palette' && <Palette />}
      {dialog === 'cookies' && <CookieEditor />}
      {dialog === 'settings' && <SettingsDialog />}
      <Questions />
    </div>
  );
}
