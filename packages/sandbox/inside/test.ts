// oxlint-disable promise/no-callback-in-promise -- a test may take a callback, and may give a promise
import type { AssertionResult, ScriptError } from '../src/protocol.ts';
import { say, stringify } from './door.ts';
import { toError } from './errors.ts';
import { script } from './script.ts';

type Check = (done?: (thrown?: unknown) => void) => unknown;

/** `pm.test` with its `skip` and `index`. */
export function createTest() {
  function test(this: unknown, name: unknown, check?: unknown): unknown {
    const index = script.assertions++;
    let reported = false;
    const report = (thrown?: { readonly value: unknown }) => {
      if (reported) return;
      reported = true;
      const error = thrown === undefined ? {} : { error: toTestError(String(name), thrown.value) };
      sayAssertion({ name: String(name), index, passed: thrown === undefined, skipped: false, ...error });
    };
    if (typeof check === 'function') runCheck(check as Check, report);
    else report();
    return this;
  }
  return Object.assign(test, {
    skip(this: unknown, name: unknown): unknown {
      sayAssertion({ name: String(name), index: script.assertions++, passed: true, skipped: true });
      return this;
    },
    index: () => script.assertions,
  });
}

/** Postman: what is thrown without a message leaves the name of the test to say. What it was stands on a second line. */
function toTestError(test: string, value: unknown): ScriptError {
  const error = toError(value);
  if (hasMessage(value)) return error;
  return { name: 'AssertionError', message: `${test}\nThe test threw ${error.message}` };
}

function hasMessage(value: unknown): boolean {
  try {
    return value !== null && typeof value === 'object' && 'message' in value;
  } catch {
    return true;
  }
}

export function sayAssertion(assertion: AssertionResult): void {
  say('assertion', stringify(assertion));
}

function runCheck(check: Check, report: (thrown?: { readonly value: unknown }) => void): void {
  try {
    if (check.length > 0) {
      check((thrown) => report(thrown ? { value: thrown } : undefined));
      return;
    }
    const answer = check();
    if (isThenable(answer))
      answer.then(
        () => report(),
        (value: unknown) => report({ value }),
      );
    else report();
  } catch (value) {
    report({ value });
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return value !== null && typeof value === 'object' && 'then' in value && typeof value.then === 'function';
}
