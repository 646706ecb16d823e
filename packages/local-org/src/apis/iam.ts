import { isPermission, type operations, takesConditions } from '@castellan/okta-api';
import { type Context, type HandlersOf, reply } from '../handling.ts';
import { invalid, notFound } from '../okta-error.ts';
import { orgIdOf } from '../org-identity.ts';
import { effectiveLimit } from '../paging.ts';
import { toTimestamp } from '../people.ts';
import { placeOf, rolesOf } from '../roles/assignments.ts';
import {
  addMembers,
  getBinding,
  getCustomRole,
  getResourceSet,
  removeBinding,
  removeMember,
  toRoleTarget,
  toSetTarget,
} from '../roles/bindings.ts';
import { readHolder } from '../roles/holders.ts';
import { readResource, toResourceView } from '../roles/resources.ts';
import type {
  BindingMemberRecord,
  BindingRecord,
  CustomRoleRecord,
  Json,
  LogTarget,
  PermissionRecord,
  ResourceRecord,
  ResourceSetRecord,
} from '../store/records.ts';

type IamHandlers = Partial<HandlersOf<(typeof operations)['admin-roles']>>;

const PAGING = { defaultLimit: 100, maxLimit: 200 };

/** Custom roles, resource sets and what binds them. */
export const iam = {
  listAssignedUsers({ query }, context) {
    const { store, origin } = context;
    const holders = [...store.users.values()].filter(
      (user) => rolesOf(store, { kind: 'USER', id: user.id }).length > 0,
    );
    const { items, next } = cut(context, holders, query, '/api/v1/iam/assignees/users');
    const value = items.map(({ id }) => ({
      id,
      orn: `orn:okta:directory:${orgIdOf(store)}:users:${id}`,
      _links: {
        self: { href: `${origin}/api/v1/users/${id}` },
        roles: { href: `${origin}/api/v1/users/${id}/roles` },
      },
    }));
    return { value, _links: { self: { href: `${origin}/api/v1/iam/assignees/users` }, ...next } };
  },

  createRole({ body }, context) {
    const { store, ids, now } = context;
    checkRoleLabel(context, body.label);
    const types = [...new Set(body.permissions)];
    for (const type of types) requirePermission(type, 'permissions');
    if (types.length === 0) throw invalid('permissions', 'permissions: The field cannot be left blank');
    const role = store.customRoles.put({
      id: ids.next('customRole'),
      label: body.label,
      description: body.description,
      created: now,
      lastUpdated: now,
      permissions: types.map((type) => ({ type, created: now, lastUpdated: now, conditions: null })),
    });
    write(context, 'iam.role.create', 'Create custom role', toRoleTarget(role));
    for (const type of types)
      write(context, 'iam.role.permissions.add', 'Add permission to custom role', ...toPair(role, type));
    return viewRole(context, role);
  },

  listRoles({ query }, context) {
    const { items, next } = cut(context, [...context.store.customRoles.values()], query, '/api/v1/iam/roles');
    return { roles: items.map((role) => toRoleView(context, role)), ...linksOf(next) };
  },

  getRole: ({ params }, context) => viewRole(context, getCustomRole(context.store, params.roleIdOrLabel)),

  replaceRole({ params, body }, context) {
    const before = getCustomRole(context.store, params.roleIdOrLabel);
    checkRoleLabel(context, body.label, before.id);
    const { label, description } = body;
    const role = context.store.customRoles.put({ ...before, label, description, lastUpdated: context.now });
    write(context, 'iam.role.update', 'Update custom role', toRoleTarget(role));
    return viewRole(context, role);
  },

  deleteRole({ params }, context) {
    const role = getCustomRole(context.store, params.roleIdOrLabel);
    for (const binding of context.store.bindings.by('role', role.id)) removeBinding(context, binding);
    context.store.customRoles.delete(role.id);
    write(context, 'iam.role.delete', 'Delete custom role', toRoleTarget(role));
  },

  listPermissions({ params }, context) {
    const role = getCustomRole(context.store, params.roleIdOrLabel);
    return { permissions: role.permissions.map((one) => toPermissionView(context, role, one)) };
  },

  addPermission({ params, body }, context) {
    const { store, now } = context;
    const role = getCustomRole(store, params.roleIdOrLabel);
    const type = params.permissionType;
    requirePermission(type, 'permissionType');
    // Okta: answers 400, the words are not documented.
    if (role.permissions.some((one) => one.type === type))
      throw invalid('permissionType', `permissionType: The role has the permission ${type} already`);
    const conditions = readConditions(type, body?.conditions);
    const added = { type, created: now, lastUpdated: now, conditions };
    store.customRoles.put({ ...role, permissions: [...role.permissions, added] });
    write(context, 'iam.role.permissions.add', 'Add permission to custom role', ...toPair(role, type));
    if (conditions) logConditions(context, role, type);
  },

  replacePermission({ params, body }, context) {
    const { store, now } = context;
    const role = getCustomRole(store, params.roleIdOrLabel);
    const before = getPermission(role, params.permissionType);
    const conditions = readConditions(before.type, body.conditions);
    const changed = { ...before, conditions, lastUpdated: now };
    store.customRoles.put({
      ...role,
      permissions: role.permissions.map((one) => (one.type === before.type ? changed : one)),
    });
    if (conditions) logConditions(context, role, before.type);
    return viewPermission(context, role, changed);
  },

  getPermission({ params }, context) {
    const role = getCustomRole(context.store, params.roleIdOrLabel);
    return viewPermission(context, role, getPermission(role, params.permissionType));
  },

  deletePermission({ params }, context) {
    const role = getCustomRole(context.store, params.roleIdOrLabel);
    const { type } = getPermission(role, params.permissionType);
    context.store.customRoles.put({
      ...role,
      permissions: role.permissions.filter((one) => one.type !== type),
    });
    write(
      context,
      'iam.role.permissions.delete',
      'Delete permission from custom role',
      ...toPair(role, type),
    );
  },

  createResourceSet({ body }, context) {
    const { store, ids, now } = context;
    if (!body.label) throw invalid('label', 'label: Label must be specified');
    checkSetLabel(context, body.label);
    const places = (body.resources ?? []).map((one) => readResource(context, one));
    const set = store.resourceSets.put({
      id: ids.next('resourceSet'),
      label: body.label,
      description: body.description ?? null,
      created: now,
      lastUpdated: now,
      resources: [...new Set(places)].map((place) => makeResource(context, place)),
    });
    write(context, 'iam.resourceset.create', 'Create resource set', toSetTarget(set));
    if (set.resources.length > 0) logAddition(context, set);
    return toSetView(context, set);
  },

  listResourceSets({ query }, context) {
    const all = [...context.store.resourceSets.values()];
    const { items, next } = cut(context, all, query, '/api/v1/iam/resource-sets');
    return { 'resource-sets': items.map((set) => toSetView(context, set)), ...linksOf(next) };
  },

  getResourceSet: ({ params }, context) =>
    toSetView(context, getResourceSet(context.store, params.resourceSetIdOrLabel)),

  replaceResourceSet({ params, body }, context) {
    const before = getResourceSet(context.store, params.resourceSetIdOrLabel);
    checkSetLabel(context, body.label, before.id);
    const { label, description } = body;
    const set = context.store.resourceSets.put({ ...before, label, description, lastUpdated: context.now });
    write(context, 'iam.resourceset.update', 'Update resource set', toSetTarget(set));
    return toSetView(context, set);
  },

  deleteResourceSet({ params }, context) {
    const set = getResourceSet(context.store, params.resourceSetIdOrLabel);
    for (const binding of context.store.bindings.by('set', set.id)) removeBinding(context, binding);
    context.store.resourceSets.delete(set.id);
    write(context, 'iam.resourceset.delete', 'Delete resource set', toSetTarget(set));
  },

  addResources({ params, body }, context) {
    const set = getResourceSet(context.store, params.resourceSetIdOrLabel);
    const places = body.additions.map((one) => readResource(context, one));
    return toSetView(context, putResources(context, set, places));
  },

  listResources({ params, query }, context) {
    const set = getResourceSet(context.store, params.resourceSetIdOrLabel);
    const self = setPath(set);
    const { items, next } = cut(context, set.resources, query, `${self}/resources`);
    return {
      resources: items.map((one) => toResourceView(context, one)),
      _links: { 'resource-set': { href: `${context.origin}${self}` }, ...next },
    };
  },

  addResource({ params, body }, context) {
    const set = getResourceSet(context.store, params.resourceSetIdOrLabel);
    const place = readResource(context, body.resourceOrnOrUrl);
    const changed = putResources(context, set, [place], body.conditions);
    const resource = changed.resources.find((one) => one.place === place);
    return resource && toResourceView(context, resource);
  },

  getResource({ params }, context) {
    const set = getResourceSet(context.store, params.resourceSetIdOrLabel);
    return toResourceView(context, getResource(set, params.resourceId));
  },

  replaceResource({ params, body }, context) {
    const set = getResourceSet(context.store, params.resourceSetIdOrLabel);
    const before = getResource(set, params.resourceId);
    const changed: ResourceRecord = { ...before, conditions: body.conditions, lastUpdated: context.now };
    context.store.resourceSets.put({
      ...set,
      resources: set.resources.map((one) => (one.id === before.id ? changed : one)),
    });
    return toResourceView(context, changed);
  },

  deleteResource({ params }, context) {
    const set = getResourceSet(context.store, params.resourceSetIdOrLabel);
    const { id } = getResource(set, params.resourceId);
    context.store.resourceSets.put({ ...set, resources: set.resources.filter((one) => one.id !== id) });
    write(context, 'iam.resourceset.resources.delete', 'Delete resource from resource set', toSetTarget(set));
  },

  createBinding({ params, body }, context) {
    const { store } = context;
    const set = getResourceSet(store, params.resourceSetIdOrLabel);
    const role = getCustomRole(store, body.role);
    const holders = body.members.map((one) => readHolder(context, one));
    if (holders.length === 0) throw invalid('members', 'members: The field cannot be left blank');
    addMembers(context, set, role, holders);
    return { _links: bindingLinks(context, getBinding(store, set, role)) };
  },

  listBindings({ params, query }, context) {
    const { store, origin } = context;
    const set = getResourceSet(store, params.resourceSetIdOrLabel);
    const self = setPath(set);
    const { items, next } = cut(context, store.bindings.by('set', set.id), query, `${self}/bindings`);
    return {
      roles: items.map((one) => toBindingView(context, one)),
      _links: {
        self: { href: `${origin}${self}/bindings` },
        'resource-set': { href: `${origin}${self}` },
        ...next,
      },
    };
  },

  getBinding: ({ params }, context) => toBindingView(context, bindingOf(context, params)),

  deleteBinding({ params }, context) {
    removeBinding(context, bindingOf(context, params));
  },

  addMembers({ params, body }, context) {
    const binding = bindingOf(context, params);
    const holders = body.additions.map((one) => readHolder(context, one));
    const set = getResourceSet(context.store, binding.setId);
    addMembers(context, set, getCustomRole(context.store, binding.roleId), holders);
    return { _links: bindingLinks(context, binding) };
  },

  listMembers({ params, query }, context) {
    const binding = bindingOf(context, params);
    const members = context.store.bindingMembers.by('binding', binding.id);
    const path = bindingPath(binding);
    const { items, next } = cut(context, members, query, `${path}/members`);
    return {
      members: items.map((one) => toMemberView(context, one)),
      _links: { binding: { href: `${context.origin}${path}` }, ...next },
    };
  },

  getMember: ({ params }, context) =>
    toMemberView(context, memberOf(context, bindingOf(context, params), params.memberId)),

  removeMember({ params }, context) {
    removeMember(context, memberOf(context, bindingOf(context, params), params.memberId));
  },
} satisfies IamHandlers;

