import type { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { Mask, Reporter, RunPlan, RunResult } from '@castellan/engine';
import { toReason } from '../failure.ts';
import type { RunOptions } from '../options.ts';
import { withTime, writeReport } from '../write-exports.ts';
import { createNewmanEvents, toError } from './events.ts';
import { loadModels } from './models.ts';
import { createSummary } from './summary.ts';
import type { Summary } from './summary.ts';

/** Newman's side of a run: for its reporters, and for callers who hang listeners on its events. */
export interface NewmanRun extends Reporter {
  readonly summary: Summary;
  /** Hangs a reporter on; what its listeners throw is said once, and the reporter is heard no more. */
  attach(name: string, make: (emitter: EventEmitter) => object): void;
  /** The options as Newman hands them to reporters, with the things themselves in place of files. */
  options(options: RunOptions): object;
  /** Says the very end, when every file is written. */
  sayDone(error: Error | null): void;
}

/** A file that a reporter of Newman wants written at the end. */
interface Export {
  readonly name?: string;
  readonly default?: string;
  readonly path?: unknown;
  readonly content?: unknown;
}

/** What reporters find on the emitter besides events. */
interface NewmanEmitter extends EventEmitter {
  summary?: Summary;
  exports?: Export[];
  reporters?: Record<string, object>;
}

/**
 * Opens Newman's side of a run.
 * @param emitter what callers hang their listeners on
 * @param means `warn` says what a reporter did wrong, `mask` takes secrets out of what reporters have written
 */
export async function openNewmanRun(
  plan: RunPlan,
  emitter: NewmanEmitter,
  { warn, mask }: { readonly warn: (message: string) => void; readonly mask: Mask },
): Promise<NewmanRun> {
  const models = await loadModels(plan.collection);
  const summary = createSummary(emitter, models);
  Object.assign(emitter, { summary, exports: [], reporters: {} });
  const say = createNewmanEvents(plan, models, emitter);
  return {
    summary,
    onEvent: say,
    attach(name, make) {
      const own = createStage(emitter, name, warn);
      Object.assign(emitter.reporters ?? {}, { [name]: make(own) });
    },
    options: (options) => ({
      ...options,
      collection: models.collection,
      environment: models.scope(plan.environment, []),
      globals: models.scope(plan.globals, []),
    }),
    async finish(result) {
      summary.environment = models.scope(plan.environment, result.scopes.environment);
      summary.globals = models.scope(plan.globals, result.scopes.globals);
      summary.run.error = result.error === undefined ? null : toError(result.error);
      emitter.emit('beforeDone', null, { summary });
      for (const file of emitter.exports ?? []) await writeExport(file, mask, warn);
    },
    sayDone: (error) => void emitter.emit('done', error, summary),
  };
}

/** The emitter as one reporter sees it: the same, but what its listeners throw stops nobody else. */
function createStage(emitter: NewmanEmitter, name: string, warn: (message: string) => void): NewmanEmitter {
  let isBroken = false;
  const protect =
    (listener: (...told: unknown[]) => unknown) =>
    (...told: unknown[]): void => {
      if (isBroken) return;
      try {
        listener.apply(stage, told);
      } catch (error) {
        isBroken = true;
        warn(`the reporter "${name}" failed and is left out: ${toReason(error)}`);
      }
    };
  const stage: NewmanEmitter = new Proxy(emitter, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      if (!['on', 'once', 'addListener', 'prependListener'].includes(String(property)))
        return value.bind(target) as unknown;
      return (event: string, listener: (...told: unknown[]) => unknown) => {
        Reflect.apply(value, target, [event, protect(listener)]);
        return stage;
      };
    },
  });
  return stage;
}

async function writeExport(file: Export, mask: Mask, warn: (message: string) => void): Promise<void> {
  const name = file.default ?? 'newman-run-report.txt';
  const path = typeof file.path === 'string' ? file.path : join('newman', withTime(name));
  const { content } = file;
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  try {
    await writeReport(path, mask.text(text), name);
  } catch (error) {
    warn(`the report ${file.name ?? name} was not written: ${toReason(error)}`);
  }
}

/** The end of a run as Newman gives it to a callback: an error only when the run itself broke off. */
export function toRunError({ error }: RunResult): Error | null {
  return error === undefined ? null : toError(error);
}
