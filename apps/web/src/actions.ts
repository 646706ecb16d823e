import { sendTab, stopTab } from './state/send.ts';
import {
  clearConsole,
  flipAnswer,
  setTheme,
  showDialog,
  showRun,
  showScreen,
  toggleConsole,
  useStore,
} from './state/store.ts';
import { closeTabSafely, saveTab, stepTab } from './state/tabs.ts';

/** Something a person can do: buttons, palette and keys share it. `mod` is Ctrl, or Command on a Mac. */
export interface Action {
  readonly label: string;
  readonly shortcut?: string;
  readonly perform: () => void;
}

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
  flip: { label: 'Show the answer beside or below the request', perform: flipAnswer },
  console: { label: 'Show or hide the console', shortcut: 'mod+j', perform: toggleConsole },
  clearConsole: { label: 'Clear the console', perform: clearConsole },
  collections: { label: 'Go to collections', perform: () => showScreen('collections') },
  org: { label: 'Go to the org', perform: () => showScreen('org') },
  log: { label: 'Go to the System Log', perform: () => showScreen('log') },
  runs: { label: 'Go to runs', perform: () => showScreen('runs') },
  newRun: { label: 'New run', perform: () => showRun({ kind: 'build' }) },
  history: { label: 'Go to history', perform: () => showScreen('history') },
  light: { label: 'Use the light theme', perform: () => setTheme('light') },
  dark: { label: 'Use the dark theme', perform: () => setTheme('dark') },
  system: { label: 'Use the system’s theme', perform: () => setTheme('system') },
} satisfies Record<string, Action>;

/** Performs the action of a key, if it has one. */
export function onShortcut(event: KeyboardEvent): void {
  const pressed = [
    event.ctrlKey || event.metaKey ? 'mod' : '',
    event.altKey ? 'alt' : '',
    event.shiftKey ? 'shift' : '',
    event.key.length === 1 ? event.key.toLowerCase() : event.key,
  ]
    .filter((part) => part !== '')
    .join('+');
  const action = Object.values<Action>(actions).find(({ shortcut }) => shortcut === pressed);
  if (action === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  action.perform();
}
