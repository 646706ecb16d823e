import { z } from 'zod';
import { defineOperation } from '../../define.ts';
import { docsOf } from '../../docs.ts';
import type { LogEventType } from '../../log-events.ts';
import type { BucketId } from '../../rate-limits.ts';
import { CursorQuery, ExpandQuery, Flag } from '../../schemas.ts';
import { Group } from '../groups/schemas.ts';
import { AssignRoleBody, CatalogApp, RoleAssignment } from './schemas.ts';

interface Assignees<Base extends string> {
  /** Where the roles of one holder are. */
  readonly base: Base;
  readonly holder: 'User' | 'Group' | 'Client';
  readonly bucket: BucketId;
  readonly granted: readonly LogEventType[];
  readonly revoked: readonly LogEventType[];
}

const paging = { defaultLimit: 20, maxLimit: 200 } as const;
const targetErrors = ['E0000001', 'E0000007', 'E0000091', 'E0000093'] as const;

/** The roles of users, groups and clients have the same operations at different places. */
export function assigneeOperations<const Base extends string>(assignees: Assignees<Base>) {
  const { base, holder, granted, revoked } = assignees;
  const words = holder.toLowerCase();
  const common = {
    api: 'admin-roles',
    authentication: 'token',
    bucket: assignees.bucket,
    docs: docsOf(`RoleAssignmentA${holder}`),
  } as const;
  const targets = { ...common, docs: docsOf(`RoleBTarget${holder}`) } as const;
  const role = `${base}/{roleId}` as const;
  const groupTarget = `${role}/targets/groups/{targetGroupId}` as const;
  const app = `${role}/targets/catalog/apps/{appName}` as const;
  // The type of a path that begins with any base does not say which parameters it ends with.
  const another = { targetGroupId: '{{otherGroupId}}' };
  const whole = { appName: 'salesforce' };

  return {
    list: defineOperation({
      ...common,
      method: 'GET',
      path: base,
      summary: `List the roles of a ${words}`,
      query: ExpandQuery,
      success: { status: 200, answer: z.array(RoleAssignment) },
      errors: ['E0000006', 'E0000007'],
      examples: [{ title: `List Roles Assigned to ${holder}` }],
    }),

    assign: defineOperation({
      ...common,
      method: 'POST',
      path: base,
      summary: `Give a role to a ${words}`,
      query: z.object({ disableNotifications: Flag.optional() }),
      body: AssignRoleBody,
      success: { status: 201, answer: RoleAssignment },
      errors: [
        'E0000001',
        'E0000003',
        'E0000006',
        'E0000007',
        'E0000090',
        'E0000091',
        'E0000192',
        'E0000193',
        'E0000194',
        'E0000211',
        'E0000227',
        'E0000263',
      ],
      events: granted,
      examples: [
        {
          title: `Grant third-party admin status to a ${holder}`,
          query: { disableNotifications: 'true' },
          body: { type: 'HELP_DESK_ADMIN' },
          saves: { helpDeskRoleId: 'id' },
        },
        {
          title: `Assign Role to ${holder}`,
          body: { type: 'USER_ADMIN' },
          saves: { roleId: 'id' },
        },
        {
          title: `Assign App Admin Role to ${holder}`,
          body: { type: 'APP_ADMIN' },
          saves: { roleId: 'id' },
        },
        {
          title: `Assign a Custom Role to a ${holder}`,
          body: {
            type: 'CUSTOM',
            role: '{{customRoleId}}',
            'resource-set': '{{resourceSetId}}',
          },
          saves: { bindingId: 'id' },
        },
      ],
    }),

    get: defineOperation({
      ...common,
      method: 'GET',
      path: role,
      summary: `Read one role of a ${words}`,
      success: { status: 200, answer: RoleAssignment },
      errors: ['E0000006', 'E0000007'],
      examples: [{ title: `Get Role Assigned to ${holder}` }],
    }),

    unassign: defineOperation({
      ...common,
      method: 'DELETE',
      path: role,
      summary: `Take a role away from a ${words}`,
      irreversible: true,
      success: { status: 204 },
      errors: ['E0000006', 'E0000007'],
      events: revoked,
      examples: [{ title: `Unassign Role from ${holder}` }],
    }),

    listGroups: defineOperation({
      ...targets,
      method: 'GET',
      path: `${role}/targets/groups`,
      summary: `List the groups that a role of a ${words} reaches`,
      query: CursorQuery,
      paging,
      success: { status: 200, answer: z.array(Group) },
      errors: targetErrors,
      examples: [{ title: `List Group Targets for Group Admin Role of ${holder}` }],
    }),

    addGroup: defineOperation({
      ...targets,
      method: 'PUT',
      path: groupTarget,
      summary: `Let a role of a ${words} reach a group`,
      description: 'The first target narrows a role that reached every group to this one.',
      success: { status: 204 },
      errors: targetErrors,
      examples: [
        { title: `Add Group Target to Group Admin Role of ${holder}` },
        {
          title: `Add Second Group Target to Group Admin Role of ${holder}`,
          path: another as object,
        },
      ],
    }),

    removeGroup: defineOperation({
      ...targets,
      method: 'DELETE',
      path: groupTarget,
      summary: `Let a role of a ${words} no longer reach a group`,
      description: 'The last target stays: take the role away instead.',
      success: { status: 204 },
      errors: targetErrors,
      examples: [{ title: `Remove Group Target from Group Admin Role of ${holder}` }],
    }),

    listApps: defineOperation({
      ...targets,
      method: 'GET',
      path: `${role}/targets/catalog/apps`,
      summary: `List the apps that a role of a ${words} reaches`,
      query: CursorQuery,
      paging,
      success: { status: 200, answer: z.array(CatalogApp) },
      errors: targetErrors,
      examples: [{ title: `List App Targets for App Admin Role of ${holder}` }],
    }),

    addAllApps: defineOperation({
      ...targets,
      method: 'PUT',
      path: `${role}/targets/catalog/apps`,
      summary: `Let a role of a ${words} reach every app`,
      success: { status: 200 },
      errors: targetErrors,
      examples: [{ title: `Add All Apps as Target of App Admin Role of ${holder}` }],
    }),

    addApp: defineOperation({
      ...targets,
      method: 'PUT',
      path: app,
      summary: `Let a role of a ${words} reach every instance of an app`,
      success: { status: 204 },
      errors: targetErrors,
      examples: [{ title: `Add App Target for App Admin Role of ${holder}`, path: whole as object }],
    }),

    removeApp: defineOperation({
      ...targets,
      method: 'DELETE',
      path: app,
      summary: `Let a role of a ${words} no longer reach an app`,
      success: { status: 204 },
      errors: targetErrors,
      examples: [{ title: `Remove App Target from App Admin Role of ${holder}`, path: whole as object }],
    }),

    addAppInstance: defineOperation({
      ...targets,
      method: 'PUT',
      path: `${app}/{appInstanceId}`,
      summary: `Let a role of a ${words} reach one instance of an app`,
      success: { status: 204 },
      errors: targetErrors,
      examples: [{ title: `Add App Instance Target for App Admin Role of ${holder}` }],
    }),

    removeAppInstance: defineOperation({
      ...targets,
      method: 'DELETE',
      path: `${app}/{appInstanceId}`,
      summary: `Let a role of a ${words} no longer reach one instance of an app`,
      success: { status: 204 },
      errors: targetErrors,
      examples: [{ title: `Remove App Instance Target from App Admin Role of ${holder}` }],
    }),
  };
}
