import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { onShortcut } from './actions.ts';
import { collectionsQuery, environmentsQuery, followChanges } from './api.ts';
import { LevelScreen } from './screens/collections/level-screen.tsx';
import { CollectionTree } from './screens/collections/tree.tsx';
import { EnvironmentSwitcher } from './screens/environments/environment-switcher.tsx';
import { Palette } from './screens/palette/palette.tsx';
import { Questions } from './screens/questions/questions.tsx';
import { RequestScreen } from './screens/request/request-screen.tsx';
import { RunList } from './screens/runs/run-list.tsx';
import { SettingsDialog } from './screens/settings/settings-dialog.tsx';
import { Foot } from './screens/shell/foot.tsx';
import { Rail } from './screens/shell/rail.tsx';
import { TopBar } from './screens/shell/top-bar.tsx';
import { WelcomeScreen } from './screens/welcome/welcome-screen.tsx';
import { restoreLayout } from './state/layout.ts';
import { applyPreferences, usePreferences } from './state/preferences.ts';
import { setConnected, useStore } from './state/store.ts';
import { refreshTabs } from './state/tabs.ts';

// What a first look does not need comes when it is asked for.
const CookieEditor = lazy(async () => ({
  default: (await import('./screens/cookies/cookie-editor.tsx')).CookieEditor,
}));
const EnvironmentManager = lazy(async () => ({
  default: (await import('./screens/environments/environment-manager.tsx')).EnvironmentManager,
}));
const HistoryScreen = lazy(async () => ({
  default: (await import('./screens/history/history-screen.tsx')).HistoryScreen,
}));
const ImportDialog = lazy(async () => ({
  default: (await import('./screens/import/import-dialog.tsx')).ImportDialog,
}));
const LogScreen = lazy(async () => ({ default: (await import('./screens/log/log-screen.tsx')).LogScreen }));
const OrgScreen = lazy(async () => ({ default: (await import('./screens/org/org-screen.tsx')).OrgScreen }));
const RunsScreen = lazy(async () => ({
  default: (await import('./screens/runs/runs-screen.tsx')).RunsScreen,
}));

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
        <Suspense fallback={<main className="flex-1 bg-bg" />}>
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
        </Suspense>
      </div>
      <Foot />
      <Suspense>
        {dialog === 'import' && <ImportDialog />}
        {dialog === 'environments' && environments.data !== undefined && <EnvironmentManager />}
        {dialog === 'palette' && <Palette />}
        {dialog === 'cookies' && <CookieEditor />}
        {dialog === 'settings' && <SettingsDialog />}
      </Suspense>
      <Questions />
    </div>
  );
}
