import { expect } from './assertions.ts';
import { readCookies } from './cookies.ts';
import { defineLazy } from './lazy.ts';
import { openRequest } from './request.ts';
import { readResponse } from './response.ts';
import { defineScopes } from './scopes.ts';
import { script } from './script.ts';
import { sendRequest } from './send-request.ts';
import { createTest } from './test.ts';
import { visualizer } from './visualizer.ts';

/** What `skipRequest` throws: the script ends there, and nothing is wrong. */
export const SKIPPED = Symbol('skipped');

interface PmOptions {
  /** Ends the script with what a callback threw. */
  readonly fail: (thrown: unknown) => void;
  readonly libraries: Readonly<Record<string, unknown>>;
}

/** Everything a script reaches as `pm`, as it stands in the image: nothing of it is about one script yet. */
export function createPm({ fail, libraries }: PmOptions): object {
  const pm = {
    test: createTest(),
    expect,
    execution: { setNextRequest, skipRequest },
    setNextRequest,
    visualizer,
    sendRequest: (wanted: unknown, callback?: unknown) => sendRequest(wanted, callback, fail),
    require: (name: unknown) => load(String(name), libraries),
    vault: { get: refuseVault, set: refuseVault, unset: refuseVault },
  };
  const fixed = { writable: false };
  defineLazy(pm, 'info', readInfo, fixed);
  defineScopes(pm);
  defineLazy(pm, 'request', openRequest, fixed);
  defineLazy(pm, 'response', readResponse, fixed);
  defineLazy(pm, 'cookies', readCookies, fixed);
  defineLazy(pm.execution, 'location', readLocation);
  return pm;
}

/** Takes away what a script of this kind does not have. */
export function fitPm(pm: object): void {
  const { listen } = script.head;
  if (listen === 'prerequest') Reflect.deleteProperty(pm, 'response');
  if (listen !== 'prerequest' && 'execution' in pm)
    Reflect.deleteProperty(pm.execution as object, 'skipRequest');
}

function readInfo(): object {
  const { location: _location, ...info } = script.head.info;
  return info;
}

function readLocation(): readonly string[] {
  const { location } = script.head.info;
  return Object.assign([...location], { current: location.at(-1) });
}

function setNextRequest(name?: string | null): void {
  script.nextRequest = name;
}

function skipRequest(): never {
  script.skipRequest = true;
  throw SKIPPED;
}

function load(name: string, libraries: Readonly<Record<string, unknown>>): unknown {
  if (Object.hasOwn(libraries, name)) return libraries[name];
  throw new Error(`Cannot find module '${name}'`);
}

function refuseVault(): never {
  throw new Error('Scripts have no access to the vault: use the secret in the request instead.');
}
