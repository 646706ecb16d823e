import { assigneeOperations } from './assignees.ts';
import { iamOperations } from './iam.ts';

const ofUsers = assigneeOperations({
  base: '/api/v1/users/{userId}/roles',
  holder: 'User',
  bucket: 'other',
  granted: ['user.account.privilege.grant'],
  revoked: ['user.account.privilege.revoke'],
});
const ofGroups = assigneeOperations({
  base: '/api/v1/groups/{groupId}/roles',
  holder: 'Group',
  bucket: 'groups-any',
  granted: ['group.privilege.grant'],
  revoked: ['group.privilege.revoke'],
});
const ofClients = assigneeOperations({
  base: '/oauth2/v1/clients/{clientId}/roles',
  holder: 'Client',
  bucket: 'clients',
  granted: ['app.oauth2.client.privilege.grant'],
  revoked: ['app.oauth2.client.privilege.revoke'],
});

export const adminRoles = {
  listUserRoles: ofUsers.list,
  assignUserRole: ofUsers.assign,
  getUserRole: ofUsers.get,
  unassignUserRole: ofUsers.unassign,
  listUserGroupTargets: ofUsers.listGroups,
  addUserGroupTarget: ofUsers.addGroup,
  removeUserGroupTarget: ofUsers.removeGroup,
  listUserAppTargets: ofUsers.listApps,
  addUserAllAppsTarget: ofUsers.addAllApps,
  addUserAppTarget: ofUsers.addApp,
  removeUserAppTarget: ofUsers.removeApp,
  addUserAppInstanceTarget: ofUsers.addAppInstance,
  removeUserAppInstanceTarget: ofUsers.removeAppInstance,

  listGroupRoles: ofGroups.list,
  assignGroupRole: ofGroups.assign,
  getGroupRole: ofGroups.get,
  unassignGroupRole: ofGroups.unassign,
  listGroupGroupTargets: ofGroups.listGroups,
  addGroupGroupTarget: ofGroups.addGroup,
  removeGroupGroupTarget: ofGroups.removeGroup,
  listGroupAppTargets: ofGroups.listApps,
  addGroupAppTarget: ofGroups.addApp,
  removeGroupAppTarget: ofGroups.removeApp,
  addGroupAppInstanceTarget: ofGroups.addAppInstance,
  removeGroupAppInstanceTarget: ofGroups.removeAppInstance,

  listClientRoles: ofClients.list,
  assignClientRole: ofClients.assign,
  unassignClientRole: ofClients.unassign,
  listClientGroupTargets: ofClients.listGroups,
  addClientGroupTarget: ofClients.addGroup,
  removeClientGroupTarget: ofClients.removeGroup,
  listClientAppTargets: ofClients.listApps,
  addClientAppTarget: ofClients.addApp,
  removeClientAppTarget: ofClients.removeApp,
  addClientAppInstanceTarget: ofClients.addAppInstance,
  removeClientAppInstanceTarget: ofClients.removeAppInstance,

  ...iamOperations,
} as const;
