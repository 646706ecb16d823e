/** One thing a script can reach: where, what TypeScript calls it, and a sentence about it. */
export interface PmMember {
  readonly name: string;
  /** A function's parameters and result, or a value's type. */
  readonly type: string;
  readonly says: string;
}

/** What a script can reach, group by group: `pm` itself, what hangs on it, and the names from before `pm`. */
export const pmApi: Readonly<Record<string, readonly PmMember[]>> = {
  Pm: [
    member('info', 'Info', 'Which request this is, in which iteration.'),
    member('test', 'Test', 'Checks something under a name.'),
    member(
      'expect',
      '(value: unknown, message?: string) => any',
      "Chai's expect, with Postman's assertions.",
    ),
    member(
      'variables',
      'VariableScope',
      'Every scope, the closest first; what is set lives until the run ends.',
    ),
    member('environment', 'VariableScope', 'The environment.'),
    member('collectionVariables', 'VariableScope', 'The variables of the collection.'),
    member('globals', 'VariableScope', 'The global variables.'),
    member('iterationData', 'VariableScope', 'The row of the data file.'),
    member('request', 'Request', 'The request; a pre-request script may change it.'),
    member('response', 'Response', 'The answer. Only scripts that run after the request have it.'),
    member('cookies', 'CookieList', "The cookies of the request's address."),
    member('sendRequest', 'SendRequest', 'Sends another request.'),
    member('execution', 'Execution', 'Where the run goes from here.'),
    member('setNextRequest', '(name: string | null) => void', 'The same as `pm.execution.setNextRequest`.'),
    member('visualizer', 'Visualizer', 'What is shown beside the answer.'),
    member('require', '(name: string) => any', "Loads one of the libraries of Postman's sandbox."),
    member('vault', 'Vault', 'Refused: scripts have no access to secrets of the vault.'),
  ],
  Info: [
    member('eventName', "'prerequest' | 'test'", 'When the script runs.'),
    member('iteration', 'number', 'The iteration, from 0.'),
    member('iterationCount', 'number', 'How many iterations there are.'),
    member('requestName', 'string', 'The name of the request.'),
    member('requestId', 'string', 'The id of the request.'),
  ],
  VariableScope: [
    member('get', '(name: string) => any', 'The value of a variable.'),
    member('set', '(name: string, value: unknown, type?: string) => void', 'Sets a variable.'),
    member('has', '(name: string) => boolean', 'Whether a variable is set.'),
    member('unset', '(name: string) => void', 'Takes a variable away.'),
    member('clear', '() => void', 'Takes all variables away.'),
    member('toObject', '() => Record<string, any>', 'All values by name.'),
    member('replaceIn', '<T>(template: T) => T', 'Fills the `{{names}}` of a text or an object in.'),
    member('values', 'PropertyList', 'The variables themselves.'),
  ],
  Request: [
    member('url', 'any', 'The address, in parts; `toString()` gives the text.'),
    member('method', 'string', 'The method.'),
    member('headers', 'PropertyList', 'The headers.'),
    member('body', 'any', 'The body, if there is one.'),
    member('auth', 'any', 'How the request signs in, if it says so itself.'),
    member('addHeader', '(header: Pair) => void', 'Adds a header.'),
    member('removeHeader', '(name: string) => void', 'Takes a header away.'),
    member('upsertHeader', '(header: Pair) => void', 'Sets a header.'),
    member('getHeaders', '(options?: object) => Record<string, any>', 'The headers by name.'),
    member('toJSON', '() => any', "The request as Postman's JSON."),
    member('to', 'any', 'Assertions: `pm.request.to.have.header(…)`.'),
  ],
  Response: [
    member('code', 'number', 'The status code.'),
    member('status', 'string', 'The reason of the status.'),
    member('headers', 'PropertyList', 'The headers.'),
    member('responseTime', 'number', 'Milliseconds until the answer was whole.'),
    member('responseSize', 'number', 'Bytes of the body.'),
    member('json', '(reviver?: (key: string, value: any) => any) => any', 'The body, read as JSON.'),
    member('text', '() => string', 'The body as text.'),
    member('stream', 'any', 'The bytes of the body.'),
    member('reason', '() => string', 'The reason of the status.'),
    member('size', '() => { body: number; header: number; total: number }', 'Bytes of body and headers.'),
    member('dataURI', '() => string', 'The body as an address.'),
    member('contentInfo', '() => any', 'What the content type says.'),
    member('cookies', 'PropertyList', 'The cookies the answer sets.'),
    member('to', 'any', 'Assertions: `pm.response.to.have.status(200)`.'),
  ],
  PropertyList: [
    member('get', '(name: string) => any', 'The value of an entry.'),
    member('one', '(name: string) => any', 'An entry.'),
    member('has', '(name: string, value?: string) => boolean', 'Whether there is such an entry.'),
    member('all', '() => any[]', 'All entries.'),
    member('count', '() => number', 'How many entries there are.'),
    member('idx', '(index: number) => any', 'The entry at a place.'),
    member('each', '(visit: (entry: any) => void) => void', 'Visits every entry.'),
    member('map', '<T>(change: (entry: any) => T) => T[]', 'Makes something of every entry.'),
    member('filter', '(rule: (entry: any) => boolean) => any[]', 'The entries that fit.'),
    member('find', '(rule: (entry: any) => boolean) => any', 'The first entry that fits.'),
    member('reduce', '<T>(step: (sum: T, entry: any) => T, first: T) => T', 'Folds the entries into one.'),
    member('add', '(entry: Pair | string) => void', 'Adds an entry.'),
    member('upsert', '(entry: Pair) => boolean | null', 'Adds an entry or changes it.'),
    member('remove', '(rule: string | ((entry: any) => boolean)) => void', 'Takes entries away.'),
    member('clear', '() => void', 'Takes all entries away.'),
    member('toObject', '() => Record<string, any>', 'All values by name.'),
  ],
  CookieList: [
    member('get', '(name: string) => string | undefined', 'The value of a cookie.'),
    member('has', '(name: string) => boolean', 'Whether there is such a cookie.'),
    member('toObject', '() => Record<string, string>', 'All values by name.'),
    member('jar', '() => CookieJar', 'The jar of the whole run.'),
  ],
  CookieJar: [
    member('get', '(url: string, name: string, done?: Done<string | null>) => any', 'The value of a cookie.'),
    member(
      'getAll',
      '(url: string, options?: object, done?: Done<any[]>) => any',
      'All cookies of an address.',
    ),
    member(
      'set',
      '(url: string, name: string | object, value?: string, done?: Done<any>) => any',
      'Sets one.',
    ),
    member('unset', '(url: string, name: string, done?: Done<null>) => any', 'Takes a cookie away.'),
    member('clear', '(url: string, done?: Done<null>) => any', 'Takes all cookies of an address away.'),
  ],
  Execution: [
    member('setNextRequest', '(name: string | null) => void', 'What comes after this request; null ends.'),
    member('skipRequest', '() => never', 'Leaves the request out. Only pre-request scripts have it.'),
    member('location', 'string[] & { current: string }', 'Collection, folders and request, outside in.'),
  ],
  Visualizer: [
    member('set', '(template: string, data?: unknown, options?: object) => void', 'Shows a template.'),
    member('clear', '() => void', 'Shows nothing.'),
  ],
  Vault: [
    member('get', '(name: string) => never', 'Refused.'),
    member('set', '(name: string, value: string) => never', 'Refused.'),
    member('unset', '(name: string) => never', 'Refused.'),
  ],
};

