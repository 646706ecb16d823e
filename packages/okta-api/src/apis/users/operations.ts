import { z } from 'zod';
import { defineOperation } from '../../define.ts';
import { docsOf } from '../../docs.ts';
import { CursorQuery, cursorQuery, EmptyObject, ExpandQuery, Flag, Limit } from '../../schemas.ts';
import { Group } from '../groups/schemas.ts';
import {
  ActivationAnswer,
  AnswerQuestionBody,
  AppLink,
  ChangePasswordBody,
  ChangeQuestionBody,
  CreateUserBody,
  DeleteSessionsBody,
  ExpirePasswordAnswer,
  ForgotPasswordAnswer,
  ForgotPasswordBody,
  Grant,
  IdentityProvider,
  OAuthClient,
  RefreshToken,
  ResetPasswordAnswer,
  RiskBody,
  TempPassword,
  UpdateMeBody,
  UpdateUserBody,
  User,
  UserBlock,
  UserCredentials,
  UserRisk,
} from './schemas.ts';

const common = { api: 'users', authentication: 'token', docs: docsOf('User') } as const;
const other = { ...common, bucket: 'other' } as const;
const lifecycle = { ...other, docs: docsOf('UserLifecycle') } as const;
const credentials = { ...other, docs: docsOf('UserCred') } as const;
const grants = { ...other, docs: docsOf('UserGrant') } as const;
const tokens = { ...other, docs: docsOf('UserOAuth') } as const;
const paging = { defaultLimit: 20, maxLimit: 200 } as const;

const SendEmail = z.object({ sendEmail: Flag.optional() });
const Strict = z.object({ strict: Flag.optional() });
const PagedExpand = z.object({ ...cursorQuery, expand: z.string().optional() });

/** A person who exists nowhere; `{{$guid}}` lets the same call be sent again. */
const profile = {
  firstName: 'Ines',
  lastName: 'Baker',
  email: 'ines.baker@example.com',
  login: '{{$guid}}@example.com',
};
const password = { value: '{{password}}' };
const recovery_question = { question: 'Where did the ferry leave from?', answer: 'harbour wall' };

