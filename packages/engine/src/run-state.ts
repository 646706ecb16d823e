import type { Auth } from '@castellan/collection';
import type { Sandbox, ScriptError, VariableScopes } from '@castellan/sandbox';
import type { AuthParameters } from './auth/scheme.ts';
import type { Cookies } from './cookies.ts';
import type { DeliveryCall } from './delivery/delivery.ts';
import type { Place, RequestSource, RunEvent } from './events.ts';
import type { RunHost } from './host.ts';
import type { RowJournal } from './journal/row-journal.ts';
import type { Reins } from './lanes/control.ts';
import type { ProgressTeller } from './lanes/progress.ts';
import type { RunPlan } from './plan.ts';
import type { RunOptions, RunResult } from './run-options.ts';
import type { Mask } from './secrets/mask.ts';
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

/** Why a run ends. */
export interface End {
  readonly outcome: RunResult['outcome'];
  readonly error?: ScriptError;
}

/** What all rows of a run share. */
export interface Run {
  readonly plan: RunPlan;
  readonly host: RunHost;
  readonly options: RunOptions;
  readonly reins: Reins;
  /** What every row begins with. */
  readonly scopes: VariableScopes;
  readonly mask: Mask;
  /** Given to onEvent in the order of the calls. */
  emit(event: RunEvent): void;
  drained(): Promise<void>;
  readonly progress: ProgressTeller;
  /** The state that items run in: that of the run, or of one row. */
  createState(over: Partial<RunState>): RunState;
  /** Scripts of one lane stay in one sandbox. */
  takeSandbox(lane: number): Promise<Sandbox>;
  /** Ends the run because it cannot go on: rows under way are finished if they can be. */
  breakOff(error: ScriptError): void;
}

/** What ends the whole run and not only an item: a journal that cannot be written, a broken reader of events. */
export class RunBroken extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RunBroken';
  }
}
