import type { Collection } from '@castellan/collection';
import type { RunPlan } from '@castellan/engine';
import { WorkbenchError } from '../errors.ts';
import type { Trust } from './trust.ts';

/**
 * Lets a run begin only when a person wrote or agreed to every script in it.
 * @param collection as the workspace has it; what a page has typed since is that person's own
 * @throws WorkbenchError `untrusted`
 */
export async function refuseStrange(trust: Trust, collection: Collection, { steps }: RunPlan): Promise<void> {
  const scripts = steps.flatMap(({ prerequest, test }) => [...prerequest, ...test]);
  const strange = new Set(await trust.findStrange(collection, scripts)).size;
  if (strange === 0) return;
  const { source } = await trust.look(collection);
  const from = source === undefined ? 'came into the workspace from outside' : `was imported from ${source}`;
  const [count, verb] = strange === 1 ? ['a script', 'has'] : [`${strange} scripts`, 'have'];
  throw new WorkbenchError(
    'untrusted',
    `“${collection.name}” ${from}, and ${count} that would run here ${verb} not been agreed to. Nothing was sent. Trust the collection, or run it without scripts.`,
  );
}
