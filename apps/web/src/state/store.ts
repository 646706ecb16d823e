import type { DataFileView, OpenedRequest, RunOrder } from '@castellan/workbench/api';
import { create } from 'zustand';
import type { Answer } from './answer.ts';
import type { ConsoleLine } from './console.ts';

export type Item = OpenedRequest['item'];
export type Dialog = 'import' | 'environments' | 'palette' | 'cookies' | 'settings';
export type Screen = 'collections' | 'runs' | 'org' | 'log' | 'history';

/** One open request: as it is saved, as it is edited, and what it was answered. */
export interface Tab {
  readonly id: string;
  readonly collectionId: string;
  readonly levels: OpenedRequest['levels'];
  readonly saved: Item;
  readonly item: Item;
  readonly answer?: Answer;
  /** The answer before this one, to compare with. */
  readonly before?: Answer;
}

interface Notice {
  readonly text: string;
  readonly isBad: boolean;
  readonly undo?: () => void;
}

/** What the screen of runs shows. */
export type RunPage =
  | {
      readonly kind: 'build';
      /** Where to begin: what another run was, or what was chosen in the tree. */
      readonly order?: Partial<RunOrder>;
      readonly data?: DataFileView;
    }
  | { readonly kind: 'view'; readonly id: string }
  | { readonly kind: 'compare'; readonly first: string; readonly second: string };

export interface State {
  readonly screen: Screen;
  /** The collection or folder whose settings are in front of the open requests. */
  readonly level: { readonly collectionId: string; readonly levelId: string } | null;
  readonly run: RunPage;
  readonly tabs: readonly Tab[];
  readonly activeId: string | null;
  /** A second request beside the active one, at its left or right. */
  readonly beside: { readonly id: string; readonly isLeft: boolean } | null;
  readonly environmentId: string | null;
  readonly dialog: Dialog | null;
  readonly isConnected: boolean;
  readonly isConsoleOpen: boolean;
  readonly isAnswerBelow: boolean;
  /** The language in which requests are shown as code; null is the first one. */
  readonly codeTarget: string | null;
  readonly isWelcomeDone: boolean;
  readonly console: readonly ConsoleLine[];
  readonly notice: Notice | null;
}

const MOST_CONSOLE_LINES = 2000;

export const useStore = create<State>(() => ({
  screen: 'collections',
  run: { kind: 'build' },
  level: null,
  tabs: [],
  activeId: null,
  beside: null,
  environmentId: null,
  dialog: null,
  isConnected: true,
  isConsoleOpen: false,
  isAnswerBelow: false,
  codeTarget: null,
  isWelcomeDone: false,
  console: [],
  notice: null,
}));

export const setState = useStore.setState;
export const getState = useStore.getState;

export function tell(text: string, options: { isBad?: boolean; undo?: () => void } = {}): void {
  setState({
    notice: {
      text,
      isBad: options.isBad ?? false,
      ...(options.undo === undefined ? {} : { undo: options.undo }),
    },
  });
}

/** Does it, and says in the page's words when the server refuses. */
export async function attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (cause) {
    tell(cause instanceof Error ? cause.message : 'That did not work.', { isBad: true });
    return undefined;
  }
}

export const showDialog = (dialog: Dialog | null): void => setState({ dialog });
export const showScreen = (screen: Screen): void => setState({ screen });
export const showLevel = (level: State['level']): void => setState({ screen: 'collections', level });
export const showRun = (run: RunPage): void => setState({ screen: 'runs', run });
export const toggleConsole = (): void => setState(({ isConsoleOpen }) => ({ isConsoleOpen: !isConsoleOpen }));
export const flipAnswer = (): void => setState(({ isAnswerBelow }) => ({ isAnswerBelow: !isAnswerBelow }));
export const clearConsole = (): void => setState({ console: [] });
export const setConnected = (isConnected: boolean): void => setState({ isConnected });
export const closeNotice = (): void => setState({ notice: null });
export const finishWelcome = (): void => setState({ isWelcomeDone: true });
export const chooseCodeTarget = (codeTarget: string): void => setState({ codeTarget });
export const chooseEnvironment = (environmentId: string | null): void => setState({ environmentId });

export const addConsoleLines = (lines: readonly ConsoleLine[]): void =>
  setState(({ console }) => ({ console: [...console, ...lines].slice(-MOST_CONSOLE_LINES) }));
