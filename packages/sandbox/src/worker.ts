import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { createMachine } from './machine.ts';
import type { Image, Machine } from './machine.ts';
import { toBodyText, toResponseHead } from './bodies.ts';
import type * as OnDemandModule from './on-demand.ts';
import type { ScriptError, ScriptJob } from './protocol.ts';
import type { FromWorker, InsideOutcome, ScriptHead, ToWorker } from './wire.ts';
import { USUAL_JOB } from './usual-job.ts';

type Flavour = 'core' | 'full';

interface Run {
  readonly id: number;
  readonly job: ScriptJob;
  readonly machine: Machine;
  readonly started: number;
  readonly timers: Map<number, NodeJS.Timeout>;
  /** What the script has said and the main thread has not heard yet. */
  said: string[];
  /** When the main thread last heard something. */
  heard: number;
  output: number;
  entries: number;
  requests: number;
  deadline?: NodeJS.Timeout;
  stopped?: ScriptError;
}

/** Bytes a script may say: console, assertions and requests together. */
const MAX_OUTPUT = 32 * 1024 * 1024;
const MAX_ENTRIES = 100_000;
const MAX_REQUESTS = 10_000;
/** Milliseconds for which a script that goes on computing may keep what it says to itself. */
const MAX_SILENCE = 50;
/** Names that only the image with every library knows. */
const LIBRARY_NAMES =
  /\b(?:require|CryptoJS|cheerio|tv4|Ajv|jsonSchema|moment|xml2Json|globalThis|eval|Function)\b/;

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread.');
// What createSandbox hands over.
const { assets } = workerData as { readonly assets: string };
const machines = new Map<string, Promise<Machine>>();
let current: Run | undefined;

/** Bytes that the engine gives a script unless it is told otherwise. */
const USUAL_MEMORY = 256 * 1024 * 1024;

// A failure is met again, and told, by the first script.
findMachine('core', USUAL_MEMORY)
  .then(warmUp)
  .catch(() => undefined);

port.on('message', (message: ToWorker) => {
  if (message.kind === 'run') void begin(message.id, message.job);
  else if (current?.id === message.run) deliver(current, JSON.stringify(message.answer));
});

function post(message: FromWorker): void {
  port?.postMessage(message);
}

async function begin(id: number, job: ScriptJob): Promise<void> {
  try {
    const machine = await findMachine(LIBRARY_NAMES.test(job.source) ? 'full' : 'core', job.limits.memory);
    const run = createRun(id, job, machine);
    current = run;
    advance(run, () => machine.call('start', JSON.stringify(toHead(job))));
    // What the script did at once has been measured by the interrupts; from here on it waits.
    if (current === run && job.limits.timeout > 0) {
      run.deadline = setTimeout(() => {
        run.stopped ??= timeoutError('asynchronous');
        advance(run, () => undefined);
      }, job.limits.timeout);
    }
  } catch (cause) {
    post({ kind: 'broken', id, message: String(cause) });
  }
}

function createRun(id: number, job: ScriptJob, machine: Machine): Run {
  const started = performance.now();
  const timers = new Map<number, NodeJS.Timeout>();
  return { id, job, machine, started, timers, said: [], heard: started, output: 0, entries: 0, requests: 0 };
}

/**
 * Runs what most scripts do once for nobody: WebAssembly is compiled function by function when it is first called,
 * and while nobody waits for it.
 */
function warmUp(machine: Machine): void {
  if (current !== undefined) return;
  current = createRun(0, USUAL_JOB, machine);
  try {
    machine.call('start', JSON.stringify(toHead(USUAL_JOB)));
    machine.runJobs();
    machine.call('poll', '');
  } finally {
    current = undefined;
    machine.restore();
  }
}

/** Lets the machine do one thing and everything that follows at once, then sees whether the script is over. */
function advance(run: Run, step: () => void): void {
  if (current !== run) return;
  let outcome = '';
  try {
    step();
    run.machine.runJobs();
    outcome = run.stopped === undefined ? run.machine.call('poll', '') : '';
    if (outcome === '' && run.stopped === undefined) {
      tell(run);
      return;
    }
  } catch (cause) {
    run.stopped ??= toScriptError(cause);
  }
  current = undefined;
  clearTimeout(run.deadline);
  for (const timer of run.timers.values()) clearTimeout(timer);
  const duration = performance.now() - run.started;
  const ended: InsideOutcome =
    run.stopped === undefined
      ? // Written by the bootstrap's poll.
        (JSON.parse(outcome) as InsideOutcome)
      : // What a script that was cut off had begun is not trusted: everything stays as it was.
        { scopes: {}, skipRequest: false, error: run.stopped };
  post({ kind: 'done', id: run.id, said: run.said, outcome: ended, duration });
  // While the main thread goes on with the run.
  run.machine.restore();
}

/** Passes on what the script has said so far. */
function tell(run: Run): void {
  if (run.said.length > 0) post({ kind: 'said', id: run.id, said: run.said });
  run.said = [];
  run.heard = performance.now();
}

function deliver(run: Run, json: string): void {
  advance(run, () => {
    run.machine.call('deliver', json);
  });
}

function toScriptError(cause: unknown): ScriptError {
  if (cause !== null && typeof cause === 'object' && 'message' in cause) {
    const name = 'name' in cause ? String(cause.name) : 'Error';
    return { name, message: String(cause.message) };
  }
  return { name: 'Error', message: String(cause) };
}

