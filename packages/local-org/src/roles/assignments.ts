import { isStandardRole, roleLabels } from '@castellan/okta-api';
import type { Context } from '../handling.ts';
import { invalid, notFound, OktaError } from '../okta-error.ts';
import { toTimestamp } from '../people.ts';
import type { BindingMemberRecord, RoleAssignmentRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { addMembers, getCustomRole, getResourceSet, removeMember } from './bindings.ts';
import { holderIdsOf, type Holder, requireGrantable } from './holders.ts';
import { roleId } from './role-types.ts';
import { embeddedTargets } from './targets.ts';

const ALREADY = 'E0000090';

/** A standard role, or a custom one over a resource set, as the roles of its holder show it. */
export type Held =
  | { readonly kind: 'standard'; readonly role: RoleAssignmentRecord }
  | { readonly kind: 'custom'; readonly member: BindingMemberRecord };

interface NewRole {
  readonly type: string;
  readonly role?: string | undefined;
  readonly 'resource-set'?: string | undefined;
}

/** Gives a role. Throws E0000090 for the second time, and what `requireGrantable` throws. */
export function assignRole(context: Context, holder: Holder, body: NewRole): Held {
  requireGrantable(context, holder);
  if (body.type === 'CUSTOM') return assignCustom(context, holder, body);
  const { store, ids, now } = context;
  if (store.roleAssignments.by('holder', holder.id).some((role) => role.type === body.type))
    throw new OktaError(ALREADY);
  const made = ids.next(holder.kind === 'GROUP' ? 'groupRoleAssignment' : 'userRoleAssignment');
  const id = roleId(body.type) ?? made;
  const role = store.roleAssignments.put({
    // Okta: the id of a role is unique together with its holder only.
    id: `${holder.id}/${id}`,
    roleId: id,
    holderId: holder.id,
    assignmentType: holder.kind,
    type: body.type,
    created: now,
    lastUpdated: now,
    groupIds: [],
  });
  return { kind: 'standard', role };
}

function assignCustom(context: Context, holder: Holder, body: NewRole): Held {
  if (!body.role) throw invalid('role', 'role: The field cannot be left blank');
  if (!body['resource-set']) throw invalid('resource-set', 'resource-set: The field cannot be left blank');
  const role = getCustomRole(context.store, body.role);
  const set = getResourceSet(context.store, body['resource-set']);
  const { member, isNew } = addMembers(context, set, role, [holder])[0] ?? {};
  if (!member || !isNew) throw new OktaError(ALREADY);
  return { kind: 'custom', member };
}

/** The roles of a holder; of a user also those that groups give, behind the own ones. */
export function rolesOf(store: Store, holder: Pick<Holder, 'kind' | 'id'>): Held[] {
  const ids = holder.kind === 'USER' ? holderIdsOf(store, holder.id) : [holder.id];
  return ids.flatMap((id): Held[] => [
    ...store.roleAssignments.by('holder', id).map((role): Held => ({ kind: 'standard', role })),
    ...store.bindingMembers.by('holder', id).map((member): Held => ({ kind: 'custom', member })),
  ]);
}

/** One role of a holder. Throws E0000007 (RoleAssignment). */
export function getRole(store: Store, holder: Holder, id: string): Held {
  const held = rolesOf(store, holder).find((one) => idOf(one) === id);
  if (!held) throw notFound(id, 'RoleAssignment');
  return held;
}

/** A standard role that a holder has of its own, for its targets. Okta: custom roles have none. */
export function getOwnStandardRole(store: Store, holder: Holder, id: string): RoleAssignmentRecord {
  const role = store.roleAssignments.get(`${holder.id}/${id}`);
  if (role) return role;
  if (store.bindingMembers.get(id)?.holderId === holder.id) throw new OktaError('E0000091');
  throw notFound(id, 'RoleAssignment');
}

/** Takes a role away. Okta: one that a user has through a group goes with the group only. */
export function unassignRole(context: Context, holder: Holder, id: string): void {
  const { store } = context;
  const role = store.roleAssignments.get(`${holder.id}/${id}`);
  if (role) {
    requireAnotherSuperAdmin(store, role);
    store.roleAssignments.delete(role.id);
    return;
  }
  const member = store.bindingMembers.get(id);
  if (member?.holderId !== holder.id) throw notFound(id, 'RoleAssignment');
  removeMember(context, member);
}

/** Okta: not documented with which code; without it nobody could administer the org any more. */
function requireAnotherSuperAdmin(store: Store, role: RoleAssignmentRecord): void {
  if (role.type !== 'SUPER_ADMIN') return;
  for (const one of store.roleAssignments.values())
    if (one.type === 'SUPER_ADMIN' && one.id !== role.id) return;
  throw invalid('roleId', 'roleId: The last super administrator of the org cannot be removed');
}

function idOf(held: Held): string {
  return held.kind === 'standard' ? held.role.roleId : held.member.id;
}

const places = { USER: '/api/v1/users', GROUP: '/api/v1/groups', CLIENT: '/oauth2/v1/clients' } as const;

/** A role as Okta answers it. */
export function toRoleView(context: Context, held: Held, expand?: string): object {
  const { origin, store } = context;
  if (held.kind === 'standard') {
    const { role } = held;
    return {
      id: role.roleId,
      label: isStandardRole(role.type) ? roleLabels[role.type] : role.type,
      type: role.type,
      status: 'ACTIVE',
      created: toTimestamp(role.created),
      lastUpdated: toTimestamp(role.lastUpdated),
      assignmentType: role.assignmentType,
      ...embeddedTargets(context, role, expand),
      _links: { assignee: { href: `${origin}${placeOf(store, role.assignmentType, role.holderId)}` } },
    };
  }
  const { member } = held;
  const [setId = '', customId = ''] = member.bindingId.split('/');
  const iam = `${origin}/api/v1/iam`;
  const binding = `${iam}/resource-sets/${setId}/bindings/${customId}`;
  return {
    id: member.id,
    role: customId,
    'resource-set': setId,
    label: store.customRoles.get(customId)?.label ?? '',
    type: 'CUSTOM',
    status: 'ACTIVE',
    created: toTimestamp(member.created),
    lastUpdated: toTimestamp(member.lastUpdated),
    assignmentType: member.kind,
    _links: {
      assignee: { href: `${origin}${placeOf(store, member.kind, member.holderId)}` },
      'resource-set': { href: `${iam}/resource-sets/${setId}` },
      permissions: { href: `${iam}/roles/${customId}/permissions` },
      role: { href: `${iam}/roles/${customId}` },
      member: { href: `${binding}/members/${member.id}` },
    },
  };
}

/** Where a holder is, behind the address of the org. */
export function placeOf(store: Store, kind: Holder['kind'], id: string): string {
  const clientId = kind === 'CLIENT' ? store.apps.get(id)?.credentials.oauthClient?.client_id : undefined;
  return `${places[kind]}/${clientId ?? id}`;
}
