import type { RunEstimate, WriteEstimate } from '../estimate.ts';
import type { RunPlan } from '../plan.ts';
import type { OrgGuard } from './org-guard.ts';

/** What somebody has to confirm by typing the name of a guarded org, before it is sent. */
export interface Confirmation {
  /** What has to be typed. */
  readonly host: string;
  readonly kind: OrgGuard['kind'];
  /** What would be written there; what cannot be undone comes first. */
  readonly writes: readonly WriteEstimate[];
}

/** What a plan would send to the org of its guard that the guard wants confirmed; `undefined` when that is nothing. */
export function findConfirmation({ guard }: RunPlan, { writes }: RunEstimate): Confirmation | undefined {
  if (guard?.confirm === undefined) return undefined;
  const asked = writes
    .filter(({ host, irreversible }) => host === guard.host && (guard.confirm === 'writes' || irreversible))
    .toSorted((a, b) => Number(b.irreversible) - Number(a.irreversible));
  return asked.length === 0 ? undefined : { host: guard.host, kind: guard.kind, writes: asked };
}
