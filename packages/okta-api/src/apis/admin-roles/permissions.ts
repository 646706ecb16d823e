/** What a custom role can be allowed, by Okta's names (roles#permission-types). */
export const permissionTypes = [
  'okta.users.manage',
  'okta.users.create',
  'okta.users.read',
  'okta.users.credentials.manage',
  'okta.users.credentials.resetFactors',
  'okta.users.credentials.resetPassword',
  'okta.users.credentials.expirePassword',
  'okta.users.credentials.manageTemporaryAccessCode',
  'okta.users.userprofile.manage',
  'okta.users.lifecycle.manage',
  'okta.users.lifecycle.activate',
  'okta.users.lifecycle.deactivate',
  'okta.users.lifecycle.suspend',
  'okta.users.lifecycle.unsuspend',
  'okta.users.lifecycle.delete',
  'okta.users.lifecycle.unlock',
  'okta.users.lifecycle.clearSessions',
  'okta.users.groupMembership.manage',
  'okta.users.appAssignment.manage',
  'okta.users.apitokens.manage',
  'okta.users.apitokens.read',
  'okta.users.apitokens.clear',
  'okta.users.risk.read',
  'okta.users.risk.manage',
  'okta.groups.manage',
  'okta.groups.create',
  'okta.groups.read',
  'okta.groups.members.manage',
  'okta.groups.appAssignment.manage',
  'okta.apps.manage',
  'okta.apps.read',
  'okta.apps.assignment.manage',
  'okta.apps.clientCredentials.read',
  'okta.apps.manageFirstPartyApps',
  'okta.apps.universalLogout.manage',
  'okta.profilesources.import.run',
  'okta.authzServers.read',
  'okta.authzServers.manage',
  'okta.customizations.read',
  'okta.customizations.manage',
  'okta.identityProviders.read',
  'okta.identityProviders.manage',
  'okta.workflows.read',
  'okta.workflows.invoke',
  'okta.workflows.flows.manage',
  'okta.governance.accessCertifications.manage',
  'okta.governance.accessRequests.manage',
  'okta.agents.read',
  'okta.agents.manage',
  'okta.agents.register',
  'okta.devices.read',
  'okta.devices.manage',
  'okta.devices.lifecycle.manage',
  'okta.devices.lifecycle.activate',
  'okta.devices.lifecycle.deactivate',
  'okta.devices.lifecycle.suspend',
  'okta.devices.lifecycle.unsuspend',
  'okta.devices.lifecycle.delete',
  'okta.directories.read',
  'okta.directories.manage',
  'okta.iam.read',
  'okta.policies.read',
  'okta.policies.manage',
  'okta.realms.read',
  'okta.realms.manage',
  'okta.support.cases.manage',
] as const;

export type PermissionType = (typeof permissionTypes)[number];

const areas = new Set(permissionTypes.map((type) => type.split('.')[1]));

/** Whether a name is one of a permission. Okta adds new ones: a name in a known area is taken for one. */
export function isPermission(name: string): boolean {
  return /^okta(?:\.[A-Za-z]+){2,4}$/.test(name) && areas.has(name.split('.')[1] ?? '');
}

/** Whether a permission can be narrowed by conditions (roles#condition-object-properties). */
export function takesConditions(type: string): boolean {
  return type === 'okta.users.read' || type === 'okta.users.userprofile.manage';
}
