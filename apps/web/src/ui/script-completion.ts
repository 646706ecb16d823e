import { snippetCompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';

/** What stands behind each word of a script, with a line about it. */
const MEMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pm: {
    'test(name, fn)': 'Adds a test; it fails when fn throws',
    'expect(value)': 'Begins an assertion of Chai',
    'sendRequest(request, callback)': 'Sends another request',
    environment: 'Variables of the chosen environment',
    globals: 'Variables of every environment',
    collectionVariables: 'Variables of the collection',
    variables: 'Variables of every scope, the nearest first',
    iterationData: 'The row of the data file',
    request: 'The request that is sent',
    response: 'The answer; only in the test script',
    cookies: 'Cookies of the address',
    info: 'Name of the request, number of the iteration',
    execution: 'Skips the request or sets the next one',
    visualizer: 'Draws the answer with a template',
    vault: 'Secrets that a person allowed',
    'require(name)': 'A library of Postman',
  },
  'pm.environment': variableMembers('environment'),
  'pm.globals': variableMembers('globals'),
  'pm.collectionVariables': variableMembers('collection'),
  'pm.variables': {
    'get(name)': 'The value, from the nearest scope',
    'set(name, value)': 'Sets it for this run only',
    'has(name)': 'Whether any scope has it',
    'replaceIn(text)': 'Fills in the {{variables}} of a text',
    'toObject()': 'Every variable by its name',
  },
  'pm.iterationData': {
    'get(name)': 'A value of the row',
    'has(name)': 'Whether the row has it',
    'toObject()': 'The whole row',
  },
  'pm.response': {
    code: 'The status, 200',
    status: 'The words of the status, OK',
    headers: 'The headers of the answer',
    responseTime: 'Milliseconds until the answer was there',
    responseSize: 'Bytes of the answer',
    'json()': 'The body as JSON',
    'text()': 'The body as text',
    to: 'Begins an assertion about the answer',
  },
  'pm.response.to': {
    have: 'have.status(200), have.header(name), have.jsonBody(path)',
    be: 'be.ok, be.json',
  },
  'pm.response.to.have': {
    'status(code)': 'The status is this',
    'header(name)': 'There is such a header',
    'jsonBody(path)': 'The body is JSON and has this',
    'body(text)': 'The body is this text',
  },
  'pm.response.to.be': {
    ok: '200',
    success: 'Of the 200s',
    clientError: 'Of the 400s',
    serverError: 'Of the 500s',
    json: 'JSON',
    unauthorized: '401',
    forbidden: '403',
    notFound: '404',
    rateLimited: '429',
  },
  'pm.response.headers': { 'get(name)': 'The value of a header', 'has(name)': 'Whether there is one' },
  'pm.request': {
    method: 'GET, POST …',
    url: 'The address',
    headers: 'The headers',
    body: 'The body',
  },
  'pm.request.headers': {
    'add({ key, value })': 'Adds a header',
    'upsert({ key, value })': 'Sets a header',
    'remove(name)': 'Takes a header away',
    'get(name)': 'The value of a header',
  },
  'pm.cookies': {
    'get(name)': 'The value of a cookie',
    'has(name)': 'Whether there is one',
    'jar()': 'The cookies of every address',
  },
  'pm.info': {
    eventName: 'prerequest or test',
    iteration: 'Number of the iteration, from 0',
    iterationCount: 'How many there are',
    requestName: 'Name of the request',
    requestId: 'Id of the request',
  },
  'pm.execution': {
    'setNextRequest(name)': 'The request that comes next in a run; null ends it',
    'skipRequest()': 'Does not send this request',
    location: 'Names of the folders around the request',
  },
  console: {
    'log(value)': 'Writes into the console',
    'info(value)': 'Writes into the console',
    'warn(value)': 'Writes a warning',
    'error(value)': 'Writes an error',
  },
};

function variableMembers(scope: string): Readonly<Record<string, string>> {
  return {
    'get(name)': `The value in the ${scope}`,
    'set(name, value)': `Sets it in the ${scope}; it stays after the Send`,
    'unset(name)': 'Takes it away',
    'has(name)': 'Whether it is there',
    'clear()': 'Takes all of them away',
    'replaceIn(text)': 'Fills in the {{variables}} of a text',
    'toObject()': 'Every variable by its name',
  };
}

const SNIPPETS = [
  snippetCompletion('pm.test("${is 200}", () => {\n\tpm.response.to.have.status(${200});\n});', {
    label: 'Test: status',
    detail: 'snippet',
  }),
  snippetCompletion('const ${answer} = pm.response.json();\npm.environment.set("${userId}", ${answer}.id);', {
    label: 'Keep an id for later requests',
    detail: 'snippet',
  }),
  snippetCompletion(
    'pm.sendRequest(pm.variables.replaceIn("{{url}}/${api/v1/users/me}"), (error, response) => {\n\t${}\n});',
    { label: 'Send another request', detail: 'snippet' },
  ),
];

/** Completes `pm.` and `console.` by what stands before the caret. */
export function completeScript(context: CompletionContext): CompletionResult | null {
  const chain = context.matchBefore(/[A-Za-z.]+/);
  if (chain === null) return context.explicit ? { from: context.pos, options: SNIPPETS } : null;
  const dot = chain.text.lastIndexOf('.');
  if (dot === -1) {
    return {
      from: chain.from,
      options: [{ label: 'pm', detail: 'Postman’s object' }, { label: 'console' }, ...SNIPPETS],
      validFor: /^\w*$/,
    };
  }
  const members = MEMBERS[chain.text.slice(0, dot)];
  if (members === undefined) return null;
  return {
    from: chain.from + dot + 1,
    validFor: /^\w*$/,
    options: Object.entries(members).map(([member, detail]) => {
      const [label = member, rest] = member.split('(');
      return rest === undefined
        ? { label, detail }
        : snippetCompletion(`${label}(\${${rest.replace(/\)$/, '')}})`, { label, detail });
    }),
  };
}
