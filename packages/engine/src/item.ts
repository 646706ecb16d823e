import { parseUrl, toUrlText } from '@castellan/collection';
import type { Json, RequestDefinition, Script } from '@castellan/collection';
import type {
  NestedAnswer,
  SandboxRequest,
  SandboxResponse,
  ScriptError,
  ScriptHost,
  ScriptJob,
  ScriptOutcome,
} from '@castellan/sandbox';
import type { AuthParameters } from './auth/scheme.ts';
import { attachBody } from './body-bytes.ts';
import { callCookieJar } from './cookie-calls.ts';
import type { Place, ReceivedResponse, RequestSource, SentRequest } from './events.ts';
import { explainFailure, RefusedRequest, refuseEmptyAddress, refuseUnresolved } from './failures.ts';
import { fillRequest, findUnset } from './fill.ts';
import type { Step } from './plan.ts';
import { RunBroken } from './run-state.ts';
import type { RunState } from './run-state.ts';
import { fromSandboxRequest, toSandboxRequest } from './sandbox-request.ts';
import { send } from './send.ts';
import type { Answer, AuthMemory, FilledRequest, SendContext } from './send-context.ts';
import type { WireRequest, WireResponse } from './transport.ts';
import { createLookup } from './variables.ts';

/** Where in the run a step is executed. */
export interface StepPlace {
  readonly iteration: number;
  readonly execution: number;
  readonly position: number;
}

export interface StepResult {
  /** What `setNextRequest` said last; `undefined` when it was not called. */
  readonly nextRequest?: string | null;
  /** The first thing that went wrong: a script, a request or an assertion. */
  readonly failure?: ScriptError;
}

/** One execution of one item while it lasts. */
interface Execution {
  readonly step: Step;
  readonly place: Place;
  readonly state: RunState;
  request: RequestDefinition;
  nextRequest?: string | null;
  failure?: ScriptError;
  /** Names of the assertions that failed in the script under way. */
  failedAssertions: string[];
}

/** Bytes that one script may use unless the run says otherwise. */
const SCRIPT_MEMORY = 256 * 1024 * 1024;

/** Runs one item: pre-request scripts, the request, test scripts. */
export async function runStep(step: Step, where: StepPlace, state: RunState): Promise<StepResult> {
  const execution = toExecution(step, where, state);
  const { place } = execution;
  const at = () => state.host.now();
  const { method, url } = execution.request;
  state.emit({ kind: 'item-started', at: at(), ...place, method, url: toUrlText(url) });
  const isSkipped = await runPrerequestScripts(execution);
  if (!isSkipped && !mustStop(execution)) {
    const answer = await sendItem(execution);
    if (!mustStop(execution)) await runTestScripts(execution, answer);
  }
  state.emit({ kind: 'item-finished', at: at(), ...place, skipped: isSkipped });
  const { nextRequest, failure } = execution;
  return {
    ...(nextRequest === undefined ? {} : { nextRequest }),
    ...(failure === undefined ? {} : { failure }),
  };
}

function toExecution(step: Step, where: StepPlace, state: RunState): Execution {
  const { item } = step;
  return {
    step,
    state,
    request: item.request,
    failedAssertions: [],
    place: {
      iteration: where.iteration,
      execution: where.execution,
      itemId: item.id,
      itemName: item.name,
      folders: step.folders,
    },
  };
}

/** Postman: with `bail` nothing more happens in an item after its first failure. */
function mustStop({ failure, state }: Execution): boolean {
  return state.signal?.aborted === true || (failure !== undefined && Boolean(state.plan.settings.bail));
}

async function runPrerequestScripts(execution: Execution): Promise<boolean> {
  if (execution.step.prerequest.length === 0) return false;
  let isSkipped = false;
  const auth = execution.step.auth;
  let json = toSandboxRequest({ ...execution.request, ...(auth === undefined ? {} : { auth }) });
  for (const script of execution.step.prerequest) {
    if (isSkipped || mustStop(execution)) break;
    const outcome = await runScript(script, execution, { request: json });
    json = outcome.request;
    isSkipped = outcome.skipRequest;
  }
  execution.request = fromSandboxRequest(json, execution.request);
  return isSkipped;
}

