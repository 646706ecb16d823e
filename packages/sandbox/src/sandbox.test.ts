import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox } from './index.ts';
import type { Sandbox } from './index.ts';
import { runScript as run } from './testing.ts';
import type { Seen } from './testing.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
}, 60_000);
afterAll(() => sandbox.close());

function runScript(
  source: string,
  changes?: Parameters<typeof run>[2],
  answers?: Parameters<typeof run>[3],
): Promise<Seen> {
  return run(sandbox, source, changes, answers);
}

test('reports what passes and what fails', async () => {
  const { assertions, outcome } = await runScript(`
    pm.test('status', () => pm.response.to.have.status(200));
    pm.test('id', () => pm.expect(pm.response.json().id).to.eql('00u2'));`);
  expect(outcome.error).toBeUndefined();
  expect(assertions).toMatchObject([
    { name: 'status', index: 0, passed: true },
    { name: 'id', index: 1, passed: false, error: { name: 'AssertionError' } },
  ]);
});

test('the environment wins over collection and globals, and writes come back', async () => {
  const { outcome, console } = await runScript(`
    console.log(pm.variables.get('where'), pm.iterationData.get('row'));
    pm.environment.set('made', { by: 'script' });
    pm.collectionVariables.unset('where');`);
  expect(console).toMatchObject([{ level: 'log', values: ['environment', 1] }]);
  expect(outcome.scopes.environment).toContainEqual(
    expect.objectContaining({ key: 'made', value: { by: 'script' } }),
  );
  expect(outcome.scopes.collection).toEqual([]);
});

test('waits for timers, promises and nested requests', async () => {
  const { assertions } = await runScript(`
    await new Promise((done) => setTimeout(done, 1));
    const answer = await pm.sendRequest('https://org.example.com/');
    pm.test('nested', () => pm.expect(answer.json().made).to.be.true);
    pm.sendRequest('https://org.example.com/', (error, response) => {
      pm.test('callback', () => pm.expect(response.code).to.equal(201));
    });`);
  expect(assertions).toMatchObject([
    { name: 'nested', passed: true },
    { name: 'callback', passed: true },
  ]);
});

test('knows the names from before pm', async () => {
  const { assertions, outcome } = await runScript(`
    tests['code'] = responseCode.code === 200;
    tests['never'] = false;
    postman.setEnvironmentVariable('id', JSON.parse(responseBody).id);
    postman.setNextRequest(null);`);
  expect(assertions).toMatchObject([
    { name: 'code', passed: true },
    { name: 'never', passed: false },
  ]);
  expect(outcome.nextRequest).toBeNull();
});

test('brings the libraries of Postman', async () => {
  const { console, outcome } = await runScript(`
    console.log(CryptoJS.MD5('a').toString(), require('moment')('2026-01-02').format('DD.MM.YYYY'));
    console.log(require('uuid').v4().length, cheerio.load('<b>x</b>')('b').text(), tv4.validate(1, { type: 'string' }));
    console.log(_.chunk([1, 2, 3], 2).length, btoa('a'), xml2Json('<a><b>1</b></a>').a.b);`);
  expect(outcome.error).toBeUndefined();
  expect(console.map(({ values }) => values)).toEqual([
    ['0cc175b9c0f1b6a831c399e269772661', '02.01.2026'],
    [36, 'x', false],
    [2, 'YQ==', '1'],
  ]);
});

test('a pre-request script changes the request', async () => {
  const { outcome } = await runScript(
    `
    pm.request.headers.add({ key: 'X-Made', value: '1' });
    pm.request.method = 'POST';
    pm.execution.skipRequest();
    pm.request.method = 'PUT';`,
    { listen: 'prerequest' },
  );
  expect(outcome.request).toMatchObject({ method: 'POST', header: [{ key: 'X-Made', value: '1' }] });
  expect(outcome.skipRequest).toBe(true);
});

