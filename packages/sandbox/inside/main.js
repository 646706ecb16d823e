import ajv from 'ajv';
import { use } from 'chai';
import chaiPostman from 'chai-postman';
import lodash from 'lodash';
import sdk from 'postman-collection';
import 'sugar';
import { legacyGlobals, legacyTests } from './legacy.js';
import { toError } from './errors.js';
import { createPm, SKIPPED } from './pm.js';
import { dropTimers, fireTimer, pendingTimers, say, seedRandom } from './surroundings.js';

const parse = JSON.parse;
const stringify = JSON.stringify;
// oxlint-disable-next-line no-eval -- the script itself, inside of QuickJS
const compile = globalThis.eval;

use(chaiPostman(sdk, lodash, ajv));

/** The three calls the worker makes: `start` a script, `deliver` an answer, `poll` for the outcome. */
export function start(libraries) {
  let run;
  return {
    start(json) {
      run = createRun(parse(json), libraries);
      run.begin();
    },
    deliver(json) {
      run.deliver(parse(json));
    },
    poll(json) {
      return run.poll(json === 'end');
    },
  };
}

function createRun(job, libraries) {
  seedRandom(job.seed);
  const waiting = new Map();
  let lastCall = 0;
  let settled = false;
  let error;
  let over = false;
  const ask = (message) =>
    new Promise((resolve, reject) => {
      lastCall += 1;
      waiting.set(lastCall, { resolve, reject });
      say({ ...message, id: lastCall });
    });
  const fail = (thrown) => {
    if (thrown !== SKIPPED) error ??= toError(thrown);
    over = true;
    dropTimers();
    waiting.clear();
    settled = true;
  };
  const { pm, state, toOutcome } = createPm(job, { ask, fail, libraries });
  // Postman: a script that begins with "use sandbox2" does without the names from before `pm`.
  const isModern = /^\s*(['"])use sandbox2\1/.test(job.source);
  Object.assign(globalThis, isModern ? {} : legacyGlobals(job, pm, libraries, state), { pm });
  return {
    begin() {
      try {
        const script = compile(`(async function () {\n${job.source}\n})`);
        script.call(globalThis).then(() => (settled = true), fail);
      } catch (thrown) {
        fail(thrown);
      }
    },
    deliver(message) {
      try {
        if (message.kind === 'timer') fireTimer(message.id);
        else settle(message);
      } catch (thrown) {
        // Postman: what a timer throws ends the script without failing it. It is said on the console instead.
        const { name, message: text } = toError(thrown);
        if (thrown !== SKIPPED) globalThis.console.error(`${name}: ${text}`);
        fail(SKIPPED);
      }
    },
    poll(ended) {
      const busy = waiting.size > 0 || pendingTimers() > 0;
      if (busy && !ended && !over) return '';
      legacyTests(globalThis.tests, state);
      return stringify({ ...toOutcome(), ...(error === undefined ? {} : { error }), settled });
    },
  };

  function settle({ id, error: failure, value }) {
    const call = waiting.get(id);
    waiting.delete(id);
    if (call === undefined) return;
    if (failure === undefined) call.resolve(value);
    else call.reject(Object.assign(new Error(failure.message), { name: failure.name }));
  }
}