async function runTestScripts(execution: Execution, answer: ItemAnswer): Promise<void> {
  for (const script of execution.step.test) {
    if (mustStop(execution)) return;
    await runScript(script, execution, answer);
  }
}

/** What test scripts see of a request. */
interface ItemAnswer {
  readonly request: SandboxRequest;
  readonly response?: SandboxResponse;
  readonly url?: string;
}

async function runScript(script: Script, execution: Execution, seen: ItemAnswer) {
  const { state, place } = execution;
  const { listen } = script;
  const at = () => state.host.now();
  state.emit({ kind: 'script-started', at: at(), listen, ...place });
  execution.failedAssertions = [];
  const outcome = await execute(toJob(script, execution, seen), execution);
  const { data } = state.scopes;
  state.scopes = { ...outcome.scopes, data };
  if (outcome.nextRequest !== undefined) execution.nextRequest = outcome.nextRequest;
  if (outcome.error !== undefined) execution.failure ??= outcome.error;
  // Postman: what a timer throws fails nothing, but with `bail` the run ends there, with a plain error.
  const late = outcome.asynchronousError;
  if (late !== undefined) execution.failure ??= { name: 'Error', message: late.message };
  const failure = outcome.error ?? toAssertionFailure(execution);
  const error = failure === undefined ? {} : { error: failure };
  state.emit({ kind: 'script-finished', at: at(), listen, ...error, ...place });
  await state.drained();
  return outcome;
}

/** Postman: with `bail` failed assertions fail their script as well, and their names are what went wrong. */
function toAssertionFailure({ failedAssertions, state }: Execution): ScriptError | undefined {
  if (failedAssertions.length === 0 || state.plan.settings.bail !== 'failure') return undefined;
  return { name: 'AssertionFailure', message: failedAssertions.join(', ') };
}

/** A sandbox that does not start or breaks fails this script; the run goes on. */
async function execute(job: ScriptJob, execution: Execution): Promise<ScriptOutcome> {
  const { state } = execution;
  try {
    const sandbox = await state.sandbox();
    return await sandbox.execute(job, toScriptHost(execution), state.signal);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      scopes: state.scopes,
      request: job.request,
      skipRequest: false,
      error: { name: 'Error', message },
      duration: 0,
    };
  }
}

function toJob(script: Script, { state, step, place }: Execution, seen: ItemAnswer): ScriptJob {
  const { settings } = state.plan;
  return {
    listen: script.listen,
    source: script.source,
    name: place.itemName,
    info: {
      eventName: script.listen,
      iteration: place.iteration,
      iterationCount: state.plan.iterations,
      requestName: place.itemName,
      requestId: place.itemId,
      location: [state.plan.collection.name, ...step.folders, place.itemName],
    },
    scopes: state.scopes,
    request: seen.request,
    ...(seen.response === undefined ? {} : { response: seen.response }),
    cookies: seen.url === undefined ? [] : state.cookies.list(seen.url),
    limits: { timeout: settings.scriptTimeout ?? 0, memory: settings.scriptMemory ?? SCRIPT_MEMORY },
  };
}

function toScriptHost(execution: Execution): ScriptHost {
  const { state, place } = execution;
  const at = () => state.host.now();
  return {
    sendRequest: (request, signal) => sendNested(request, execution, signal),
    cookieJar: async (call) => callCookieJar(await state.cookies.jar(), call),
    console: (entry) => state.emit({ kind: 'console', at: at(), entry, ...place }),
    assertion(assertion) {
      if (assertion.error !== undefined) {
        execution.failedAssertions.push(assertion.name);
        // Postman: `--bail folder` ends the run at what scripts throw and at requests, not at assertions.
        if (state.plan.settings.bail !== 'folder') execution.failure ??= assertion.error;
      }
      state.emit({ kind: 'assertion', at: at(), assertion, ...place });
    },
  };
}

