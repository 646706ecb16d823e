import { groupBase, userBase } from './profile-schema.ts';
import type { Ids } from './ids.ts';
import type { PasswordHash, UserRecord } from './store/records.ts';
import type { Store } from './store/store.ts';

export interface Administrator {
  readonly login: string;
  /** Already hashed; absent: nobody can sign in to the console. */
  readonly password?: PasswordHash | undefined;
}

/** What every org begins with: the default user type, the group Everyone and one administrator, who is returned. */
export function seedEmpty(store: Store, ids: Ids, now: number, administrator: Administrator): UserRecord {
  const id = ids.next('user');
  const type = store.userTypes.put({
    id: ids.next('userType'),
    name: 'user',
    displayName: 'User',
    description: 'Okta user profile template with default permission settings',
    isDefault: true,
    schemaId: ids.next('schema'),
    created: now,
    lastUpdated: now,
    createdBy: id,
    lastUpdatedBy: id,
  });
  const schema = { created: now, lastUpdated: now, custom: {} };
  store.schemas.put({ id: type.schemaId, title: 'User', base: userBase, ...schema });
  store.schemas.put({ id: 'group', title: 'Okta group', base: groupBase, ...schema });
  store.groups.put({
    id: ids.next('group'),
    type: 'BUILT_IN',
    created: now,
    lastUpdated: now,
    lastMembershipUpdated: now,
    profile: { name: 'Everyone', description: 'All users in your organization' },
  });
  return putAdministrator(store, ids, { id, typeId: type.id, now }, administrator);
}

/** Somebody who may do everything, in an org that has its user type already. */
export function putAdministrator(
  store: Store,
  ids: Ids,
  { id, typeId, now }: { readonly id: string; readonly typeId: string; readonly now: number },
  administrator: Administrator,
): UserRecord {
  makeSuperAdmin(store, ids, now, id);
  return store.users.put({
    id,
    status: 'ACTIVE',
    created: now,
    activated: now,
    statusChanged: now,
    lastLogin: null,
    lastUpdated: now,
    passwordChanged: administrator.password ? now : null,
    typeId,
    profile: {
      firstName: 'Admin',
      lastName: 'Example',
      login: administrator.login,
      email: administrator.login,
      mobilePhone: null,
      secondEmail: null,
    },
    password: administrator.password,
    provider: { type: 'OKTA', name: 'OKTA' },
  });
}

/** Lets a user do everything. */
export function makeSuperAdmin(store: Store, ids: Ids, now: number, userId: string): void {
  const roleId = ids.next('userRoleAssignment');
  store.roleAssignments.put({
    id: `${userId}/${roleId}`,
    roleId,
    holderId: userId,
    assignmentType: 'USER',
    type: 'SUPER_ADMIN',
    created: now,
    lastUpdated: now,
    groupIds: [],
  });
}
