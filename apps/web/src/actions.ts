import { changePreferences, readPreferences, usePreferences, type Theme } from './state/preferences.ts';
import { sendTab, stopTab } from './state/send.ts';
import { formatShortcut, toShortcut } from './state/shortcuts.ts';
import {
  attempt,
  clearConsole,
  flipAnswer,
  showDialog,
  showRun,
  showScreen,
  toggleConsole,
  useStore,
} from './state/store.ts';
import { changeSide, closeTabSafely, saveTab, splitTabs, stepTab } from './state/tabs.ts';

/** Something a person can do: buttons, palette and keys share it. `mod` is Ctrl, or Command on a Mac. */
export interface Action {
  readonly label: string;
  readonly shortcut?: string;
  readonly perform: () => void;
}

const changeTheme = (theme: Theme): void => void attempt(() => changePreferences({ theme }));

const withTab = (perform: (id: string) => void) => () => {
  const { activeId } = useStore.getState();
  if (activeId !== null) perform(activeId);
};

export const actions = {
  send: { label: 'Send the request', shortcut: 'mod+Enter', perform: withTab((id) => void sendTab(id)) },
  save: { label: 'Save the request', shortcut: 'mod+s', perform: withTab((id) => void saveTab(id)) },
  palette: { label: 'Search', shortcut: 'mod+k', perform: () => showDialog('palette') },
  import: { label: 'Import', perform: () => showDialog('import') },
  environments: { label: 'Manage environments', perform: () => showDialog('environments') },
  cookies: { label: 'Edit cookies', perform: () => showDialog('cookies') },
  stop: { label: 'Stop the request', perform: withTab(stopTab) },
  closeTab: { label: 'Close the tab', shortcut: 'alt+w', perform: withTab(closeTabSafely) },
  nextTab: { label: 'Next tab', shortcut: 'alt+PageDown', perform: () => stepTab(1) },
  previousTab: { label: 'Previous tab', shortcut: 'alt+PageUp', perform: () => stepTab(-1) },
  split: {
    label: 'Show another request beside this one, or this one alone',
    shortcut: 'mod+\\',
    perform: splitTabs,
  },
  changeSide: { label: 'Go to the request beside', shortcut: 'alt+\\', perform: changeSide },
  flip: { label: 'Show the answer beside or below the request', perform: flipAnswer },
  console: { label: 'Show or hide the console', shortcut: 'mod+j', perform: toggleConsole },
  clearConsole: { label: 'Clear the console', perform: clearConsole },
  collections: { label: 'Go to collections', perform: () => showScreen('collections') },
  org: { label: 'Go to the org', perform: () => showScreen('org') },
  log: { label: 'Go to the System Log', perform: () => showScreen('log') },
  runs: { label: 'Go to runs', perform: () => showScreen('runs') },
  newRun: { label: 'New run', perform: () => showRun({ kind: 'build' }) },
  history: { label: 'Go to history', perform: () => showScreen('history') },
  settings: { label: 'Settings', shortcut: 'mod+,', perform: () => showDialog('settings') },
  light: { label: 'Use the light theme', perform: () => changeTheme('light') },
  dark: { label: 'Use the dark theme', perform: () => changeTheme('dark') },
  system: { label: 'Use the system’s theme', perform: () => changeTheme('system') },
} satisfies Record<string, Action>;

export type ActionName = keyof typeof actions;

/** Every action, in the order that lists show them. */
export const ACTION_NAMES = Object.keys(actions) as readonly ActionName[]; // its keys are the names

/**
 * The key of an action.
 * @param changed what the person made of the keys; null takes one away
 */
export function shortcutOf(
  name: ActionName,
  changed: Readonly<Record<string, string | null>> | undefined,
): string | undefined {
  const own = changed?.[name];
  if (own === null) return undefined;
  return own ?? (actions as Record<string, Action>)[name]?.shortcut; // every action may have one
}

/** The key of an action as it is read, if it has one. */
export function useShortcut(name: ActionName): string | undefined {
  const shortcut = shortcutOf(name, usePreferences()?.shortcuts);
  return shortcut === undefined ? undefined : formatShortcut(shortcut);
}

/** Performs the action of a key, if it has one. */
export function onShortcut(event: KeyboardEvent): void {
  // Where a person presses the keys of an action they do nothing else.
  if (event.target instanceof HTMLElement && 'takesKeys' in event.target.dataset) return;
  const pressed = toShortcut(event);
  const changed = readPreferences()?.shortcuts;
  const name = ACTION_NAMES.find((one) => shortcutOf(one, changed) === pressed);
  if (pressed === undefined || name === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  actions[name].perform();
}
