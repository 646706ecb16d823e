// oxlint-disable promise/no-callback-in-promise -- Postman's functions take callbacks as well as giving promises
import { expect } from 'chai';
import sdk from 'postman-collection';
import { toError } from './errors.js';
import { say } from './surroundings.js';

/** What `skipRequest` throws: the script ends there, and nothing is wrong. */
export const SKIPPED = Symbol('skipped');

/** What a script cannot replace. */
const FIXED = [
  'info',
  'globals',
  'environment',
  'collectionVariables',
  'variables',
  'iterationData',
  'request',
  'response',
  'cookies',
];

/** Everything a script reaches as `pm`, and what the engine learns from it afterwards. */
export function createPm(job, { ask, fail, libraries }) {
  const state = { assertions: 0, skipRequest: false, say };
  const scopes = createScopes(job.scopes);
  const request = new sdk.Request(job.request);
  const response = job.response === undefined ? undefined : toResponse(job.response);
  const pm = {
    info: { ...job.info, location: undefined },
    test: createTest(state),
    expect,
    ...scopes,
    request,
    cookies: createCookies(job.cookies, ask),
    execution: {
      setNextRequest: (name) => void (state.nextRequest = name ?? null),
      ...(job.listen === 'prerequest' ? { skipRequest: () => leaveOut(state) } : {}),
      location: Object.assign([...job.info.location], { current: job.info.location.at(-1) }),
    },
    setNextRequest: (name) => void (state.nextRequest = name ?? null),
    visualizer: {
      set(template, data, options) {
        checkVisualizer(template, options);
        state.visualizer = { template, data: data ?? {}, options };
      },
      clear: () => void delete state.visualizer,
    },
    sendRequest: (wanted, callback) => sendRequest(wanted, callback, { ask, fail }),
    require: (name) => load(name, libraries),
    vault: { get: refuseVault, set: refuseVault, unset: refuseVault },
  };
  delete pm.info.location;
  if (response !== undefined) {
    pm.response = response;
    Object.defineProperty(response, 'to', { get: () => expect(response).to });
  }
  Object.defineProperty(request, 'to', { get: () => expect(request).to });
  for (const name of FIXED) if (name in pm) Object.defineProperty(pm, name, { writable: false });
  globalThis.require = pm.require;
  return { pm, state, toOutcome };

  function toOutcome() {
    return {
      scopes: {
        globals: toValues(scopes.globals),
        collection: toValues(scopes.collectionVariables),
        environment: toValues(scopes.environment),
        local: toValues(scopes.variables),
        data: job.scopes.data,
        ...(job.scopes.environmentName === undefined ? {} : { environmentName: job.scopes.environmentName }),
      },
      request: request.toJSON(),
      ...('nextRequest' in state ? { nextRequest: state.nextRequest } : {}),
      skipRequest: state.skipRequest,
      ...(state.visualizer === undefined ? {} : { visualizer: state.visualizer }),
    };
  }
}

function leaveOut(state) {
  state.skipRequest = true;
  throw SKIPPED;
}

function checkVisualizer(template, options) {
  if (typeof template !== 'string')
    throw new Error(`Invalid template. Template must be of type string, found ${typeof template}`);
  if (options !== undefined && (typeof options !== 'object' || options === null))
    throw new Error(`Invalid options. Options must be an object, found ${typeof options}`);
}

function createScopes({ globals, collection, environment, data, local, environmentName }) {
  const toScope = (values, name) => new sdk.VariableScope({ values, name });
  const rows = Object.entries(data).map(([key, value]) => ({ key, value, type: 'any' }));
  const made = {
    globals: toScope(globals),
    collectionVariables: toScope(collection),
    environment: toScope(environment, environmentName),
    iterationData: toScope(rows),
  };
  const layers = [made.iterationData, made.environment, made.collectionVariables, made.globals].map(
    (scope) => scope.values,
  );
  return { ...made, variables: new sdk.VariableScope({ values: local }, layers) };
}

