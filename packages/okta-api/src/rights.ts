import type { operations } from './apis/index.ts';
import type { PermissionType } from './apis/admin-roles/permissions.ts';

/** One thing that somebody may do in an org. */
export type Right =
  | 'users.read'
  | 'users.create'
  | 'users.edit'
  | 'users.lifecycle'
  | 'users.unlock'
  | 'users.password'
  | 'users.factors'
  | 'users.sessions'
  | 'users.tokens'
  | 'users.risk.read'
  | 'users.risk.edit'
  | 'groups.read'
  | 'groups.create'
  | 'groups.edit'
  | 'groups.members'
  | 'groups.rules.read'
  | 'groups.rules.edit'
  | 'apps.read'
  | 'apps.create'
  | 'apps.edit'
  | 'apps.assign'
  | 'apps.secrets.read'
  | 'schemas.read'
  | 'schemas.edit'
  | 'logs.read'
  | 'tokens.read'
  | 'tokens.edit'
  | 'notifications'
  | 'iam.read'
  | 'iam.edit';

/** What a right reaches: kinds of objects that a role can be narrowed to some of. */
export type ObjectKind = 'user' | 'group' | 'app';

/** What a call needs. */
export interface Need {
  /** Absent: whoever could send the call at all may send it. */
  readonly right?: Right;
  /** The path parameters that name what the call is about, and what they name: each has to be within reach. */
  readonly about?: Readonly<Record<string, ObjectKind>>;
  /** A list in the body of groups that a new object goes into: a narrowed role needs one, within its reach. */
  readonly groupsIn?: string;
  /** Users may do it to themselves without any right. */
  readonly ownToo?: true;
  /** Changes a user: whoever is no super administrator may not do it to one. */
  readonly touchesUser?: true;
  /** Changes a group: one with roles is for super administrators alone (help.okta.com: group membership administrators). */
  readonly touchesGroup?: true;
}

type Needs = {
  readonly [Api in keyof typeof operations]: Readonly<Record<keyof (typeof operations)[Api], Need>>;
};

const open: Need = {};
const user = { userId: 'user' } as const;
const group = { groupId: 'group' } as const;
const app = { appId: 'app' } as const;

const readUser: Need = { right: 'users.read', about: user, ownToo: true };
const changeUser = (right: Right): Need => ({ right, about: user, touchesUser: true });
const ownPassword: Need = { ...changeUser('users.password'), ownToo: true };
const ownFactors: Need = { ...changeUser('users.factors'), ownToo: true };
const readFactors: Need = { right: 'users.read', about: user, ownToo: true };
const consents: Need = { ...changeUser('users.tokens'), ownToo: true };
const readGroup: Need = { right: 'groups.read', about: group };
const editGroup: Need = { right: 'groups.edit', about: group, touchesGroup: true };
const members: Need = { right: 'groups.members', about: group, touchesGroup: true };
const readRules: Need = { right: 'groups.rules.read' };
const editRules: Need = { right: 'groups.rules.edit' };
const readSchemas: Need = { right: 'schemas.read' };
const editSchemas: Need = { right: 'schemas.edit' };
const readApp: Need = { right: 'apps.read', about: app };
const editApp: Need = { right: 'apps.edit', about: app };
const assignApp: Need = { right: 'apps.assign', about: app };
const readSecrets: Need = { right: 'apps.secrets.read', about: app };
const readIam: Need = { right: 'iam.read' };
const editIam: Need = { right: 'iam.edit' };
const userSessions: Need = { right: 'users.sessions' };
const notifications: Need = { right: 'notifications' };

/**
 * What each operation needs. Okta: that a token has the rights of its owner, and that only super administrators see
 * and change roles, is documented (roles#role-types, administrators); which right each call needs is mostly not.
 */
