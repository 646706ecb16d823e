import { z } from 'zod';
import { defineOperation } from '../../define.ts';
import { docsOf } from '../../docs.ts';
import { CursorQuery, cursorQuery, ExpandQuery, Flag } from '../../schemas.ts';
import { App } from '../apps/schemas.ts';
import { User } from '../users/schemas.ts';
import { Group, GroupBody, GroupOwner, GroupOwnerBody, GroupRule, GroupRuleBody } from './schemas.ts';

const common = { api: 'groups', authentication: 'token', docs: docsOf('Group') } as const;
const any = { ...common, bucket: 'groups-any' } as const;
const one = { ...common, bucket: 'group-id' } as const;
const rules = { ...any, docs: docsOf('GroupRule') } as const;
const owners = { ...any, docs: docsOf('GroupOwner') } as const;

const expressionType = 'urn:okta:expression:1.0';
const engineers: z.input<typeof GroupRuleBody> = {
  type: 'group_rule',
  name: 'Engineers {{$randomInt}}',
  conditions: {
    expression: { type: expressionType, value: 'user.department=="Engineering"' },
  },
  actions: { assignUserToGroups: { groupIds: ['{{groupId}}'] } },
};

export const groups = {
  createGroup: defineOperation({
    ...any,
    method: 'POST',
    path: '/api/v1/groups',
    summary: 'Create a group',
    body: GroupBody,
    success: { status: 200, answer: Group },
    errors: ['E0000001', 'E0000003'],
    events: ['group.lifecycle.create'],
    examples: [
      {
        title: 'Add Group',
        body: { profile: { name: 'West Coast {{$guid}}', description: 'People by the sea' } },
        saves: { groupId: 'id', targetGroupId: 'id' },
      },
      {
        title: 'Add Another Group',
        body: { profile: { name: 'East Coast {{$guid}}', description: 'People by another sea' } },
        saves: { otherGroupId: 'id' },
      },
    ],
  }),

  listGroups: defineOperation({
    ...any,
    method: 'GET',
    path: '/api/v1/groups',
    summary: 'List groups, or find them by q, filter or search',
    query: z.object({
      ...cursorQuery,
      q: z.string().optional(),
      filter: z.string().optional(),
      search: z.string().optional(),
      expand: z.string().optional(),
      sortBy: z.string().optional(),
      sortOrder: z.string().optional(),
    }),
    paging: { defaultLimit: 10_000, maxLimit: 10_000 },
    success: { status: 200, answer: z.array(Group) },
    errors: ['E0000001', 'E0000029', 'E0000031', 'E0000094', 'E0000100'],
    examples: [
      { title: 'List Groups' },
      { title: 'Search Groups', query: { q: 'ever' } },
      { title: 'List Groups with Type', query: { filter: 'type eq "OKTA_GROUP"' } },
      {
        title: 'List Groups with Profile Updated after Timestamp',
        query: { filter: 'lastUpdated gt "2024-01-01T00:00:00.000Z"' },
      },
      {
        title: 'List Groups with Membership Updated after Timestamp',
        query: { filter: 'lastMembershipUpdated gt "2024-01-01T00:00:00.000Z"' },
      },
      {
        title: 'List Groups Updated after Timestamp',
        query: {
          filter:
            'lastUpdated gt "2024-01-01T00:00:00.000Z" or lastMembershipUpdated gt "2024-01-01T00:00:00.000Z"',
        },
      },
    ],
  }),

  getGroup: defineOperation({
    ...one,
    method: 'GET',
    path: '/api/v1/groups/{groupId}',
    summary: 'Read a group',
    query: ExpandQuery,
    success: { status: 200, answer: Group },
    errors: ['E0000007'],
    examples: [{ title: 'Get Group' }],
  }),

  replaceGroup: defineOperation({
    ...one,
    method: 'PUT',
    path: '/api/v1/groups/{groupId}',
    summary: 'Replace the profile of a group',
    body: GroupBody,
    success: { status: 200, answer: Group },
    errors: ['E0000001', 'E0000003', 'E0000007', 'E0000077'],
    events: ['group.profile.update'],
    examples: [
      {
        title: 'Update Group',
        body: {
          profile: { name: 'West Coast {{$guid}}', description: 'People who moved to the sea' },
        },
      },
    ],
  }),

  deleteGroup: defineOperation({
    ...one,
    method: 'DELETE',
    path: '/api/v1/groups/{groupId}',
    summary: 'Delete a group',
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000006', 'E0000007', 'E0000111'],
    events: ['group.lifecycle.delete'],
    examples: [{ title: 'Remove Group' }],
  }),

  listMembers: defineOperation({
    ...any,
    method: 'GET',
    path: '/api/v1/groups/{groupId}/users',
    summary: 'List the members of a group',
    query: CursorQuery,
    paging: { defaultLimit: 1000, maxLimit: 1000 },
    success: { status: 200, answer: z.array(User) },
    errors: ['E0000007', 'E0000029'],
    examples: [{ title: 'List Group Members (Users)' }],
  }),

  addMember: defineOperation({
    ...any,
    method: 'PUT',
    path: '/api/v1/groups/{groupId}/users/{userId}',
    summary: 'Put a user into a group',
    success: { status: 204 },
    errors: ['E0000006', 'E0000007'],
    events: ['group.user_membership.add'],
    examples: [{ title: 'Add User to Group' }],
  }),

  removeMember: defineOperation({
    ...any,
    method: 'DELETE',
    path: '/api/v1/groups/{groupId}/users/{userId}',
    summary: 'Take a user out of a group',
    success: { status: 204 },
    errors: ['E0000006', 'E0000007'],
    events: ['group.user_membership.remove', 'group.user_membership.rule.add_exclusion'],
    examples: [{ title: 'Remove User from Group' }],
  }),

  listGroupApps: defineOperation({
    ...any,
    method: 'GET',
    path: '/api/v1/groups/{groupId}/apps',
    summary: 'List the apps that a group is assigned to',
    query: CursorQuery,
    paging: { defaultLimit: 20, maxLimit: 200 },
    success: { status: 200, answer: z.array(App) },
    errors: ['E0000007', 'E0000029'],
    examples: [{ title: 'List Assigned Applications' }],
  }),

  listRules: defineOperation({
    ...rules,
    method: 'GET',
    path: '/api/v1/groups/rules',
    summary: 'List group rules, or find them by a keyword',
    query: z.object({
      ...cursorQuery,
      search: z.string().optional(),
      expand: z.string().optional(),
    }),
    paging: { defaultLimit: 50, maxLimit: 200 },
    success: { status: 200, answer: z.array(GroupRule) },
    errors: ['E0000001', 'E0000029'],
    examples: [
      { title: 'List rules with after', query: { after: '{{ruleId}}' } },
      { title: 'List rules with search', query: { search: 'Engineers' } },
      {
        title: 'List rules with expand and limit',
        query: { expand: 'groupIdToGroupNameMap', limit: '25' },
      },
    ],
  }),

  createRule: defineOperation({
    ...rules,
    method: 'POST',
    path: '/api/v1/groups/rules',
    summary: 'Create a group rule, inactive at first',
    body: GroupRuleBody,
    success: { status: 200, answer: GroupRule },
    errors: ['E0000001', 'E0000003', 'E0000239', 'E0000249'],
    examples: [
      {
        title: 'Create rule using Okta Expression Language',
        body: {
          ...engineers,
          conditions: {
            expression: {
              type: expressionType,
              value: 'String.startsWith(user.department,"Eng")',
            },
          },
        },
        saves: { ruleId: 'id' },
      },
      { title: 'Create rule using basic condition', body: engineers, saves: { ruleId: 'id' } },
      {
        title: 'Create rule and exclude users',
        body: {
          ...engineers,
          conditions: {
            ...engineers.conditions,
            people: { users: { exclude: ['{{userId}}'] } },
          },
        },
        saves: { excludingRuleId: 'id' },
      },
    ],
  }),

  getRule: defineOperation({
    ...rules,
    method: 'GET',
    path: '/api/v1/groups/rules/{ruleId}',
    summary: 'Read a group rule',
    query: ExpandQuery,
    success: { status: 200, answer: GroupRule },
    errors: ['E0000007'],
    examples: [{ title: 'Get rule', query: { expand: 'groupIdToGroupNameMap' } }],
  }),

  replaceRule: defineOperation({
    ...rules,
    method: 'PUT',
    path: '/api/v1/groups/rules/{ruleId}',
    summary: 'Replace an inactive group rule',
    body: GroupRuleBody,
    success: { status: 200, answer: GroupRule },
    errors: ['E0000001', 'E0000003', 'E0000007', 'E0000107'],
    examples: [
      {
        title: 'Update rule using basic condition',
        body: { ...engineers, id: '{{ruleId}}', status: 'INACTIVE' },
      },
      {
        title: 'Update rule using Okta Expression Language',
        body: {
          ...engineers,
          id: '{{ruleId}}',
          status: 'INACTIVE',
          conditions: {
            expression: {
              type: expressionType,
              value: 'String.stringContains(user.department,"ngineer")',
            },
          },
        },
      },
    ],
  }),

  deleteRule: defineOperation({
    ...rules,
    method: 'DELETE',
    path: '/api/v1/groups/rules/{ruleId}',
    summary: 'Delete a group rule',
    description: 'With `removeUsers=true` the members that the rule put into its groups leave them.',
    query: z.object({ removeUsers: Flag.optional() }),
    irreversible: true,
    success: { status: 202 },
    errors: ['E0000007', 'E0000107'],
    examples: [
      { title: 'Delete rule and remove users from the group', query: { removeUsers: 'true' } },
      { title: 'Delete rule', path: { ruleId: '{{excludingRuleId}}' } },
    ],
  }),

  activateRule: defineOperation({
    ...rules,
    method: 'POST',
    path: '/api/v1/groups/rules/{ruleId}/lifecycle/activate',
    summary: 'Activate a group rule',
    success: { status: 204 },
    errors: ['E0000007', 'E0000107'],
    events: ['group.user_membership.rule.trigger'],
    examples: [{ title: 'Activate rule' }],
  }),

  deactivateRule: defineOperation({
    ...rules,
    method: 'POST',
    path: '/api/v1/groups/rules/{ruleId}/lifecycle/deactivate',
    summary: 'Deactivate a group rule',
    success: { status: 204 },
    errors: ['E0000007', 'E0000107'],
    events: ['group.user_membership.rule.deactivated'],
    examples: [{ title: 'Deactivate rule' }],
  }),

  listOwners: defineOperation({
    ...owners,
    method: 'GET',
    path: '/api/v1/groups/{groupId}/owners',
    summary: 'List the owners of a group',
    query: z.object({ ...cursorQuery, search: z.string().optional() }),
    paging: { defaultLimit: 1000, maxLimit: 1000 },
    success: { status: 200, answer: z.array(GroupOwner) },
    errors: ['E0000007'],
    examples: [{ title: 'List Group Owners' }],
  }),

  addOwner: defineOperation({
    ...owners,
    method: 'POST',
    path: '/api/v1/groups/{groupId}/owners',
    summary: 'Make a user or a group an owner of a group',
    body: GroupOwnerBody,
    success: { status: 201, answer: GroupOwner },
    errors: ['E0000001', 'E0000003', 'E0000007'],
    examples: [
      {
        title: 'Add Group Owner',
        body: { id: '{{userId}}', type: 'USER' },
        saves: { ownerId: 'id' },
      },
    ],
  }),

  removeOwner: defineOperation({
    ...owners,
    method: 'DELETE',
    path: '/api/v1/groups/{groupId}/owners/{ownerId}',
    summary: 'Take the ownership of a group away',
    success: { status: 204 },
    errors: ['E0000007'],
    examples: [{ title: 'Remove Group Owner' }],
  }),
};