export const users = {
  createUser: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/v1/users',
    summary: 'Create a user',
    description:
      'Creates a user and, unless `activate=false`, activates them at once. With a password the user is ACTIVE, without one PROVISIONED and waiting for the welcome mail.',
    query: z.object({
      activate: Flag.optional(),
      provider: Flag.optional(),
      nextLogin: z.enum(['changePassword']).optional(),
    }),
    body: CreateUserBody,
    bucket: 'users-list',
    success: { status: 200, answer: User },
    errors: ['E0000001', 'E0000003', 'E0000093', 'E0000124', 'E0000125'],
    events: ['user.lifecycle.create', 'user.lifecycle.activate', 'group.user_membership.add'],
    examples: [
      {
        title: 'Create User with Password & Recovery Question',
        query: { activate: 'false' },
        body: { profile, credentials: { password, recovery_question } },
        saves: { stagedUserId: 'id' },
      },
      {
        title: 'Create Activated User with Password & Recovery Question',
        query: { activate: 'true' },
        body: { profile, credentials: { password, recovery_question } },
        saves: { userId: 'id', login: 'profile.login' },
      },
      {
        title: 'Create User without Credentials',
        query: { activate: 'false' },
        body: { profile },
        saves: { stagedUserId: 'id' },
      },
      {
        title: 'Create Activated User without Credentials',
        query: { activate: 'true' },
        body: { profile },
        saves: { provisionedUserId: 'id' },
      },
      {
        title: 'Create User with Password',
        query: { activate: 'false' },
        body: { profile, credentials: { password } },
      },
      {
        title: 'Create Activated User with Password',
        query: { activate: 'true' },
        body: { profile, credentials: { password } },
        saves: { targetId: 'id' },
      },
      {
        title: 'Create User with Recovery Question',
        query: { activate: 'false' },
        body: { profile, credentials: { recovery_question } },
      },
      {
        title: 'Create Activated User with Recovery Question',
        query: { activate: 'true' },
        body: { profile, credentials: { recovery_question } },
      },
      {
        title: 'Create User in Group',
        query: { activate: 'false' },
        body: { profile, groupIds: ['{{groupId}}'] },
      },
      {
        title: 'Create User with Non-Default User Type',
        query: { activate: 'false' },
        body: { profile, type: { id: '{{typeId}}' } },
        saves: { typedUserId: 'id' },
      },
      {
        title: 'Create User with Authentication Provider',
        query: { activate: 'true', provider: 'true' },
        body: { profile, credentials: { provider: { type: 'FEDERATION', name: 'FEDERATION' } } },
      },
      {
        title: 'Create User with Hashed Password',
        query: { activate: 'true' },
        body: {
          profile,
          credentials: {
            password: {
              hash: {
                algorithm: 'SHA-256',
                salt: 'dGlkZXdhdGVy',
                saltOrder: 'PREFIX',
                value: 'Cf7xYb0ZrWq0gW0nqz0nRk9oQ8hQb0m7Jt1mYp5p1xA=',
              },
            },
          },
        },
      },
    ],
  }),

  listUsers: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/users',
    summary: 'List users, or find them by q, filter or search',
    query: z.object({
      ...cursorQuery,
      q: z.string().optional(),
      filter: z.string().optional(),
      search: z.string().optional(),
      sortBy: z.string().optional(),
      sortOrder: z.string().optional(),
      fields: z.string().optional(),
      expand: z.string().optional(),
    }),
    bucket: 'users-list',
    paging: { defaultLimit: 200, maxLimit: 200 },
    success: { status: 200, answer: z.array(User) },
    errors: ['E0000001', 'E0000029', 'E0000031', 'E0000033', 'E0000094', 'E0000100'],
    examples: [
      { title: 'List Users', query: { limit: '25' } },
      { title: 'Find User', query: { q: 'ines', limit: '1' } },
      {
        title: 'List Users with Search',
        query: { search: 'profile.department eq "Engineering"' },
      },
      {
        title: 'List Users Updated after Timestamp',
        query: {
          filter: 'status eq "ACTIVE" and lastUpdated gt "2024-01-01T00:00:00.000Z"',
          limit: '25',
        },
      },
      { title: 'List Active Users', query: { filter: 'status eq "ACTIVE"', limit: '25' } },
      {
        title: 'List Provisioned Users',
        query: { filter: 'status eq "PROVISIONED"', limit: '25' },
      },
      { title: 'List Staged Users', query: { filter: 'status eq "STAGED"', limit: '25' } },
      { title: 'List Recovery Users', query: { filter: 'status eq "RECOVERY"', limit: '25' } },
      {
        title: 'List Deprovisioned Users',
        query: { filter: 'status eq "DEPROVISIONED"', limit: '25' },
      },
      {
        title: 'List Password Expired Users',
        query: { filter: 'status eq "PASSWORD_EXPIRED"', limit: '25' },
      },
      { title: 'List Locked Users', query: { filter: 'status eq "LOCKED_OUT"', limit: '25' } },
    ],
  }),

  getUser: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/users/{userId}',
    summary: 'Read a user by id, login or short login',
    query: ExpandQuery,
    bucket: 'user-get',
    success: { status: 200, answer: User },
    errors: ['E0000001', 'E0000007'],
    examples: [{ title: 'Get User' }, { title: 'Get User by Login', path: { userId: '{{login}}' } }],
  }),

  getCurrentUser: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/users/me',
    summary: 'Read the user who makes the call',
    authentication: 'token-or-cookie',
    bucket: 'user-get',
    success: { status: 200, answer: User },
    errors: ['E0000011'],
    examples: [{ title: 'Get Current User', saves: { currentUserId: 'id' } }],
  }),

  updateUser: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/v1/users/{userId}',
    summary: 'Change some properties of a user',
    description: 'Only what is sent changes; a profile property sent as null is cleared.',
    query: Strict,
    body: UpdateUserBody,
    bucket: 'user-write',
    success: { status: 200, answer: User },
    errors: ['E0000001', 'E0000003', 'E0000007', 'E0000023', 'E0000077', 'E0000112'],
    events: [
      'user.account.update_profile',
      'user.account.update_primary_email',
      'user.account.update_secondary_email',
      'user.account.update_password',
    ],
    examples: [
      {
        title: 'Update User',
        body: { profile: { nickName: 'Nessie', department: 'Engineering' } },
      },
    ],
  }),

  updateCurrentUser: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/v1/users/me',
    summary: "Change the calling user's own profile",
    authentication: 'token-or-cookie',
    body: UpdateMeBody,
    bucket: 'user-write',
    success: { status: 200, answer: User },
    errors: ['E0000001', 'E0000003', 'E0000006', 'E0000011'],
    events: ['user.account.update_profile'],
    examples: [{ title: 'Update Current User', body: { profile: { nickName: 'Admin' } } }],
  }),

  replaceUser: defineOperation({
    ...common,
    method: 'PUT',
    path: '/api/v1/users/{userId}',
    summary: 'Replace the profile or the credentials of a user',
    description:
      'Profile properties that are left out are removed. A body with credentials alone leaves the profile as it is.',
    query: Strict,
    body: UpdateUserBody,
    bucket: 'user-write',
    success: { status: 200, answer: User },
    errors: ['E0000001', 'E0000003', 'E0000007', 'E0000112'],
    events: [
      'user.account.update_profile',
      'user.account.update_primary_email',
      'user.account.update_secondary_email',
      'user.account.update_password',
      'user.account.update_user_type',
    ],
    examples: [
      { title: 'Set Password', body: { credentials: { password } } },
      {
        title: 'Set Recovery Credential',
        body: { credentials: { recovery_question } },
      },
      {
        title: 'Replace Profile',
        body: { profile: { ...profile, login: '{{login}}', department: 'Engineering' } },
      },
    ],
  }),

  deleteUser: defineOperation({
    ...common,
    method: 'DELETE',
    path: '/api/v1/users/{userId}',
    summary: 'Deactivate a user, or delete one who is deactivated',
    description:
      'The first call deactivates a user who is not DEPROVISIONED yet; the next one deletes them for good.',
    query: SendEmail,
    bucket: 'user-write',
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000007'],
    events: [
      'user.lifecycle.deactivate',
      'user.lifecycle.delete.initiated',
      'user.lifecycle.delete.completed',
    ],
    examples: [{ title: 'Delete User', query: { sendEmail: 'false' } }],
  }),

  listAppLinks: defineOperation({
    ...other,
    method: 'GET',
    path: '/api/v1/users/{userId}/appLinks',
    summary: 'List the apps that a user sees',
    success: { status: 200, answer: z.array(AppLink) },
    errors: ['E0000007'],
    examples: [{ title: 'Get Assigned App Links' }],
  }),

  listUserGroups: defineOperation({
    ...other,
    method: 'GET',
    path: '/api/v1/users/{userId}/groups',
    summary: 'List the groups that a user is in',
    query: CursorQuery,
    paging: { defaultLimit: 200, maxLimit: 200 },
    success: { status: 200, answer: z.array(Group) },
    errors: ['E0000007'],
    examples: [{ title: 'Get Groups for User' }],
  }),

  activateUser: defineOperation({
    ...lifecycle,
    method: 'POST',
    path: '/api/v1/users/{userId}/lifecycle/activate',
    summary: 'Activate a user',
    query: SendEmail,
    success: { status: 200, answer: ActivationAnswer },
    errors: ['E0000007', 'E0000016', 'E0000038'],
    events: ['user.lifecycle.activate'],
    examples: [
      { title: 'Activate User', path: { userId: '{{stagedUserId}}' }, query: { sendEmail: 'false' } },
    ],
  }),

  reactivateUser: defineOperation({
    ...lifecycle,
    method: 'POST',
    path: '/api/v1/users/{userId}/lifecycle/reactivate',
    summary: 'Start the activation of a provisioned user again',
    query: SendEmail,
    success: { status: 200, answer: ActivationAnswer },
    errors: ['E0000007', 'E0000038'],
    events: ['user.lifecycle.reactivate'],
    examples: [
      {
        title: 'Reactivate User',
        path: { userId: '{{provisionedUserId}}' },
        query: { sendEmail: 'false' },
      },
    ],
  }),

  deactivateUser: defineOperation({
    ...lifecycle,
    method: 'POST',
    path: '/api/v1/users/{userId}/lifecycle/deactivate',
    summary: 'Deactivate a user',
    description: 'Takes away every app assignment and the password. Activation brings neither back.',
    query: SendEmail,
    irreversible: true,
    success: { status: 200, answer: EmptyObject },
    errors: ['E0000007', 'E0000038'],
    events: ['user.lifecycle.deactivate'],
    examples: [{ title: 'Deactivate User' }],
  }),

  suspendUser: defineOperation({
    ...lifecycle,
    method: 'POST',
    path: '/api/v1/users/{userId}/lifecycle/suspend',
    summary: 'Suspend an active user',
    success: { status: 200, answer: EmptyObject },
    errors: ['E0000001', 'E0000007', 'E0000028'],
    events: ['user.lifecycle.suspend'],
    examples: [{ title: 'Suspend User' }],
  }),

  unsuspendUser: defineOperation({
    ...lifecycle,
    method: 'POST',
    path: '/api/v1/users/{userId}/lifecycle/unsuspend',
    summary: 'Lift the suspension of a user',
    success: { status: 200, answer: EmptyObject },
    errors: ['E0000001', 'E0000007', 'E0000028'],
    events: ['user.lifecycle.unsuspend'],
    examples: [{ title: 'Unsuspend User' }],
  }),

  unlockUser: defineOperation({
    ...lifecycle,
    method: 'POST',
    path: '/api/v1/users/{userId}/lifecycle/unlock',
    summary: 'Unlock a user who is locked out',
    success: { status: 200, answer: EmptyObject },
    errors: ['E0000007', 'E0000032'],
    events: ['user.account.unlock_by_admin'],
    examples: [{ title: 'Unlock User', alsoAnswers: [403] }],
  }),

  resetPassword: defineOperation({
    ...lifecycle,
    method: 'POST',
    path: '/api/v1/users/{userId}/lifecycle/reset_password',
    summary: 'Make a link that resets the password of a user',
    query: z.object({
      sendEmail: Flag.optional(),
      revokeSessions: Flag.optional(),
      provider: z.enum(['FEDERATION']).optional(),
    }),
    success: { status: 200, answer: ResetPasswordAnswer },
    errors: ['E0000007', 'E0000017', 'E0000038'],
    events: ['user.account.reset_password'],
    examples: [{ title: 'Reset Password', query: { sendEmail: 'false' } }],
  }),

  expirePassword: defineOperation({
    ...lifecycle,
    method: 'POST',
    path: '/api/v1/users/{userId}/lifecycle/expire_password',
    summary: 'Expire the password of a user, with a temporary one if wanted',
    query: z.object({ tempPassword: Flag.optional() }),
    success: { status: 200, answer: ExpirePasswordAnswer },
    errors: ['E0000007', 'E0000038'],
    events: ['user.account.expire_password'],
    examples: [{ title: 'Expire Password' }, { title: 'Set Temp Password', query: { tempPassword: 'true' } }],
  }),

  expirePasswordWithTempPassword: defineOperation({
    ...lifecycle,
    method: 'POST',
    path: '/api/v1/users/{userId}/lifecycle/expire_password_with_temp_password',
    summary: 'Expire the password of a user and answer a temporary one',
    query: z.object({ revokeSessions: Flag.optional() }),
    success: { status: 200, answer: TempPassword },
    errors: ['E0000007', 'E0000038'],
    events: ['user.account.expire_password'],
    examples: [{ title: 'Expire Password with Temp Password' }],
  }),

  resetFactors: defineOperation({
    ...lifecycle,
    method: 'POST',
    path: '/api/v1/users/{userId}/lifecycle/reset_factors',
    summary: 'Remove every factor that a user has enrolled',
    irreversible: true,
    success: { status: 200, answer: EmptyObject },
    errors: ['E0000007'],
    events: ['user.mfa.factor.reset_all'],
    examples: [{ title: 'Reset Factors' }],
  }),

  deleteCurrentUserSessions: defineOperation({
    ...other,
    method: 'POST',
    path: '/api/v1/users/me/lifecycle/delete_sessions',
    summary: "End the calling user's sessions",
    authentication: 'cookie',
    body: DeleteSessionsBody,
    bodyRequired: false,
    docs: docsOf('UserSessions'),
    success: { status: 200, answer: EmptyObject },
    errors: ['E0000005'],
    events: ['user.session.clear'],
    examples: [
      {
        title: 'Clear Current User Sessions',
        body: { keepCurrent: true },
        alsoAnswers: [401, 403],
      },
    ],
  }),

  deleteUserSessions: defineOperation({
    ...other,
    method: 'DELETE',
    path: '/api/v1/users/{userId}/sessions',
    summary: 'End every session of a user',
    query: z.object({ oauthTokens: Flag.optional(), forgetDevices: Flag.optional() }),
    docs: docsOf('UserSessions'),
    success: { status: 204 },
    errors: ['E0000007'],
    events: ['user.session.clear'],
    examples: [{ title: 'Clear User Sessions' }],
  }),

  forgotPassword: defineOperation({
    ...credentials,
    method: 'POST',
    path: '/api/v1/users/{userId}/credentials/forgot_password',
    summary: 'Make a recovery link, or set a password by the recovery answer',
    query: SendEmail,
    body: ForgotPasswordBody,
    bodyRequired: false,
    success: { status: 200, answer: ForgotPasswordAnswer },
    errors: ['E0000001', 'E0000007', 'E0000034', 'E0000087'],
    events: ['user.account.reset_password'],
    examples: [
      {
        title: 'Forgot Password (Validate Security Answer)',
        query: { sendEmail: 'false' },
        body: { password, recovery_question: { answer: recovery_question.answer } },
      },
      { title: 'Forgot Password (One Time Code)', query: { sendEmail: 'false' } },
    ],
  }),

  forgotPasswordByAnswer: defineOperation({
    ...credentials,
    method: 'POST',
    path: '/api/v1/users/{userId}/credentials/forgot_password_recovery_question',
    summary: 'Set a password by the recovery answer',
    query: SendEmail,
    body: AnswerQuestionBody,
    success: { status: 200, answer: UserCredentials },
    errors: ['E0000001', 'E0000003', 'E0000007', 'E0000034', 'E0000087'],
    events: ['user.account.reset_password'],
    examples: [
      {
        title: 'Forgot Password with Recovery Question',
        query: { sendEmail: 'false' },
        body: { password, recovery_question: { answer: recovery_question.answer } },
      },
    ],
  }),

  changePassword: defineOperation({
    ...credentials,
    method: 'POST',
    path: '/api/v1/users/{userId}/credentials/change_password',
    summary: 'Change a password by proving the old one',
    query: Strict,
    body: ChangePasswordBody,
    success: { status: 200, answer: UserCredentials },
    errors: ['E0000001', 'E0000003', 'E0000007', 'E0000014', 'E0000035'],
    events: ['user.account.update_password'],
    examples: [
      {
        title: 'Change Password',
        body: { oldPassword: password, newPassword: { value: '{{newPassword}}' } },
      },
    ],
  }),

  changeRecoveryQuestion: defineOperation({
    ...credentials,
    method: 'POST',
    path: '/api/v1/users/{userId}/credentials/change_recovery_question',
    summary: 'Change a recovery question by proving the password',
    body: ChangeQuestionBody,
    success: { status: 200, answer: UserCredentials },
    errors: ['E0000001', 'E0000003', 'E0000007', 'E0000014', 'E0000036'],
    events: ['user.account.update_profile'],
    examples: [{ title: 'Change Recovery Question', body: { password, recovery_question } }],
  }),

  listGrants: defineOperation({
    ...grants,
    method: 'GET',
    path: '/api/v1/users/{userId}/grants',
    summary: 'List the scopes that a user has consented to',
    query: PagedExpand.extend({ scopeId: z.string().optional() }),
    paging,
    success: { status: 200, answer: z.array(Grant) },
    errors: ['E0000007'],
    examples: [{ title: 'List Grants' }],
  }),

  getGrant: defineOperation({
    ...grants,
    method: 'GET',
    path: '/api/v1/users/{userId}/grants/{grantId}',
    summary: 'Read one consent of a user',
    query: ExpandQuery,
    success: { status: 200, answer: Grant },
    errors: ['E0000007'],
    examples: [{ title: 'Get a Grant', alsoAnswers: [404] }],
  }),

  revokeGrants: defineOperation({
    ...grants,
    method: 'DELETE',
    path: '/api/v1/users/{userId}/grants',
    summary: 'Revoke every consent of a user',
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000007'],
    events: ['app.oauth2.as.consent.revoke'],
    examples: [{ title: 'Revoke All Grants' }],
  }),

  revokeGrant: defineOperation({
    ...grants,
    method: 'DELETE',
    path: '/api/v1/users/{userId}/grants/{grantId}',
    summary: 'Revoke one consent of a user',
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000007'],
    events: ['app.oauth2.as.consent.revoke'],
    examples: [{ title: 'Revoke a Grant', alsoAnswers: [404] }],
  }),

  listClients: defineOperation({
    ...other,
    method: 'GET',
    path: '/api/v1/users/{userId}/clients',
    summary: 'List the OAuth clients that a user has consents or tokens for',
    docs: docsOf('UserResources'),
    success: { status: 200, answer: z.array(OAuthClient) },
    errors: ['E0000007'],
    examples: [{ title: 'List Clients' }],
  }),

  listClientGrants: defineOperation({
    ...grants,
    method: 'GET',
    path: '/api/v1/users/{userId}/clients/{clientId}/grants',
    summary: 'List the consents of a user for one client',
    query: PagedExpand,
    paging,
    success: { status: 200, answer: z.array(Grant) },
    errors: ['E0000007'],
    examples: [{ title: 'List Grants for a Client', alsoAnswers: [404] }],
  }),

  revokeClientGrants: defineOperation({
    ...grants,
    method: 'DELETE',
    path: '/api/v1/users/{userId}/clients/{clientId}/grants',
    summary: 'Revoke the consents of a user for one client',
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000007'],
    events: ['app.oauth2.as.consent.revoke'],
    examples: [{ title: 'Revoke Grants for a Client', alsoAnswers: [404] }],
  }),

  listClientTokens: defineOperation({
    ...tokens,
    method: 'GET',
    path: '/api/v1/users/{userId}/clients/{clientId}/tokens',
    summary: 'List the refresh tokens of a user for one client',
    query: PagedExpand,
    paging,
    success: { status: 200, answer: z.array(RefreshToken) },
    errors: ['E0000007'],
    examples: [{ title: 'List Refresh Tokens', alsoAnswers: [404] }],
  }),

  getClientToken: defineOperation({
    ...tokens,
    method: 'GET',
    path: '/api/v1/users/{userId}/clients/{clientId}/tokens/{tokenId}',
    summary: 'Read one refresh token of a user',
    query: z.object({
      expand: z.string().optional(),
      limit: Limit.optional(),
      after: z.string().optional(),
    }),
    success: { status: 200, answer: RefreshToken },
    errors: ['E0000007'],
    examples: [{ title: 'Get a Refresh Token', alsoAnswers: [404] }],
  }),

  revokeClientTokens: defineOperation({
    ...tokens,
    method: 'DELETE',
    path: '/api/v1/users/{userId}/clients/{clientId}/tokens',
    summary: 'Revoke every refresh token of a user for one client',
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000007'],
    examples: [{ title: 'Revoke All Refresh Tokens', alsoAnswers: [404] }],
  }),

  revokeClientToken: defineOperation({
    ...tokens,
    method: 'DELETE',
    path: '/api/v1/users/{userId}/clients/{clientId}/tokens/{tokenId}',
    summary: 'Revoke one refresh token of a user',
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000007'],
    examples: [{ title: 'Revoke a Refresh Token', alsoAnswers: [404] }],
  }),

  listBlocks: defineOperation({
    ...other,
    method: 'GET',
    path: '/api/v1/users/{userId}/blocks',
    summary: 'List what blocks a user from signing in',
    success: { status: 200, answer: z.array(UserBlock) },
    errors: ['E0000007', 'E0000015'],
    examples: [{ title: 'List User Blocks', alsoAnswers: [401] }],
  }),

  getRisk: defineOperation({
    ...other,
    method: 'GET',
    path: '/api/v1/users/{userId}/risk',
    summary: 'Read how risky an administrator takes a user for',
    docs: docsOf('UserRisk'),
    success: { status: 200, answer: UserRisk },
    errors: ['E0000007'],
    examples: [{ title: 'Get User Risk' }],
  }),

  setRisk: defineOperation({
    ...other,
    method: 'PUT',
    path: '/api/v1/users/{userId}/risk',
    summary: 'Say how risky a user is',
    docs: docsOf('UserRisk'),
    body: RiskBody,
    // Okta: 201 the first time, 200 when a level was there (OAS:upsertUserRisk).
    success: { status: 201, alsoStatus: 200, answer: UserRisk },
    errors: ['E0000001', 'E0000007'],
    examples: [{ title: 'Set User Risk', body: { riskLevel: 'HIGH' } }],
  }),

  listIdentityProviders: defineOperation({
    ...other,
    method: 'GET',
    path: '/api/v1/users/{userId}/idps',
    summary: 'List the identity providers that a user is linked to',
    docs: docsOf('IdentityProviderUsers'),
    success: { status: 200, answer: z.array(IdentityProvider) },
    errors: ['E0000007'],
    examples: [{ title: 'List Identity Providers of a User' }],
  }),
};
