/** What the System Log tells about one kind of event. */
export interface LogEventDefinition {
  readonly displayMessage: string;
  readonly severity: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  /** What the event is about, in the order of its targets. */
  readonly targets: readonly string[];
  /** Its name in the Events API of before 2020; absent where it never had one. */
  readonly legacyEventType?: string;
}

/**
 * The event types that the operations of this package write. Types are Okta's (event-types, release 2026.08.1).
 * Okta: which call writes which, and most display messages, are not documented.
 */
export const logEvents = {
  'user.lifecycle.create': {
    displayMessage: 'Create okta user',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.config.user_creation.success',
  },
  'user.lifecycle.activate': {
    displayMessage: 'Activate Okta user',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.config.user_activated',
  },
  'user.lifecycle.reactivate': {
    displayMessage: 'Reactivate Okta user',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.config.user_reactivation.success',
  },
  'user.lifecycle.deactivate': {
    displayMessage: 'Deactivate Okta user',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.config.user_deactivated',
  },
  'user.lifecycle.suspend': {
    displayMessage: 'Suspend Okta user',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.config.user_status.suspended',
  },
  'user.lifecycle.unsuspend': {
    displayMessage: 'Unsuspend Okta user',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.config.user_status.unsuspended',
  },
  'user.lifecycle.delete.initiated': {
    displayMessage: 'Delete Okta user initiated',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.config.user_status.delete.initiated',
  },
  'user.lifecycle.delete.completed': {
    displayMessage: 'Delete Okta user completed',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.config.user_status.delete.completed',
  },
  'user.account.update_profile': {
    displayMessage: 'Update user profile for Okta',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.config.profile_update.success',
  },
  'user.account.update_primary_email': {
    displayMessage: 'Update primary email',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.config.update_primary_email',
  },
  'user.account.update_secondary_email': {
    displayMessage: 'Update secondary email',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.config.update_secondary_email',
  },
  'user.account.update_user_type': {
    displayMessage: 'Update user type',
    severity: 'INFO',
    targets: ['User'],
  },
  'user.account.update_password': {
    displayMessage: 'User update password for Okta',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.config.password_update.success',
  },
  'user.account.reset_password': {
    displayMessage: 'User reset password for Okta',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.config.user_status.password_reset',
  },
  'user.account.expire_password': {
    displayMessage: 'Expire password for Okta user',
    severity: 'INFO',
    targets: ['User'],
  },
  'user.account.lock': {
    displayMessage: 'Max sign in attempts exceeded',
    severity: 'WARN',
    targets: ['User'],
    legacyEventType: 'core.user_auth.account_locked',
  },
  'user.account.lock.limit': {
    displayMessage: 'User account is locked until an administrator unlocks it',
    severity: 'WARN',
    targets: ['User'],
  },
  'user.account.unlock': {
    displayMessage: 'User account unlock',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user_auth.account_auto_unlocked',
  },
  'user.account.unlock_by_admin': {
    displayMessage: 'Unlock user account for Okta',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user_auth.account_unlocked_by_admin',
  },
  'user.account.unlock_token': {
    displayMessage: 'Issue unlock recovery token',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user_auth.self_service.account_unlock.issued_recovery_token',
  },
  'user.account.use_token': {
    displayMessage: 'Attempt to use a recovery token',
    severity: 'WARN',
    targets: ['User'],
    legacyEventType: 'core.user_auth.self_service.invalid_recovery_token',
  },
  'user.account.privilege.grant': {
    displayMessage: 'Grant user privilege',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.admin_privilege.granted',
  },
  'user.account.privilege.revoke': {
    displayMessage: 'Revoke user privilege',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.admin_privilege.revoked',
  },
  'user.session.start': {
    displayMessage: 'User login to Okta',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user_auth.login_success',
  },
  'user.session.end': {
    displayMessage: 'User logout from Okta',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user_auth.logout_success',
  },
  'user.session.clear': {
    displayMessage: 'Clear user session',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user_auth.session_clear',
  },
  'user.session.expire': {
    displayMessage: 'User session expired',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user_auth.session_expired',
  },
  'user.session.access_admin_app': {
    displayMessage: 'User accessing Okta admin app',
    severity: 'INFO',
    targets: ['AppInstance'],
    legacyEventType: 'app.admin.sso.login.success',
  },
  'policy.evaluate_sign_on': {
    displayMessage: 'Evaluation of sign-on policy',
    severity: 'INFO',
    targets: ['PolicyEntity', 'PolicyRule'],
  },
  'user.authentication.auth_via_mfa': {
    displayMessage: 'Authentication of user via MFA',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.factor.attempt_success',
  },
  'user.authentication.sso': {
    displayMessage: 'User single sign on to app',
    severity: 'INFO',
    targets: ['AppInstance', 'AppUser'],
    legacyEventType: 'app.auth.sso',
  },
  'user.mfa.okta_verify.deny_push': {
    displayMessage: 'User rejected Okta push verify',
    severity: 'WARN',
    targets: ['User'],
  },
  'user.mfa.factor.activate': {
    displayMessage: 'Activate factor for user',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.factor.activate',
  },
  'user.mfa.factor.deactivate': {
    displayMessage: 'Reset factor for user',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.factor.deactivate',
  },
  'user.mfa.factor.reset_all': {
    displayMessage: 'Reset all factors for user',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.factor.reset_all',
  },
  'user.mfa.factor.update': {
    displayMessage: 'Update factor for user',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.factor.update',
  },
  'system.sms.send_factor_verify_message': {
    displayMessage: 'Send SMS message for factor verification',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.sms.message_sent.factor',
  },
  'system.sms.send_password_reset_message': {
    displayMessage: 'Send SMS message for password reset',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.sms.message_sent.self_service.password_reset',
  },
  'system.sms.send_account_unlock_message': {
    displayMessage: 'Send SMS message for account unlock',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.sms.message_sent.self_service.account_unlock',
  },
  'system.voice.send_mfa_challenge_call': {
    displayMessage: 'Call user with a factor challenge',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.call_to_send_otp.message_sent.mfa.challenge',
  },
  'system.voice.send_password_reset_call': {
    displayMessage: 'Call user for password reset',
    severity: 'INFO',
    targets: ['User'],
  },
  'system.voice.send_account_unlock_call': {
    displayMessage: 'Call user for account unlock',
    severity: 'INFO',
    targets: ['User'],
  },
  'system.sms.send_okta_push_verify_message': {
    displayMessage: 'Send SMS message with the Okta Verify activation link',
    severity: 'INFO',
    targets: ['User'],
  },
  'system.push.send_factor_verify_push': {
    displayMessage: 'Send push notification for factor verification',
    severity: 'INFO',
    targets: ['User'],
  },
  'system.email.send_factor_verify_message': {
    displayMessage: 'Send email message for factor verification',
    severity: 'INFO',
    targets: ['User'],
  },
  'system.email.password_reset.sent_message': {
    displayMessage: 'Send password reset email',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.email.message_sent.self_service.password_reset',
  },
  'system.email.account_unlock.sent_message': {
    displayMessage: 'Send account unlock email',
    severity: 'INFO',
    targets: ['User'],
    legacyEventType: 'core.user.email.message_sent.self_service.account_unlock',
  },
  'group.lifecycle.create': { displayMessage: 'Create Okta group', severity: 'INFO', targets: ['UserGroup'] },
  'group.lifecycle.delete': { displayMessage: 'Delete Okta group', severity: 'INFO', targets: ['UserGroup'] },
  'group.profile.update': { displayMessage: 'Update Okta group', severity: 'INFO', targets: ['UserGroup'] },
  'group.user_membership.add': {
    displayMessage: 'Add user to group membership',
    severity: 'INFO',
    targets: ['User', 'UserGroup'],
    legacyEventType: 'core.user_group_member.user_add',
  },
  'group.user_membership.remove': {
    displayMessage: 'Remove user from group membership',
    severity: 'INFO',
    targets: ['User', 'UserGroup'],
    legacyEventType: 'core.user_group_member.user_remove',
  },
  'group.user_membership.rule.trigger': {
    displayMessage: 'Trigger a group rule',
    severity: 'INFO',
    targets: ['GroupRule', 'UserGroup'],
    legacyEventType: 'cvd.group_rule_triggered',
  },
  'group.user_membership.rule.deactivated': {
    displayMessage: 'Deactivate a group rule',
    severity: 'INFO',
    targets: ['GroupRule'],
    legacyEventType: 'cvd.group_rule_deactivated',
  },
  'group.user_membership.rule.invalidate': {
    displayMessage: 'Invalidate a group rule',
    severity: 'WARN',
    targets: ['GroupRule'],
    legacyEventType: 'cvd.group_rule_invalidated',
  },
  'group.user_membership.rule.add_exclusion': {
    displayMessage: 'Exclude a user from a group rule',
    severity: 'INFO',
    targets: ['User', 'GroupRule'],
    legacyEventType: 'core.user.added_to_rule_exclusion',
  },
  'group.user_membership.rule.error': {
    displayMessage: 'Evaluate a group rule',
    severity: 'ERROR',
    targets: ['User', 'GroupRule'],
    legacyEventType: 'cvd.group.user_membership.rule.error',
  },
  'group.privilege.grant': {
    displayMessage: 'Grant group privilege',
    severity: 'INFO',
    targets: ['UserGroup'],
  },
  'group.privilege.revoke': {
    displayMessage: 'Revoke group privilege',
    severity: 'INFO',
    targets: ['UserGroup'],
  },
  'group.application_assignment.add': {
    displayMessage: 'Add application assignment to group',
    severity: 'INFO',
    targets: ['UserGroup', 'AppInstance'],
    legacyEventType: 'group.application_assignment.add',
  },
  'group.application_assignment.remove': {
    displayMessage: 'Remove application assignment from group',
    severity: 'INFO',
    targets: ['UserGroup', 'AppInstance'],
    legacyEventType: 'group.application_assignment.remove',
  },
  'group.application_assignment.update': {
    displayMessage: 'Update application assignment of group',
    severity: 'INFO',
    targets: ['UserGroup', 'AppInstance'],
    legacyEventType: 'group.application_assignment.update',
  },
  'app.oauth2.client.privilege.grant': {
    displayMessage: 'Grant OAuth2 client privilege',
    severity: 'INFO',
    targets: ['PublicClientApp'],
  },
  'app.oauth2.client.privilege.revoke': {
    displayMessage: 'Revoke OAuth2 client privilege',
    severity: 'INFO',
    targets: ['PublicClientApp'],
  },
  'iam.role.create': { displayMessage: 'Create custom role', severity: 'INFO', targets: ['ROLE'] },
  'iam.role.update': { displayMessage: 'Update custom role', severity: 'INFO', targets: ['ROLE'] },
  'iam.role.delete': { displayMessage: 'Delete custom role', severity: 'INFO', targets: ['ROLE'] },
  'iam.role.permissions.add': {
    displayMessage: 'Add permission to custom role',
    severity: 'INFO',
    targets: ['ROLE', 'PERMISSION'],
  },
  'iam.role.permissions.delete': {
    displayMessage: 'Delete permission from custom role',
    severity: 'INFO',
    targets: ['ROLE', 'PERMISSION'],
  },
  'iam.role.permission.conditions.add': {
    displayMessage: 'Add conditions to a permission of a custom role',
    severity: 'INFO',
    targets: ['ROLE', 'PERMISSION'],
  },
  'iam.resourceset.create': {
    displayMessage: 'Create resource set',
    severity: 'INFO',
    targets: ['RESOURCE_SET'],
  },
  'iam.resourceset.update': {
    displayMessage: 'Update resource set',
    severity: 'INFO',
    targets: ['RESOURCE_SET'],
  },
  'iam.resourceset.delete': {
    displayMessage: 'Delete resource set',
    severity: 'INFO',
    targets: ['RESOURCE_SET'],
  },
  'iam.resourceset.resources.add': {
    displayMessage: 'Add resource to resource set',
    severity: 'INFO',
    targets: ['RESOURCE_SET'],
  },
  'iam.resourceset.resources.delete': {
    displayMessage: 'Delete resource from resource set',
    severity: 'INFO',
    targets: ['RESOURCE_SET'],
  },
  'iam.resourceset.bindings.add': {
    displayMessage: 'Add role binding to resource set',
    severity: 'INFO',
    targets: ['RESOURCE_SET', 'ROLE'],
  },
  'iam.resourceset.bindings.delete': {
    displayMessage: 'Delete role binding from resource set',
    severity: 'INFO',
    targets: ['RESOURCE_SET', 'ROLE'],
  },
  'application.lifecycle.create': {
    displayMessage: 'Create application',
    severity: 'INFO',
    targets: ['AppInstance'],
    legacyEventType: 'app.app_editor.app.create',
  },
  'application.lifecycle.update': {
    displayMessage: 'Update application',
    severity: 'INFO',
    targets: ['AppInstance'],
    legacyEventType: 'app.generic.config.app_updated',
  },
  'application.lifecycle.activate': {
    displayMessage: 'Activate application',
    severity: 'INFO',
    targets: ['AppInstance'],
    legacyEventType: 'app.generic.config.app_activated',
  },
  'application.lifecycle.deactivate': {
    displayMessage: 'Deactivate application',
    severity: 'INFO',
    targets: ['AppInstance'],
    legacyEventType: 'app.generic.config.app_deactivated',
  },
  'application.lifecycle.delete': {
    displayMessage: 'Delete application',
    severity: 'INFO',
    targets: ['AppInstance'],
    legacyEventType: 'app.generic.config.app_deleted',
  },
  'app.oauth2.client.lifecycle.create': {
    displayMessage: 'Create OAuth2 client',
    severity: 'INFO',
    targets: ['PublicClientApp'],
    legacyEventType: 'app.oauth2.client.lifecycle.create',
  },
  'app.oauth2.client.lifecycle.update': {
    displayMessage: 'Update OAuth2 client',
    severity: 'INFO',
    targets: ['PublicClientApp'],
    legacyEventType: 'app.oauth2.client.lifecycle.update',
  },
  'app.oauth2.client.lifecycle.delete': {
    displayMessage: 'Delete OAuth2 client',
    severity: 'INFO',
    targets: ['PublicClientApp'],
    legacyEventType: 'app.oauth2.client.lifecycle.delete',
  },
  'application.user_membership.add': {
    displayMessage: 'Add user to application membership',
    severity: 'INFO',
    targets: ['AppUser', 'AppInstance', 'User'],
    legacyEventType: 'app.generic.provision.assign_user_to_app',
  },
  'application.user_membership.remove': {
    displayMessage: 'Remove user from application membership',
    severity: 'INFO',
    targets: ['AppUser', 'AppInstance', 'User'],
    legacyEventType: 'app.generic.provision.deactivate_user_from_app',
  },
  'application.user_membership.change_username': {
    displayMessage: 'Change username of application user',
    severity: 'INFO',
    targets: ['AppUser', 'AppInstance', 'User'],
    legacyEventType: 'app.generic.config.app_username_update',
  },
  'application.user_membership.change_password': {
    displayMessage: 'Change password of application user',
    severity: 'INFO',
    targets: ['AppUser', 'AppInstance', 'User'],
    legacyEventType: 'app.generic.config.app_password_update',
  },
  'application.user_membership.update': {
    displayMessage: 'Update properties of application user',
    severity: 'INFO',
    targets: ['AppUser', 'AppInstance', 'User'],
    legacyEventType: 'app.generic.config.app_user_property_update',
  },
  'application.configuration.update_logo': {
    displayMessage: 'Update application logo',
    severity: 'INFO',
    targets: ['AppInstance'],
    legacyEventType: 'app.app_instance.logo_update',
  },
  'app.keys.generate': {
    displayMessage: 'Generate application key credential',
    severity: 'INFO',
    targets: ['AppInstance'],
  },
  'app.keys.clone': {
    displayMessage: 'Clone application key credential',
    severity: 'INFO',
    targets: ['AppInstance'],
  },
  'app.keys.rotate': {
    displayMessage: 'Rotate application key credential',
    severity: 'INFO',
    targets: ['AppInstance'],
  },
  'app.oauth2.as.consent.grant': {
    displayMessage: 'Grant consent to OAuth2 scope',
    severity: 'INFO',
    targets: ['AppInstance'],
  },
  'app.oauth2.as.consent.revoke': {
    displayMessage: 'Revoke consent to OAuth2 scope',
    severity: 'INFO',
    targets: ['AppInstance'],
  },
  'directory.user_profile.update': {
    displayMessage: 'Update user profile schema',
    severity: 'INFO',
    targets: ['UserProfile'],
    legacyEventType: 'cvd.user_profile_updated',
  },
  'directory.app_user_profile.update': {
    displayMessage: 'Update application user profile schema',
    severity: 'INFO',
    targets: ['AppUserProfile'],
    legacyEventType: 'cvd.appuser_profile_updated',
  },
  'directory.non_default_user_profile.create': {
    displayMessage: 'Create non-default user type',
    severity: 'INFO',
    targets: ['UserProfile'],
  },
  'directory.linked_object.create': {
    displayMessage: 'Create linked object definition',
    severity: 'INFO',
    targets: ['LinkedObject'],
  },
  'directory.linked_object.delete': {
    displayMessage: 'Delete linked object definition',
    severity: 'INFO',
    targets: ['LinkedObject'],
  },
  'system.api_token.create': {
    displayMessage: 'Create API token',
    severity: 'INFO',
    targets: ['Token'],
    legacyEventType: 'api.token.create',
  },
  'system.api_token.revoke': {
    displayMessage: 'Revoke API token',
    severity: 'INFO',
    targets: ['Token'],
    legacyEventType: 'api.token.revoke',
  },
  'system.api_token.update': { displayMessage: 'Update API token', severity: 'INFO', targets: ['Token'] },
  'system.api_token.request_outside_allowed_range': {
    displayMessage: 'API token used outside its allowed networks',
    severity: 'WARN',
    targets: ['Token'],
  },
  'system.org.rate_limit.warning': { displayMessage: 'Rate limit warning', severity: 'WARN', targets: [] },
  'system.org.rate_limit.violation': {
    displayMessage: 'Rate limit violation',
    severity: 'WARN',
    targets: [],
  },
  'system.org.rate_limit.burst': { displayMessage: 'Rate limit burst', severity: 'WARN', targets: [] },
  'core.concurrency.org.limit.violation': {
    displayMessage: 'Concurrency limit violation',
    severity: 'WARN',
    targets: [],
  },
} as const satisfies Record<string, LogEventDefinition>;