test.each([
  ['loops for ever', 'while (true) {}'],
  ['waits for ever', 'setInterval(() => {}, 10);'],
  ['eats memory', 'const all = []; for (;;) all.push(new Array(100000).fill(1));'],
  ['recurses for ever', 'function again() { again(); } again();'],
  ['throws a proxy', 'throw new Proxy({}, { get() { throw 1; }, has() { throw 2; } });'],
  ['throws nothing', 'throw undefined;'],
  ['has a syntax error', 'const = 1;'],
  ['looks for the process', "constructor.constructor('return process.mainModule.require')()('fs');"],
  ['imports a file', "await import('node:fs');"],
  ['floods the console', "for (;;) console.log('x'.repeat(10000));"],
])('a script that %s fails, and the next one is unharmed', async (_name, source) => {
  const limits = { timeout: 1000, memory: 32 * 1024 * 1024 };
  const { outcome } = await runScript(source, { limits });
  expect(outcome.error?.message).toBeTypeOf('string');
  const { assertions } = await runScript("pm.test('fine', () => pm.expect([1].length).to.equal(1));");
  expect(assertions).toMatchObject([{ name: 'fine', passed: true }]);
});

test('nothing a script leaves behind reaches the next one', async () => {
  await runScript("Array.prototype.map = () => 'mine'; globalThis.left = 1; pm.expect = null;");
  const { console } = await runScript('console.log(typeof left, [1].map(String).length, typeof pm.expect);');
  expect(console).toMatchObject([{ level: 'log', values: ['undefined', 1, 'function'] }]);
});

test('two scripts draw different random numbers', async () => {
  const first = await runScript('console.log(Math.random());');
  const second = await runScript('console.log(Math.random());');
  expect(first.console).not.toEqual(second.console);
});

test.each([
  ['missing()', 'missing is not defined'],
  ['undefined.id', "Cannot read properties of undefined (reading 'id')"],
  ['null.id = 1', "Cannot set properties of null (setting 'id')"],
  ['const pack = { user: {} };\npack.user.enrol(1)', 'pack.user.enrol is not a function'],
  ["pm['enrol']()", 'pm.enrol is not a function'],
  ['new pm.Pack()', 'pm.Pack is not a constructor'],
  ['early; let early;', "Cannot access 'early' before initialization"],
  ['let user = ;', "Unexpected token ';'"],
  ['pm.test("open', 'Invalid or unexpected token'],
  ["JSON.parse('<html>')", "Unexpected token '<' at 1:1\n<html>\n^"],
  ["await import('node:fs')", 'A dynamic import callback was not specified.'],
])('words the mistake of %s as Postman does', async (source, message) => {
  const { outcome } = await runScript(source);
  expect(outcome.error?.message).toBe(message);
});

test('shows values on the console as Node does', async () => {
  const { console } = await runScript(`
    console.log('text', 1, null, undefined, -0, 12n, NaN);
    console.warn({ at: new Date(0), like: /a/g, none: undefined }, new Map([['a', { b: 1 }]]), new Set([1]));
    console.info(function named() {}, [() => 1], new ArrayBuffer(3), new Error('wrong'));
    const circle = {}; circle.self = circle; console.log(circle);`);
  expect(console.map(({ texts }) => texts)).toEqual([
    ['text', '1', 'null', 'undefined', '-0', '12n', 'NaN'],
    [
      '{ at: 1970-01-01T00:00:00.000Z, like: /a/g, none: undefined }',
      "Map(1) { 'a' => { b: 1 } }",
      'Set(1) { 1 }',
    ],
    ['[Function: named]', "[ '[Function]' ]", '[ArrayBuffer { byteLength: 3 }]', 'Error: wrong'],
    ["{ self: '[Circular]' }"],
  ]);
  expect(console[1]?.values).toEqual([
    { at: '1970-01-01T00:00:00.000Z', like: '/a/g', none: 'undefined' },
    [['a', { b: 1 }]],
    [1],
  ]);
});

test('an error tells its name, its words and where it was made', async () => {
  const { console } = await runScript(`
    Error.prepareStackTrace = () => 'mine';
    console.log(new Error('wrong').stack.split('\\n')[0], new Error().constructor === Error);
    class Refused extends Error {}
    console.log(new Refused('no') instanceof Refused, new Refused('no') instanceof Error);`);
  expect(console.map(({ values }) => values)).toEqual([
    ['Error: wrong', true],
    [true, true],
  ]);
});

test('what a timer throws ends the script without failing it', async () => {
  const { outcome, console } = await runScript(`setTimeout(() => { throw new Error('late'); }, 1);`);
  expect(outcome.error).toBeUndefined();
  expect(outcome.asynchronousError).toMatchObject({ name: 'Error', message: 'late' });
  expect(console.map(({ values }) => values)).toEqual([['Error: late']]);
});

