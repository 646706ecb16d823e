import type { Context } from './handling.ts';
import { OktaError } from './okta-error.ts';
import { toTarget, toTimestamp } from './people.ts';
import type { GroupRecord, LogTarget, UserRecord } from './store/records.ts';
import type { Store } from './store/store.ts';

/** A group as Okta answers it: `description` is null when unset, and there is no self link. */
export function toGroupView({ origin, features, store }: Context, group: GroupRecord): object {
  const self = `${origin}/api/v1/groups/${group.id}`;
  const logo = (size: string) => ({
    name: size,
    href: `${origin}/assets/img/logos/groups/odyssey/okta-${size}.png`,
    type: 'image/png',
  });
  return {
    id: group.id,
    created: toTimestamp(group.created),
    lastUpdated: toTimestamp(group.lastUpdated),
    lastMembershipUpdated: toTimestamp(group.lastMembershipUpdated),
    objectClass: ['okta:user_group'],
    type: group.type,
    profile: { ...group.profile, description: group.profile.description ?? null },
    _links: {
      logo: [logo('medium'), logo('large')],
      users: { href: `${self}/users` },
      apps: { href: `${self}/apps` },
      // Okta: a link of orgs with Identity Governance; recorded answers of others have none.
      ...(features.governance || store.groupOwners.count('group', group.id) > 0
        ? { owners: { href: `${self}/owners` } }
        : {}),
    },
  };
}

export function toGroupTarget(group: GroupRecord): LogTarget {
  const name = String(group.profile.name);
  return { id: group.id, type: 'UserGroup', alternateId: 'unknown', displayName: name };
}

/** The groups of a user in id order, Everyone among them. */
export function listGroupsOf(store: Store, userId: string): GroupRecord[] {
  const ids = store.memberships.by('user', userId).map((one) => one.groupId);
  const groups = ids.flatMap((id) => store.groups.get(id) ?? []);
  return [...store.groups.by('type', 'BUILT_IN'), ...groups].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The ids of a group's members in their order; everyone is in a built-in group. */
export function listMemberIds(store: Store, group: GroupRecord): string[] {
  if (group.type === 'BUILT_IN') return [...store.users.keys()];
  // The id of a membership is the group's id, a slash and the user's.
  const start = group.id.length + 1;
  return store.memberships
    .ids('group', group.id)
    .map((id) => id.slice(start))
    .sort();
}

export function countMembers(store: Store, group: GroupRecord): number {
  return group.type === 'BUILT_IN' ? store.users.size : store.memberships.count('group', group.id);
}

/** The members of a group in id order. */
export function listMembersOf(store: Store, group: GroupRecord): UserRecord[] {
  return listMemberIds(store, group).flatMap((id) => store.users.get(id) ?? []);
}

/** Puts a user into a group by hand; doing it twice changes nothing. Throws E0000006 for groups Okta fills itself. */
export function addMember(context: Context, groupId: string, user: UserRecord): void {
  const { store, now } = context;
  const group = store.groups.get(groupId);
  if (!group) return;
  if (group.type === 'BUILT_IN') return;
  if (group.type !== 'OKTA_GROUP') throw new OktaError('E0000006');
  const id = `${groupId}/${user.id}`;
  const known = store.memberships.get(id);
  if (known?.byHand) return;
  store.memberships.put({ id, groupId, userId: user.id, byHand: true, ruleIds: known?.ruleIds ?? [] });
  if (known) return;
  store.groups.put({ ...group, lastMembershipUpdated: now });
  context.log({
    eventType: 'group.user_membership.add',
    displayMessage: 'Add user to group membership',
    legacyEventType: 'core.user_group_member.user_add',
    targets: [toTarget(user), toGroupTarget(group)],
  });
}

/** Takes a user out of a group; true when the user was in it. */
export function removeMember(context: Context, group: GroupRecord, user: UserRecord): boolean {
  const { store, now } = context;
  if (!store.memberships.delete(`${group.id}/${user.id}`)) return false;
  store.groups.put({ ...group, lastMembershipUpdated: now });
  context.log({
    eventType: 'group.user_membership.remove',
    displayMessage: 'Remove user from group membership',
    legacyEventType: 'core.user_group_member.user_remove',
    targets: [toTarget(user), toGroupTarget(group)],
  });
  return true;
}

export function removeFromAllGroups(store: Store, userId: string): void {
  for (const one of store.memberships.by('user', userId)) store.memberships.delete(one.id);
}