async function sendItem(execution: Execution): Promise<ItemAnswer> {
  const { step, state } = execution;
  const { description } = execution.request;
  const auth = execution.request.auth ?? step.auth;
  const filled = fillRequest(execution.request, auth, step.settings, createLookup(state.scopes));
  try {
    const { first, response, request } = await exchange(filled, execution, 'item');
    return {
      request: {
        ...toSentJson(filled, first),
        ...(description === undefined ? {} : { description: description.text }),
      },
      response: toSandboxResponse(response),
      url: request.address.href,
    };
  } catch (error) {
    if (!(error instanceof ReportedFailure)) throw error;
    execution.failure ??= error.failure;
    return { request: toSandboxRequest({ ...execution.request, url: parseUrl(filled.url) }) };
  }
}

async function sendNested(
  request: SandboxRequest | string,
  execution: Execution,
  signal: AbortSignal,
): Promise<NestedAnswer> {
  const asked = fromSandboxRequest(typeof request === 'string' ? { url: request } : request);
  const definition = withoutFiles(asked, execution);
  // Postman: what a script sends has had its variables filled in by the script, and may carry a body with any method.
  const settings: Record<string, Json> = { disableBodyPruning: true };
  const filled = fillRequest(definition, definition.auth, settings, createLookup(execution.state.scopes));
  try {
    const { first, response, request: last } = await exchange(filled, execution, 'script', signal);
    return {
      request: toSentJson(filled, first),
      response: toSandboxResponse(response),
      cookies: execution.state.cookies.list(last.address.href),
    };
  } catch (error) {
    if (error instanceof ReportedFailure) throw toNestedError(error);
    throw error;
  }
}

