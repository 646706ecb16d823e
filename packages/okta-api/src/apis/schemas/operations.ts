import { z } from 'zod';
import { defineOperation } from '../../define.ts';
import { docsOf } from '../../docs.ts';
import { Links, Timestamp } from '../../schemas.ts';

const common = {
  api: 'schemas',
  authentication: 'token',
  docs: docsOf('Schema'),
  bucket: 'other',
} as const;

/** The constraints of a property are checked against each other by the org, with Okta's words. */
const PropertyInput = z.record(z.string(), z.json()).nullable();

const DefinitionInput = z.object({
  id: z.string().optional(),
  type: z.string().optional(),
  properties: z.record(z.string(), PropertyInput).optional(),
  required: z.array(z.string()).optional(),
});

const SchemaBody = z.object({
  title: z.string().optional(),
  description: z.string().nullish(),
  definitions: z.object({ custom: DefinitionInput.optional(), base: DefinitionInput.optional() }).optional(),
});

const DefinitionAnswer = z.looseObject({
  id: z.string(),
  type: z.string(),
  properties: z.record(z.string(), z.looseObject({ type: z.string() })),
  required: z.array(z.string()).optional(),
});

/** The schema of users, groups or app users: what a profile may hold. */
const ProfileSchema = z.looseObject({
  id: z.string(),
  $schema: z.string(),
  name: z.string().optional(),
  title: z.string(),
  lastUpdated: Timestamp,
  created: Timestamp,
  definitions: z.looseObject({ custom: DefinitionAnswer.optional(), base: DefinitionAnswer }),
  type: z.literal('object'),
  _links: Links.optional(),
});

const LogStreamSchema = z.looseObject({
  $schema: z.string(),
  $id: z.string(),
  title: z.string(),
  type: z.string(),
});

const ship = {
  title: 'Ship name',
  description: 'The ship that the person sails on',
  type: 'string',
  required: false,
  minLength: 1,
  maxLength: 20,
  permissions: [{ principal: 'SELF', action: 'READ_WRITE' }],
};

const custom = (properties: Readonly<Record<string, z.input<typeof PropertyInput>>>) => ({
  definitions: { custom: { id: '#custom', type: 'object', properties, required: [] } },
});

const read = {
  ...common,
  method: 'GET',
  success: { status: 200, answer: ProfileSchema },
  errors: ['E0000007'],
} as const;
const change = {
  ...common,
  method: 'POST',
  body: SchemaBody,
  success: { status: 200, answer: ProfileSchema },
  errors: ['E0000001', 'E0000003', 'E0000007', 'E0000123'],
  events: ['directory.user_profile.update'],
} as const;

export const schemas = {
  getUserSchema: defineOperation({
    ...read,
    path: '/api/v1/meta/schemas/user/{typeId}',
    summary: 'Read the schema of a user type',
    examples: [{ title: 'Get User Schema', path: { typeId: 'default' } }],
  }),

  updateUserSchema: defineOperation({
    ...change,
    path: '/api/v1/meta/schemas/user/{typeId}',
    summary: 'Add, change or (with null) remove properties of users',
    examples: [
      {
        title: 'Add Property to User Profile Schema',
        path: { typeId: 'default' },
        body: custom({ shipName: ship }),
      },
      {
        title: 'Update User Profile Schema Property',
        path: { typeId: 'default' },
        body: custom({ shipName: { ...ship, title: 'Name of the ship', maxLength: 15 } }),
      },
      {
        title: 'Remove Property from User Profile Schema',
        path: { typeId: 'default' },
        body: custom({ shipName: null }),
      },
    ],
  }),

  getAppUserSchema: defineOperation({
    ...read,
    path: '/api/v1/meta/schemas/apps/{appId}/default',
    summary: 'Read the schema of the users of an app',
    examples: [{ title: 'Get App User Schema' }],
  }),

  updateAppUserSchema: defineOperation({
    ...change,
    path: '/api/v1/meta/schemas/apps/{appId}/default',
    summary: 'Add, change or remove properties of the users of an app',
    events: ['directory.app_user_profile.update'],
    examples: [
      {
        title: 'Add Property to App User Profile Schema',
        body: custom({ shipName: { ...ship, scope: 'NONE' } }),
      },
    ],
  }),

  getGroupSchema: defineOperation({
    ...read,
    path: '/api/v1/meta/schemas/group/default',
    summary: 'Read the schema of groups',
    examples: [{ title: 'Get Group Schema' }],
  }),

  updateGroupSchema: defineOperation({
    ...change,
    path: '/api/v1/meta/schemas/group/default',
    summary: 'Add, change or remove properties of groups',
    examples: [
      {
        title: 'Add Property to Group Profile Schema',
        body: custom({
          groupContact: { title: 'Contact', type: 'string', required: false, maxLength: 100 },
        }),
      },
      {
        title: 'Remove Property from Group Profile Schema',
        body: custom({ groupContact: null }),
      },
    ],
  }),

  listLogStreamSchemas: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/meta/schemas/logStream',
    summary: 'List the schemas of log streams',
    success: { status: 200, answer: z.array(LogStreamSchema) },
    errors: [],
    examples: [{ title: 'List Log Stream schemas' }],
  }),

  getLogStreamSchema: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/meta/schemas/logStream/{logStreamType}',
    summary: 'Read the schema of one kind of log stream',
    success: { status: 200, answer: LogStreamSchema },
    errors: ['E0000007'],
    examples: [
      {
        title: 'Get Log Stream schema for a Log Stream type',
        path: { logStreamType: 'aws_eventbridge' },
      },
    ],
  }),
};