export type LogEventType = keyof typeof logEvents;

/**
 * The Events v1 name of a System Log event. v1 wrote the outcome into the name where the log has a field for
 * it (`login_success`, `login_failed`); undefined where v1 never knew the event.
 */
export function legacyEventType(
  type: LogEventType,
  outcome: { readonly result: string; readonly reason?: string | null } = { result: 'SUCCESS' },
): string | undefined {
  const definition: LogEventDefinition = logEvents[type];
  if (outcome.result === 'SUCCESS' || outcome.result === 'ALLOW') return definition.legacyEventType;
  if (outcome.result === 'DENY' && type === 'user.session.start') return 'core.user_auth.login_denied';
  return failureNames[type] ?? definition.legacyEventType;
}

const failureNames: Partial<Record<LogEventType, string>> = {
  'user.lifecycle.create': 'core.user.config.user_creation.failure',
  'user.account.update_password': 'core.user.config.password_update.failure',
  'user.session.start': 'core.user_auth.login_failed',
  'user.authentication.auth_via_mfa': 'core.user.factor.attempt_fail',
};

/** What the Events API calls a group of events. Source: events#action-categories. */
export const legacyCategories: Readonly<Record<string, readonly string[]>> = {
  'core.user.config.user_creation.success': ['User Creation'],
  'core.user.config.user_activated': ['User Activation'],
  'core.user.config.user_deactivated': ['User Deactivation'],
  'core.user_auth.account_locked': ['User Locked Out'],
  'core.user_auth.login_success': ['Sign-in Success'],
  'core.user_auth.login_failed': ['Sign-in Failure'],
  'core.user_auth.login_denied': ['Sign-in Failure'],
  'app.generic.provision.assign_user_to_app': ['Application Assignment'],
  'app.generic.provision.deactivate_user_from_app': ['Application Assignment'],
  'app.auth.sso': ['Application Access'],
  'core.user.sms.message_sent.factor': ['SMS Messages'],
  'core.user.sms.message_sent.self_service.password_reset': ['SMS Messages'],
  'core.user.sms.message_sent.self_service.account_unlock': ['SMS Messages'],
};
