import { z } from 'zod';
import { defineOperation } from '../../define.ts';
import { docsOf } from '../../docs.ts';
import { Links, Timestamp } from '../../schemas.ts';

const common = {
  api: 'user-types',
  authentication: 'token',
  docs: docsOf('UserType'),
  bucket: 'other',
} as const;

const UserTypeBody = z.object({
  name: z.string(),
  displayName: z.string(),
  description: z.string().nullish(),
});

const UserTypeChanges = z.object({
  displayName: z.string().optional(),
  description: z.string().nullish(),
});

const UserType = z.looseObject({
  id: z.string(),
  name: z.string(),
  displayName: z.string(),
  description: z.string().nullish(),
  created: Timestamp,
  lastUpdated: Timestamp,
  default: z.boolean(),
  _links: Links,
});

export const userTypes = {
  listUserTypes: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/meta/types/user',
    summary: 'List the user types',
    success: { status: 200, answer: z.array(UserType) },
    errors: [],
    examples: [{ title: 'Get all User Types' }],
  }),

  createUserType: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/v1/meta/types/user',
    summary: 'Create a user type and its schema',
    body: UserTypeBody,
    success: { status: 200, answer: UserType },
    errors: ['E0000001', 'E0000003'],
    events: ['directory.non_default_user_profile.create'],
    examples: [
      {
        title: 'Create User Type',
        body: {
          name: 'contractor_{{$randomInt}}',
          displayName: 'Contractor',
          description: 'Works with us for a while',
        },
        saves: { typeId: 'id', typeName: 'name' },
      },
    ],
  }),

  getUserType: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/meta/types/user/{typeId}',
    summary: 'Read a user type by id, or the default one',
    success: { status: 200, answer: UserType },
    errors: ['E0000007'],
    examples: [
      { title: 'Get default User Type', path: { typeId: 'default' } },
      { title: 'Get User Type by ID' },
    ],
  }),

  updateUserType: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/v1/meta/types/user/{typeId}',
    summary: 'Change the display name or the description of a user type',
    body: UserTypeChanges,
    success: { status: 200, answer: UserType },
    errors: ['E0000001', 'E0000003', 'E0000007'],
    examples: [
      { title: 'Update User Type (partial update)', body: { displayName: 'Contractor (external)' } },
    ],
  }),

  replaceUserType: defineOperation({
    ...common,
    method: 'PUT',
    path: '/api/v1/meta/types/user/{typeId}',
    summary: 'Replace a user type, its name apart',
    body: UserTypeBody,
    success: { status: 200, answer: UserType },
    errors: ['E0000001', 'E0000003', 'E0000007'],
    examples: [
      {
        title: 'Update User Type (full update)',
        body: {
          name: '{{typeName}}',
          displayName: 'Contractor',
          description: 'Works with us for a season',
        },
      },
    ],
  }),

  deleteUserType: defineOperation({
    ...common,
    method: 'DELETE',
    path: '/api/v1/meta/types/user/{typeId}',
    summary: 'Delete a user type that no user has',
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000007', 'E0000009', 'E0000142'],
    examples: [{ title: 'Delete User Type' }],
  }),
};
