import lodash from 'lodash';

/** The names scripts used before there was `pm`. */
export function legacyGlobals(job, pm, libraries, state) {
  const { environment, globals } = pm;
  const request = {
    id: job.info.requestId,
    name: job.info.requestName,
    url: pm.request.url.toString(),
    method: pm.request.method,
    headers: pm.request.headers.toObject(),
    data: pm.request.body?.toString() ?? '',
  };
  return {
    _: lodash,
    tests: {},
    iteration: job.info.iteration,
    data: job.scopes.data,
    environment: environment.toObject(),
    globals: globals.toObject(),
    request,
    postman: createPostman(pm, state),
    ...responseGlobals(pm.response, pm.cookies),
    ...libraryGlobals(libraries),
  };
}

function createPostman(pm, state) {
  const { environment, globals } = pm;
  return {
    setEnvironmentVariable: (key, value) => environment.set(key, value),
    getEnvironmentVariable: (key) => environment.get(key),
    clearEnvironmentVariable: (key) => environment.unset(key),
    clearEnvironmentVariables: () => environment.clear(),
    setGlobalVariable: (key, value) => globals.set(key, value),
    getGlobalVariable: (key) => globals.get(key),
    clearGlobalVariable: (key) => globals.unset(key),
    clearGlobalVariables: () => globals.clear(),
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
    responseHeaders: response.headers.toObject(),
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
    const error = { name: 'AssertionError', message: 'expected false to be truthy' };
    state.say({
      kind: 'assertion',
      assertion: { name, index: state.assertions++, passed, skipped: false, ...(passed ? {} : { error }) },
    });
  }
}
