import { createHmac } from 'node:crypto';
import type { DataRow } from '@castellan/collection';
import type { VariableScopes } from '@castellan/sandbox';
import type { RowOutcome } from '../events.ts';
import type { RunPlan } from '../plan.ts';
import type { WireRequest } from '../transport.ts';
import type { Redaction } from '../secrets/mask.ts';
import type { RunJournal } from './journal.ts';
import type { JournalLine } from './lines.ts';
import type { EarlierWrite } from './read.ts';
import { createReferences } from './references.ts';
import type { References } from './references.ts';

/** The part of a journal that one row writes and reads. */
export interface RowJournal {
  /** Where an earlier attempt left the row; absent for a row that nobody has begun. */
  readonly earlier?: EarlierRow;
  /** Resolves when it is on disk that this write is about to leave. */
  leaving(request: WireRequest, at: number): Promise<void>;
  /** @param code of its answer; absent when it certainly had no effect */
  ended(request: WireRequest, code?: number): void;
  /** What an earlier attempt knows of a write that this one is about to send. */
  recall(request: WireRequest): Recollection;
  stepDone(next: number, after: StepState): void;
  rowEnded(outcome: RowOutcome): void;
}

export type Recollection =
  | { readonly kind: 'new' }
  | { readonly kind: 'same'; readonly write: EarlierWrite }
  /** The earlier attempt sent something here that this one does not send. */
  | { readonly kind: 'other'; readonly what: string };

interface EarlierRow {
  /** The step to go on with. */
  readonly next: number;
  readonly scopes: VariableScopes;
  /** Why the row had failed already. */
  readonly failure?: string;
  /** What the rest of the row needs and nobody knows any more; then it cannot go on. */
  readonly missing?: string;
}

interface StepState {
  readonly scopes: VariableScopes;
  readonly hasCookies: boolean;
  readonly failure?: string;
}

export interface RowJournalOptions {
  readonly journal: RunJournal;
  readonly plan: RunPlan;
  readonly row: number;
  readonly data: DataRow;
  /** The scopes that every row begins with. */
  readonly start: VariableScopes;
  /** Takes out what answers have brought. */
  readonly mask: Redaction;
  /** Told when the journal can no longer be written. */
  onBroken(error: unknown): void;
}

export function createRowJournal(options: RowJournalOptions): RowJournal {
  const { journal, plan, row, data, start, mask, onBroken } = options;
  const begun = journal.begun.get(row);
  const writes = [...(begun?.writes ?? [])];
  let made: References | undefined;
  const references = (): References => (made ??= createReferences(plan, data, mask));
  const note = (line: JournalLine): void => void journal.write(line).catch(onBroken);
  return {
    ...(begun === undefined ? {} : { earlier: toEarlier() }),
    leaving: (request, at) =>
      journal.write({
        kind: 'sent',
        row,
        at,
        request: toKey(request),
        what: references().mask(`${request.method} ${request.address.href}`),
      }),
    ended: (request, code) =>
      note({ kind: 'ended', row, request: toKey(request), ...(code === undefined ? {} : { code }) }),
    recall(request) {
      const key = toKey(request);
      const index = writes.findIndex((write) => write.request === key);
      const [write] = index === -1 ? [] : writes.splice(index, 1);
      if (write !== undefined) return { kind: 'same', write };
      const [other] = writes;
      return other === undefined ? { kind: 'new' } : { kind: 'other', what: other.what };
    },
    stepDone(next, { scopes, hasCookies, failure }) {
      const { changes, withheld } = references().write(start, scopes);
      note({
        kind: 'step',
        row,
        next,
        changes,
        ...(withheld.length === 0 ? {} : { withheld }),
        ...(hasCookies ? { cookies: true as const } : {}),
        ...(failure === undefined ? {} : { failure: references().mask(failure) }),
      });
    },
    rowEnded({ reason, ...outcome }) {
      note({
        kind: 'row',
        ...outcome,
        ...(reason === undefined ? {} : { reason: references().mask(reason) }),
      });
    },
  };

  function toEarlier(): EarlierRow {
    const step = begun?.step;
    const next = step?.next ?? 0;
    const missing = findMissing(next);
    return {
      next,
      scopes: step === undefined ? start : references().read(step.changes, start),
      ...(step?.failure === undefined ? {} : { failure: step.failure }),
      ...(missing === undefined ? {} : { missing }),
    };
  }

  function findMissing(next: number): string | undefined {
    const step = begun?.step;
    if (step?.cookies === true) return 'cookies of a session, which a journal does not keep';
    const rest = JSON.stringify(plan.steps.slice(next));
    const name = step?.withheld?.find((withheld) => rest.includes(withheld));
    return name && `{{${name}}}, a secret that a journal does not keep`;
  }

  function toKey({ method, address, body }: WireRequest): string {
    const hash = createHmac('sha256', journal.id).update(`${method} ${address.href}\n`);
    return hash
      .update(body ?? '')
      .digest('hex')
      .slice(0, 24);
  }
}
