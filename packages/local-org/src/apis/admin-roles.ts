import { operations } from '@castellan/okta-api';
import { listGroupsOf, listMembersOf, toGroupTarget, toGroupView } from '../group-members.ts';
import type { Context, HandlersOf } from '../handling.ts';
import { invalid, notFound, OktaError } from '../okta-error.ts';
import { cutPage } from '../paging.ts';
import { getUser, toTarget, toTimestamp } from '../people.ts';
import { roleId, roleLabels, takesGroupTargets } from '../role-types.ts';
import type { GroupRecord, RoleAssignmentRecord } from '../store/records.ts';

/** Custom roles, resource sets and bindings, the roles of clients, and targets that are apps. */
type NotYet =
  | ClientOperation
  | AppTargetOperation
  | 'listAssignedUsers'
  | 'createRole'
  | 'listRoles'
  | 'getRole'
  | 'replaceRole'
  | 'deleteRole'
  | 'listPermissions'
  | 'addPermission'
  | 'replacePermission'
  | 'getPermission'
  | 'deletePermission'
  | 'createResourceSet'
  | 'listResourceSets'
  | 'getResourceSet'
  | 'replaceResourceSet'
  | 'deleteResourceSet'
  | 'addResources'
  | 'listResources'
  | 'addResource'
  | 'getResource'
  | 'replaceResource'
  | 'deleteResource'
  | 'createBinding'
  | 'listBindings'
  | 'getBinding'
  | 'deleteBinding'
  | 'addMembers'
  | 'listMembers'
  | 'getMember'
  | 'removeMember';
type ClientOperation =
  | 'listClientRoles'
  | 'assignClientRole'
  | 'unassignClientRole'
  | 'listClientGroupTargets'
  | 'addClientGroupTarget'
  | 'removeClientGroupTarget'
  | 'listClientAppTargets'
  | 'addClientAppTarget'
  | 'removeClientAppTarget'
  | 'addClientAppInstanceTarget'
  | 'removeClientAppInstanceTarget';
type AppTargetOperation =
  | 'listUserAppTargets'
  | 'addUserAllAppsTarget'
  | 'addUserAppTarget'
  | 'removeUserAppTarget'
  | 'addUserAppInstanceTarget'
  | 'removeUserAppInstanceTarget'
  | 'listGroupAppTargets'
  | 'addGroupAppTarget'
  | 'removeGroupAppTarget'
  | 'addGroupAppInstanceTarget'
  | 'removeGroupAppInstanceTarget';

const TARGETS = operations['admin-roles'].listUserGroupTargets.paging ?? { defaultLimit: 20, maxLimit: 200 };
const MOST_MEMBERS = 5000;

export const adminRoles = {
  listUserRoles({ params, query }, context) {
    const user = getUser(context, params.userId);
    return rolesOfUser(context, user.id).map((role) => toRoleView(context, role, query.expand));
  },

  assignUserRole({ params, body }, context) {
    const user = getUser(context, params.userId);
    const role = assign(context, { kind: 'USER', id: user.id }, body.type);
    context.log({
      eventType: 'user.account.privilege.grant',
      displayMessage: 'Grant user privilege',
      legacyEventType: 'core.user.admin_privilege.granted',
      targets: [toTarget(user)],
    });
    return toRoleView(context, role);
  },

  getUserRole({ params }, context) {
    const user = getUser(context, params.userId);
    return toRoleView(context, pick(rolesOfUser(context, user.id), params.roleId));
  },

  unassignUserRole({ params }, context) {
    const user = getUser(context, params.userId);
    // Okta: a role that a user has through a group goes with the group only.
    const role = pick(context.store.roleAssignments.by('holder', user.id), params.roleId);
    context.store.roleAssignments.delete(role.id);
    context.log({
      eventType: 'user.account.privilege.revoke',
      displayMessage: 'Revoke user privilege',
      legacyEventType: 'core.user.admin_privilege.revoked',
      targets: [toTarget(user)],
    });
  },

  listUserGroupTargets({ params, query }, context) {
    const user = getUser(context, params.userId);
    return listTargets(context, pick(rolesOfUser(context, user.id), params.roleId), query);
  },

  addUserGroupTarget({ params }, context) {
    const user = getUser(context, params.userId);
    addTarget(context, ownRole(context, user.id, params.roleId), params.targetGroupId);
  },

  removeUserGroupTarget({ params }, context) {
    const user = getUser(context, params.userId);
    removeTarget(context, ownRole(context, user.id, params.roleId), params.targetGroupId);
  },

  listGroupRoles({ params, query }, context) {
    const group = getGroup(context, params.groupId);
    const roles = context.store.roleAssignments.by('holder', group.id);
    return roles.map((role) => toRoleView(context, role, query.expand));
  },

  assignGroupRole({ params, body }, context) {
    const group = getGroup(context, params.groupId);
    requireGrantable(context, group);
    const role = assign(context, { kind: 'GROUP', id: group.id }, body.type);
    context.log({
      eventType: 'group.privilege.grant',
      displayMessage: 'Grant group privilege',
      targets: [toGroupTarget(group)],
    });
    return toRoleView(context, role);
  },

  getGroupRole({ params }, context) {
    const group = getGroup(context, params.groupId);
    return toRoleView(context, ownRole(context, group.id, params.roleId));
  },

  unassignGroupRole({ params }, context) {
    const group = getGroup(context, params.groupId);
    context.store.roleAssignments.delete(ownRole(context, group.id, params.roleId).id);
    context.log({
      eventType: 'group.privilege.revoke',
      displayMessage: 'Revoke group privilege',
      targets: [toGroupTarget(group)],
    });
  },

  listGroupGroupTargets({ params, query }, context) {
    const group = getGroup(context, params.groupId);
    return listTargets(context, ownRole(context, group.id, params.roleId), query);
  },

  addGroupGroupTarget({ params }, context) {
    const group = getGroup(context, params.groupId);
    addTarget(context, ownRole(context, group.id, params.roleId), params.targetGroupId);
  },

  removeGroupGroupTarget({ params }, context) {
    const group = getGroup(context, params.groupId);
    removeTarget(context, ownRole(context, group.id, params.roleId), params.targetGroupId);
  },
} satisfies HandlersOf<(typeof operations)['admin-roles'], NotYet>;