/** Postman: a script is given what Node says of a network error, under Node's names. */
function toNestedError({ failure, cause }: ReportedFailure): Error {
  const told = ['errno', 'code', 'syscall', 'address', 'port', 'hostname'].flatMap((name) => {
    const value: unknown = cause instanceof RefusedRequest ? undefined : Reflect.get(Object(cause), name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.assign(new Error(failure.message, { cause }), { details: Object.fromEntries(told) });
}

/** Postman: a script cannot send files of the disk. They are left out, and the console says so. */
function withoutFiles(request: RequestDefinition, { state, place }: Execution): RequestDefinition {
  const { body, ...rest } = request;
  const isFile = body?.kind === 'file';
  const hasFiles = isFile || (body?.kind === 'formdata' && body.fields.some(({ type }) => type === 'file'));
  if (!hasFiles) return request;
  const entry = { level: 'warn', values: ['uploading files from scripts is not allowed'] } as const;
  state.emit({ kind: 'console', at: state.host.now(), entry, ...place });
  if (isFile) return rest;
  return { ...rest, body: { ...body, fields: body.fields.filter(({ type }) => type !== 'file') } };
}

const STOPPED: ScriptError = { name: 'Error', message: 'The run was stopped.' };

/** A request that got no answer, after everybody has been told. */
class ReportedFailure extends Error {
  readonly failure: ScriptError;

  constructor(failure: ScriptError, cause?: unknown) {
    super(failure.message, { cause });
    this.failure = failure;
  }
}

async function exchange(
  filled: FilledRequest,
  execution: Execution,
  source: RequestSource,
  signal = execution.state.signal,
): Promise<Answer> {
  const { state, place } = execution;
  const at = () => state.host.now();
  let first: WireRequest | undefined;
  let left: WireRequest | undefined;
  const context: SendContext = {
    host: state.host,
    cookies: state.cookies,
    settings: state.plan.settings,
    authMemory: source === 'item' ? toAuthMemory(execution) : createAuthMemory(),
    deliver: (request) =>
      state.deliver(request, {
        place,
        source,
        needsAnswer: source !== 'item' || execution.step.test.length > 0,
        ...(signal === undefined ? {} : { signal }),
        onLeave(leaving) {
          first ??= leaving;
          left = leaving;
          state.emit({ kind: 'request-sent', at: at(), source, request: toSentRequest(leaving), ...place });
        },
      }),
    onDetour(detour, request, response) {
      state.emit({
        kind: 'response-received',
        at: at(),
        source: detour,
        ...toExchange(request, response),
        ...place,
      });
    },
    warn: (message) =>
      state.emit({ kind: 'console', at: at(), entry: { level: 'warn', values: [message] }, ...place }),
  };
  try {
    if (filled.url.trim() === '') throw refuseEmptyAddress();
    const unset = state.plan.settings.refuseUnresolved === true ? findUnset(filled) : undefined;
    if (unset !== undefined) throw refuseUnresolved(unset.names, unset.where);
    const answer = await send(filled, context);
    state.emit({
      kind: 'response-received',
      at: at(),
      source,
      ...toExchange(answer.first, answer.response),
      ...place,
    });
    return answer;
  } catch (error) {
    if (error instanceof RunBroken) throw error;
    // A run that is stopped while a request waits for its turn: nothing has left, nothing has failed.
    if (first === undefined && signal?.aborted === true) throw new ReportedFailure(STOPPED);
    const timeout = state.plan.settings.requestTimeout ?? 0;
    const failure = explainFailure(error, { url: left?.address.href ?? filled.url, timeout });
    const request = first === undefined ? {} : { request: toSentRequest(first) };
    state.emit({ kind: 'request-failed', at: at(), source, ...request, failure, ...place });
    throw new ReportedFailure(failure.error, error);
  }
}

/** What a script sends has an auth of its own, used once. */
function createAuthMemory(): AuthMemory {
  let learned: AuthParameters = {};
  return {
    read: () => learned,
    learn(parameters) {
      learned = { ...learned, ...parameters };
    },
  };
}

function toAuthMemory({ state, step }: Execution): AuthMemory {
  const { auth } = step;
  return {
    read: () => (auth === undefined ? {} : (state.learnedAuth.get(auth) ?? {})),
    learn(parameters) {
      if (auth !== undefined) state.learnedAuth.set(auth, { ...state.learnedAuth.get(auth), ...parameters });
    },
  };
}

function toExchange(
  request: WireRequest,
  response: WireResponse,
): { request: SentRequest; response: ReceivedResponse } {
  const { body, ...rest } = response;
  return {
    request: toSentRequest(request),
    response: attachBody(rest, () => body),
  };
}

/** As much of a body as a person reads. */
const SHOWN_BODY = 1024 * 1024;

const sentRequests = new WeakMap<WireRequest, SentRequest>();

/** The same for the same request: it is told of when it leaves and when it is answered. */
function toSentRequest(request: WireRequest): SentRequest {
  const known = sentRequests.get(request) ?? describeRequest(request);
  sentRequests.set(request, known);
  return known;
}

function describeRequest(request: WireRequest): SentRequest {
  const { body } = request;
  return {
    method: request.method,
    url: request.address.href,
    headers: request.headers,
    ...(body === undefined ? {} : { body: Buffer.from(body.subarray(0, SHOWN_BODY)).toString('utf8') }),
    bodySize: body?.length ?? 0,
  };
}

/** Postman: in a test script `pm.request` is the request as it left. */
function toSentJson(filled: FilledRequest, sent: WireRequest): SandboxRequest {
  return toSandboxRequest({
    method: sent.method,
    url: parseUrl(sent.address.href),
    headers: sent.headers.map(([key, value]) => ({ key, value })),
    ...(filled.body === undefined ? {} : { body: filled.body }),
    ...(filled.auth === undefined ? {} : { auth: filled.auth }),
  });
}

function toSandboxResponse(response: WireResponse): SandboxResponse {
  return {
    code: response.code,
    status: response.status,
    headers: response.headers.map(([key, value]) => ({ key, value })),
    body: response.body,
    responseTime: response.time,
  };
}