export const needs: Needs = {
  users: {
    createUser: { right: 'users.create', groupsIn: 'groupIds' },
    listUsers: { right: 'users.read' },
    getUser: readUser,
    getCurrentUser: open,
    updateUser: changeUser('users.edit'),
    updateCurrentUser: open,
    replaceUser: changeUser('users.edit'),
    deleteUser: changeUser('users.lifecycle'),
    listAppLinks: readUser,
    listUserGroups: readUser,
    activateUser: changeUser('users.lifecycle'),
    reactivateUser: changeUser('users.lifecycle'),
    deactivateUser: changeUser('users.lifecycle'),
    suspendUser: changeUser('users.lifecycle'),
    unsuspendUser: changeUser('users.lifecycle'),
    unlockUser: changeUser('users.unlock'),
    resetPassword: changeUser('users.password'),
    expirePassword: changeUser('users.password'),
    expirePasswordWithTempPassword: changeUser('users.password'),
    resetFactors: changeUser('users.factors'),
    deleteCurrentUserSessions: open,
    deleteUserSessions: changeUser('users.sessions'),
    forgotPassword: changeUser('users.password'),
    forgotPasswordByAnswer: changeUser('users.password'),
    changePassword: ownPassword,
    changeRecoveryQuestion: ownPassword,
    listGrants: consents,
    getGrant: consents,
    revokeGrants: consents,
    revokeGrant: consents,
    listClients: consents,
    listClientGrants: consents,
    revokeClientGrants: consents,
    listClientTokens: consents,
    getClientToken: consents,
    revokeClientTokens: consents,
    revokeClientToken: consents,
    listBlocks: readUser,
    getRisk: { right: 'users.risk.read', about: user },
    setRisk: changeUser('users.risk.edit'),
    listIdentityProviders: readUser,
  },
  groups: {
    createGroup: { right: 'groups.create' },
    listGroups: { right: 'groups.read' },
    getGroup: readGroup,
    replaceGroup: editGroup,
    deleteGroup: editGroup,
    listMembers: readGroup,
    addMember: members,
    removeMember: members,
    listGroupApps: readGroup,
    listRules: readRules,
    createRule: editRules,
    getRule: readRules,
    replaceRule: editRules,
    deleteRule: editRules,
    activateRule: editRules,
    deactivateRule: editRules,
    listOwners: readGroup,
    addOwner: editGroup,
    removeOwner: editGroup,
  },
  'user-types': {
    listUserTypes: readSchemas,
    createUserType: editSchemas,
    getUserType: readSchemas,
    updateUserType: editSchemas,
    replaceUserType: editSchemas,
    deleteUserType: editSchemas,
  },
  schemas: {
    getUserSchema: readSchemas,
    updateUserSchema: editSchemas,
    getAppUserSchema: readApp,
    updateAppUserSchema: editApp,
    getGroupSchema: readSchemas,
    updateGroupSchema: editSchemas,
    listLogStreamSchemas: readSchemas,
    getLogStreamSchema: readSchemas,
  },
  'linked-objects': {
    createDefinition: editSchemas,
    listDefinitions: readSchemas,
    getDefinition: readSchemas,
    deleteDefinition: editSchemas,
    createDefinitionOldPath: editSchemas,
    listDefinitionsOldPath: readSchemas,
    getDefinitionOldPath: readSchemas,
    deleteDefinitionOldPath: editSchemas,
    setValue: changeUser('users.edit'),
    listValues: readUser,
    deleteValue: changeUser('users.edit'),
  },
  logs: { listLogEvents: { right: 'logs.read' } },
  events: { listEvents: { right: 'logs.read' } },
  tokens: {
    listTokens: { right: 'tokens.read' },
    getToken: { right: 'tokens.read' },
    replaceToken: { right: 'tokens.edit' },
    revokeToken: { right: 'tokens.edit' },
    revokeCurrentToken: open,
  },
  subscriptions: {
    listUserSubscriptions: { ...readUser, right: 'notifications' },
    getUserSubscription: { ...readUser, right: 'notifications' },
    subscribeUser: { ...readUser, right: 'notifications' },
    unsubscribeUser: { ...readUser, right: 'notifications' },
    listRoleSubscriptions: notifications,
    getRoleSubscription: notifications,
    subscribeRole: notifications,
    unsubscribeRole: notifications,
  },
  sessions: {
    createSession: open,
    getSession: userSessions,
    extendSession: userSessions,
    refreshSession: userSessions,
    closeSession: userSessions,
    getCurrentSession: open,
    refreshCurrentSession: open,
    closeCurrentSession: open,
    redirectWithSession: open,
  },
  authentication: {
    authenticate: open,
    changePassword: open,
    resetPassword: open,
    enrollFactor: open,
    activateFactor: open,
    pollActivation: open,
    emailActivationLink: open,
    textActivationLink: open,
    resendActivation: open,
    duoCallback: open,
    verifyFactor: open,
    resendChallenge: open,
    recoverPassword: open,
    unlockAccount: open,
    verifySmsRecovery: open,
    resendSmsRecovery: open,
    verifyCallRecovery: open,
    resendCallRecovery: open,
    verifyRecoveryToken: open,
    answerRecoveryQuestion: open,
    previous: open,
    skip: open,
    cancel: open,
  },
  factors: {
    listFactors: readFactors,
    enrollFactor: ownFactors,
    getFactor: readFactors,
    deleteFactor: ownFactors,
    listCatalog: readFactors,
    listQuestions: readFactors,
    activateFactor: ownFactors,
    pollActivation: ownFactors,
    emailActivationLink: ownFactors,
    textActivationLink: ownFactors,
    getQrCode: open,
    resendEnrollment: ownFactors,
    verifyFactor: ownFactors,
    pollVerification: ownFactors,
    pollVerificationPackPath: ownFactors,
    cancelVerification: ownFactors,
    listYubikeyTokens: { right: 'tokens.read' },
    getYubikeyToken: { right: 'tokens.read' },
    uploadYubikeySeed: { right: 'tokens.edit' },
  },
  apps: {
    createApp: { right: 'apps.create' },
    listApps: { right: 'apps.read' },
    getApp: readApp,
    replaceApp: editApp,
    deleteApp: editApp,
    setPolicy: editApp,
    activateApp: editApp,
    deactivateApp: editApp,
    assignUser: assignApp,
    listUsers: readApp,
    getUser: readApp,
    updateUser: assignApp,
    removeUser: assignApp,
    listGroups: readApp,
    getGroup: readApp,
    assignGroup: assignApp,
    patchGroup: assignApp,
    removeGroup: assignApp,
    generateKey: editApp,
    cloneKey: editApp,
    listKeys: readApp,
    getKey: readApp,
    getSamlMetadata: readApp,
    createCsr: editApp,
    listCsrs: readApp,
    getCsr: readApp,
    publishCsr: editApp,
    revokeCsr: editApp,
    createSecret: editApp,
    listSecrets: readSecrets,
    getSecret: readSecrets,
    activateSecret: editApp,
    deactivateSecret: editApp,
    deleteSecret: editApp,
    createJwk: editApp,
    listJwks: readApp,
    getJwk: readApp,
    activateJwk: editApp,
    deactivateJwk: editApp,
    deleteJwk: editApp,
    // Okta: which scopes of its API an app has, only a super administrator decides.
    createGrant: editIam,
    listGrants: readApp,
    getGrant: readApp,
    revokeGrant: editIam,
    listTokens: readApp,
    getToken: readApp,
    revokeTokens: editApp,
    revokeToken: editApp,
    uploadLogo: editApp,
    getConnection: readApp,
    setConnection: editApp,
    activateConnection: editApp,
    deactivateConnection: editApp,
    listFeatures: readApp,
    getFeature: readApp,
    updateFeature: editApp,
    listGroupPushes: readApp,
    createGroupPush: editApp,
    getGroupPush: readApp,
    updateGroupPush: editApp,
    deleteGroupPush: editApp,
  },
  'admin-roles': {
    listUserRoles: readIam,
    assignUserRole: editIam,
    getUserRole: readIam,
    unassignUserRole: editIam,
    listUserGroupTargets: readIam,
    addUserGroupTarget: editIam,
    removeUserGroupTarget: editIam,
    listUserAppTargets: readIam,
    addUserAllAppsTarget: editIam,
    addUserAppTarget: editIam,
    removeUserAppTarget: editIam,
    addUserAppInstanceTarget: editIam,
    removeUserAppInstanceTarget: editIam,
    listGroupRoles: readIam,
    assignGroupRole: editIam,
    getGroupRole: readIam,
    unassignGroupRole: editIam,
    listGroupGroupTargets: readIam,
    addGroupGroupTarget: editIam,
    removeGroupGroupTarget: editIam,
    listGroupAppTargets: readIam,
    addGroupAppTarget: editIam,
    removeGroupAppTarget: editIam,
    addGroupAppInstanceTarget: editIam,
    removeGroupAppInstanceTarget: editIam,
    listClientRoles: readIam,
    assignClientRole: editIam,
    unassignClientRole: editIam,
    listClientGroupTargets: readIam,
    addClientGroupTarget: editIam,
    removeClientGroupTarget: editIam,
    listClientAppTargets: readIam,
    addClientAppTarget: editIam,
    removeClientAppTarget: editIam,
    addClientAppInstanceTarget: editIam,
    removeClientAppInstanceTarget: editIam,
    listAssignedUsers: readIam,
    createRole: editIam,
    listRoles: readIam,
    getRole: readIam,
    replaceRole: editIam,
    deleteRole: editIam,
    listPermissions: readIam,
    addPermission: editIam,
    replacePermission: editIam,
    getPermission: readIam,
    deletePermission: editIam,
    createResourceSet: editIam,
    listResourceSets: readIam,
    getResourceSet: readIam,
    replaceResourceSet: editIam,
    deleteResourceSet: editIam,
    addResources: editIam,
    listResources: readIam,
    addResource: editIam,
    getResource: readIam,
    replaceResource: editIam,
    deleteResource: editIam,
    createBinding: editIam,
    listBindings: readIam,
    getBinding: readIam,
    deleteBinding: editIam,
    addMembers: editIam,
    listMembers: readIam,
    getMember: readIam,
    removeMember: editIam,
  },
};

