import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { toBodyText, toResponseHead } from './bodies.ts';
import { readConsoleEntry } from './console-entry.ts';
import type {
  AssertionResult,
  CookieJarCall,
  NestedAnswer,
  Sandbox,
  SandboxRequest,
  ScriptHost,
  ScriptJob,
  ScriptOutcome,
} from './protocol.ts';
import type { CallFailure, FromWorker, ToWorker } from './wire.ts';

export interface SandboxOptions {
  /** Folder of the built worker and images, ending in a slash. Beside the bundle, or built once, if absent. */
  readonly assets?: URL;
}

interface SendCall {
  readonly id: number;
  readonly request: SandboxRequest | string;
}

interface JarCall {
  readonly id: number;
  readonly call: CookieJarCall;
}

/** Milliseconds past its limit after which a script that does not stop by itself is ended with its thread. */
const GRACE = 1000;

/**
 * Opens a sandbox. Its thread starts at once and loads what most scripts need.
 * @throws Error when the built files are neither found nor can be built
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const assets = options.assets ?? (await findAssets());
  let worker: Worker | undefined = startWorker(assets);
  let closed = false;
  let last = 0;
  let turn: Promise<unknown> = Promise.resolve();
  return {
    execute(job, host, signal) {
      const result = turn.then(() => {
        if (closed) throw new Error('The sandbox is closed.');
        worker ??= startWorker(assets);
        last += 1;
        return executeIn(worker, { id: last, job, host, ...(signal === undefined ? {} : { signal }) });
      });
      const done = result.then(({ outcome, replace }) => {
        if (replace) worker = retire(worker);
        return outcome;
      });
      turn = done.catch(() => {
        worker = retire(worker);
      });
      return done;
    },
    async close() {
      closed = true;
      await worker?.terminate();
    },
  };
}

async function findAssets(): Promise<URL> {
  const built = new URL('./sandbox/', import.meta.url);
  if (existsSync(new URL('worker.mjs', built))) return built;
  const builder = fileURLToPath(new URL('../build/cached.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [builder]);
  return new URL(stdout);
}

function startWorker(assets: URL): Worker {
  const worker = new Worker(new URL('worker.mjs', assets), {
    workerData: { assets: assets.href },
    env: {},
    execArgv: [],
  });
  worker.unref();
  return worker;
}

function retire(worker: Worker | undefined): undefined {
  void worker?.terminate();
}

interface Execution {
  readonly id: number;
  readonly job: ScriptJob;
  readonly host: ScriptHost;
  readonly signal?: AbortSignal;
}

interface Ended {
  readonly outcome: ScriptOutcome;
  /** The thread is not to be used again. */
  readonly replace: boolean;
}

function executeIn(worker: Worker, { id, job, host, signal }: Execution): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // Most scripts send nothing, and giving nothing up costs more than making it.
    let nested: AbortController | undefined;
    const { timeout } = job.limits;
    const killer = timeout > 0 ? setTimeout(kill, timeout + GRACE) : undefined;
    worker.ref();
    worker.on('message', hear);
    worker.on('error', fail);
    worker.on('exit', exited);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted === true) abort();
    else send({ kind: 'run', id, job });

    function hear(message: FromWorker): void {
      if (message.id !== id) return;
      if (message.kind === 'broken') return fail(new Error(message.message));
      for (const said of message.said) react(said);
      if (message.kind === 'done')
        finish(toOutcome(job, message), message.outcome.error?.name === 'RuntimeError');
    }

    /** Does what the bootstrap asks for: a word and JSON, passed on by the worker. */
    function react(said: string): void {
      const space = said.indexOf(' ');
      const json = said.slice(space + 1);
      switch (said.slice(0, space)) {
        case 'console':
          return host.console(readConsoleEntry(json));
        case 'assertion':
          return host.assertion(JSON.parse(json) as AssertionResult);
        case 'send': {
          const { id, request } = JSON.parse(json) as SendCall;
          nested ??= new AbortController();
          return answer(id, host.sendRequest(request, nested.signal).then(toNested));
        }
        case 'jar': {
          const { id, call } = JSON.parse(json) as JarCall;
          return answer(id, host.cookieJar(call));
        }
      }
    }

    function answer(call: number, promise: Promise<unknown>): void {
      promise.then(
        (value) => send({ kind: 'answer', run: id, answer: { id: call, value } }),
        (error: unknown) => send({ kind: 'answer', run: id, answer: { id: call, error: toFailure(error) } }),
      );
    }

    function send(message: ToWorker): void {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(message);
    }

    function kill(): void {
      finish(cutOff(job, 'Error', 'sandbox: synchronous script execution timeout'), true);
    }

    function abort(): void {
      finish(cutOff(job, 'AbortError', 'The run was stopped.'), true);
    }

    function exited(): void {
      finish(cutOff(job, 'Error', 'The script ended its sandbox.'), true);
    }

    function finish(outcome: ScriptOutcome, replace: boolean): void {
      release();
      resolve({ outcome, replace });
    }

    function fail(error: Error): void {
      release();
      reject(new Error(`The sandbox is broken: ${error.message}`, { cause: error }));
    }

    function release(): void {
      nested?.abort();
      clearTimeout(killer);
      worker.off('message', hear);
      worker.off('error', fail);
      worker.off('exit', exited);
      signal?.removeEventListener('abort', abort);
      worker.unref();
    }
  });
}

/** What the script left untouched is what it was given. */
function toOutcome(
  { scopes, request }: ScriptJob,
  { outcome, duration }: Extract<FromWorker, { kind: 'done' }>,
): ScriptOutcome {
  return { request, ...outcome, scopes: { ...scopes, ...outcome.scopes }, duration };
}

function cutOff(job: ScriptJob, name: string, message: string): ScriptOutcome {
  const { scopes, request, limits } = job;
  return { scopes, request, skipRequest: false, error: { name, message }, duration: limits.timeout };
}

function toFailure(error: unknown): CallFailure {
  if (error instanceof Error) {
    const details = 'details' in error ? { details: Object(error.details) as object } : {};
    return { name: error.name, message: error.message, ...details };
  }
  return { name: 'Error', message: String(error) };
}

function toNested({ response, cookies }: NestedAnswer): object {
  const body = toBodyText(response.body);
  return {
    head: toResponseHead(response),
    body: typeof body === 'string' ? body : Buffer.from(body).toString('utf8'),
    cookies,
  };
}
