import { z } from 'zod';
import { defineOperation } from '../../define.ts';
import { docsOf } from '../../docs.ts';
import { CursorQuery, Links } from '../../schemas.ts';

const common = {
  api: 'linked-objects',
  authentication: 'token',
  docs: docsOf('LinkedObject'),
  bucket: 'other',
} as const;
const values = { ...common, docs: docsOf('UserLinkedObject') } as const;

const Side = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string().nullish(),
  type: z.literal('USER'),
});

const LinkedObjectBody = z.object({ primary: Side, associated: Side });

const AnswerSide = z.looseObject({ name: z.string(), title: z.string(), type: z.string() });

const LinkedObject = z.looseObject({
  primary: AnswerSide,
  associated: AnswerSide,
  _links: Links,
});

const LinkedValue = z.looseObject({ _links: Links });

const definition = (primary: string, associated: string) =>
  ({
    primary: { name: primary, title: 'Mentor', description: 'Shows the way', type: 'USER' },
    associated: { name: associated, title: 'Mentee', description: 'Learns the way', type: 'USER' },
  }) as const;

/** Both addresses of the definitions take the same bodies and give the same answers. */
const create = {
  ...common,
  method: 'POST',
  summary: 'Define a relation between users',
  body: LinkedObjectBody,
  success: { status: 201, answer: LinkedObject },
  errors: ['E0000001', 'E0000003', 'E0000127'],
  events: ['directory.linked_object.create'],
} as const;
const list = {
  ...common,
  method: 'GET',
  summary: 'List the relations between users',
  success: { status: 200, answer: z.array(LinkedObject) },
  errors: [],
} as const;
const get = {
  ...common,
  method: 'GET',
  summary: 'Read a relation by either of its names',
  success: { status: 200, answer: LinkedObject },
  errors: ['E0000007'],
} as const;
const remove = {
  ...common,
  method: 'DELETE',
  summary: 'Delete a relation and all its values',
  irreversible: true,
  success: { status: 204 },
  errors: ['E0000007'],
  events: ['directory.linked_object.delete'],
} as const;

export const linkedObjects = {
  createDefinition: defineOperation({
    ...create,
    path: '/api/v1/meta/schemas/user/linkedObjects',
    examples: [
      {
        title: 'Add Linked Object Definition to User Schema',
        body: definition('mentor_{{$randomInt}}', 'mentee_{{$randomInt}}'),
        saves: { primary: 'primary.name', associated: 'associated.name' },
      },
    ],
  }),

  listDefinitions: defineOperation({
    ...list,
    path: '/api/v1/meta/schemas/user/linkedObjects',
    examples: [{ title: 'Get All Linked Object Definitions' }],
  }),

  getDefinition: defineOperation({
    ...get,
    path: '/api/v1/meta/schemas/user/linkedObjects/{name}',
    examples: [
      { title: 'Get Single Linked Object Definition', path: { name: '{{primary}}' } },
      {
        title: 'Get Single Linked Object Definition by Associated name',
        path: { name: '{{associated}}' },
      },
    ],
  }),

  deleteDefinition: defineOperation({
    ...remove,
    path: '/api/v1/meta/schemas/user/linkedObjects/{name}',
    examples: [
      { title: 'Remove Linked Object Definition', path: { name: '{{primary}}' } },
      {
        title: 'Remove Linked Object Definition by Associated name',
        path: { name: '{{associated}}' },
        alsoAnswers: [404],
      },
    ],
  }),

  createDefinitionOldPath: defineOperation({
    ...create,
    path: '/api/v1/meta/schemas/user/default/linkedObjects',
    deprecated: true,
    examples: [
      {
        title: 'Add Linked Object Definition (old path)',
        body: definition('guide_{{$randomInt}}', 'guided_{{$randomInt}}'),
        saves: { oldPrimary: 'primary.name' },
      },
    ],
  }),

  listDefinitionsOldPath: defineOperation({
    ...list,
    path: '/api/v1/meta/schemas/user/default/linkedObjects',
    deprecated: true,
    examples: [{ title: 'Get All Linked Object Definitions (old path)' }],
  }),

  getDefinitionOldPath: defineOperation({
    ...get,
    path: '/api/v1/meta/schemas/user/default/linkedObjects/{name}',
    deprecated: true,
    examples: [{ title: 'Get Single Linked Object Definition (old path)', path: { name: '{{oldPrimary}}' } }],
  }),

  deleteDefinitionOldPath: defineOperation({
    ...remove,
    path: '/api/v1/meta/schemas/user/default/linkedObjects/{name}',
    deprecated: true,
    examples: [{ title: 'Remove Linked Object Definition (old path)', path: { name: '{{oldPrimary}}' } }],
  }),

  setValue: defineOperation({
    ...values,
    method: 'PUT',
    path: '/api/v1/users/{userId}/linkedObjects/{name}/{primaryUserId}',
    summary: 'Relate a user to a primary user',
    success: { status: 204 },
    errors: ['E0000001', 'E0000007', 'E0000261'],
    examples: [
      {
        title: 'Set Linked Object Value',
        path: { name: '{{primary}}', primaryUserId: '{{targetId}}' },
      },
    ],
  }),

  listValues: defineOperation({
    ...values,
    method: 'GET',
    path: '/api/v1/users/{userId}/linkedObjects/{name}',
    summary: 'List the users that a user is related to',
    query: CursorQuery,
    paging: { defaultLimit: 1000, maxLimit: 1000 },
    success: { status: 200, answer: z.array(LinkedValue) },
    errors: ['E0000007'],
    examples: [
      { title: 'Get Primary Linked Object Value', path: { name: '{{primary}}' } },
      {
        title: 'Get Associated Linked Object Values (for a given primary target)',
        path: { userId: '{{targetId}}', name: '{{associated}}' },
      },
    ],
  }),

  deleteValue: defineOperation({
    ...values,
    method: 'DELETE',
    path: '/api/v1/users/{userId}/linkedObjects/{name}',
    summary: 'End the relation of a user to a primary user',
    success: { status: 204 },
    errors: ['E0000007'],
    examples: [{ title: 'Delete Linked Object Value', path: { name: '{{primary}}' } }],
  }),
};
