import type { DataRow } from '@castellan/collection';
import { GuardError, plan, PlanError, type PlanOptions, type RunPlan } from '@castellan/engine';
import type { Preferences } from '../api/preferences.ts';
import type { RunOrder } from '../api/runs.ts';
import { toRunSettings } from '../preferences/preferences.ts';
import { WorkbenchError } from '../errors.ts';
import type { Scopes } from './scopes.ts';

/**
 * Plans as the engine does, for a person who ordered it.
 * @throws WorkbenchError `bad-request` with what is wrong in the engine's words
 */
export function planFor(options: PlanOptions): RunPlan {
  try {
    return plan(options);
  } catch (cause) {
    if (cause instanceof PlanError || cause instanceof GuardError)
      throw new WorkbenchError('bad-request', cause.message, { cause });
    throw cause;
  }
}

/**
 * Plans a run as it was ordered. A run that carries nothing from row to row goes in lanes, also when there is one only.
 * @throws WorkbenchError `bad-request`
 */
export function planRun(
  order: RunOrder,
  scopes: Scopes,
  rows: readonly DataRow[],
  preferences: Preferences,
): RunPlan {
  const planned = planFor({
    ...scopes,
    ...(order.itemId === undefined ? {} : { items: [order.itemId] }),
    ...(rows.length === 0 ? { iterationCount: order.iterations } : { data: rows }),
    settings: {
      ...toRunSettings(preferences),
      strict: true,
      refuseUnresolved: true,
      delay: order.delay,
      capacity: order.capacity,
      scripts: order.scripts,
      ...(order.carry ? {} : { lanes: order.lanes }),
    },
  });
  const inOrder =
    order.steps === undefined ? planned : { ...planned, steps: pickSteps(planned, order.steps) };
  if (inOrder.steps.length === 0)
    throw new WorkbenchError('bad-request', 'There is no request in it. Choose a folder that has some.');
  return inOrder;
}

/** The steps of these requests, in this order; a request that is gone since is left out. */
function pickSteps({ steps }: RunPlan, ids: readonly string[]): RunPlan['steps'] {
  const known = new Map(steps.map((step) => [step.item.id, step]));
  return ids.flatMap((id) => known.get(id) ?? []);
}
