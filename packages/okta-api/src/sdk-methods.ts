/**
 * The method of `@okta/okta-sdk-nodejs` 8 for each operation: its property of the client, its name, the names of
 * what stands in the path, and behind them the name of the body where there is one.
 */
export const sdkMethods: Readonly<Record<string, string>> = {
  'POST /api/v1/sessions': 'sessionApi.createSession() createSessionRequest',
  'GET /api/v1/sessions/{sessionId}': 'sessionApi.getSession(sessionId)',
  'POST /api/v1/sessions/{sessionId}/lifecycle/refresh': 'sessionApi.refreshSession(sessionId)',
  'DELETE /api/v1/sessions/{sessionId}': 'sessionApi.revokeSession(sessionId)',
  'GET /api/v1/sessions/me': 'sessionApi.getCurrentSession()',
  'POST /api/v1/sessions/me/lifecycle/refresh': 'sessionApi.refreshCurrentSession()',
  'DELETE /api/v1/sessions/me': 'sessionApi.closeCurrentSession()',
  'POST /api/v1/users': 'userApi.createUser() body',
  'GET /api/v1/users': 'userApi.listUsers()',
  'GET /api/v1/users/{userId}': 'userApi.getUser(userId)',
  'POST /api/v1/users/{userId}': 'userApi.updateUser(userId) user',
  'PUT /api/v1/users/{userId}': 'userApi.replaceUser(userId) user',
  'DELETE /api/v1/users/{userId}': 'userApi.deleteUser(userId)',
  'GET /api/v1/users/{userId}/appLinks': 'userApi.listAppLinks(userId)',
  'GET /api/v1/users/{userId}/groups': 'userApi.listUserGroups(userId)',
  'POST /api/v1/users/{userId}/lifecycle/activate': 'userApi.activateUser(userId)',
  'POST /api/v1/users/{userId}/lifecycle/reactivate': 'userApi.reactivateUser(userId)',
  'POST /api/v1/users/{userId}/lifecycle/deactivate': 'userApi.deactivateUser(userId)',
  'POST /api/v1/users/{userId}/lifecycle/suspend': 'userApi.suspendUser(userId)',
  'POST /api/v1/users/{userId}/lifecycle/unsuspend': 'userApi.unsuspendUser(userId)',
  'POST /api/v1/users/{userId}/lifecycle/unlock': 'userApi.unlockUser(userId)',
  'POST /api/v1/users/{userId}/lifecycle/reset_password': 'userApi.generateResetPasswordToken(userId)',
  'POST /api/v1/users/{userId}/lifecycle/expire_password': 'userApi.expirePassword(userId)',
  'POST /api/v1/users/{userId}/lifecycle/expire_password_with_temp_password':
    'userApi.expirePasswordAndGetTemporaryPassword(userId)',
  'POST /api/v1/users/{userId}/lifecycle/reset_factors': 'userApi.resetFactors(userId)',
  'POST /api/v1/users/me/lifecycle/delete_sessions': 'userApi.endUserSessions() keepCurrent',
  'DELETE /api/v1/users/{userId}/sessions': 'userApi.revokeUserSessions(userId)',
  'POST /api/v1/users/{userId}/credentials/forgot_password': 'userApi.forgotPassword(userId)',
  'POST /api/v1/users/{userId}/credentials/forgot_password_recovery_question':
    'userApi.forgotPasswordSetNewPassword(userId) userCredentials',
  'POST /api/v1/users/{userId}/credentials/change_password':
    'userApi.changePassword(userId) changePasswordRequest',
  'POST /api/v1/users/{userId}/credentials/change_recovery_question':
    'userApi.changeRecoveryQuestion(userId) userCredentials',
  'GET /api/v1/users/{userId}/grants': 'userApi.listUserGrants(userId)',
  'GET /api/v1/users/{userId}/grants/{grantId}': 'userApi.getUserGrant(userId, grantId)',
  'DELETE /api/v1/users/{userId}/grants': 'userApi.revokeUserGrants(userId)',
  'DELETE /api/v1/users/{userId}/grants/{grantId}': 'userApi.revokeUserGrant(userId, grantId)',
  'GET /api/v1/users/{userId}/clients': 'userApi.listUserClients(userId)',
  'GET /api/v1/users/{userId}/clients/{clientId}/grants':
    'userApi.listGrantsForUserAndClient(userId, clientId)',
  'DELETE /api/v1/users/{userId}/clients/{clientId}/grants':
    'userApi.revokeGrantsForUserAndClient(userId, clientId)',
  'GET /api/v1/users/{userId}/clients/{clientId}/tokens':
    'userApi.listRefreshTokensForUserAndClient(userId, clientId)',
  'GET /api/v1/users/{userId}/clients/{clientId}/tokens/{tokenId}':
    'userApi.getRefreshTokenForUserAndClient(userId, clientId, tokenId)',
  'DELETE /api/v1/users/{userId}/clients/{clientId}/tokens':
    'userApi.revokeTokensForUserAndClient(userId, clientId)',
  'DELETE /api/v1/users/{userId}/clients/{clientId}/tokens/{tokenId}':
    'userApi.revokeTokenForUserAndClient(userId, clientId, tokenId)',
  'GET /api/v1/users/{userId}/blocks': 'userApi.listUserBlocks(userId)',
  'GET /api/v1/users/{userId}/idps': 'identityProviderApi.listUserIdentityProviders(userId)',
  'GET /api/v1/users/{userId}/factors': 'userFactorApi.listFactors(userId)',
  'POST /api/v1/users/{userId}/factors': 'userFactorApi.enrollFactor(userId) body',
  'GET /api/v1/users/{userId}/factors/{factorId}': 'userFactorApi.getFactor(userId, factorId)',
  'DELETE /api/v1/users/{userId}/factors/{factorId}': 'userFactorApi.unenrollFactor(userId, factorId)',
  'GET /api/v1/users/{userId}/factors/catalog': 'userFactorApi.listSupportedFactors(userId)',
  'GET /api/v1/users/{userId}/factors/questions': 'userFactorApi.listSupportedSecurityQuestions(userId)',
  'POST /api/v1/users/{userId}/factors/{factorId}/lifecycle/activate':
    'userFactorApi.activateFactor(userId, factorId) body',
  'POST /api/v1/users/{userId}/factors/{factorId}/resend':
    'userFactorApi.resendEnrollFactor(userId, factorId) resendUserFactor',
  'POST /api/v1/users/{userId}/factors/{factorId}/verify':
    'userFactorApi.verifyFactor(userId, factorId) body',
  'GET /api/v1/users/{userId}/factors/{factorId}/transactions/{transactionId}':
    'userFactorApi.getFactorTransactionStatus(userId, factorId, transactionId)',
  'GET /api/v1/org/factors/yubikey_token/tokens': 'userFactorApi.listYubikeyOtpTokens()',
  'GET /api/v1/org/factors/yubikey_token/tokens/{tokenId}': 'userFactorApi.getYubikeyOtpTokenById(tokenId)',
  'POST /api/v1/org/factors/yubikey_token/tokens':
    'userFactorApi.uploadYubikeyOtpTokenSeed() uploadYubikeyOtpTokenSeedRequest',
  'POST /api/v1/groups': 'groupApi.createGroup() group',
  'GET /api/v1/groups': 'groupApi.listGroups()',
  'GET /api/v1/groups/{groupId}': 'groupApi.getGroup(groupId)',
  'PUT /api/v1/groups/{groupId}': 'groupApi.replaceGroup(groupId) group',
  'DELETE /api/v1/groups/{groupId}': 'groupApi.deleteGroup(groupId)',
  'GET /api/v1/groups/{groupId}/users': 'groupApi.listGroupUsers(groupId)',
  'PUT /api/v1/groups/{groupId}/users/{userId}': 'groupApi.assignUserToGroup(groupId, userId)',
  'DELETE /api/v1/groups/{groupId}/users/{userId}': 'groupApi.unassignUserFromGroup(groupId, userId)',
  'GET /api/v1/groups/{groupId}/apps': 'groupApi.listAssignedApplicationsForGroup(groupId)',
  'GET /api/v1/groups/rules': 'groupApi.listGroupRules()',
  'POST /api/v1/groups/rules': 'groupApi.createGroupRule() groupRule',
  'GET /api/v1/groups/rules/{ruleId}': 'groupApi.getGroupRule(ruleId)',
  'PUT /api/v1/groups/rules/{ruleId}': 'groupApi.replaceGroupRule(ruleId) groupRule',
  'DELETE /api/v1/groups/rules/{ruleId}': 'groupApi.deleteGroupRule(ruleId)',
  'POST /api/v1/groups/rules/{ruleId}/lifecycle/activate': 'groupApi.activateGroupRule(ruleId)',
  'POST /api/v1/groups/rules/{ruleId}/lifecycle/deactivate': 'groupApi.deactivateGroupRule(ruleId)',
  'GET /api/v1/groups/{groupId}/owners': 'groupApi.listGroupOwners(groupId)',
  'POST /api/v1/groups/{groupId}/owners': 'groupApi.assignGroupOwner(groupId) groupOwner',
  'DELETE /api/v1/groups/{groupId}/owners/{ownerId}': 'groupApi.deleteGroupOwner(groupId, ownerId)',
  'GET /api/v1/users/{userId}/roles': 'roleAssignmentApi.listAssignedRolesForUser(userId)',
  'POST /api/v1/users/{userId}/roles': 'roleAssignmentApi.assignRoleToUser(userId) assignRoleRequest',
  'GET /api/v1/users/{userId}/roles/{roleId}': 'roleAssignmentApi.getUserAssignedRole(userId, roleId)',
  'DELETE /api/v1/users/{userId}/roles/{roleId}': 'roleAssignmentApi.unassignRoleFromUser(userId, roleId)',
  'GET /api/v1/users/{userId}/roles/{roleId}/targets/groups':
    'roleTargetApi.listGroupTargetsForRole(userId, roleId)',
  'PUT /api/v1/users/{userId}/roles/{roleId}/targets/groups/{targetGroupId}':
    'roleTargetApi.assignGroupTargetToUserRole(userId, roleId, groupId)',
  'DELETE /api/v1/users/{userId}/roles/{roleId}/targets/groups/{targetGroupId}':
    'roleTargetApi.unassignGroupTargetFromUserAdminRole(userId, roleId, groupId)',
  'GET /api/v1/users/{userId}/roles/{roleId}/targets/catalog/apps':
    'roleTargetApi.listApplicationTargetsForApplicationAdministratorRoleForUser(userId, roleId)',
  'PUT /api/v1/users/{userId}/roles/{roleId}/targets/catalog/apps':
    'roleTargetApi.assignAllAppsAsTargetToRoleForUser(userId, roleId)',
  'PUT /api/v1/users/{userId}/roles/{roleId}/targets/catalog/apps/{appName}':
    'roleTargetApi.assignAppTargetToAdminRoleForUser(userId, roleId, appName)',
  'DELETE /api/v1/users/{userId}/roles/{roleId}/targets/catalog/apps/{appName}':
    'roleTargetApi.unassignAppTargetFromAppAdminRoleForUser(userId, roleId, appName)',
  'PUT /api/v1/users/{userId}/roles/{roleId}/targets/catalog/apps/{appName}/{appInstanceId}':
    'roleTargetApi.assignAppInstanceTargetToAppAdminRoleForUser(userId, roleId, appName, applicationId)',
  'DELETE /api/v1/users/{userId}/roles/{roleId}/targets/catalog/apps/{appName}/{appInstanceId}':
    'roleTargetApi.unassignAppInstanceTargetFromAdminRoleForUser(userId, roleId, appName, applicationId)',
  'GET /api/v1/groups/{groupId}/roles': 'roleAssignmentApi.listGroupAssignedRoles(groupId)',
  'POST /api/v1/groups/{groupId}/roles': 'roleAssignmentApi.assignRoleToGroup(groupId) assignRoleRequest',
  'GET /api/v1/groups/{groupId}/roles/{roleId}': 'roleAssignmentApi.getGroupAssignedRole(groupId, roleId)',
  'DELETE /api/v1/groups/{groupId}/roles/{roleId}':
    'roleAssignmentApi.unassignRoleFromGroup(groupId, roleId)',
  'GET /api/v1/groups/{groupId}/roles/{roleId}/targets/groups':
    'roleTargetApi.listGroupTargetsForGroupRole(groupId, roleId)',
  'PUT /api/v1/groups/{groupId}/roles/{roleId}/targets/groups/{targetGroupId}':
    'roleTargetApi.assignGroupTargetToGroupAdminRole(groupId, roleId, targetGroupId)',
  'DELETE /api/v1/groups/{groupId}/roles/{roleId}/targets/groups/{targetGroupId}':
    'roleTargetApi.unassignGroupTargetFromGroupAdminRole(groupId, roleId, targetGroupId)',
  'GET /api/v1/groups/{groupId}/roles/{roleId}/targets/catalog/apps':
    'roleTargetApi.listApplicationTargetsForApplicationAdministratorRoleForGroup(groupId, roleId)',
  'PUT /api/v1/groups/{groupId}/roles/{roleId}/targets/catalog/apps/{appName}':
    'roleTargetApi.assignAppTargetToAdminRoleForGroup(groupId, roleId, appName)',
  'DELETE /api/v1/groups/{groupId}/roles/{roleId}/targets/catalog/apps/{appName}':
    'roleTargetApi.unassignAppTargetToAdminRoleForGroup(groupId, roleId, appName)',
  'PUT /api/v1/groups/{groupId}/roles/{roleId}/targets/catalog/apps/{appName}/{appInstanceId}':
    'roleTargetApi.assignAppInstanceTargetToAppAdminRoleForGroup(groupId, roleId, appName, applicationId)',
  'DELETE /api/v1/groups/{groupId}/roles/{roleId}/targets/catalog/apps/{appName}/{appInstanceId}':
    'roleTargetApi.unassignAppInstanceTargetToAppAdminRoleForGroup(groupId, roleId, appName, applicationId)',
  'GET /oauth2/v1/clients/{clientId}/roles': 'roleAssignmentApi.listRolesForClient(clientId)',
  'POST /oauth2/v1/clients/{clientId}/roles':
    'roleAssignmentApi.assignRoleToClient(clientId) assignRoleRequest',
  'DELETE /oauth2/v1/clients/{clientId}/roles/{roleId}':
    'roleAssignmentApi.deleteRoleFromClient(clientId, roleAssignmentId)',
  'GET /oauth2/v1/clients/{clientId}/roles/{roleId}/targets/groups':
    'roleTargetApi.listGroupTargetRoleForClient(clientId, roleAssignmentId)',
  'PUT /oauth2/v1/clients/{clientId}/roles/{roleId}/targets/groups/{targetGroupId}':
    'roleTargetApi.assignGroupTargetRoleForClient(clientId, roleAssignmentId, groupId)',
  'DELETE /oauth2/v1/clients/{clientId}/roles/{roleId}/targets/groups/{targetGroupId}':
    'roleTargetApi.removeGroupTargetRoleFromClient(clientId, roleAssignmentId, groupId)',
  'GET /oauth2/v1/clients/{clientId}/roles/{roleId}/targets/catalog/apps':
    'roleTargetApi.listAppTargetRoleToClient(clientId, roleAssignmentId)',
  'PUT /oauth2/v1/clients/{clientId}/roles/{roleId}/targets/catalog/apps/{appName}':
    'roleTargetApi.assignAppTargetRoleToClient(clientId, roleAssignmentId, appName)',
  'DELETE /oauth2/v1/clients/{clientId}/roles/{roleId}/targets/catalog/apps/{appName}':
    'roleTargetApi.removeAppTargetRoleFromClient(clientId, roleAssignmentId, appName)',
  'PUT /oauth2/v1/clients/{clientId}/roles/{roleId}/targets/catalog/apps/{appName}/{appInstanceId}':
    'roleTargetApi.assignAppTargetInstanceRoleForClient(clientId, roleAssignmentId, appName, appId)',
  'DELETE /oauth2/v1/clients/{clientId}/roles/{roleId}/targets/catalog/apps/{appName}/{appInstanceId}':
    'roleTargetApi.removeAppTargetInstanceRoleForClient(clientId, roleAssignmentId, appName, appId)',
  'GET /api/v1/iam/assignees/users': 'roleAssignmentApi.listUsersWithRoleAssignments()',
  'POST /api/v1/iam/roles': 'customRoleApi.createRole() instance',
  'GET /api/v1/iam/roles': 'customRoleApi.listRoles()',
  'GET /api/v1/iam/roles/{roleIdOrLabel}': 'customRoleApi.getRole(roleIdOrLabel)',
  'PUT /api/v1/iam/roles/{roleIdOrLabel}': 'customRoleApi.replaceRole(roleIdOrLabel) instance',
  'DELETE /api/v1/iam/roles/{roleIdOrLabel}': 'customRoleApi.deleteRole(roleIdOrLabel)',
  'GET /api/v1/iam/roles/{roleIdOrLabel}/permissions': 'customRoleApi.listRolePermissions(roleIdOrLabel)',
  'POST /api/v1/iam/roles/{roleIdOrLabel}/permissions/{permissionType}':
    'customRoleApi.createRolePermission(roleIdOrLabel, permissionType) instance',
  'PUT /api/v1/iam/roles/{roleIdOrLabel}/permissions/{permissionType}':
    'customRoleApi.replaceRolePermission(roleIdOrLabel, permissionType) instance',
  'GET /api/v1/iam/roles/{roleIdOrLabel}/permissions/{permissionType}':
    'customRoleApi.getRolePermission(roleIdOrLabel, permissionType)',
  'DELETE /api/v1/iam/roles/{roleIdOrLabel}/permissions/{permissionType}':
    'customRoleApi.deleteRolePermission(roleIdOrLabel, permissionType)',
  'POST /api/v1/iam/resource-sets': 'resourceSetApi.createResourceSet() instance',
  'GET /api/v1/iam/resource-sets': 'resourceSetApi.listResourceSets()',
  'GET /api/v1/iam/resource-sets/{resourceSetIdOrLabel}': 'resourceSetApi.getResourceSet(resourceSetId)',
  'PUT /api/v1/iam/resource-sets/{resourceSetIdOrLabel}':
    'resourceSetApi.replaceResourceSet(resourceSetId) instance',
  'DELETE /api/v1/iam/resource-sets/{resourceSetIdOrLabel}':
    'resourceSetApi.deleteResourceSet(resourceSetId)',
  'PATCH /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/resources':
    'resourceSetApi.addResourceSetResources(resourceSetId) instance',
  'GET /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/resources':
    'resourceSetApi.listResourceSetResources(resourceSetId)',
  'POST /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/resources':
    'resourceSetApi.addResourceSetResource(resourceSetId) instance',
  'GET /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/resources/{resourceId}':
    'resourceSetApi.getResourceSetResource(resourceSetId, resourceId)',
  'PUT /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/resources/{resourceId}':
    'resourceSetApi.replaceResourceSetResource(resourceSetId, resourceId) resourceSetResourcePutRequest',
  'DELETE /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/resources/{resourceId}':
    'resourceSetApi.deleteResourceSetResource(resourceSetId, resourceId)',
  'POST /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings':
    'resourceSetApi.createResourceSetBinding(resourceSetId) instance',
  'GET /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings':
    'resourceSetApi.listBindings(resourceSetId)',
  'GET /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings/{roleIdOrLabel}':
    'resourceSetApi.getBinding(resourceSetId, roleIdOrLabel)',
  'DELETE /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings/{roleIdOrLabel}':
    'resourceSetApi.deleteBinding(resourceSetId, roleIdOrLabel)',
  'PATCH /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings/{roleIdOrLabel}/members':
    'resourceSetApi.addMembersToBinding(resourceSetId, roleIdOrLabel) instance',
  'GET /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings/{roleIdOrLabel}/members':
    'resourceSetApi.listMembersOfBinding(resourceSetId, roleIdOrLabel)',
  'GET /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings/{roleIdOrLabel}/members/{memberId}':
    'resourceSetApi.getMemberOfBinding(resourceSetId, roleIdOrLabel, memberId)',
  'DELETE /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings/{roleIdOrLabel}/members/{memberId}':
    'resourceSetApi.unassignMemberFromBinding(resourceSetId, roleIdOrLabel, memberId)',
  'POST /api/v1/apps': 'applicationApi.createApplication()',
  'GET /api/v1/apps': 'applicationApi.listApplications()',
  'GET /api/v1/apps/{appId}': 'applicationApi.getApplication(appId)',
  'PUT /api/v1/apps/{appId}': 'applicationApi.replaceApplication(appId) application',
  'DELETE /api/v1/apps/{appId}': 'applicationApi.deleteApplication(appId)',
  'PUT /api/v1/apps/{appId}/policies/{policyId}': 'applicationApi.assignApplicationPolicy(appId, policyId)',
  'POST /api/v1/apps/{appId}/lifecycle/activate': 'applicationApi.activateApplication(appId)',
  'POST /api/v1/apps/{appId}/lifecycle/deactivate': 'applicationApi.deactivateApplication(appId)',
  'POST /api/v1/apps/{appId}/users': 'applicationApi.assignUserToApplication(appId) appUser',
  'GET /api/v1/apps/{appId}/users': 'applicationApi.listApplicationUsers(appId)',
  'GET /api/v1/apps/{appId}/users/{userId}': 'applicationApi.getApplicationUser(appId, userId)',
  'POST /api/v1/apps/{appId}/users/{userId}': 'applicationApi.updateApplicationUser(appId, userId) appUser',
  'DELETE /api/v1/apps/{appId}/users/{userId}': 'applicationApi.unassignUserFromApplication(appId, userId)',
  'GET /api/v1/apps/{appId}/groups': 'applicationApi.listApplicationGroupAssignments(appId)',
  'GET /api/v1/apps/{appId}/groups/{groupId}': 'applicationApi.getApplicationGroupAssignment(appId, groupId)',
  'PUT /api/v1/apps/{appId}/groups/{groupId}':
    'applicationApi.assignGroupToApplication(appId, groupId) applicationGroupAssignment',
  'PATCH /api/v1/apps/{appId}/groups/{groupId}':
    'applicationApi.updateGroupAssignmentToApplication(appId, groupId) jsonPatchOperation',
  'DELETE /api/v1/apps/{appId}/groups/{groupId}':
    'applicationApi.unassignApplicationFromGroup(appId, groupId)',
  'POST /api/v1/apps/{appId}/credentials/keys/generate': 'applicationApi.generateApplicationKey(appId)',
  'POST /api/v1/apps/{appId}/credentials/keys/{keyId}/clone':
    'applicationApi.cloneApplicationKey(appId, keyId)',
  'GET /api/v1/apps/{appId}/credentials/keys': 'applicationApi.listApplicationKeys(appId)',
  'GET /api/v1/apps/{appId}/credentials/keys/{keyId}': 'applicationApi.getApplicationKey(appId, keyId)',
  'GET /api/v1/apps/{appId}/sso/saml/metadata': 'applicationApi.previewSAMLmetadataForApplication(appId)',
  'POST /api/v1/apps/{appId}/credentials/csrs': 'applicationApi.generateCsrForApplication(appId) metadata',
  'GET /api/v1/apps/{appId}/credentials/csrs': 'applicationApi.listCsrsForApplication(appId)',
  'GET /api/v1/apps/{appId}/credentials/csrs/{csrId}': 'applicationApi.getCsrForApplication(appId, csrId)',
  'POST /api/v1/apps/{appId}/credentials/csrs/{csrId}/lifecycle/publish':
    'applicationApi.publishCsrFromApplication(appId, csrId) body',
  'DELETE /api/v1/apps/{appId}/credentials/csrs/{csrId}':
    'applicationApi.revokeCsrFromApplication(appId, csrId)',
  'POST /api/v1/apps/{appId}/credentials/secrets':
    'applicationSSOPublicKeysApi.createOAuth2ClientSecret(appId) oAuth2ClientSecretRequestBody',
  'GET /api/v1/apps/{appId}/credentials/secrets':
    'applicationSSOPublicKeysApi.listOAuth2ClientSecrets(appId)',
  'GET /api/v1/apps/{appId}/credentials/secrets/{secretId}':
    'applicationSSOPublicKeysApi.getOAuth2ClientSecret(appId, secretId)',
  'POST /api/v1/apps/{appId}/credentials/secrets/{secretId}/lifecycle/activate':
    'applicationSSOPublicKeysApi.activateOAuth2ClientSecret(appId, secretId)',
  'POST /api/v1/apps/{appId}/credentials/secrets/{secretId}/lifecycle/deactivate':
    'applicationSSOPublicKeysApi.deactivateOAuth2ClientSecret(appId, secretId)',
  'DELETE /api/v1/apps/{appId}/credentials/secrets/{secretId}':
    'applicationSSOPublicKeysApi.deleteOAuth2ClientSecret(appId, secretId)',
  'POST /api/v1/apps/{appId}/credentials/jwks': 'applicationSSOPublicKeysApi.addJwk(appId) addJwkRequest',
  'GET /api/v1/apps/{appId}/credentials/jwks': 'applicationSSOPublicKeysApi.listJwk(appId)',
  'GET /api/v1/apps/{appId}/credentials/jwks/{jwkId}': 'applicationSSOPublicKeysApi.getJwk(appId, keyId)',
  'POST /api/v1/apps/{appId}/credentials/jwks/{jwkId}/lifecycle/activate':
    'applicationSSOPublicKeysApi.activateOAuth2ClientJsonWebKey(appId, keyId)',
  'POST /api/v1/apps/{appId}/credentials/jwks/{jwkId}/lifecycle/deactivate':
    'applicationSSOPublicKeysApi.deactivateOAuth2ClientJsonWebKey(appId, keyId)',
  'DELETE /api/v1/apps/{appId}/credentials/jwks/{jwkId}':
    'applicationSSOPublicKeysApi.deletejwk(appId, keyId)',
  'POST /api/v1/apps/{appId}/grants': 'applicationApi.grantConsentToScope(appId) oAuth2ScopeConsentGrant',
  'GET /api/v1/apps/{appId}/grants': 'applicationApi.listScopeConsentGrants(appId)',
  'GET /api/v1/apps/{appId}/grants/{grantId}': 'applicationApi.getScopeConsentGrant(appId, grantId)',
  'DELETE /api/v1/apps/{appId}/grants/{grantId}': 'applicationApi.revokeScopeConsentGrant(appId, grantId)',
  'GET /api/v1/apps/{appId}/tokens': 'applicationApi.listOAuth2TokensForApplication(appId)',
  'GET /api/v1/apps/{appId}/tokens/{tokenId}': 'applicationApi.getOAuth2TokenForApplication(appId, tokenId)',
  'DELETE /api/v1/apps/{appId}/tokens': 'applicationApi.revokeOAuth2TokensForApplication(appId)',
  'DELETE /api/v1/apps/{appId}/tokens/{tokenId}':
    'applicationApi.revokeOAuth2TokenForApplication(appId, tokenId)',
  'POST /api/v1/apps/{appId}/logo': 'applicationApi.uploadApplicationLogo(appId) file',
  'GET /api/v1/apps/{appId}/connections/default':
    'applicationApi.getDefaultProvisioningConnectionForApplication(appId)',
  'POST /api/v1/apps/{appId}/connections/default':
    'applicationApi.updateDefaultProvisioningConnectionForApplication(appId) provisioningConnectionRequest',
  'POST /api/v1/apps/{appId}/connections/default/lifecycle/activate':
    'applicationApi.activateDefaultProvisioningConnectionForApplication(appId)',
  'POST /api/v1/apps/{appId}/connections/default/lifecycle/deactivate':
    'applicationApi.deactivateDefaultProvisioningConnectionForApplication(appId)',
  'GET /api/v1/apps/{appId}/features': 'applicationApi.listFeaturesForApplication(appId)',
  'GET /api/v1/apps/{appId}/features/{featureName}': 'applicationApi.getFeatureForApplication(appId, name)',
  'PUT /api/v1/apps/{appId}/features/{featureName}':
    'applicationApi.updateFeatureForApplication(appId, name) capabilitiesObject',
  'GET /api/v1/meta/schemas/user/{typeId}': 'schemaApi.getUserSchema(schemaId)',
  'POST /api/v1/meta/schemas/user/{typeId}': 'schemaApi.updateUserProfile(schemaId) userSchema',
  'GET /api/v1/meta/schemas/apps/{appId}/default': 'schemaApi.getApplicationUserSchema(appInstanceId)',
  'POST /api/v1/meta/schemas/apps/{appId}/default':
    'schemaApi.updateApplicationUserProfile(appInstanceId) body',
  'GET /api/v1/meta/schemas/group/default': 'schemaApi.getGroupSchema()',
  'POST /api/v1/meta/schemas/group/default': 'schemaApi.updateGroupSchema() groupSchema',
  'GET /api/v1/meta/schemas/logStream': 'schemaApi.listLogStreamSchemas()',
  'GET /api/v1/meta/schemas/logStream/{logStreamType}': 'schemaApi.getLogStreamSchema(logStreamType)',
  'GET /api/v1/logs': 'systemLogApi.listLogEvents()',
  'GET /api/v1/api-tokens': 'apiTokenApi.listApiTokens()',
  'GET /api/v1/api-tokens/{apiTokenId}': 'apiTokenApi.getApiToken(apiTokenId)',
  'PUT /api/v1/api-tokens/{apiTokenId}': 'apiTokenApi.upsertApiToken(apiTokenId) apiTokenUpdate',
  'DELETE /api/v1/api-tokens/{apiTokenId}': 'apiTokenApi.revokeApiToken(apiTokenId)',
  'DELETE /api/v1/api-tokens/current': 'apiTokenApi.revokeCurrentApiToken()',
  'GET /api/v1/meta/types/user': 'userTypeApi.listUserTypes()',
  'POST /api/v1/meta/types/user': 'userTypeApi.createUserType() userType',
  'GET /api/v1/meta/types/user/{typeId}': 'userTypeApi.getUserType(typeId)',
  'POST /api/v1/meta/types/user/{typeId}': 'userTypeApi.updateUserType(typeId) userType',
  'PUT /api/v1/meta/types/user/{typeId}': 'userTypeApi.replaceUserType(typeId) userType',
  'DELETE /api/v1/meta/types/user/{typeId}': 'userTypeApi.deleteUserType(typeId)',
  'POST /api/v1/meta/schemas/user/linkedObjects':
    'linkedObjectApi.createLinkedObjectDefinition() linkedObject',
  'GET /api/v1/meta/schemas/user/linkedObjects': 'linkedObjectApi.listLinkedObjectDefinitions()',
  'GET /api/v1/meta/schemas/user/linkedObjects/{name}':
    'linkedObjectApi.getLinkedObjectDefinition(linkedObjectName)',
  'DELETE /api/v1/meta/schemas/user/linkedObjects/{name}':
    'linkedObjectApi.deleteLinkedObjectDefinition(linkedObjectName)',
  'PUT /api/v1/users/{userId}/linkedObjects/{name}/{primaryUserId}':
    'userApi.setLinkedObjectForUser(associatedUserId, primaryRelationshipName, primaryUserId)',
  'GET /api/v1/users/{userId}/linkedObjects/{name}':
    'userApi.listLinkedObjectsForUser(userId, relationshipName)',
  'DELETE /api/v1/users/{userId}/linkedObjects/{name}':
    'userApi.deleteLinkedObjectForUser(userId, relationshipName)',
};