function timeoutError(kind: 'asynchronous' | 'synchronous'): ScriptError {
  return { name: 'Error', message: `sandbox: ${kind} script execution timeout` };
}

function findMachine(flavour: Flavour, memory: number): Promise<Machine> {
  const key = `${flavour} ${memory}`;
  const found = machines.get(key) ?? loadMachine(flavour, memory);
  machines.set(key, found);
  return found;
}

async function loadMachine(flavour: Flavour, memory: number): Promise<Machine> {
  const [wasm, bytes, json] = await Promise.all([
    readFile(new URL('quickjs.wasm', assets)),
    readFile(new URL(`${flavour}.image`, assets)),
    readFile(new URL(`${flavour}.json`, assets), 'utf8'),
  ]);
  // Written by the build together with the image.
  const image: Image = { bytes, ...(JSON.parse(json) as Omit<Image, 'bytes'>) };
  return createMachine(wasm, image, memory, { say: hear, interrupts });
}

function interrupts(): boolean {
  const run = current;
  if (run === undefined) return false;
  const { timeout } = run.job.limits;
  if (timeout > 0 && performance.now() - run.started > timeout) {
    run.stopped ??= timeoutError('synchronous');
  }
  return run.stopped !== undefined;
}

/** Hears one thing the bootstrap says: a word and what belongs to it. A script has no way to this door. */
function hear(message: string): string | Uint8Array {
  const run = current;
  if (run === undefined || run.stopped !== undefined) return '';
  const space = message.indexOf(' ');
  const word = message.slice(0, space);
  const text = message.slice(space + 1);
  switch (word) {
    case 'read':
      return read(run.job, text);
    case 'random':
      return randomBytes(Math.min(Number(text), 65_536)).toString('hex');
    case 'dynamic':
      return loadOnDemand().drawDynamic(text);
    case 'decode':
      return loadOnDemand().decodeText(text);
    case 'syntax':
      return findSyntaxError(text);
    case 'timer':
      setTimer(run, JSON.parse(text) as Timer);
      return '';
    case 'stop-timer':
      clearTimeout(run.timers.get(Number(text)));
      run.timers.delete(Number(text));
      return '';
    case 'send':
      run.requests += 1;
      break;
    default:
      break;
  }
  count(run, message);
  run.said.push(message);
  if (performance.now() - run.heard > MAX_SILENCE) tell(run);
  return '';
}

function count(run: Run, message: string): void {
  run.output += message.length;
  run.entries += 1;
  if (run.output > MAX_OUTPUT || run.entries > MAX_ENTRIES)
    run.stopped = toScriptError(
      new Error('The script wrote more than a script may: 32 MB or 100,000 messages.'),
    );
  if (run.requests > MAX_REQUESTS)
    run.stopped = toScriptError(new Error('The script sent more than 10,000 requests.'));
}

/** What V8 says about a text that is no script. It is read and never run. */
function findSyntaxError(source: string): string {
  try {
    void new Script(source);
    return '';
  } catch (error) {
    return error instanceof SyntaxError ? error.message : '';
  }
}

interface Timer {
  readonly id: number;
  readonly milliseconds: number;
  readonly repeats: boolean;
}

function setTimer(run: Run, { id, milliseconds, repeats }: Timer): void {
  const fire = () => {
    if (!repeats) run.timers.delete(id);
    deliver(run, JSON.stringify({ timer: id }));
  };
  if (!repeats) {
    run.timers.set(id, setTimeout(fire, milliseconds));
    return;
  }
  // Each turn is due by the first one's time: what a turn takes must not put off all that follow.
  let due = performance.now();
  const next = (): void => {
    due += milliseconds;
    const wait = Math.max(0, due - performance.now());
    run.timers.set(
      id,
      setTimeout(() => {
        next();
        fire();
      }, wait),
    );
  };
  next();
}

type OnDemand = typeof OnDemandModule;

let onDemand: OnDemand | undefined;

/** At once, because the script waits in the middle of a line. */
function loadOnDemand(): OnDemand {
  // What the build made of that file.
  onDemand ??= createRequire(import.meta.url)('./on-demand.cjs') as OnDemand;
  return onDemand;
}

/** What a script needs to begin; the rest it asks for. */
function toHead({ listen, source, info, scopes, response }: ScriptJob): ScriptHead {
  const random = randomBytes(16);
  return {
    listen,
    source,
    info,
    ...(scopes.environmentName === undefined ? {} : { environmentName: scopes.environmentName }),
    hasResponse: response !== undefined,
    seed: [random.readInt32LE(0), random.readInt32LE(4), random.readInt32LE(8), random.readInt32LE(12)],
  };
}

/** One part of the job, as the bootstrap reads it. */
function read({ scopes, request, response, cookies }: ScriptJob, part: string): string | Uint8Array {
  switch (part) {
    case 'request':
      return JSON.stringify(request);
    case 'response':
      return response === undefined ? '' : JSON.stringify(toResponseHead(response));
    case 'body':
      return response === undefined ? '' : toBodyText(response.body);
    case 'cookies':
      return JSON.stringify(cookies);
    case 'data':
      return JSON.stringify(scopes.data);
    case 'globals':
    case 'collection':
    case 'environment':
    case 'local':
      return JSON.stringify(scopes[part]);
    default:
      return '';
  }
}
