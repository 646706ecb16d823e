import { z } from 'zod';
import { defineOperation } from '../../define.ts';
import { cursorQuery, Timestamp } from '../../schemas.ts';

const LegacyEvent = z.looseObject({
  eventId: z.string(),
  published: Timestamp,
  requestId: z.string().nullish(),
  sessionId: z.string().nullish(),
  action: z.looseObject({
    message: z.string().nullish(),
    categories: z.array(z.string()),
    objectType: z.string(),
    requestUri: z.string().nullish(),
  }),
  actors: z.array(z.looseObject({ objectType: z.string() })),
  targets: z.array(z.looseObject({ objectType: z.string() })),
});

export const events = {
  listEvents: defineOperation({
    api: 'events',
    authentication: 'token',
    docs: 'https://developer.okta.com/docs/reference/api/events/',
    bucket: 'events',
    method: 'GET',
    path: '/api/v1/events',
    summary: 'List events of the old event log',
    description: 'The System Log took its place; events that are newer than April 2020 have no name here.',
    deprecated: true,
    query: z.object({
      ...cursorQuery,
      startDate: z.string().optional(),
      filter: z.string().optional(),
    }),
    paging: { defaultLimit: 1000, maxLimit: 1000 },
    success: { status: 200, answer: z.array(LegacyEvent) },
    errors: ['E0000026', 'E0000029', 'E0000030', 'E0000031', 'E0000063'],
    examples: [
      { title: 'Get events' },
      {
        title: 'Get events that occurred after the specified date',
        query: { startDate: '{{since}}' },
      },
      {
        title: 'Get events of the specified type that occurred after the specified date',
        query: {
          filter: 'action.objectType eq "core.user_auth.login_success" and published gt "{{since}}"',
        },
      },
      {
        title: 'Get events for the specified user',
        query: { filter: 'target.objectType eq "User" and target.id eq "{{userId}}"' },
      },
      {
        title: 'Get events of the specified type for the specified app and user',
        query: {
          filter:
            'action.objectType eq "app.generic.provision.assign_user_to_app" and target.id eq "{{appId}}" and target.id eq "{{userId}}"',
        },
      },
    ],
  }),
};
