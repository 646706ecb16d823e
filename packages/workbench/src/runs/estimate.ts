import { estimate, findConfirmation, type OrgGuard, type RunPlan } from '@castellan/engine';
import { callFacts } from '@castellan/okta-api';
import type { Confirmation, Estimate } from '../api/runs.ts';

/**
 * Says what a run would do, without doing any of it, and what the environment's guard makes of it. Limits are those of an
 * Enterprise org until an answer tells. Rejects when the signal ends it.
 */
export async function estimateRun(planned: RunPlan, signal?: AbortSignal): Promise<Estimate> {
  const estimated = await estimate(planned, {
    facts: callFacts,
    ...(planned.settings.capacity === undefined ? {} : { share: planned.settings.capacity }),
    ...(signal === undefined ? {} : { signal }),
  });
  const confirmation = findConfirmation(planned, estimated);
  return {
    ...estimated,
    ...(confirmation === undefined ? {} : { confirmation }),
    refusals: planned.guard === undefined ? [] : findRefusals(planned.guard, estimated),
  };
}

/** What has to be confirmed before a plan is carried out; `undefined` when that is nothing. */
export async function confirmationOf(planned: RunPlan): Promise<Confirmation | undefined> {
  if (planned.guard?.confirm === undefined) return undefined;
  return findConfirmation(planned, await estimate(planned, { facts: callFacts, share: 1 }));
}

function findRefusals(guard: OrgGuard, { writes }: Pick<Estimate, 'writes'>): string[] {
  const { host, readOnly, writeBudget, hours } = guard;
  const count = writes.filter((write) => write.host === host).reduce((sum, write) => sum + write.count, 0);
  if (count === 0) return [];
  const their = count === 1 ? 'its one write' : `its ${count.toLocaleString('en')} writes`;
  return [
    ...(readOnly === true
      ? [`${host} is read-only in this environment: ${their} would be refused, and the rows would fail.`]
      : []),
    ...(writeBudget !== undefined && count > writeBudget
      ? [
          `A run may make ${writeBudget.toLocaleString('en')} writes to ${host}: the others of ${their} would be refused.`,
        ]
      : []),
    ...(hours === undefined
      ? []
      : [`${host} may be written to from ${hours.from} to ${hours.to} only; outside of that its rows fail.`]),
  ];
}
