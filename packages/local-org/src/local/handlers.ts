import { localOperations, type LocalClock } from '@castellan/okta-api';
import { routes } from '../apis/index.ts';
import type { HandlersOf } from '../handling.ts';
import { invalid, notFound } from '../okta-error.ts';
import type { Route, RouteHandler } from '../routes.ts';
import type { Controls } from './controls.ts';

/** The routes under `/api/local/v1`, over the controls of one org. */
export function localRoutes(controls: Controls): readonly Route[] {
  const handlers = createHandlers(controls);
  return Object.entries(localOperations).map(([name, operation]) => ({
    name,
    operation,
    // `createHandlers` is checked against the definitions.
    handler: handlers[name as keyof typeof handlers] as RouteHandler,
  }));
}

function createHandlers(controls: Controls) {
  const { clock, faults } = controls;
  return {
    getClock: () => toView(controls),

    freezeClock({ body }) {
      clock.freeze(body?.at === undefined ? undefined : Date.parse(body.at));
      return toView(controls);
    },

    advanceClock({ body }) {
      clock.advance(body.milliseconds);
      return toView(controls);
    },

    resetClock() {
      clock.reset();
      return toView(controls);
    },

    listFaults: () => faults.list(),

    addFault({ body }) {
      if (body.operation !== '*' && !routes.some(({ name }) => name === body.operation))
        throw invalid('operation', `operation: There is no operation named ${body.operation}`);
      return faults.add(body);
    },

    removeFault({ params }) {
      if (!faults.remove(params.faultId)) throw notFound(params.faultId, 'Fault');
    },

    removeFaults: () => faults.clear(),

    getLimits: () => controls.limits,

    replaceLimits({ body }) {
      controls.limits = body;
      return body;
    },
  } satisfies HandlersOf<typeof localOperations>;
}

function toView({ clock }: Controls): LocalClock {
  return { now: new Date(clock.now()).toISOString(), frozen: clock.isFrozen(), offset: clock.offset() };
}
