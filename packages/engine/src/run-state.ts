import type { Auth } from '@castellan/collection';
import type { Sandbox, VariableScopes } from '@castellan/sandbox';
import type { AuthParameters } from './auth/scheme.ts';
import type { Cookies } from './cookies.ts';
import type { DeliveryCall } from './delivery/delivery.ts';
import type { Place, RequestSource, RunEvent } from './events.ts';
import type { RunHost } from './host.ts';
import type { RowJournal } from './journal/row-journal.ts';
import type { RunPlan } from './plan.ts';
import type { WireRequest, WireResponse } from './transport.ts';

/** What the items that run one after another share and change: those of a run, or those of a row in a lane. */
export interface RunState {
  readonly plan: RunPlan;
  readonly host: RunHost;
  readonly cookies: Cookies;
  readonly signal?: AbortSignal;
  /** What challenges taught, by the auth of the plan. */
  readonly learnedAuth: Map<Auth, AuthParameters>;
  scopes: VariableScopes;
  executions: number;
  /** The other side can no longer be reached: what was sent counts, the rest is for another run. */
  isCut?: boolean;
  /** Where the row is written down. */
  readonly journal?: RowJournal;
  emit(event: RunEvent): void;
  /** Waits for whoever reads the events. */
  drained(): Promise<void>;
  sandbox(): Promise<Sandbox>;
  deliver: (request: WireRequest, call: ItemCall) => Promise<WireResponse>;
}

/** A request on its way, and who in the run sends it. */
interface ItemCall extends DeliveryCall {
  readonly place: Place;
  readonly source: RequestSource;
}

/** What ends the whole run and not only an item: a journal that cannot be written, a broken reader of events. */
export class RunBroken extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RunBroken';
  }
}
