import type { Confirmation } from '@castellan/workbench/api';
import { create } from 'zustand';

/** What a person is asked before something is sent. */
export type Question =
  | {
      readonly kind: 'confirm';
      readonly confirmation: Confirmation;
      /** Why it was not sent, where that is known only now. */
      readonly sentence: string | undefined;
      /** The typed name of the org, or nothing when it is not to be sent. */
      readonly answer: (host: string | undefined) => void;
    }
  | {
      readonly kind: 'trust';
      readonly collectionId: string;
      readonly sentence: string;
      /** Whether it may go without scripts. */
      readonly canSkip: boolean;
      /** `run`: the collection is trusted now. `skip`: without scripts. */
      readonly answer: (scripts: 'run' | 'skip' | undefined) => void;
    };

export const useQuestion = create<{ readonly question: Question | null }>(() => ({ question: null }));

const close = (): void => useQuestion.setState({ question: null });

/** Asks for the name of a guarded org; `undefined` when it is not given. */
export function askToConfirm(confirmation: Confirmation, sentence?: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const answer = (host: string | undefined) => {
      close();
      resolve(host);
    };
    useQuestion.setState({ question: { kind: 'confirm', confirmation, sentence, answer } });
  });
}

/** Asks whether the scripts of a collection may run; `undefined` when nothing is to be sent. */
export function askToTrust(
  collectionId: string,
  sentence: string,
  canSkip = true,
): Promise<'run' | 'skip' | undefined> {
  return new Promise((resolve) => {
    const answer = (scripts: 'run' | 'skip' | undefined) => {
      close();
      resolve(scripts);
    };
    useQuestion.setState({ question: { kind: 'trust', collectionId, sentence, canSkip, answer } });
  });
}
