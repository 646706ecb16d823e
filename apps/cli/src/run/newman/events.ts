import type { EventEmitter } from 'node:events';
import { randomUUID } from 'node:crypto';
import type { Json } from '@castellan/collection';
import type { AssertionResult, Place, RunEvent, RunPlan, ScriptError } from '@castellan/engine';
import type { Models } from './models.ts';
import type { Cursor } from './told.ts';

type Of<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>;

/** The item that is under way, as Newman's events speak of it. */
interface Turn {
  readonly cursor: Cursor;
  readonly item: object | undefined;
  /** Newman brackets the scripts of each kind, whether there are any or none. */
  stage: 'prerequest' | 'request' | 'test';
  readonly ran: { prerequest: object[]; test: object[] };
  script: { readonly script: object; readonly event: object } | undefined;
}

/**
 * Says a run's events in Newman's words: names, order and arguments as its documentation has them.
 * @param emitter what listeners of Newman hang on
 */
export function createNewmanEvents(
  plan: RunPlan,
  models: Models,
  emitter: EventEmitter,
): (event: RunEvent) => void {
  const refs = new Map<number, string>();
  let turn: Turn | undefined;
  return say;

  function say(event: RunEvent): void {
    switch (event.kind) {
      case 'run-started':
        return emit('start', null, { cursor: toCursor({ iteration: 0, position: 0, ref: randomUUID() }) });
      case 'iteration-started':
        return emit('beforeIteration', null, { cursor: toIteration(event.iteration) });
      case 'iteration-finished':
        return emit('iteration', null, { cursor: toIteration(event.iteration) });
      case 'item-started':
        return begin(event);
      case 'script-started':
        return beginScript(event);
      case 'script-finished':
        return endScript(event);
      case 'assertion':
        return sayAssertion(event.assertion);
      case 'console':
        return sayConsole(event);
      case 'request-sent':
        if (event.source !== 'item' || turn?.stage !== 'prerequest') return undefined;
        enter('request');
        return emitHere('beforeRequest', null, { request: models.request(event.request) });
      case 'response-received':
        return sayAnswer(event);
      case 'request-failed':
        return sayFailure(event);
      case 'item-finished':
        if (!event.skipped) enter('test');
        if (turn?.stage === 'test') emitHere('test', null, { executions: turn.ran.test });
        emitHere('item', null, {});
        turn = undefined;
        return undefined;
      default:
        return undefined;
    }
  }

  function begin(event: Of<'item-started'>): void {
    turn = {
      cursor: toCursor({ iteration: event.iteration, position: positionOf(event), ref: refOf(event) }),
      item: models.item(event.itemId),
      stage: 'prerequest',
      ran: { prerequest: [], test: [] },
      script: undefined,
    };
    emitHere('beforeItem', null, {});
    emitHere('beforePrerequest', null, { events: toEvents(event, 'prerequest') });
  }

  /** Moves on to a later stage, and says the ends and beginnings that lie between. */
  function enter(stage: Turn['stage']): void {
    if (turn === undefined || turn.stage === stage) return;
    if (turn.stage === 'prerequest') emitHere('prerequest', null, { executions: turn.ran.prerequest });
    turn.stage = stage;
    if (stage === 'test') emitHere('beforeTest', null, { events: [] });
  }

  function beginScript({ listen, itemId }: Of<'script-started'>): void {
    if (turn === undefined) return;
    if (listen === 'test') enter('test');
    const place = turn.ran[listen].length;
    const step = plan.steps.find(({ item }) => item.id === itemId);
    const source = step?.[listen][place]?.source ?? '';
    turn.script = { script: models.script(source), event: models.event(listen, source) };
    emitHere('beforeScript', null, turn.script);
    emitHere(listen === 'test' ? 'beforeTestScript' : 'beforePrerequestScript', null, turn.script);
  }

  function endScript({ listen, error }: Of<'script-finished'>): void {
    if (turn === undefined) return;
    const failure = error === undefined ? null : toError(error);
    const told = { ...turn.script, execution: {} };
    turn.ran[listen].push({ error: failure, ...turn.script, result: {} });
    emitHere('script', failure, told);
    emitHere(`${listen}Script`, failure, told);
  }

  function sayAssertion({ name, skipped, passed, index, error }: AssertionResult): void {
    const position = turn?.cursor.position ?? 0;
    const failure = passed || skipped ? null : toAssertionError(name, index, position, error);
    emitHere('assertion', failure, { assertion: name, skipped, error });
  }

  function sayConsole({ entry }: Of<'console'>): void {
    const messages: readonly Json[] = entry.values;
    emit('console', null, { cursor: turn?.cursor, level: entry.level, messages });
  }

  function sayAnswer({ source, request, response }: Of<'response-received'>): void {
    if (source === 'redirect') return;
    const answer = models.response(response);
    emitHere('request', null, {
      request: models.request(request),
      response: answer,
      cookies: answer.cookies,
    });
  }

  function sayFailure({ source, request, failure }: Of<'request-failed'>): void {
    if (source === 'item') enter('request');
    const sent = request === undefined ? undefined : models.request(request);
    emitHere('request', toError(failure.error), { request: sent, response: undefined, cookies: [] });
  }

  function toEvents({ itemId }: Place, listen: 'prerequest' | 'test'): object[] {
    const step = plan.steps.find(({ item }) => item.id === itemId);
    return (step?.[listen] ?? []).map(({ source }) => models.event(listen, source));
  }

  function positionOf({ itemId }: Place): number {
    return Math.max(
      0,
      plan.steps.findIndex(({ item }) => item.id === itemId),
    );
  }

  function refOf({ execution }: Place): string {
    const ref = refs.get(execution) ?? randomUUID();
    refs.set(execution, ref);
    return ref;
  }

  function toIteration(iteration: number): Cursor {
    return toCursor({ iteration, position: 0, ref: randomUUID() });
  }

  function toCursor(at: Pick<Cursor, 'iteration' | 'position' | 'ref'>): Cursor {
    return {
      ...at,
      length: plan.steps.length,
      cycles: plan.iterations,
      bof: at.position === 0 && at.iteration === 0,
      eof: false,
      empty: plan.steps.length === 0,
      cr: false,
    };
  }

  function emitHere(name: string, error: object | null, told: object): void {
    if (turn !== undefined) emit(name, error, { cursor: turn.cursor, item: turn.item, ...told });
  }

  function emit(name: string, error: object | null, told: object): void {
    emitter.emit(name, error, told);
  }
}

/** An error that crossed from a script or the network, as one that can be thrown. */
export function toError({ name, message, stack }: ScriptError): Error {
  return Object.assign(new Error(message), { name, stack: `${name}: ${message}\n${stack ?? ''}` });
}

/** Newman: the stack of a failed assertion is its number, from 1, and that of its item. */
function toAssertionError(
  name: string,
  index: number,
  position: number,
  error: ScriptError | undefined,
): object {
  const title = error?.name ?? 'AssertionError';
  const message = error?.message ?? name;
  const stack = `${title}: ${message}\n   at Object.eval sandbox-script.js:${index + 1}:${position + 1})`;
  return { name: title, index, test: name, message, stack };
}
