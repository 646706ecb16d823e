import { EventEmitter } from 'node:events';
import { carryOut } from './carry-out.ts';
import type { RunOutcome } from './carry-out.ts';
import { RunFailure } from './failure.ts';
import { toRunError } from './newman/newman-run.ts';
import type { Summary } from './newman/summary.ts';
import type { NewmanEvents } from './newman/told.ts';
import type { RunOptions } from './options.ts';

/** Called when a run is over. `error` is for a run that could not begin or broke off; failed tests are in the summary. */
export type RunCallback = (error: Error | null, summary?: Summary) => void;

/** A run under way: an emitter of Newman's events, and a promise of the outcome. */
export interface CollectionRun extends EventEmitter<NewmanEvents<Summary>>, PromiseLike<RunOutcome> {}

/**
 * Runs a collection.
 *
 * @example
 * const { failed, result } = await run({ collection: 'users.json', environment: 'local.json' });
 *
 * @example Newman's way
 * run({ collection: 'users.json', reporters: 'cli' }, (error, summary) => { … }).on('request', (error, args) => { … });
 *
 * @param options Newman's, and `onEvent` for typed events
 * @param callback Newman's; leave it out to await the run
 */
export function run(options: RunOptions, callback?: RunCallback): CollectionRun {
  const emitter = new EventEmitter<NewmanEvents<Summary>>();
  // Listeners are hung on in the same turn, before anything is said.
  const outcome = new Promise<void>((ready) => void setImmediate(ready)).then(() => {
    refuseUnknown(options);
    return carryOut(options, {
      ...(callback !== undefined || emitter.eventNames().length > 0 ? { emitter } : {}),
      warn: (message) => console.warn(`castellan: ${message}`),
    });
  });
  if (callback !== undefined) tell(outcome, callback);
  // oxlint-disable-next-line unicorn/no-thenable -- Newman's callers hang listeners on it, others await it
  return Object.assign(emitter, { then: outcome.then.bind(outcome) });
}

/** Options of Newman that would be missed in silence. */
const REFUSED = {
  requestAgents: 'set HTTP_PROXY, HTTPS_PROXY, sslClientCert or sslExtraCaCerts instead',
  postmanApiKey: 'export the collection to a file',
};

function refuseUnknown(options: RunOptions): void {
  for (const [name, instead] of Object.entries(REFUSED))
    if (name in options) throw new RunFailure(`${name} is not supported: ${instead}.`);
}

/** What a callback throws is its caller's affair, and no end of the run. */
function tell(outcome: Promise<RunOutcome>, callback: RunCallback): void {
  outcome.then(
    ({ result, summary }) => setImmediate(callback, toRunError(result), summary),
    (error: Error) => setImmediate(callback, error),
  );
}