/** Global names beside `pm`. */
export const globalApi: readonly PmMember[] = [
  member('require', '(name: string) => any', "Loads one of the libraries of Postman's sandbox."),
  member('tests', 'Record<string, unknown>', 'The old way: what is false fails.'),
  member('postman', 'any', 'The old functions.'),
  member('responseBody', 'string', 'The old name of `pm.response.text()`.'),
  member('responseCode', '{ code: number; name: string; detail: string }', 'The old name of the status.'),
  member('responseHeaders', 'Record<string, any>', 'The old name of the headers.'),
  member('responseTime', 'number', 'The old name of `pm.response.responseTime`.'),
  member('responseCookies', 'any[]', 'The old name of the cookies.'),
  member('request', 'any', 'The old name of the request.'),
  member('environment', 'Record<string, any>', 'The environment as it was before the script.'),
  member('globals', 'Record<string, any>', 'The globals as they were before the script.'),
  member('data', 'Record<string, any>', 'The row of the data file.'),
  member('iteration', 'number', 'The iteration, from 0.'),
  member('_', 'any', 'lodash.'),
  member('CryptoJS', 'any', 'crypto-js.'),
  member('cheerio', 'any', 'cheerio.'),
  member('moment', 'any', 'moment.'),
  member('tv4', 'any', 'tv4.'),
  member('Ajv', 'any', 'ajv.'),
  member('xml2Json', '(xml: string) => any', 'XML as an object.'),
];

function member(name: string, type: string, says: string): PmMember {
  return { name, type, says };
}
