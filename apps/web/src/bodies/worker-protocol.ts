import type { BodyFacts, Sight, View } from './held-body.ts';

/** What the page asks of the worker that holds large bodies. */
export type Question =
  | { readonly kind: 'fetch'; readonly id: number; readonly bodyId: string }
  | { readonly kind: 'open'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: 'see'; readonly id: number; readonly view: View }
  | { readonly kind: 'find'; readonly id: number; readonly view: View; readonly wanted: string }
  | { readonly kind: 'text'; readonly id: number }
  | { readonly kind: 'bytes'; readonly id: number }
  | { readonly kind: 'forget'; readonly id: number };

export interface Answers {
  readonly fetch: BodyFacts & { readonly size: number };
  readonly open: BodyFacts;
  readonly see: Sight;
  readonly find: Int32Array;
  readonly text: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly forget: undefined;
}

/** Each question has a number, by which its answer comes back. */
export interface Asked {
  readonly number: number;
  readonly question: Question;
}

export type Told =
  | { readonly number: number; readonly answer: Answers[keyof Answers] }
  | { readonly number: number; readonly failure: string };
