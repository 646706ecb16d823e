import 'sugar';
import { parse, say, stringify } from './door.ts';
import type { ScriptError } from '../src/protocol.ts';
import { toError } from './errors.ts';
import { dropCalls, pendingCalls, settleCall } from './host-calls.ts';
import type { Answer } from './host-calls.ts';
import { defineLegacy, fitLegacy, reportLegacyTests } from './legacy.ts';
import { createPm, fitPm, SKIPPED } from './pm.ts';
import { changedRequest } from './request.ts';
import { changedScopes } from './scopes.ts';
import { script } from './script.ts';
import { seedRandom } from './surroundings.ts';
import { dropTimers, fireTimer, pendingTimers } from './timers.ts';

declare global {
  /** What the machine calls; it is taken away when the image is made. */
  // oxlint-disable-next-line vars-on-top, no-var -- that is how a global is declared
  var __entry: object;
}

// oxlint-disable-next-line no-eval -- the script itself, inside of QuickJS
const compile = globalThis.eval;
let isOver = false;

/**
 * Makes the calls that the worker makes: `start` a script, `deliver` an answer or a timer, `poll` for the outcome.
 * @param libraries what `require` finds
 */
export function createEntry(libraries: Readonly<Record<string, unknown>>): object {
  const pm = createPm({ fail, libraries });
  Object.assign(globalThis, { pm, require: Reflect.get(pm, 'require') });
  defineLegacy(pm, libraries);
  return {
    start(json: string): void {
      // Written by the worker.
      script.head = parse(json);
      seedRandom(script.head.seed);
      fitPm(pm);
      fitLegacy();
      begin();
    },
    deliver,
    poll,
  };
}

function begin(): void {
  // Postman: what a script leaves open meets a semicolon.
  const source = `(async function () {\n${script.head.source}\n;})`;
  let run: () => Promise<unknown>;
  try {
    run = compile(source);
  } catch (thrown) {
    script.error = toSyntaxError(thrown, source);
    fail(SKIPPED);
    return;
  }
  run.call(globalThis).catch(fail);
}

/** People know V8's words for what is wrong with a text; the worker has it read the text, and nothing more. */
function toSyntaxError(thrown: unknown, source: string): ScriptError {
  const error = toError(thrown);
  const message = say('syntax', source);
  return message === '' ? error : { ...error, message };
}

function deliver(json: string): void {
  // Written by the worker.
  const message = parse(json) as Answer | { readonly timer: number };
  try {
    if ('timer' in message) fireTimer(message.timer);
    else settleCall(message);
  } catch (thrown) {
    if (thrown !== SKIPPED) failLate(toError(thrown));
    fail(SKIPPED);
  }
}

/** Postman: what a timer throws does not fail the script; it is said on the console. */
function failLate(error: ScriptError): void {
  script.asynchronousError ??= error;
  globalThis.console.error(`${error.name}: ${error.message}`);
}

function fail(thrown: unknown): void {
  if (thrown !== SKIPPED) script.error ??= toError(thrown);
  isOver = true;
  dropTimers();
  dropCalls();
}

function poll(): string {
  const isBusy = pendingCalls() > 0 || pendingTimers() > 0;
  if (isBusy && !isOver) return '';
  reportLegacyTests();
  const { nextRequest, skipRequest, visualizer, error, asynchronousError } = script;
  const scopes = changedScopes();
  return stringify({
    scopes,
    request: changedRequest(),
    nextRequest,
    skipRequest,
    visualizer,
    error,
    asynchronousError,
  });
}
