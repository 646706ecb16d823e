import {
  isStandardRole,
  type Need,
  needs,
  type ObjectKind,
  type Right,
  roleRights,
  toPermittedRights,
} from '@castellan/okta-api';
import { listGroupsOf } from './group-members.ts';
import type { Caller, Sees } from './handling.ts';
import { OktaError } from './okta-error.ts';
import { holderIdsOf } from './roles/holders.ts';
import type { RoleAssignmentRecord } from './store/records.ts';
import { toLoginKey, type Store } from './store/store.ts';

/** What one role lets its holder do, and to what. */
interface Grant {
  readonly rights: ReadonlySet<string> | 'all';
  /** Whether it reaches one object; an object that is not there is reached, so that its absence can be told. */
  reaches(kind: ObjectKind, id: string): boolean;
  /** Whether it reaches every object of a kind, those that are still to be made among them. */
  reachesAll(kind: ObjectKind): boolean;
}

interface Asked {
  readonly api: string;
  /** The name of the operation in its API. */
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const EVERYTHING: Sees = () => true;

/**
 * Lets a call pass that its caller has the right to, and says what they see of lists. Throws E0000006. A caller
 * without a user (an operation that needs no right, a job of the org itself) sees everything.
 */
export function requireRight(store: Store, caller: Caller, asked: Asked): Sees {
  // What the table does not know (clock, faults and seed of the local org) is for super administrators.
  const need = needOf(asked) ?? { right: 'iam.edit' };
  const { user } = caller;
  if (!user || !need.right || isSuperAdmin(store, user.id)) return EVERYTHING;
  const objects = Object.entries(need.about ?? {}).map(([parameter, kind]) => ({
    kind,
    id: resolve(store, kind, asked.params[parameter] ?? '', user.id),
  }));
  if (need.ownToo && objects.some(({ kind, id }) => kind === 'user' && id === user.id)) return EVERYTHING;
  const grants = grantsOf(store, user.id).filter((grant) => has(grant, need.right));
  const isAllowed = grants.some(
    (grant) =>
      objects.every(({ kind, id }) => grant.reaches(kind, id)) &&
      (objects.length > 0 || reachesNew(grant, need, asked.body)),
  );
  if (!isAllowed) throw new OktaError('E0000006');
  if (need.touchesGroup && objects.some(({ id }) => hasRoles(store, id))) throw new OktaError('E0000006');
  if (need.touchesUser && objects.some(({ id }) => isSuperAdmin(store, id))) throw new OktaError('E0000006');
  return (kind, id) => grants.some((grant) => grant.reachesAll(kind) || grant.reaches(kind, id));
}

function needOf({ api, name }: Asked): Need | undefined {
  const ofApi = (needs as Readonly<Record<string, Readonly<Record<string, Need>> | undefined>>)[api];
  return ofApi?.[name];
}

function has({ rights }: Grant, right: Right | undefined): boolean {
  return rights === 'all' || (right !== undefined && rights.has(right));
}

/** Whether somebody whose role is narrowed may make a new object: a user only inside groups that the role reaches. */
function reachesNew(grant: Grant, need: Need, body: unknown): boolean {
  const made = kindOfNew[need.right ?? 'iam.read'];
  if (!made || grant.reachesAll(made)) return true;
  if (need.groupsIn === undefined) return false;
  const groups = (body as Readonly<Record<string, unknown>> | undefined)?.[need.groupsIn];
  return (
    Array.isArray(groups) && groups.length > 0 && groups.every((id) => grant.reaches('group', String(id)))
  );
}

const kindOfNew: Partial<Record<Right, ObjectKind>> = {
  'users.create': 'user',
  'groups.create': 'group',
  'groups.rules.edit': 'group',
  'apps.create': 'app',
};

/** The id behind what a path may call an object: users also have logins, and `me`. */
function resolve(store: Store, kind: ObjectKind, reference: string, ownId: string): string {
  if (kind !== 'user') return reference;
  if (reference === 'me') return ownId;
  if (store.users.get(reference)) return reference;
  const key = toLoginKey(reference);
  const found = store.users.by('login', key)[0] ?? store.users.by('shortLogin', key)[0];
  return found?.id ?? reference;
}

function isSuperAdmin(store: Store, userId: string): boolean {
  const holds = (id: string): boolean =>
    store.roleAssignments.by('holder', id).some((role) => role.type === 'SUPER_ADMIN');
  // Most are by themselves, and are told so before their groups are looked up.
  return holds(userId) || holderIdsOf(store, userId).some(holds);
}

function hasRoles(store: Store, holderId: string): boolean {
  return store.roleAssignments.count('holder', holderId) + store.bindingMembers.count('holder', holderId) > 0;
}

function grantsOf(store: Store, userId: string): Grant[] {
  return holderIdsOf(store, userId).flatMap((id) => [
    ...store.roleAssignments.by('holder', id).map((role) => fromStandard(store, role)),
    ...store.bindingMembers.by('holder', id).map((member) => fromCustom(store, member.bindingId)),
  ]);
}

function fromStandard(store: Store, role: RoleAssignmentRecord): Grant {
  const rights = isStandardRole(role.type) ? roleRights[role.type] : [];
  const groups = new Set(role.groupIds);
  const apps = role.apps ?? [];
  // Okta: who keeps the members of some groups chooses them among all users.
  const seesEverybody = groups.size === 0 || role.type === 'GROUP_MEMBERSHIP_ADMIN';
  return {
    rights: rights === 'all' ? 'all' : new Set<string>(rights),
    reaches(kind, id) {
      if (kind === 'group') return groups.size === 0 || groups.has(id) || !store.groups.get(id);
      if (kind === 'user') return seesEverybody || isInOneOf(store, id, groups);
      const app = store.apps.get(id);
      return apps.length === 0 || !app || apps.includes(app.name) || apps.includes(`${app.name}/${id}`);
    },
    reachesAll(kind) {
      if (kind === 'user') return seesEverybody;
      return kind === 'app' ? apps.length === 0 : groups.size === 0;
    },
  };
}

function isInOneOf(store: Store, userId: string, groups: ReadonlySet<string>): boolean {
  if (!store.users.get(userId)) return true;
  return listGroupsOf(store, userId).some((group) => groups.has(group.id));
}

const collections: Readonly<Record<ObjectKind, string>> = { user: 'users', group: 'groups', app: 'apps' };

function fromCustom(store: Store, bindingId: string): Grant {
  const [setId = '', roleId = ''] = bindingId.split('/');
  const types = store.customRoles.get(roleId)?.permissions.map((one) => one.type) ?? [];
  const places = new Set(store.resourceSets.get(setId)?.resources.map((one) => one.place) ?? []);
  const all = (kind: ObjectKind) => places.has(`/api/v1/${collections[kind]}`);
  return {
    rights: new Set<string>(toPermittedRights(types)),
    reaches(kind, id) {
      if (all(kind) || places.has(`/api/v1/${collections[kind]}/${id}`)) return true;
      if (kind === 'user')
        return (
          !store.users.get(id) ||
          listGroupsOf(store, id).some((group) => places.has(`/api/v1/groups/${group.id}/users`))
        );
      if (kind === 'group') return !store.groups.get(id);
      const app = store.apps.get(id);
      return !app || [...places].some((place) => filtersByName(place, app.name));
    },
    reachesAll: all,
  };
}

/** A resource can be all instances of an app: `/api/v1/apps?filter=name+eq+"salesforce"`. */
function filtersByName(place: string, name: string): boolean {
  if (!place.startsWith('/api/v1/apps?filter=')) return false;
  const filter = decodeURIComponent(place.slice(place.indexOf('=') + 1).replaceAll('+', ' '));
  return filter === `name eq "${name}"`;
}