test('the old objects follow the old functions, which keep text', async () => {
  const { outcome, console } = await runScript(
    `postman.setEnvironmentVariable('count', 1); console.log(environment.count);`,
  );
  expect(outcome.scopes.environment).toContainEqual(expect.objectContaining({ key: 'count', value: '1' }));
  expect(console.map(({ values }) => values)).toEqual([['1']]);
});

test('a script that begins with "use sandbox2" has none of the old names', async () => {
  const { console } = await runScript(`"use sandbox2"; console.log(typeof postman, typeof pm);`);
  expect(console.map(({ values }) => values)).toEqual([['undefined', 'object']]);
});

test('the old request and response have the names and cases that Postman gives them', async () => {
  const { console } = await runScript(
    `console.log(Object.keys(request).join(), request.headers['x-one'], JSON.stringify(request.data));
    console.log(JSON.stringify(responseHeaders));`,
    {
      request: { method: 'GET', url: 'https://org.example.com/', header: [{ key: 'X-One', value: '1' }] },
      response: {
        code: 200,
        status: 'OK',
        headers: [
          { key: 'Link', value: 'first' },
          { key: 'Link', value: 'second' },
        ],
        body: new Uint8Array(),
        responseTime: 1,
      },
    },
  );
  expect(console.map(({ values }) => values)).toEqual([
    ['id,name,description,headers,method,url,data', '1', '{}'],
    ['{"Link":"second"}'],
  ]);
});

test('the jar names what is wrong with a call, and gives a list of cookies', async () => {
  const { console } = await runScript(`
    const jar = pm.cookies.jar();
    for (const call of [
      () => jar.get('', 'a', () => {}),
      () => jar.unset('http://x', 1),
      () => jar.set('http://x', undefined, () => {}),
    ]) try { call(); } catch (error) { console.log(error.name, error.message); }
    jar.getAll('http://x', (_error, cookies) => console.log(typeof cookies.count, typeof cookies.each));`);
  expect(console.map(({ values }) => values.join(' '))).toEqual([
    'TypeError CookieJar.get() requires a valid url',
    'TypeError CookieJar.unset() requires cookie name to be a string',
    'TypeError CookieJar.set() requires a valid set cookie arguments',
    'function function',
  ]);
});

test('an error of the network shows its fields, and has a name and a message', async () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { details: { code: 'ECONNREFUSED' } });
  const { console } = await runScript(
    `pm.sendRequest('http://x', (error) => console.log(JSON.stringify(error), error.name, error.message));`,
    {},
    { sendRequest: () => Promise.reject(refused) },
  );
  expect(console.map(({ values }) => values)).toEqual([
    ['{"code":"ECONNREFUSED"}', 'Error', 'connect ECONNREFUSED'],
  ]);
});

test('a test that throws no error fails under its own name, and says what it threw', async () => {
  const { assertions } = await runScript(`
    pm.test('text', () => { throw 'odd'; });
    pm.test('object', () => { throw { name: 'Refused', message: 'no' }; });
    pm.test('deep', () => { (function f() { f(); })(); });`);
  expect(assertions.map(({ error }) => `${error?.name}: ${error?.message}`)).toEqual([
    'AssertionError: text\nThe test threw odd',
    'Refused: no',
    'RangeError: Maximum call stack size exceeded',
  ]);
});

test('what Chai says of a value names its class', async () => {
  const { assertions } = await runScript(`pm.test('a', () => pm.expect(pm.request).to.equal(1));`);
  expect(assertions[0]?.error?.message).toContain('expected PostmanRequest{');
});

test('without an answer there is a response with nothing in it, and its assertions fail', async () => {
  const { assertions } = await runScript(`pm.test('a', () => pm.response.to.be.ok);`, {
    // As an item without an answer has it: no such field.
    response: undefined as never,
  });
  expect(assertions[0]?.error?.name).toBe('AssertionError');
});

test.each([
  ['foo(', "Unexpected token ';'"],
  ['}', "Unexpected token ';'"],
  ['let x = ;', "Unexpected token ';'"],
  ['x y', "Unexpected identifier 'y'"],
])('a text that is no script is named in the words of V8: %s', async (source, message) => {
  expect((await runScript(source)).outcome.error).toMatchObject({ name: 'SyntaxError', message });
});
