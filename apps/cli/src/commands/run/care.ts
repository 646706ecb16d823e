import type { RunSettings } from '@castellan/engine';
import type { RunFlags } from './flags.ts';

/** Whether a run keeps to limits and counts a row as done only when it is; a plain one does as Newman does. */
export function isCareful(flags: Pick<RunFlags, 'lanes' | 'capacity' | 'strict' | 'journal'>): boolean {
  return (
    flags.lanes !== undefined ||
    flags.capacity !== undefined ||
    flags.strict === true ||
    flags.journal !== undefined
  );
}

/** The settings of a careful run; none for a plain one. */
export function toCareSettings(flags: RunFlags): RunSettings {
  if (!isCareful(flags)) return {};
  // A journal can only go on with rows that do not need what the row before them left.
  const lanes = flags.lanes ?? (flags.journal === undefined ? undefined : 1);
  return {
    strict: true,
    refuseUnresolved: true,
    ...(lanes === undefined ? {} : { lanes }),
    ...(flags.capacity === undefined ? {} : { capacity: flags.capacity }),
    ...(flags.repeatWrites === true ? { repeatWrites: true } : {}),
  };
}
