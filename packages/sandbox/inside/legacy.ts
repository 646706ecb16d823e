import lodash from 'lodash';
import type sdk from 'postman-collection';
import { parse, say } from './door.ts';
import { defineLazy } from './lazy.ts';
import { readRequest } from './request.ts';
import { readScope } from './scopes.ts';
import { script } from './script.ts';
import { sayAssertion } from './test.ts';

interface Pm {
  readonly environment: sdk.VariableScope;
  readonly globals: sdk.VariableScope;
  readonly response?: sdk.Response;
  readonly cookies: sdk.CookieList;
}

type Record_ = Record<string, unknown>;

/** Names that only a script after a response has. */
const OF_RESPONSE: Readonly<Record<string, (pm: Pm) => unknown>> = {
  responseBody: ({ response }) => response?.text(),
  responseCode: ({ response }) => response?.details(),
  responseHeaders: ({ response }) => toLegacyHeaders(response),
  responseTime: ({ response }) => response?.responseTime,
  responseCookies: ({ cookies }) => cookies.all(),
};

const OF_EVERY_SCRIPT: Readonly<Record<string, (pm: Pm) => unknown>> = {
  iteration: () => script.head.info.iteration,
  data: () => parse(say('read', 'data')),
  environment: () => readScope('environment'),
  globals: () => readScope('globals'),
  request: () => toLegacyRequest(readRequest()),
};

/** The names scripts used before there was `pm`, each made when a script first uses it. */
export function defineLegacy(pm: object, libraries: Readonly<Record_>): void {
  // What `createPm` made.
  const whole = pm as Pm;
  for (const [name, make] of Object.entries({ ...OF_EVERY_SCRIPT, ...OF_RESPONSE }))
    defineLazy(globalThis, name, () => make(whole));
  Object.assign(globalThis, { _: lodash, tests: {}, ...libraryGlobals(libraries) });
  defineLazy(globalThis, 'postman', () => createPostman(whole));
}

/** Takes away what a script of this kind does not have. */
export function fitLegacy(): void {
  // Postman: a script that begins with "use sandbox2" does without the names from before `pm`.
  // Sticky: QuickJS would look for `^` at every place of the script.
  const isModern = /\s*(['"])use sandbox2\1/y.test(script.head.source);
  const gone = isModern
    ? [...Object.keys(OF_EVERY_SCRIPT), ...Object.keys(OF_RESPONSE), ...OLD_NAMES]
    : script.head.listen === 'test'
      ? []
      : Object.keys(OF_RESPONSE);
  for (const name of gone) Reflect.deleteProperty(globalThis, name);
}

/** `tests["name"] = condition` counts as an assertion when the script is over. */
export function reportLegacyTests(): void {
  // A script may have put anything there.
  const { tests } = globalThis as { readonly tests?: unknown };
  if (tests === null || typeof tests !== 'object') return;
  for (const [name, value] of Object.entries(tests)) {
    const passed = Boolean(value);
    const error = { name: 'AssertionError', message: `expected ${String(value)} to be truthy` };
    const index = script.assertions++;
    sayAssertion({ name, index, passed, skipped: false, ...(passed ? {} : { error }) });
  }
}

const OLD_NAMES = ['_', 'tests', 'postman', 'CryptoJS', 'cheerio', 'tv4', 'Ajv', 'moment', 'xml2Json'];

function toLegacyRequest(request: sdk.Request): object {
  return {
    id: script.head.info.requestId,
    name: script.head.info.requestName,
    description: request.description?.toString(),
    headers: request.headers.toObject(true, false, true, true),
    method: request.method,
    url: request.url.toString(),
    data: readBody(request.body),
  };
}

/** Postman: of several headers of a name the last one counts. */
function toLegacyHeaders(response: sdk.Response | undefined): Record_ {
  return Object.fromEntries((response?.headers.all() ?? []).map(({ key, value }) => [key, value]));
}

/** Postman: fields by name, an array where a name comes more than once; text; or nothing of the other kinds. */
function readBody(body: sdk.RequestBody | undefined): unknown {
  if (body?.mode === 'urlencoded' || body?.mode === 'formdata')
    return body[body.mode]?.toObject(true, true, true, true);
  return (body?.mode === 'raw' && body.toString()) || {};
}

/** The old functions keep text, and the old objects follow what they do. */
function createPostman(pm: Pm): object {
  const { environment, globals } = pm;
  const inEnvironment = createOldScope(environment, () => oldObject('environment'));
  const inGlobals = createOldScope(globals, () => oldObject('globals'));
  return {
    setEnvironmentVariable: inEnvironment.set,
    getEnvironmentVariable: (key: string) => environment.get(key),
    clearEnvironmentVariable: inEnvironment.unset,
    clearEnvironmentVariables: inEnvironment.clear,
    setGlobalVariable: inGlobals.set,
    getGlobalVariable: (key: string) => globals.get(key),
    clearGlobalVariable: inGlobals.unset,
    clearGlobalVariables: inGlobals.clear,
    setNextRequest: (name?: string | null) => void (script.nextRequest = name),
    getResponseHeader: (name: string) => pm.response?.headers.get(name),
    getResponseCookie: (name: string) => pm.cookies.one(name),
  };
}

function oldObject(name: 'environment' | 'globals'): Record_ {
  const value: unknown = Reflect.get(globalThis, name);
  // A script may have put anything there.
  return value !== null && typeof value === 'object' ? (value as Record_) : {};
}

function createOldScope(scope: sdk.VariableScope, mirror: () => Record_) {
  return {
    set(key: string, value: unknown) {
      const text = value === undefined || value === null ? value : String(value);
      mirror()[key] = text;
      scope.set(key, text);
    },
    unset(key: string) {
      delete mirror()[key];
      scope.unset(key);
    },
    clear() {
      const object = mirror();
      for (const key of Object.keys(object)) delete object[key];
      scope.clear();
    },
  };
}

function libraryGlobals(libraries: Readonly<Record_>): Record_ {
  const { xml2js } = libraries as { readonly xml2js?: Xml2js };
  if (xml2js === undefined) return {};
  return {
    CryptoJS: libraries['crypto-js'],
    cheerio: libraries['cheerio'],
    tv4: libraries['tv4'],
    Ajv: libraries['ajv'],
    moment: libraries['moment'],
    xml2Json: (text: string) => xmlToJson(xml2js, text),
  };
}

interface Xml2js {
  parseString(text: string, options: object, callback: (error: unknown, value: unknown) => void): void;
}

function xmlToJson(xml2js: Xml2js, text: string): unknown {
  let json: unknown = {};
  const options = { explicitArray: false, async: false, trim: true, mergeAttrs: false };
  xml2js.parseString(text, options, (error, value) => {
    if (error === null) json = value;
  });
  return json;
}
