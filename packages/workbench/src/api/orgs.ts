import { z } from 'zod';
import { defineRoute } from './define.ts';
import { JsonValue } from './model.ts';

const OrgCall = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** Path and query, from the org's root. */
  path: z.string().startsWith('/api/v1/').or(z.string().startsWith('/api/local/v1/')),
  body: JsonValue.exactOptional(),
});
export type OrgCall = z.input<typeof OrgCall>;

const OrgAnswer = z.strictObject({
  status: z.number(),
  /** Absent when the answer has no JSON. */
  body: JsonValue.exactOptional(),
  /** Path and query of the next page. */
  next: z.string().exactOptional(),
  limit: z.strictObject({ limit: z.number(), remaining: z.number(), resetAt: z.number() }).exactOptional(),
});
export type OrgAnswer = z.infer<typeof OrgAnswer>;

export const orgRoutes = {
  renewToken: defineRoute({
    method: 'POST',
    path: '/api/environments/{environmentId}/token',
    summary: 'Make a new token on the local org and put it into its environment',
  }),
  callOrg: defineRoute({
    method: 'POST',
    path: '/api/environments/{environmentId}/org',
    summary:
      'Read from the org of an environment with its token; a local org’s own controls may be changed too',
    body: OrgCall,
    answer: OrgAnswer,
  }),
};
