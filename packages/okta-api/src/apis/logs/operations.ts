import { z } from 'zod';
import { defineOperation } from '../../define.ts';
import { docsOf } from '../../docs.ts';
import { cursorQuery, Timestamp } from '../../schemas.ts';

const Party = z.looseObject({
  id: z.string().nullish(),
  type: z.string().nullish(),
  alternateId: z.string().nullish(),
  displayName: z.string().nullish(),
});

const LogEvent = z.looseObject({
  uuid: z.string(),
  published: Timestamp,
  eventType: z.string(),
  version: z.string(),
  severity: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']),
  legacyEventType: z.string().nullish(),
  displayMessage: z.string().nullish(),
  actor: Party,
  client: z.looseObject({}).nullish(),
  outcome: z.looseObject({ result: z.string(), reason: z.string().nullish() }).nullish(),
  target: z.array(Party).nullish(),
  transaction: z.looseObject({}).nullish(),
  debugContext: z.looseObject({}).nullish(),
  authenticationContext: z.looseObject({}).nullish(),
  securityContext: z.looseObject({}).nullish(),
  request: z.looseObject({}).nullish(),
});

export const logs = {
  listLogEvents: defineOperation({
    api: 'logs',
    authentication: 'token',
    docs: docsOf('SystemLog'),
    bucket: 'logs',
    method: 'GET',
    path: '/api/v1/logs',
    summary: 'List System Log events, or follow them as they come',
    description:
      'Without `until` and in ascending order every page has a next one, so that asking it again later follows the log.',
    query: z.object({
      ...cursorQuery,
      since: z.string().optional(),
      until: z.string().optional(),
      filter: z.string().optional(),
      q: z.string().optional(),
      sortOrder: z.string().optional(),
    }),
    paging: { defaultLimit: 100, maxLimit: 1000 },
    success: { status: 200, answer: z.array(LogEvent) },
    errors: ['E0000001', 'E0000009', 'E0000031', 'E0000047', 'E0000053'],
    examples: [
      { title: 'Get logs' },
      { title: 'Get logs containing the specified keyword(s)', query: { q: 'logout' } },
      {
        title: 'Get logs of the specified event type',
        query: { filter: 'eventType eq "user.session.end"' },
      },
      {
        title: 'Get logs that occurred since the specified date',
        query: { since: '{{since}}' },
        description: '`since` may lie 180 days back at most; the pack sets it to yesterday.',
      },
    ],
  }),
};
