import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { createMachine } from './machine.ts';
import type { Image, Machine } from './machine.ts';
import type { ScriptError, ScriptJob, ScriptOutcome } from './protocol.ts';
import type { FromWorker, ToWorker } from './wire.ts';

type Flavour = 'core' | 'full';

interface Run {
  readonly id: number;
  readonly job: ScriptJob;
  readonly machine: Machine;
  readonly started: number;
  readonly timers: Map<number, NodeJS.Timeout>;
  output: number;
  requests: number;
  deadline?: NodeJS.Timeout;
  stopped?: ScriptError;
}

/** Bytes a script may say: console, assertions and requests together. */
const MAX_OUTPUT = 32 * 1024 * 1024;
const MAX_ENTRIES = 100_000;
const MAX_REQUESTS = 10_000;
/** Names that only the image with every library knows. */
const LIBRARY_NAMES = /\b(?:require|CryptoJS|cheerio|tv4|Ajv|moment|xml2Json|globalThis|eval|Function)\b/;

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread.');
// What createSandbox hands over.
const { assets } = workerData as { readonly assets: string };
const machines = new Map<string, Promise<Machine>>();
let current: Run | undefined;
let entries = 0;

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
    machine.restore();
    const started = performance.now();
    const run: Run = { id, job, machine, started, timers: new Map(), output: 0, requests: 0 };
    current = run;
    entries = 0;
    advance(run, () => machine.call('start', JSON.stringify(toInside(job))));
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

/** Lets the machine do one thing and everything that follows at once, then sees whether the script is over. */
function advance(run: Run, step: () => void): void {
  if (current !== run) return;
  let outcome = '';
  try {
    step();
    run.machine.runJobs();
    outcome = run.stopped === undefined ? run.machine.call('poll', '') : '';
    if (outcome === '' && run.stopped === undefined) return;
  } catch (cause) {
    run.stopped ??= toScriptError(cause);
  }
  current = undefined;
  clearTimeout(run.deadline);
  for (const timer of run.timers.values()) clearTimeout(timer);
  const duration = performance.now() - run.started;
  const ended =
    run.stopped === undefined
      ? // Written by the bootstrap's poll.
        { ...(JSON.parse(outcome) as ScriptOutcome), duration }
      : toStopped(run, run.stopped, duration);
  post({ kind: 'done', id: run.id, outcome: ended });
}

function deliver(run: Run, json: string): void {
  advance(run, () => {
    run.machine.call('deliver', json);
  });
}

/** The script was cut off: what it had begun is not trusted, everything stays as it was. */
function toStopped({ job }: Run, error: ScriptError, duration: number): ScriptOutcome {
  return { scopes: job.scopes, request: job.request, skipRequest: false, error, duration };
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

type Said =
  | { readonly kind: 'timer'; readonly id: number; readonly milliseconds: number; readonly repeats: boolean }
  | { readonly kind: 'stop-timer'; readonly id: number }
  | { readonly kind: 'random'; readonly bytes: number }
  | { readonly kind: 'console' | 'assertion' | 'send' | 'jar' };

function hear(json: string): string {
  const run = current;
  if (run === undefined || run.stopped !== undefined) return '';
  run.output += json.length;
  entries += 1;
  if (run.output > MAX_OUTPUT || entries > MAX_ENTRIES) {
    return stop(run, 'The script wrote more than a script may: 32 MB or 100,000 messages.');
  }
  // Written by the bootstrap; a script has no way to this door.
  const said = JSON.parse(json) as Said;
  switch (said.kind) {
    case 'timer':
      setTimer(run, said);
      return '';
    case 'stop-timer':
      clearTimeout(run.timers.get(said.id));
      run.timers.delete(said.id);
      return '';
    case 'random':
      return randomBytes(Math.min(said.bytes, 65_536)).toString('hex');
    case 'send':
      run.requests += 1;
      if (run.requests > MAX_REQUESTS) return stop(run, 'The script sent more than 10,000 requests.');
      break;
    case 'console':
    case 'assertion':
    case 'jar':
      break;
  }
  post({ kind: 'said', id: run.id, json });
  return '';
}

function stop(run: Run, message: string): string {
  run.stopped = { name: 'Error', message };
  return '';
}

function setTimer(run: Run, { id, milliseconds, repeats }: Extract<Said, { kind: 'timer' }>): void {
  const fire = () => {
    if (!repeats) run.timers.delete(id);
    deliver(run, JSON.stringify({ kind: 'timer', id }));
  };
  run.timers.set(id, repeats ? setInterval(fire, milliseconds) : setTimeout(fire, milliseconds));
}

/** The job as the bootstrap reads it: bytes as text, and a seed, for the image's own would always be the same. */
function toInside(job: ScriptJob): object {
  const { response, ...rest } = job;
  const random = randomBytes(16);
  const seed = [0, 4, 8, 12].map((offset) => random.readUInt32LE(offset));
  if (response === undefined) return { ...rest, seed };
  return { ...rest, seed, response: toInsideResponse(response) };
}

function toInsideResponse({ body, ...rest }: NonNullable<ScriptJob['response']>): object {
  try {
    return { ...rest, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body) };
  } catch {
    return { ...rest, base64: Buffer.from(body).toString('base64') };
  }
}
