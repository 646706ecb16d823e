import type { LocalLimits } from '@castellan/okta-api';
import type { Clock } from '../clock.ts';
import type { Faults } from '../faults.ts';

/** What the owner of a local org can turn, and what no real org has. */
export interface Controls {
  readonly clock: Clock;
  readonly faults: Faults;
  /** As the org was started, until they are changed. */
  limits: LocalLimits;
}
