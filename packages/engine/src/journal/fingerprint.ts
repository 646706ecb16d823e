import { createHash, createHmac } from 'node:crypto';
import type { RunPlan } from '../plan.ts';
import type { RunFingerprints } from './lines.ts';

/**
 * Fingerprints of everything that decides what a run sends, to tell whether a later plan is the same one.
 * @param key the run's id, so that nobody can look a secret up by its fingerprint
 */
export function toFingerprints(plan: RunPlan, key: string): RunFingerprints {
  const steps = plan.steps.map(({ item }) => item.id);
  const secret = (value: unknown): string =>
    createHmac('sha256', key)
      .update(JSON.stringify(value) ?? '')
      .digest('hex');
  return {
    collection: createHash('sha256')
      .update(JSON.stringify([plan.collection, steps]))
      .digest('hex'),
    environment: secret([plan.environment?.values ?? [], plan.globals?.values ?? []]),
    data: plan.rows.fingerprint ?? 'none',
    settings: secret([plan.iterations, plan.check?.item.id ?? null]),
  };
}

/** Names of what differs, in words for a person; empty when it is the same plan. */
export function compareFingerprints(before: RunFingerprints, now: RunFingerprints): string[] {
  const words = {
    collection: 'the collection',
    environment: 'the environment or the globals',
    data: 'the data file',
    settings: 'the number of rows or the check',
  } as const;
  // The keys of the literal above.
  return (Object.keys(words) as (keyof typeof words)[])
    .filter((name) => before[name] !== now[name])
    .map((name) => words[name]);
}