const readDirectory: readonly Right[] = ['users.read', 'users.risk.read', 'groups.read', 'schemas.read'];
const readAll: readonly Right[] = [
  ...readDirectory,
  'groups.rules.read',
  'apps.read',
  'logs.read',
  'tokens.read',
];
const manageUsers: readonly Right[] = [
  'users.create',
  'users.edit',
  'users.lifecycle',
  'users.unlock',
  'users.password',
  'users.factors',
  'users.sessions',
  'users.risk.edit',
];

/** What the console calls each standard role (recorded answers of today's orgs; roles#role-types). */
export const roleLabels = {
  SUPER_ADMIN: 'Super Administrator',
  ORG_ADMIN: 'Organization Administrator',
  APP_ADMIN: 'Application Administrator',
  USER_ADMIN: 'Group Administrator',
  HELP_DESK_ADMIN: 'Help Desk Administrator',
  GROUP_MEMBERSHIP_ADMIN: 'Group Membership Administrator',
  READ_ONLY_ADMIN: 'Read-only Administrator',
  REPORT_ADMIN: 'Report Administrator',
  MOBILE_ADMIN: 'Mobile Administrator',
  API_ACCESS_MANAGEMENT_ADMIN: 'API Access Management Administrator',
  ACCESS_CERTIFICATIONS_ADMIN: 'Access Certifications Administrator',
  ACCESS_REQUESTS_ADMIN: 'Access Requests Administrator',
} as const satisfies Readonly<Record<string, string>>;

