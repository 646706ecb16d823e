import type {
  AssertionResult,
  ConsoleEntry,
  Sandbox,
  ScriptHost,
  ScriptJob,
  ScriptOutcome,
} from './index.ts';

/** What a script did. */
export interface Seen {
  readonly outcome: ScriptOutcome;
  readonly assertions: AssertionResult[];
  readonly console: ConsoleEntry[];
}

/** Runs a script in surroundings that answer every request with the same. */
export async function runScript(
  sandbox: Sandbox,
  source: string,
  changes: Partial<ScriptJob> = {},
  answers: Partial<ScriptHost> = {},
): Promise<Seen> {
  const assertions: AssertionResult[] = [];
  const console: ConsoleEntry[] = [];
  const host: ScriptHost = {
    sendRequest: async (request) => ({
      request: typeof request === 'string' ? { url: request } : request,
      response: {
        code: 201,
        status: 'Created',
        headers: [],
        body: new TextEncoder().encode('{"made":true}'),
        responseTime: 4,
      },
      cookies: [],
    }),
    cookieJar: async (call) => call.kind,
    console: (entry) => void console.push(entry),
    assertion: (assertion) => void assertions.push(assertion),
    ...answers,
  };
  return { outcome: await sandbox.execute(createJob({ source, ...changes }), host), assertions, console };
}

/** A test script after a request that answered. */
function createJob(changes: Partial<ScriptJob>): ScriptJob {
  return {
    listen: 'test',
    source: '',
    name: 'Script',
    info: {
      eventName: 'test',
      iteration: 0,
      iterationCount: 1,
      requestName: 'List users',
      requestId: '1',
      location: ['Pack', 'List users'],
    },
    scopes: {
      globals: [{ key: 'where', value: 'globals' }],
      collection: [{ key: 'where', value: 'collection' }],
      environment: [{ key: 'where', value: 'environment' }],
      data: { row: 1 },
      local: [],
    },
    request: { method: 'GET', url: 'https://org.example.com/api/v1/users', header: [] },
    response: {
      code: 200,
      status: 'OK',
      headers: [{ key: 'Content-Type', value: 'application/json' }],
      body: new TextEncoder().encode('{"id":"00u1"}'),
      responseTime: 12,
    },
    cookies: [{ name: 'sid', value: 'abc' }],
    limits: { timeout: 2000, memory: 64 * 1024 * 1024 },
    ...changes,
  };
}