interface Holder {
  readonly kind: 'USER' | 'GROUP';
  readonly id: string;
}

function assign(context: Context, holder: Holder, type: string): RoleAssignmentRecord {
  const { store, ids, now } = context;
  if (type === 'CUSTOM')
    throw new OktaError('E0000060', { causes: ['The local org does not serve custom roles yet.'] });
  if (store.roleAssignments.by('holder', holder.id).some((role) => role.type === type))
    throw new OktaError('E0000090');
  const id = roleId(type) ?? ids.next(holder.kind === 'USER' ? 'userRoleAssignment' : 'groupRoleAssignment');
  return store.roleAssignments.put({
    // Okta: the id of a role is unique together with its holder only.
    id: `${holder.id}/${id}`,
    roleId: id,
    holderId: holder.id,
    assignmentType: holder.kind,
    type,
    created: now,
    lastUpdated: now,
    groupIds: [],
  });
}

/** The roles that a user has, those through groups behind the own ones. */
function rolesOfUser({ store }: Context, userId: string): RoleAssignmentRecord[] {
  const holders = [userId, ...listGroupsOf(store, userId).map((group) => group.id)];
  return holders.flatMap((id) => store.roleAssignments.by('holder', id));
}

function ownRole({ store }: Context, holderId: string, id: string): RoleAssignmentRecord {
  return pick(store.roleAssignments.by('holder', holderId), id);
}

function pick(roles: readonly RoleAssignmentRecord[], id: string): RoleAssignmentRecord {
  const role = roles.find((one) => one.roleId === id);
  if (!role) throw notFound(id, 'RoleAssignment');
  return role;
}

function getGroup({ store }: Context, id: string): GroupRecord {
  const group = store.groups.get(id);
  if (!group) throw notFound(id, 'UserGroup');
  return group;
}

function requireGrantable({ store }: Context, group: GroupRecord): void {
  if (group.type === 'BUILT_IN') throw new OktaError('E0000211', { about: String(group.profile.name) });
  if (group.type !== 'OKTA_GROUP') throw new OktaError('E0000194', { about: '' });
  for (const rule of store.groupRules.values())
    if (rule.groupIds.includes(group.id)) throw new OktaError('E0000192', { about: '' });
  if (listMembersOf(store, group).length > MOST_MEMBERS) throw new OktaError('E0000193', { about: '' });
}

function listTargets(
  context: Context,
  role: RoleAssignmentRecord,
  query: { readonly limit?: number | undefined; readonly after?: string | undefined },
) {
  requireGroupTargets(role);
  return cutPage(targetsOf(context, role), {
    limit: query.limit,
    after: query.after,
    paging: TARGETS,
    cursorOf: (group) => group.id,
    view: (group) => toGroupView(context, group),
  });
}

/** Okta: the first target narrows a role that reached every group to this one. */
function addTarget(context: Context, role: RoleAssignmentRecord, targetId: string): void {
  requireGroupTargets(role);
  const target = getGroup(context, targetId);
  if (role.groupIds.includes(target.id)) return;
  context.store.roleAssignments.put({
    ...role,
    groupIds: [...role.groupIds, target.id],
    lastUpdated: context.now,
  });
}

function removeTarget(context: Context, role: RoleAssignmentRecord, targetId: string): void {
  requireGroupTargets(role);
  if (!role.groupIds.includes(targetId)) throw notFound(targetId, 'UserGroup');
  // Okta: not documented with which code; without this a narrow role would reach every group all at once.
  if (targetsOf(context, role).length === 1)
    throw invalid('targetGroupId', 'targetGroupId: The last target of a role cannot be removed');
  const groupIds = role.groupIds.filter((id) => id !== targetId);
  context.store.roleAssignments.put({ ...role, groupIds, lastUpdated: context.now });
}

function requireGroupTargets(role: RoleAssignmentRecord): void {
  if (!takesGroupTargets(role.type)) throw new OktaError('E0000091');
}

function targetsOf({ store }: Context, role: RoleAssignmentRecord): GroupRecord[] {
  return role.groupIds.flatMap((id) => store.groups.get(id) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function toRoleView(context: Context, role: RoleAssignmentRecord, expand?: string): object {
  const holders = role.assignmentType === 'USER' ? 'users' : 'groups';
  return {
    id: role.roleId,
    label: roleLabels[role.type] ?? role.type,
    type: role.type,
    status: 'ACTIVE',
    created: toTimestamp(role.created),
    lastUpdated: toTimestamp(role.lastUpdated),
    assignmentType: role.assignmentType,
    ...embeddedTargets(context, role, expand),
    _links: { assignee: { href: `${context.origin}/api/v1/${holders}/${role.holderId}` } },
  };
}

function embeddedTargets(context: Context, role: RoleAssignmentRecord, expand: string | undefined): object {
  if (expand === 'targets/groups') {
    const groups = targetsOf(context, role).map((group) => toGroupView(context, group));
    return { _embedded: { targets: { groups } } };
  }
  // Apps are not targets yet, so every role that could have them reaches all.
  if (expand === 'targets/catalog/apps') return { _embedded: { targets: { catalog: { apps: [] } } } };
  return {};
}