/** Okta's name of a role that every org has ready. */
export type StandardRole = keyof typeof roleLabels;

export function isStandardRole(type: string): type is StandardRole {
  return Object.hasOwn(roleLabels, type);
}

/**
 * What each standard role may do. A role that can be narrowed does it within its targets.
 *
 * Okta: documented are the whole of super and help desk administrators, who reads the System Log, that super
 * administrators alone see administrators and roles, that group membership administrators see all users and change
 * members of their groups alone, that report administrators see reports and the System Log and nothing else, and that
 * group and help desk administrators act on people of their groups
 * (help.okta.com: standard administrator roles and permissions, help desk admin role, group membership
 * administrators). Not documented for single calls: who reads schemas, rules, types and tokens, what app and API
 * access management administrators see of the directory, and the two roles of access governance.
 */
export const roleRights: Readonly<Record<StandardRole, readonly Right[] | 'all'>> = {
  SUPER_ADMIN: 'all',
  ORG_ADMIN: [
    ...readAll,
    ...manageUsers,
    'users.tokens',
    'groups.create',
    'groups.edit',
    'groups.members',
    'groups.rules.edit',
    'apps.create',
    'apps.edit',
    'apps.assign',
    'apps.secrets.read',
    'schemas.edit',
    'tokens.edit',
    'notifications',
  ],
  APP_ADMIN: [
    ...readDirectory,
    'apps.read',
    'apps.create',
    'apps.edit',
    'apps.assign',
    'apps.secrets.read',
    'logs.read',
    'notifications',
  ],
  USER_ADMIN: [
    ...readDirectory,
    ...manageUsers,
    'groups.create',
    'groups.edit',
    'groups.members',
    'groups.rules.read',
    'groups.rules.edit',
    'apps.assign',
    'apps.read',
    'notifications',
  ],
  HELP_DESK_ADMIN: [
    ...readDirectory,
    'users.unlock',
    'users.password',
    'users.factors',
    'users.sessions',
    'notifications',
  ],
  GROUP_MEMBERSHIP_ADMIN: [...readDirectory, 'groups.members', 'notifications'],
  READ_ONLY_ADMIN: [...readAll, 'notifications'],
  REPORT_ADMIN: ['logs.read', 'notifications'],
  MOBILE_ADMIN: [...readDirectory, 'apps.read', 'logs.read', 'notifications'],
  API_ACCESS_MANAGEMENT_ADMIN: [
    ...readDirectory,
    'apps.read',
    'apps.create',
    'apps.edit',
    'apps.secrets.read',
    'users.tokens',
    'logs.read',
    'notifications',
  ],
  ACCESS_CERTIFICATIONS_ADMIN: [...readDirectory, 'apps.read', 'notifications'],
  ACCESS_REQUESTS_ADMIN: [...readDirectory, 'apps.read', 'notifications'],
};

