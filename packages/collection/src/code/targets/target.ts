import type { Call } from '../call.ts';
import type { Variables } from '../text.ts';

/** A language and a way to send requests in it. */
export interface CodeTarget {
  /** What a person calls it. */
  readonly title: string;
  /** For the colours of an editor. */
  readonly language: string;
  /** How a comment starts. */
  readonly comment: string;
  readonly write: (call: Call, variables: Variables) => string;
}
