import { randomUUID } from 'node:crypto';
import type { ReceivedResponse } from '@castellan/engine';
import { WorkbenchError } from '../errors.ts';

/** The part of an answer that a mask has changed. */
interface HiddenAnswer {
  readonly headers: readonly (readonly [string, string])[];
  readonly bodyBase64: string;
}

/**
 * Answers that brought secrets, as they came, for the person who asked for them: the page has them masked until it asks.
 * They stay in memory, the newest of them, and are gone when the workbench stops.
 */
export interface HiddenAnswers {
  /** Keeps an answer; @returns its id, or `undefined` when nothing in it was masked. */
  keep(answer: ReceivedResponse, masked: ReceivedResponse): string | undefined;
  /** @throws WorkbenchError `not-found` */
  reveal(id: string): HiddenAnswer;
}

const MOST_ANSWERS = 50;
/** Characters of base64; a larger answer is kept alone. */
const MOST_TEXT = 32 * 1024 * 1024;

export function createHiddenAnswers(): HiddenAnswers {
  const kept = new Map<string, HiddenAnswer>();
  return {
    keep({ headers, bodyBase64 }, masked) {
      const isOpen =
        bodyBase64 === masked.bodyBase64 && JSON.stringify(headers) === JSON.stringify(masked.headers);
      if (isOpen) return undefined;
      const id = randomUUID();
      kept.set(id, { headers, bodyBase64 });
      forgetOldest();
      return id;
    },
    reveal(id) {
      const answer = kept.get(id);
      if (answer !== undefined) return answer;
      throw new WorkbenchError(
        'not-found',
        'This answer is no longer kept in clear. Send the request again.',
      );
    },
  };

  function forgetOldest(): void {
    const size = (): number => [...kept.values()].reduce((sum, one) => sum + one.bodyBase64.length, 0);
    while (kept.size > MOST_ANSWERS || (kept.size > 1 && size() > MOST_TEXT))
      kept.delete(kept.keys().next().value ?? '');
  }
}