interface Cursor {
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

/** A page of a list that is wrapped in an object: where the next one is stands in its links. */
function cut<Item extends { readonly id: string }>(
  { origin }: Context,
  all: readonly Item[],
  query: Cursor,
  path: string,
): { items: readonly Item[]; next: { next?: { href: string } } } {
  const limit = effectiveLimit(query.limit, PAGING);
  const start = query.after ? all.findIndex((one) => one.id === query.after) + 1 : 0;
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  if (!last || start + limit >= all.length) return { items, next: {} };
  return { items, next: { next: { href: `${origin}${path}?after=${last.id}&limit=${limit}` } } };
}

function linksOf(next: object): object {
  return Object.keys(next).length === 0 ? {} : { _links: next };
}

function checkRoleLabel({ store }: Context, label: string, ownId?: string): void {
  if (label.trim() === '') throw invalid('label', 'label: The field cannot be left blank');
  if (store.customRoles.by('label', label).some((role) => role.id !== ownId))
    throw invalid('label', 'label: There is already an admin role with this name.');
}

function checkSetLabel({ store }: Context, label: string, ownId?: string): void {
  if (label.trim() === '') throw invalid('label', 'label: Label must be specified');
  if (store.resourceSets.by('label', label).some((set) => set.id !== ownId))
    throw invalid('label', 'label: There is already a resource set with this name.');
}

function requirePermission(type: string, about: string): void {
  if (!isPermission(type)) throw invalid(about, `${about}: There is no permission ${type}`);
}

const PROFILE = 'okta:ResourceAttribute/User/Profile';

/** Only what reads and changes profiles can be narrowed, and only to attributes (roles#condition-object-properties). */
function readConditions(
  type: string,
  given:
    | {
        readonly include?: Readonly<Record<string, Json>> | undefined;
        readonly exclude?: Readonly<Record<string, Json>> | undefined;
      }
    | null
    | undefined,
): Readonly<Record<string, Json>> | null {
  if (!given) return null;
  const sides = Object.entries(given).filter(
    (side): side is [string, Readonly<Record<string, Json>>] => side[1] !== undefined,
  );
  if (sides.length === 0) return null;
  if (!takesConditions(type)) throw invalid('conditions', `conditions: ${type} does not take conditions`);
  if (sides.length > 1) throw invalid('conditions', 'conditions: Either include or exclude may be given');
  for (const [, side] of sides)
    if (!Array.isArray(side[PROFILE]) || Object.keys(side).length !== 1)
      throw invalid('conditions', `conditions: A list of attributes under ${PROFILE} is needed`);
  return Object.fromEntries(sides);
}

function getPermission(role: CustomRoleRecord, type: string): PermissionRecord {
  const permission = role.permissions.find((one) => one.type === type);
  if (!permission) throw notFound(type, 'Permission');
  return permission;
}

/** Okta: single roles and permissions come with a link to themselves in the headers too (recorded answers). */
function withSelf(href: string, body: object) {
  return reply({ headers: [['link', `<${href}>; rel="self"`]], body });
}

function rolePath(role: CustomRoleRecord): string {
  return `/api/v1/iam/roles/${role.id}`;
}

function viewRole(context: Context, role: CustomRoleRecord) {
  return withSelf(`${context.origin}${rolePath(role)}`, toRoleView(context, role));
}

function toRoleView({ origin }: Context, role: CustomRoleRecord): object {
  const self = `${origin}${rolePath(role)}`;
  return {
    id: role.id,
    label: role.label,
    isCloneable: false,
    description: role.description,
    created: toTimestamp(role.created),
    lastUpdated: toTimestamp(role.lastUpdated),
    _links: { permissions: { href: `${self}/permissions` }, self: { href: self } },
  };
}

function viewPermission(context: Context, role: CustomRoleRecord, permission: PermissionRecord) {
  const self = `${context.origin}${rolePath(role)}/permissions/${permission.type}`;
  return withSelf(self, toPermissionView(context, role, permission));
}

function toPermissionView({ origin }: Context, role: CustomRoleRecord, permission: PermissionRecord): object {
  const self = `${origin}${rolePath(role)}`;
  return {
    label: permission.type,
    created: toTimestamp(permission.created),
    lastUpdated: toTimestamp(permission.lastUpdated),
    conditions: permission.conditions,
    _links: { role: { href: self }, self: { href: `${self}/permissions/${permission.type}` } },
  };
}

function setPath(set: Pick<ResourceSetRecord, 'id'>): string {
  return `/api/v1/iam/resource-sets/${set.id}`;
}

function toSetView({ origin }: Context, set: ResourceSetRecord): object {
  const self = `${origin}${setPath(set)}`;
  return {
    id: set.id,
    label: set.label,
    description: set.description,
    created: toTimestamp(set.created),
    lastUpdated: toTimestamp(set.lastUpdated),
    _links: {
      bindings: { href: `${self}/bindings` },
      self: { href: self },
      resources: { href: `${self}/resources` },
    },
  };
}

function makeResource(
  { ids, now }: Context,
  place: string,
  conditions?: Readonly<Record<string, Json>>,
): ResourceRecord {
  return {
    id: ids.next('resource'),
    place,
    created: now,
    lastUpdated: now,
    ...(conditions ? { conditions } : {}),
  };
}

/** Puts resources into a set; those that are there already stay as they are. */
function putResources(
  context: Context,
  set: ResourceSetRecord,
  places: readonly string[],
  conditions?: Readonly<Record<string, Json>>,
): ResourceSetRecord {
  const known = new Set(set.resources.map((one) => one.place));
  const fresh = [...new Set(places)].filter((place) => !known.has(place));
  const changed = context.store.resourceSets.put({
    ...set,
    resources: [...set.resources, ...fresh.map((place) => makeResource(context, place, conditions))],
    lastUpdated: context.now,
  });
  logAddition(context, changed);
  return changed;
}

function getResource(set: ResourceSetRecord, id: string): ResourceRecord {
  const resource = set.resources.find((one) => one.id === id);
  if (!resource) throw notFound(id, 'IAMResource');
  return resource;
}

interface BindingParams {
  readonly resourceSetIdOrLabel: string;
  readonly roleIdOrLabel: string;
}

function bindingOf({ store }: Context, params: BindingParams): BindingRecord {
  const set = getResourceSet(store, params.resourceSetIdOrLabel);
  return getBinding(store, set, getCustomRole(store, params.roleIdOrLabel));
}

function bindingPath({ setId, roleId }: BindingRecord): string {
  return `${setPath({ id: setId })}/bindings/${roleId}`;
}

function bindingLinks({ origin }: Context, binding: BindingRecord): object {
  const set = `${origin}${setPath({ id: binding.setId })}`;
  return {
    self: { href: `${origin}${bindingPath(binding)}` },
    bindings: { href: `${set}/bindings` },
    'resource-set': { href: set },
  };
}

function toBindingView(context: Context, binding: BindingRecord): object {
  const members = { href: `${context.origin}${bindingPath(binding)}/members` };
  return { id: binding.roleId, _links: { ...bindingLinks(context, binding), members } };
}

function memberOf({ store }: Context, binding: BindingRecord, id: string): BindingMemberRecord {
  const member = store.bindingMembers.get(id);
  if (member?.bindingId !== binding.id) throw notFound(id, 'RoleBindingMember');
  return member;
}

function toMemberView({ origin, store }: Context, member: BindingMemberRecord): object {
  return {
    id: member.id,
    created: toTimestamp(member.created),
    lastUpdated: toTimestamp(member.lastUpdated),
    _links: { self: { href: `${origin}${placeOf(store, member.kind, member.holderId)}` } },
  };
}

function toPair(role: CustomRoleRecord, type: string): LogTarget[] {
  return [toRoleTarget(role), { id: type, type: 'PERMISSION', alternateId: type, displayName: type }];
}

function logConditions(context: Context, role: CustomRoleRecord, type: string): void {
  const message = 'Add conditions to a permission of a custom role';
  write(context, 'iam.role.permission.conditions.add', message, ...toPair(role, type));
}

function logAddition(context: Context, set: ResourceSetRecord): void {
  write(context, 'iam.resourceset.resources.add', 'Add resource to resource set', toSetTarget(set));
}

function write(context: Context, eventType: string, displayMessage: string, ...targets: LogTarget[]): void {
  context.log({ eventType, displayMessage, targets });
}
