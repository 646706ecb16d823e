import { defineOperation } from '@castellan/okta-api';
import { z } from 'zod';
import { type HandlersOf, reply } from '../handling.ts';
import type { Route, RouteHandler } from '../routes.ts';
import { cookieOf } from '../sessions.ts';
import { finishStepUp, openApp } from './step-up.ts';

const common = {
  api: 'authentication',
  method: 'GET',
  authentication: 'none',
  bucket: 'none',
  success: { status: 302 },
} as const;

/** Addresses that browsers are sent to on the way into an application; no client calls them by itself. */
const pages = {
  openApp: defineOperation({
    ...common,
    path: '/app/{appName}/{entityId}/sso/saml',
    summary: 'Open an application',
    errors: ['E0000001', 'E0000007'],
    examples: [],
  }),
  finishStepUp: defineOperation({
    ...common,
    path: '/login/step-up/redirect',
    summary: 'Go on to the application that somebody has signed in to',
    query: z.object({ stateToken: z.string() }),
    errors: ['E0000011', 'E0000079'],
    examples: [],
  }),
};

const handlers = {
  openApp: ({ params }, context) => reply({ headers: [['location', openApp(context, params.entityId)]] }),

  finishStepUp({ query }, context) {
    const { session, target } = finishStepUp(context, query.stateToken);
    return reply({ headers: [['location', target], cookieOf(session)] });
  },
} satisfies HandlersOf<typeof pages>;

export const stepUpRoutes: readonly Route[] = Object.entries(pages).map(([name, operation]) => ({
  name,
  operation,
  // `handlers` is checked against the definitions.
  handler: handlers[name as keyof typeof handlers] as RouteHandler,
}));
