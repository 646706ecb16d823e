import type { LocalLimits } from '@castellan/okta-api';
import type { Clock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import type { SeedReport } from '../seed-file.ts';
import type { Copies } from './copies.ts';
import type { Snapshots } from './snapshots.ts';

/** What the owner of a local org can turn, and what no real org has. */
export interface Controls {
  readonly clock: Clock;
  readonly faults: Faults;
  /** As the org was started, until they are changed. */
  limits: LocalLimits;
  readonly snapshots: Snapshots;
  /** Absent for an org without a port: a copy needs an address. */
  readonly copies?: Copies | undefined;
  /** Throws SeedError. */
  readonly seed: (text: string) => Promise<SeedReport>;
  readonly reset: () => Promise<void>;
}
