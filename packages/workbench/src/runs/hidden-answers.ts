import { randomUUID } from 'node:crypto';
import { readBody, type ReceivedResponse } from '@castellan/engine';
import { WorkbenchError } from '../errors.ts';

/** The part of an answer that a mask may change. */
interface AnswerPart {
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

/**
 * Answers that brought secrets, as they came, for the person who asked for them: the page has them masked until it asks.
 * They stay in memory, the newest of them, and are gone when the workbench stops.
 */
export interface HiddenAnswers {
  /** Keeps an answer; @returns its id, or `undefined` when nothing in it was masked. */
  keep(answer: ReceivedResponse, masked: AnswerPart): string | undefined;
  /** @throws WorkbenchError `not-found` */
  reveal(id: string): Pick<ReceivedResponse, 'headers' | 'bodyBase64'>;
}

const MOST_ANSWERS = 50;
/** Bytes of bodies; a larger answer is kept alone. */
const MOST_BYTES = 24 * 1024 * 1024;

export function createHiddenAnswers(): HiddenAnswers {
  const kept = new Map<string, AnswerPart>();
  return {
    keep(answer, masked) {
      const { headers } = answer;
      const body = readBody(answer);
      const isOpen =
        Buffer.compare(body, masked.body) === 0 && JSON.stringify(headers) === JSON.stringify(masked.headers);
      if (isOpen) return undefined;
      const id = randomUUID();
      kept.set(id, { headers, body });
      forgetOldest();
      return id;
    },
    reveal(id) {
      const answer = kept.get(id);
      if (answer !== undefined)
        return { headers: answer.headers, bodyBase64: Buffer.from(answer.body).toString('base64') };
      throw new WorkbenchError(
        'not-found',
        'This answer is no longer kept in clear. Send the request again.',
      );
    },
  };

  function forgetOldest(): void {
    const size = (): number => [...kept.values()].reduce((sum, one) => sum + one.body.byteLength, 0);
    while (kept.size > MOST_ANSWERS || (kept.size > 1 && size() > MOST_BYTES))
      kept.delete(kept.keys().next().value ?? '');
  }
}