/** What each permission of a custom role allows, within the resource set (roles#permission-types). */
const permissionRights: Readonly<Partial<Record<PermissionType, readonly Right[]>>> = {
  'okta.users.manage': ['users.read', ...manageUsers, 'users.tokens', 'users.risk.read'],
  'okta.users.create': ['users.create'],
  'okta.users.read': ['users.read'],
  'okta.users.credentials.manage': ['users.password', 'users.factors'],
  'okta.users.credentials.resetFactors': ['users.factors'],
  'okta.users.credentials.resetPassword': ['users.password'],
  'okta.users.credentials.expirePassword': ['users.password'],
  'okta.users.userprofile.manage': ['users.edit'],
  'okta.users.lifecycle.manage': ['users.lifecycle', 'users.unlock', 'users.sessions'],
  'okta.users.lifecycle.activate': ['users.lifecycle'],
  'okta.users.lifecycle.deactivate': ['users.lifecycle'],
  'okta.users.lifecycle.suspend': ['users.lifecycle'],
  'okta.users.lifecycle.unsuspend': ['users.lifecycle'],
  'okta.users.lifecycle.delete': ['users.lifecycle'],
  'okta.users.lifecycle.unlock': ['users.unlock'],
  'okta.users.lifecycle.clearSessions': ['users.sessions'],
  'okta.users.groupMembership.manage': ['groups.members'],
  'okta.users.appAssignment.manage': ['apps.assign'],
  'okta.users.apitokens.manage': ['tokens.read', 'tokens.edit'],
  'okta.users.apitokens.read': ['tokens.read'],
  'okta.users.risk.read': ['users.risk.read'],
  'okta.users.risk.manage': ['users.risk.read', 'users.risk.edit'],
  'okta.groups.manage': ['groups.read', 'groups.create', 'groups.edit', 'groups.members'],
  'okta.groups.create': ['groups.create'],
  'okta.groups.read': ['groups.read'],
  'okta.groups.members.manage': ['groups.members'],
  'okta.groups.appAssignment.manage': ['apps.assign'],
  'okta.apps.manage': ['apps.read', 'apps.create', 'apps.edit', 'apps.assign', 'apps.secrets.read'],
  'okta.apps.read': ['apps.read'],
  'okta.apps.assignment.manage': ['apps.assign'],
  'okta.apps.clientCredentials.read': ['apps.secrets.read'],
  'okta.iam.read': ['iam.read'],
};

/** What a custom role of these permissions may do; a permission that is not in the table gives nothing that is known. */
export function toPermittedRights(permissions: readonly string[]): Right[] {
  return permissions.flatMap(
    (name) => (permissionRights as Readonly<Record<string, readonly Right[]>>)[name] ?? [],
  );
}
