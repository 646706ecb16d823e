import lodash from 'lodash';

/** The names scripts used before there was `pm`. */
export function legacyGlobals(job, pm, libraries, state) {
  const { environment, globals } = pm;
  const request = {
    id: job.info.requestId,
    name: job.info.requestName,
    url: pm.request.url.toString(),
    method: pm.request.method,
    description: pm.request.description?.toString(),
    headers: pm.request.headers.toObject(false, true),
    data: readBody(pm.request.body),
  };
  const legacy = {
    _: lodash,
    tests: {},
    iteration: job.info.iteration,
    data: job.scopes.data,
    environment: environment.toObject(),
    globals: globals.toObject(),
    request,
    ...responseGlobals(pm.response, pm.cookies),
    ...libraryGlobals(libraries),
  };
  return { ...legacy, postman: createPostman(pm, state, legacy) };
}

/** Postman: fields by name, an array where a name comes more than once; any other body is text. */
function readBody(body) {
  const fields = body?.[body.mode];
  if (body?.mode === 'urlencoded' || body?.mode === 'formdata')
    return fields.toObject(true, true, true, true);
  return body?.toString() ?? '';
}

/** The old functions keep text, and the old objects follow what they do. */
function createPostman(pm, state, mirrors) {
  const { environment, globals } = pm;
  const change = (scope, mirror) => ({
    set(key, value) {
      const text = value === undefined || value === null ? value : String(value);
      scope.set(key, text);
      mirror[key] = text;
    },
    unset(key) {
      scope.unset(key);
      delete mirror[key];
    },
    clear() {
      scope.clear();
      for (const key of Object.keys(mirror)) delete mirror[key];
    },
  });
  const inEnvironment = change(environment, mirrors.environment);
  const inGlobals = change(globals, mirrors.globals);
  return {
    setEnvironmentVariable: inEnvironment.set,
    getEnvironmentVariable: (key) => environment.get(key),
    clearEnvironmentVariable: inEnvironment.unset,
    clearEnvironmentVariables: inEnvironment.clear,
    setGlobalVariable: inGlobals.set,
    getGlobalVariable: (key) => globals.get(key),
    clearGlobalVariable: inGlobals.unset,
    clearGlobalVariables: inGlobals.clear,
    setNextRequest: (name) => void (state.nextRequest = name ?? null),
    getResponseHeader: (name) => pm.response?.headers.get(name),
    getResponseCookie: (name) => pm.cookies.one(name),
  };
}

function responseGlobals(response, cookies) {
  if (response === undefined) return {};
  return {
    responseBody: response.text(),
    responseCode: { code: response.code, name: response.status, detail: response.details().detail },
    responseHeaders: response.headers.toObject(false, true),
    responseTime: response.responseTime,
    responseCookies: cookies.all(),
  };
}

function libraryGlobals(libraries) {
  if (!Object.hasOwn(libraries, 'xml2js')) return {};
  return {
    CryptoJS: libraries['crypto-js'],
    cheerio: libraries.cheerio,
    tv4: libraries.tv4,
    Ajv: libraries.ajv,
    moment: libraries.moment,
    xml2Json: (text) => xmlToJson(libraries.xml2js, text),
  };
}

function xmlToJson(xml2js, text) {
  let json = {};
  const options = { explicitArray: false, async: false, trim: true, mergeAttrs: false };
  xml2js.parseString(text, options, (error, value) => {
    if (error === null) json = value;
  });
  return json;
}

/** `tests["name"] = condition` counts as an assertion when the script is over. */
export function legacyTests(tests, state) {
  if (tests === null || typeof tests !== 'object') return;
  for (const name of Object.keys(tests)) {
    const passed = Boolean(tests[name]);
    const error = { name: 'AssertionError', message: `expected ${toShown(tests[name])} to be truthy` };
    state.say({
      kind: 'assertion',
      assertion: { name, index: state.assertions++, passed, skipped: false, ...(passed ? {} : { error }) },
    });
  }
}

/** As an assertion shows a value that counts as false. */
function toShown(value) {
  return value === '' ? "''" : Object.is(value, -0) ? '-0' : String(value);
}
