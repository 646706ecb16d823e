import { availableParallelism } from 'node:os';
import type { Sandbox } from '@castellan/sandbox';
import type { RunHost } from '../host.ts';

/** The sandboxes of a run, opened when the first script needs one. A sandbox runs one script at a time. */
export interface SandboxPool {
  /** @param lane scripts of one lane stay in one sandbox */
  take(lane: number): Promise<Sandbox>;
  close(): Promise<void>;
}

/** Each has a thread and an image of its libraries in memory. */
const MOST = 4;

export function createSandboxPool(host: RunHost): SandboxPool {
  const size = Math.max(1, Math.min(MOST, availableParallelism()));
  const open = new Map<number, Promise<Sandbox>>();
  return {
    take(lane) {
      const seat = lane % size;
      const known = open.get(seat);
      if (known !== undefined) return known;
      const made = host.createSandbox();
      open.set(seat, made);
      return made;
    },
    async close() {
      // One that never opened has nothing to close.
      for (const sandbox of open.values())
        await sandbox.then((opened) => opened.close()).catch(() => undefined);
    },
  };
}