function toValues(scope) {
  return scope.values.all().map(({ key, value, type, disabled }) => ({
    key,
    value: value === undefined ? null : value,
    ...(type === undefined ? {} : { type }),
    ...(disabled === true ? { disabled } : {}),
  }));
}

function toResponse({ code, status, headers, text, base64, responseTime }) {
  return new sdk.Response({
    code,
    status,
    header: headers,
    responseTime,
    stream: base64 === undefined ? Buffer.from(text, 'utf8') : Buffer.from(base64, 'base64'),
  });
}

function createTest(state) {
  const test = function (name, check) {
    const index = state.assertions++;
    let reported = false;
    const report = (thrown) => {
      if (reported) return;
      reported = true;
      const error = thrown === undefined ? {} : { error: toError(thrown.value) };
      say({
        kind: 'assertion',
        assertion: { name: String(name), index, passed: thrown === undefined, skipped: false, ...error },
      });
    };
    if (typeof check !== 'function') report();
    else runCheck(check, report);
    return this;
  };
  test.skip = function (name) {
    say({
      kind: 'assertion',
      assertion: { name: String(name), index: state.assertions++, passed: true, skipped: true },
    });
    return this;
  };
  test.index = () => state.assertions;
  return test;
}

function runCheck(check, report) {
  try {
    if (check.length > 0) {
      check((thrown) => report(thrown ? { value: thrown } : undefined));
      return;
    }
    const answer = check();
    if (typeof answer?.then === 'function')
      answer.then(
        () => report(),
        (value) => report({ value }),
      );
    else report();
  } catch (value) {
    report({ value });
  }
}

function createCookies(cookies, ask) {
  const list = new sdk.CookieList(null, cookies);
  const call = (message, callback) => {
    const answer = ask({ kind: 'jar', call: message });
    if (typeof callback !== 'function') return answer;
    answer.then(
      (value) => callback(null, value),
      (error) => callback(error),
    );
    return undefined;
  };
  list.jar = () => ({
    get: (url, name, callback) => call({ kind: 'get', url: String(url), name }, callback),
    getAll: (url, options, callback) =>
      typeof options === 'function'
        ? call({ kind: 'getAll', url: String(url) }, options)
        : call({ kind: 'getAll', url: String(url), options: options ?? {} }, callback),
    set(url, name, value, callback) {
      if (typeof value === 'function' || value === undefined) {
        const cookie = typeof name === 'string' ? parseCookie(name) : name;
        return call({ kind: 'set', url: String(url), cookie }, value);
      }
      return call({ kind: 'set', url: String(url), cookie: { name, value: String(value) } }, callback);
    },
    unset: (url, name, callback) => call({ kind: 'unset', url: String(url), name }, callback),
    clear: (url, callback) => call({ kind: 'clear', url: String(url) }, callback),
  });
  return list;
}

function parseCookie(line) {
  const { key, ...rest } = sdk.Cookie.parse(line);
  return { ...rest, name: key };
}

function toRequestJson(wanted) {
  if (typeof wanted === 'string') return wanted;
  return (sdk.Request.isRequest(wanted) ? wanted : new sdk.Request(wanted)).toJSON();
}

function sendRequest(wanted, callback, { ask, fail }) {
  const request = toRequestJson(wanted);
  const answer = ask({ kind: 'send', request });
  if (typeof callback !== 'function') return answer.then(({ response }) => toResponse(response));
  answer
    .then(
      ({ response, cookies }) =>
        callback(null, toResponse(response), { cookies: new sdk.CookieList(null, cookies) }),
      (error) => callback(error),
    )
    .catch(fail);
  return undefined;
}

function load(name, libraries) {
  if (Object.hasOwn(libraries, name)) return libraries[name];
  throw new Error(`Cannot find module '${name}'`);
}

function refuseVault() {
  throw new Error('Scripts have no access to the vault: use the secret in the request instead.');
}
